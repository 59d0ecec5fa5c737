"""Circulars for those who receive them: the list, one circular, รับทราบ, its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date
from localgov.notices import forms, services
from localgov.notices.models import Addressee, Circular
from localgov.notices.models.circular import publishing_offices
from localgov.notices.selectors import reading
from localgov.notices.states import CircularState
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page

TITLE = "หนังสือแจ้งเวียน"


def circular_url(pk: int) -> str:
    """One circular."""
    return reverse("notices:circular-detail", args=[pk])


def standing(row: Addressee) -> str:
    """The code of `ui.states` for how far the reader's own office or unit is."""
    if row.circular.state != CircularState.PUBLISHED:
        return row.circular.state
    acknowledged, opened = getattr(row, "acknowledged_at", None), getattr(row, "opened_at", None)
    return "ACKNOWLEDGED" if acknowledged else "OPENED" if opened else "UNOPENED"


def days_to_finish(finish_on: date | None, today: date) -> str:
    """How long there still is, in words."""
    if finish_on is None:
        return ""
    left = (finish_on - today).days
    return f"เหลือ {left:,} วัน" if left > 0 else "ครบกำหนดวันนี้" if left == 0 else f"เลยกำหนด {-left:,} วัน"


class CircularList(ListPage):
    """NTC01: what was addressed to the reader's office or unit."""

    permission = Permission.NOTICE_VIEW
    title = TITLE
    screen_code = "NTC01"
    file_name = "circulars"
    search_form = forms.InboxSearch
    lead = "หนังสือที่ส่งถึงหน่วยงานของท่าน เปิดอ่านแล้วกด “รับทราบ” หนึ่งครั้งต่อหน่วยงาน หน่วยงานผู้ส่งเห็นว่าแห่งใดเปิดอ่านและรับทราบแล้ว"
    empty_hint = "ยังไม่มีหนังสือแจ้งเวียนถึงหน่วยงานของท่าน"
    columns = (
        Column("circular.number", "เลขที่หนังสือ", sort=("circular__number",)),
        Column("circular.dated", "ลงวันที่", Kind.DATE, sort=("circular__dated",)),
        Column(
            "circular.subject",
            "เรื่อง",
            heading=True,
            url=lambda row: circular_url(row.circular_id),
            sort=("circular__subject",),
        ),
        Column("circular.office_name", "จาก", sort=("circular__office_name",)),
        Column("circular.finish_on", "ให้เสร็จภายใน", Kind.DATE, blank="–", sort=("circular__finish_on",)),
        Column("standing", "สถานะ", Kind.STATE, value=standing),
        Column("acknowledged_at", "รับทราบเมื่อ", Kind.DATETIME, blank="–", sort=("acknowledged_at",)),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Addressee]:
        """Newest first."""
        return reading.inbox(actor=self.request.actor, words=search["words"] or "", standing=search["standing"] or "")

    def row_actions(self, row: Addressee) -> Sequence[RowAction]:
        """Reading."""
        return (RowAction("view", circular_url(row.circular_id), "อ่าน"),)

    def add_button(self) -> AddButton | None:
        """For the offices that send."""
        writes = publishing_offices(self.request.actor)
        return AddButton(reverse("notices:circular-write"), "ออกหนังสือแจ้งเวียน") if writes else None


class CircularDetail(Page):
    """NTC02: one circular; opening it is the receipt of the reader's office or unit."""

    permission = Permission.NOTICE_VIEW
    template = "notices/circular_detail.html"
    screen_code = "NTC02"
    page: reading.CircularPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load it, or 404."""
        super().setup(request, *args, **kwargs)
        found = reading.circular_page(actor=self.request.actor, circular_id=kwargs["pk"])
        if found is None:
            raise Http404
        self.page = found

    def page_title(self) -> str:
        """Its subject."""
        return self.page.circular.subject

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(TITLE, reverse("notices:circular-list")),)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The letter; a draft is shown where it is written."""
        circular, now = self.page.circular, timezone.now()
        if circular.state == CircularState.DRAFT:
            return redirect("notices:circular-preview", pk=pk)
        if self.page.own is not None:
            services.circular_open(actor=self.request.actor, at=now, circular=circular)
        watches = not self.page.own or circular.office_id in publishing_offices(self.request.actor)
        return self.render(
            page=self.page,
            circular=circular,
            files=self.page.files,
            days=days_to_finish(circular.finish_on, bangkok_date(now)),
            watches=watches or _watches(self.request.actor.scopes(Permission.NOTICE_VIEW), circular),
        )


def _watches(scopes: Sequence[str], circular: Circular) -> bool:
    """Whether offices or units of one's own tree may be among the addressees: an office, not a unit."""
    return any(len(scope.rstrip(".").rpartition(".")[2]) < 7 for scope in scopes)


class CircularAcknowledging(Page):
    """รับทราบ: one press for the office or unit."""

    permission = Permission.NOTICE_VIEW

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Acknowledge; a refusal stands in words above the letter."""
        actor = self.request.actor
        if not Circular.objects.visible_to(actor).filter(pk=pk).exists():
            raise Http404
        try:
            circular = services.circular_acknowledge(actor=actor, at=timezone.now(), circular_id=pk)
        except Denied as refusal:
            messages.error(request, refusal.reason)
        else:
            messages.success(request, f"รับทราบหนังสือ {circular.number} ในนามหน่วยงานของท่านแล้ว")
        return redirect(circular_url(pk))


class FileDownload(Page):
    """A file of a circular, for whoever may read it; never shown inside a page of ours."""

    permission: ClassVar[Permission | None] = Permission.NOTICE_VIEW

    def get(self, request: HttpRequest, file_id: UUID) -> HttpResponseBase:
        """Send it, or 404."""
        found = reading.file_visible(actor=self.request.actor, file_id=file_id)
        if found is None:
            raise Http404
        return FileResponse(
            found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
        )
