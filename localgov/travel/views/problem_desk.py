"""เรื่องที่ประชาชนแจ้งปัญหา: the officers' list, one report, their answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date, format_date_short
from localgov.travel import forms, policies, services
from localgov.travel.models import ProblemReport
from localgov.travel.selectors.problems import problems_found
from localgov.travel.states import ProblemState
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page

TITLE = "เรื่องที่ประชาชนแจ้งปัญหา"


def report_url(report: ProblemReport) -> str:
    """Where a report is read."""
    return reverse("problems:problem-detail", args=[report.pk])


class ProblemList(ListPage):
    """TT01: what readers reported about the items of the units that the actor answers for, oldest first."""

    permission = Permission.PROBLEM_ANSWER
    title = TITLE
    screen_code = "TT01"
    search_form = forms.ProblemSearch
    file_name = "problems"
    lead = "ปัญหาของข่าว สินค้า และสถานที่ที่เผยแพร่ในท้องถิ่นไทย หัวใจพอเพียง เรื่องที่ยังไม่ตอบอยู่บนสุด เรื่องเก่าก่อน"
    empty_hint = "ยังไม่มีประชาชนแจ้งปัญหาของรายการในความดูแลของท่าน"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("pk", "เลขที่", Kind.NUMBER),
        Column("item_title", "รายการ", heading=True, url=report_url),
        Column("unit_name", "อปท."),
        Column("kind", "เรื่อง", value=lambda row: row.get_kind_display()),
        Column("at", "แจ้งเมื่อ", Kind.DATETIME, sort=("at",)),
        Column("state", "สถานะ", value=lambda row: row.get_state_display(), sort=("state",)),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[ProblemReport]:
        """What is asked for."""
        return problems_found(
            actor=self.request.actor,
            on=timezone.localdate(),
            state=search["state"] or "",
            words=search["words"] or "",
        )

    def row_actions(self, row: ProblemReport) -> Sequence[RowAction]:
        """Reading, and answering there."""
        if row.state == ProblemState.NEW:
            return (RowAction("edit", report_url(row), "ตอบ"),)
        return (RowAction("view", report_url(row)),)


class ProblemDetail(Page):
    """TT02: one report; it is answered here, once."""

    permission: ClassVar[Permission | None] = Permission.PROBLEM_ANSWER
    template = "travel/problem_detail.html"
    screen_code = "TT02"
    report: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load it; 404 for what is not the actor's to answer."""
        super().setup(request, *args, **kwargs)
        found = problems_found(actor=self.request.actor, on=timezone.localdate())
        self.report = get_object_or_404(found, pk=kwargs["pk"])

    def page_title(self) -> str:
        """Its number."""
        return f"{TITLE} เลขที่ {self.report.pk}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(TITLE, reverse("problems:problem-list")),)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The report, and the form while it waits."""
        return self._page(forms.ProblemAnswer())

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Answer it."""
        form = forms.ProblemAnswer(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            services.problem_answer(
                actor=self.request.actor,
                at=timezone.now(),
                report_id=pk,
                state=ProblemState(form.cleaned_data["state"]),
                answer=form.cleaned_data["answer"],
            )
        except Denied as refusal:
            self.report.refresh_from_db()
            return self._page(form, status=409, refusal=refusal.reason)
        messages.success(request, f"บันทึกคำตอบของเรื่องเลขที่ {pk} แล้ว")
        return redirect("problems:problem-list")

    def _page(self, form: forms.ProblemAnswer, *, status: int = 200, refusal: str = "") -> HttpResponse:
        report = self.report
        facts = [
            ("รายการ", report.item_title),
            ("อปท.", report.unit_name),
            ("เรื่อง", report.get_kind_display()),
            ("แจ้งเมื่อ", format_date_short(bangkok_date(report.at))),
            ("สถานะ", report.get_state_display()),
        ]
        return self.render(
            status=status,
            report=report,
            facts=facts,
            form=form,
            refusal=refusal,
            can_answer=policies.can_answer(self.request.actor, report, path=report.unit_path),
            kept_days=policies.KEPT_DAYS,
            item_url=reverse("publishing:item-detail", args=[report.item_id]),
        )
