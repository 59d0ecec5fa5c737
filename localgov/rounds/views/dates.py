"""Pages of the acts of time: extending, re-opening, ending a re-opening, and the list of what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.forms import selectors as form_selectors
from localgov.lib.thai_calendar import bangkok_date, format_date_short, last_day_before
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.rounds import forms, selectors, services
from localgov.rounds.models import Extension, Reopening, RosterEntry
from localgov.rounds.policies import can_open
from localgov.rounds.scopes import Scope
from localgov.rounds.selectors import TimeAct
from localgov.rounds.views.rounds import GROUP, RoundAct, round_url
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page


class _ActOfTime(RoundAct):
    """A form, then a page that says whom it reaches, then the act."""

    template = "rounds/time_act.html"
    submit: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    done: ClassVar[str] = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form; `unit` in the address proposes one unit."""
        unit = request.GET.get("unit", "")[:12]
        return self._page(self.form(initial={"scope": Scope.UNIT, "unit": unit} if unit else {}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """First to the page that shows whom it reaches, then do it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        if "edit" in request.POST:
            return self._page(form)
        try:
            if "confirmed" in request.POST:
                act = self.act(form)
                messages.success(request, f"{self.done} {act.scope_label} มีผลกับ อปท. {act.unit_count:,} แห่งทันที")
                return redirect("rounds:time-act-list", pk=pk)
            units = self.units(form)
        except Denied as denied:
            form.add_error(None, denied.reason)
            return self._page(form, status=422)
        return self._page(form, units=units)

    def form(self, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None) -> Any:
        """The act's form with the places that the actor rules."""
        raise NotImplementedError

    def units(self, form: Any) -> QuerySet[RosterEntry]:
        """Whom it reaches."""
        raise NotImplementedError

    def act(self, form: Any) -> Extension | Reopening:
        """Do it."""
        raise NotImplementedError

    def facts(self, form: Any) -> Sequence[tuple[str, str]]:
        """What was asked for, in words."""
        raise NotImplementedError

    def places(self) -> dict[str, Any]:
        """The choices of places for the form."""
        actor, permission = self.request.actor, self.permission
        assert permission is not None  # noqa: S101 - every act declares it
        provinces = provinces_in_sight(actor, permission)
        return {
            "provinces": [(one.code, one.name) for one in provinces],
            "districts": {
                one.name: [
                    (district.code, district.name) for district in districts_in_sight(actor, one.code, permission)
                ]
                for one in provinces
            },
            "whole": can_open(actor).allowed,
        }

    def _page(self, form: Any, *, units: QuerySet[RosterEntry] | None = None, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {}
        if units is not None:
            counts = selectors.by_type(units)
            order = form.order()
            reach = form.reach()
            name = units.values_list("full_name", flat=True).first() or ""
            context = {
                "counts": counts,
                "total": sum(one.count for one in counts),
                "facts": [
                    ("ขอบเขต", selectors.reach_label(reach, unit_name=name)),
                    *self.facts(form),
                    ("เลขที่คำสั่งหรือหนังสือ", order.number),
                    ("เหตุผล", order.reason),
                ],
            }
        return self.render(
            form=form, lead=self.lead, submit=self.submit, cancel_url=round_url(self.round.pk), status=status, **context
        )


class RoundExtending(_ActOfTime):
    """Extending the dates of one unit, a district, a province or all."""

    permission = Permission.ROUND_EXTEND
    title = "ขยายเวลา"
    screen_code = "RND04"
    submit = "ขยายเวลา"
    done = "ขยายเวลาแล้ว:"
    lead = (
        "เลื่อนวันออกไปได้ เลื่อนเข้ามาไม่ได้ และยกเลิกไม่ได้ แห่งที่ได้เวลานานกว่าอยู่แล้วคงเวลาเดิม วันครบกำหนดที่ประกาศไว้เดิมยังแสดงคู่กัน: "
        "ส่งหลังวันเดิมยังนับว่าช้า แต่ระบุว่าได้ขยายเวลา"
    )

    def form(self, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None) -> forms.RoundExtend:
        """The dates as announced."""
        whole = can_open(self.request.actor).allowed
        return forms.RoundExtend(
            data, opened=self.round, may_edit_longer=whole, initial=dict(initial or {}), **self.places()
        )

    def units(self, form: forms.RoundExtend) -> QuerySet[RosterEntry]:
        """Those that gain."""
        return services.extension_units(
            actor=self.request.actor, opened=self.round, reach=form.reach(), dates=form.moments()
        )

    def act(self, form: forms.RoundExtend) -> Extension:
        """Extend."""
        return services.round_extend(
            actor=self.request.actor,
            at=timezone.now(),
            round_id=self.round.pk,
            reach=form.reach(),
            order=form.order(),
            key=form.cleaned_data["key"],
            **form.moments(),
        )

    def facts(self, form: forms.RoundExtend) -> Sequence[tuple[str, str]]:
        """Old and new."""
        labels = {"due": "ครบกำหนด", "last_new": "เริ่มบันทึกได้ถึง", "last_edit": "แก้ไขได้ถึง"}
        facts = []
        for name, label in labels.items():
            before, after = last_day_before(getattr(self.round, f"{name}_at")), form.cleaned_data[name]
            same = before == after
            facts.append((label, f"{format_date_short(before)}{'' if same else f' → {format_date_short(after)}'}"))
        return facts


class RoundReopening(_ActOfTime):
    """Letting units write after the last day of editing, by the Department's order."""

    title = "เปิดให้แก้ไขหลังพ้นกำหนด"
    screen_code = "RND07"
    submit = "เปิดให้แก้ไข"
    done = "เปิดให้แก้ไขแล้ว:"
    lead = (
        "หลังวันสุดท้ายที่แก้ไขได้ ไม่มีทางอื่นที่จะบันทึก แก้ไข หรือส่งข้อมูลได้ นอกจากการเปิดให้แก้ไขนี้ ซึ่งปิดเองเมื่อสิ้นวันสุดท้าย "
        "(ปิดก่อนกำหนดได้) การส่งยังนับว่าช้าตามวันครบกำหนดเดิม"
    )

    def form(self, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None) -> forms.RoundReopen:
        """From today."""
        proposed = {"first_day": bangkok_date(timezone.now()), **(initial or {})}
        labels = form_selectors.sheet_labels(self.round.form_version_id)
        return forms.RoundReopen(data, labels=labels, initial=proposed, **self.places())

    def units(self, form: forms.RoundReopen) -> QuerySet[RosterEntry]:
        """Those that need it."""
        now = timezone.now()
        return services.reopening_units(
            actor=self.request.actor, at=now, opened=self.round, reach=form.reach(), **form.moments(now)
        )

    def act(self, form: forms.RoundReopen) -> Reopening:
        """Re-open."""
        now = timezone.now()
        return services.round_reopen(
            actor=self.request.actor,
            at=now,
            round_id=self.round.pk,
            reach=form.reach(),
            sections=form.chosen(),
            order=form.order(),
            key=form.cleaned_data["key"],
            **form.moments(now),
        )

    def facts(self, form: forms.RoundReopen) -> Sequence[tuple[str, str]]:
        """Which sheets, from when till when."""
        chosen = form.chosen()
        return [
            ("ด้านที่เปิดให้แก้ไข", selectors.sheets_words(chosen, form.labels)),
            ("เปิดตั้งแต่", format_date_short(form.cleaned_data["first_day"])),
            ("ถึง", format_date_short(form.cleaned_data["last_day"])),
        ]


class TimeActList(ListPage):
    """Every extension and re-opening of a round that reaches a unit of the actor's."""

    permission = Permission.ROUND_VIEW
    title = "การขยายเวลาและการเปิดให้แก้ไข"
    screen_code = "RND08"
    file_name = "extensions"
    lead = "รายการนี้เพิ่มได้อย่างเดียว แก้ไขหรือลบไม่ได้"
    empty_hint = "ยังไม่มีการขยายเวลาหรือเปิดให้แก้ไขในรอบนี้"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("kind", "รายการ", sort=("kind",)),
        Column("act.scope_label", "ขอบเขต", heading=True, sort=("act.scope_label",)),
        Column("act.unit_count", "มีผลกับ", Kind.NUMBER, unit="แห่ง", sort=("act.unit_count",)),
        Column("what", "วันที่"),
        Column("act.order_number", "เลขที่คำสั่ง"),
        Column("act.reason", "เหตุผล"),
        Column("act.actor_label", "โดย"),
        Column("act.at", "เมื่อ", Kind.DATETIME, sort=("act.at",)),
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the round."""
        super().setup(request, *args, **kwargs)
        self.round = get_object_or_404(selectors.rounds(actor=self.request.actor), pk=kwargs["pk"])
        self.manages = can_open(self.request.actor).allowed

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the round."""
        name = f"{self.round.title} ปีงบประมาณ {self.round.fiscal_year_be}"
        return (Crumb(GROUP, reverse("rounds:round-list")), Crumb(name, round_url(self.round.pk)))

    def rows(self, search: Mapping[str, Any]) -> list[TimeAct]:
        """Newest first."""
        return selectors.time_acts(actor=self.request.actor, round=self.round)

    def row_actions(self, row: TimeAct) -> Sequence[RowAction]:
        """Ending a re-opening that still holds."""
        if not self.manages or not isinstance(row.act, Reopening) or row.act.ends_at <= timezone.now():
            return ()
        return (RowAction("delete", reverse("rounds:reopening-end", args=[row.act.pk]), "ปิดก่อนกำหนด"),)


class ReopeningEnding(Page):
    """ปิดก่อนกำหนด of a re-opening."""

    permission = Permission.ROUND_OPEN
    template = "_confirm.html"
    title = "ปิดการแก้ไขก่อนกำหนด"
    screen_code = "RND09"
    reopening: Reopening

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the re-opening, or 404."""
        super().setup(request, *args, **kwargs)
        found = Reopening.objects.select_related("round", "end").filter(pk=kwargs["pk"]).first()
        if found is None or not can_open(self.request.actor).allowed:
            raise Http404
        self.reopening = found

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the round's acts."""
        opened = self.reopening.round
        return (
            Crumb(GROUP, reverse("rounds:round-list")),
            Crumb(f"{opened.title} ปีงบประมาณ {opened.fiscal_year_be}", round_url(opened.pk)),
            Crumb(TimeActList.title, self._back()),
        )

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Why?"""
        return self._page(forms.ReopeningEnd())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it."""
        form = forms.ReopeningEnd(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            services.reopening_end(actor=self.request.actor, at=timezone.now(), reopening_id=pk, **form.cleaned_data)
        except Denied as denied:
            form.add_error(None, denied.reason)
            return self._page(form, status=409)
        messages.success(request, f"ปิดการแก้ไขของ{self.reopening.scope_label}แล้ว")
        return redirect(self._back())

    def _back(self) -> str:
        return reverse("rounds:time-act-list", args=[self.reopening.round_id])

    def _page(self, form: forms.ReopeningEnd, *, status: int = 200) -> HttpResponse:
        until = format_date_short(last_day_before(self.reopening.until_at))
        return self.render(
            form=form,
            question=f"ปิดการแก้ไขของ {self.reopening.scope_label} ที่เปิดไว้ถึง {until}",
            consequences=("มีผลทันที: แห่งที่พ้นกำหนดแล้วจะบันทึก แก้ไข หรือส่งไม่ได้อีก", "สิ่งที่บันทึกและส่งไว้แล้วคงอยู่ครบ"),
            confirm_label="ปิดก่อนกำหนด",
            kind="danger",
            cancel_url=self._back(),
            status=status,
        )
