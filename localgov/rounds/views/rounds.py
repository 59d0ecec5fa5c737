"""Pages of rounds: the list, one round with its roster, opening a fiscal year, units that join or leave."""

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
from localgov.lib.thai_calendar import bangkok_date, days_left_text, format_date_short, last_day_before
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.rounds import forms, selectors, services
from localgov.rounds.models import Profile, RosterEntry, Round
from localgov.rounds.policies import can_extend, can_open
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page

GROUP = "รอบการบันทึก"


class RoundList(ListPage):
    """Every round that was opened."""

    permission = Permission.ROUND_VIEW
    title = GROUP
    screen_code = "RND01"
    file_name = "rounds"
    lead = "แบบข้อมูลที่เปิดให้ อปท. บันทึกในแต่ละปีงบประมาณ"
    empty_hint = "ยังไม่เปิดรอบใด เจ้าหน้าที่กรมเปิดปีงบประมาณได้จากหน้านี้"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("fiscal_year_be", "ปีงบประมาณ", sort=("fiscal_year_be",)),
        Column("title", "แบบข้อมูล", sort=("title",), heading=True, url=lambda row: round_url(row.pk)),
        Column("due", "ครบกำหนด", Kind.DATE, value=lambda row: last_day_before(row.due_at), sort=("due_at",)),
        Column("last_new", "เริ่มบันทึกได้ถึง", Kind.DATE, value=lambda row: last_day_before(row.last_new_at)),
        Column("last_edit", "แก้ไขได้ถึง", Kind.DATE, value=lambda row: last_day_before(row.last_edit_at)),
        Column("unit_count", "จำนวน อปท.", Kind.NUMBER),
        Column("standing", "สถานะ", value=lambda row: standing(row)),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Round]:
        """All of them: there are a few a year."""
        return selectors.rounds(actor=self.request.actor)

    def row_actions(self, row: Round) -> Sequence[RowAction]:
        """Looking."""
        return (RowAction("view", round_url(row.pk)),)

    def add_button(self) -> AddButton | None:
        """For officers of the Department."""
        if not can_open(self.request.actor).allowed:
            return None
        return AddButton(reverse("rounds:round-open"), "เปิดปีงบประมาณ")


class RoundDetail(ListPage):
    """One round: its dates, and the units that the actor may see on its roster."""

    permission = Permission.ROUND_VIEW
    template = "rounds/round_detail.html"
    screen_code = "RND02"
    file_name = "roster"
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "full_name",
            "อปท.",
            sort=("sort_key",),
            heading=True,
            url=lambda row: reverse("organisations:unit-detail", args=[row.code]),
        ),
        Column("code", "รหัส", sort=("code",)),
        Column("unit_type", "ประเภท", value=lambda row: UnitType(row.unit_type).abbreviation, sort=("unit_type",)),
        Column(
            "province",
            "จังหวัด",
            value=lambda row: areas.province_name(row.province_code),
            sort=("province_code", "district_code"),
        ),
        Column("district", "อำเภอ", value=lambda row: areas.district_name(row.district_code)),
        Column("due", "ครบกำหนด", Kind.DATE, value=lambda row: last_day_before(row.due_at), sort=("due_at",)),
        Column("standing", "สถานะในรอบ", value=lambda row: entry_standing(row), sort=("excused_from",)),
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the round."""
        super().setup(request, *args, **kwargs)
        self.round = get_object_or_404(selectors.rounds(actor=self.request.actor), pk=kwargs["pk"])
        self.manages = can_open(self.request.actor).allowed
        self.extends = bool(self.request.actor.scopes(Permission.ROUND_EXTEND))

    def page_title(self) -> str:
        """The form and the year."""
        return f"{self.round.title} ปีงบประมาณ {self.round.fiscal_year_be}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list of rounds."""
        return (Crumb(GROUP, reverse("rounds:round-list")),)

    def build_search_form(self, data: QueryDict) -> forms.RosterSearch:
        """With the provinces of the roster."""
        provinces = selectors.roster_provinces(actor=self.request.actor, round_id=self.round.pk)
        return forms.RosterSearch(data, provinces=provinces)

    def rows(self, search: Mapping[str, Any]) -> QuerySet[RosterEntry]:
        """The roster."""
        return selectors.roster(actor=self.request.actor, round_id=self.round.pk, search=search)

    def row_actions(self, row: RosterEntry) -> Sequence[RowAction]:
        """Extending, for who may; excusing, for who keeps the roster."""
        if row.excused_from or not can_extend(self.request.actor, path=row.path).allowed:
            return ()
        actions = [
            RowAction("edit", f"{reverse('rounds:round-extend', args=[self.round.pk])}?unit={row.code}", "ขยายเวลา")
        ]
        if self.manages:
            actions.append(RowAction("edit", reverse("rounds:roster-excuse", args=[row.pk]), "ให้พ้นหน้าที่"))
        return actions

    def add_button(self) -> AddButton | None:
        """A unit founded in mid-year."""
        return AddButton(reverse("rounds:roster-add", args=[self.round.pk]), "เพิ่ม อปท.") if self.manages else None

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The round's facts and its units by type."""
        counts = selectors.roster_counts(actor=self.request.actor, round_id=self.round.pk)
        return {
            "round": self.round,
            "facts": round_facts(self.round),
            "counts": counts,
            "total": sum(one.count for one in counts),
            "manages": self.manages,
            "extends": self.extends,
            "version_url": reverse("forms:version-detail", args=[self.round.form_version_id]),
        }


class RoundOpening(Page):
    """เปิดปีงบประมาณ: choose, see what it means, open."""

    permission = Permission.ROUND_OPEN
    template = "rounds/round_open.html"
    title = "เปิดปีงบประมาณ"
    screen_code = "RND03"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list of rounds."""
        return (Crumb(GROUP, reverse("rounds:round-list")),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, proposing the year after the newest round."""
        return self._page(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """First to the page that says what it means, then open."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        if "edit" in request.POST:
            return self._page(form)
        if "confirmed" not in request.POST:
            return self._confirm(form)
        try:
            opened = services.round_open(
                actor=self.request.actor,
                at=timezone.now(),
                form_version=form.version,
                fiscal_year=form.cleaned_data["fiscal_year"],
                title=form.version.title,
                profile=Profile(form.cleaned_data["profile"]),
                **form.moments(),
            )
        except Denied as denied:
            form.add_error(None, denied.reason)
            return self._page(form, status=422)
        messages.success(request, f"เปิด “{opened.title}” ปีงบประมาณ {opened.fiscal_year_be} แล้ว")
        return redirect("rounds:round-detail", pk=opened.pk)

    def _form(self, data: QueryDict | None = None) -> forms.RoundOpen:
        versions = sorted(form_selectors.versions(actor=self.request.actor), key=lambda one: -one.pk)
        initial: dict[str, Any] = {"profile": Profile.PROVINCE}
        if versions:
            year, days = selectors.proposed(form_code=versions[0].form_code, at=timezone.now())
            initial |= {"form_version": versions[0].pk, "fiscal_year": year}
            initial |= {"due": days.due, "last_new": days.last_new, "last_edit": days.last_edit}
        return forms.RoundOpen(data, versions=versions, initial=initial)

    def _page(self, form: forms.RoundOpen, *, facts: Sequence[tuple[str, str]] = (), status: int = 200) -> HttpResponse:
        """The form; with `facts`, the same asked once more before it is done."""
        today = bangkok_date(timezone.now())
        counts = selectors.units_in_force(on=today)
        total = sum(one.count for one in counts)
        return self.render(form=form, facts=facts, counts=counts, total=total, today=today, status=status)

    def _confirm(self, form: forms.RoundOpen) -> HttpResponse:
        cleaned = form.cleaned_data
        facts = (
            ("แบบข้อมูล", f"{form.version.title} รุ่น {form.version.version}"),
            ("ปีงบประมาณ", str(cleaned["fiscal_year"])),
            ("ครบกำหนด", format_date_short(cleaned["due"])),
            ("เริ่มบันทึกได้ถึง", format_date_short(cleaned["last_new"])),
            ("แก้ไขได้ถึง", format_date_short(cleaned["last_edit"])),
            ("ขั้นตอนของรอบ", Profile(cleaned["profile"]).label),
        )
        return self._page(form, facts=facts)


class RoundAct(Page):
    """A page on which the Department changes one round."""

    permission = Permission.ROUND_OPEN
    template = "rounds/round_act.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the round."""
        super().setup(request, *args, **kwargs)
        self.round = get_object_or_404(selectors.rounds(actor=self.request.actor), pk=kwargs["pk"])

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the round."""
        name = f"{self.round.title} ปีงบประมาณ {self.round.fiscal_year_be}"
        return (Crumb(GROUP, reverse("rounds:round-list")), Crumb(name, round_url(self.round.pk)))

    def page(self, form: Any, *, submit: str, lead: str, status: int = 200) -> HttpResponse:
        """The form under what it does."""
        return self.render(form=form, submit=submit, lead=lead, cancel_url=round_url(self.round.pk), status=status)


class RosterAdding(RoundAct):
    """Putting a unit on the roster."""

    title = "เพิ่ม อปท. ในรอบ"
    screen_code = "RND05"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which one?"""
        return self._page(forms.RosterAdd())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add it."""
        form = forms.RosterAdd(request.POST)
        if form.is_valid():
            code = form.cleaned_data["organisation_code"]
            try:
                entry = services.roster_add_unit(
                    actor=self.request.actor, at=timezone.now(), round_id=pk, organisation_code=code
                )
            except Denied as denied:
                form.add_error("organisation_code", denied.reason)
            else:
                messages.success(request, f"เพิ่ม {entry.full_name} ในรอบนี้แล้ว")
                return redirect("rounds:round-detail", pk=pk)
        return self._page(form, status=422)

    def _page(self, form: forms.RosterAdd, *, status: int = 200) -> HttpResponse:
        lead = "สำหรับ อปท. ที่จัดตั้งระหว่างปี เมื่อเพิ่มแล้วนำออกไม่ได้ (ให้พ้นหน้าที่ได้)"
        return self.page(form, submit="เพิ่ม อปท.", lead=lead, status=status)


class RosterExcusing(Page):
    """Excusing a unit that was merged or abolished."""

    permission = Permission.ROUND_OPEN
    template = "rounds/round_act.html"
    title = "ให้ อปท. พ้นหน้าที่ในรอบ"
    screen_code = "RND06"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the unit."""
        super().setup(request, *args, **kwargs)
        entry = selectors.managed_entry(actor=self.request.actor, pk=kwargs["pk"])
        if entry is None:
            raise Http404
        self.entry = entry

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the round."""
        opened = self.entry.round
        name = f"{opened.title} ปีงบประมาณ {opened.fiscal_year_be}"
        return (Crumb(GROUP, reverse("rounds:round-list")), Crumb(name, round_url(opened.pk)))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """From when, and why?"""
        return self._page(forms.RosterExcuse())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Excuse it."""
        form = forms.RosterExcuse(request.POST)
        if form.is_valid():
            try:
                services.roster_excuse(actor=self.request.actor, at=timezone.now(), entry_id=pk, **form.cleaned_data)
            except Denied as denied:
                form.add_error(None, denied.reason)
            else:
                messages.success(request, f"{self.entry.full_name} พ้นหน้าที่ในรอบนี้แล้ว")
                return redirect("rounds:round-detail", pk=self.entry.round_id)
        return self._page(form, status=422)

    def _page(self, form: forms.RosterExcuse, *, status: int = 200) -> HttpResponse:
        lead = f"{self.entry.full_name} จะไม่นับเป็นตัวหารของรอบนี้อีก ข้อมูลและการรับรองที่มีอยู่คงอยู่ครบ"
        return self.render(
            form=form, lead=lead, submit="ให้พ้นหน้าที่", cancel_url=round_url(self.entry.round_id), status=status
        )


def round_url(pk: int) -> str:
    """Where a round is shown."""
    return reverse("rounds:round-detail", args=[pk])


def standing(opened: Round) -> str:
    """Whether answers of a round may still change today."""
    now = timezone.now()
    if now >= opened.last_edit_at:
        return "ปิดการแก้ไขแล้ว"
    return f"เปิดอยู่ · {days_left_text(opened.due_at, now)}"


def entry_standing(entry: RosterEntry) -> str:
    """What a unit has to do in the round, which is loaded."""
    if entry.excused_from is None:
        return "ต้องบันทึก · ขยายเวลาแล้ว" if entry.is_extended else "ต้องบันทึก"
    return f"พ้นหน้าที่ตั้งแต่ {format_date_short(entry.excused_from)}: {entry.excused_reason}"


def round_facts(opened: Round) -> list[tuple[str, str]]:
    """A round in pairs of label and value."""
    now = timezone.now()
    due = f"{format_date_short(last_day_before(opened.due_at))} ({days_left_text(opened.due_at, now)})"
    return [
        ("ครบกำหนด", due),
        ("เริ่มบันทึกได้ถึง", format_date_short(last_day_before(opened.last_new_at))),
        ("แก้ไขได้ถึง", format_date_short(last_day_before(opened.last_edit_at))),
        ("ขั้นตอน", Profile(opened.profile).label),
        ("เปิดรอบเมื่อ", format_date_short(opened.opened_at)),
    ]
