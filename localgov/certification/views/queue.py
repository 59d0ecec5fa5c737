"""The province's queue, and signing for many units in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import uuid4

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.certification import declarations, forms, services
from localgov.certification.models import Level
from localgov.certification.selectors.queue import days_waiting, entries_of, seen_of, units_picked, units_waiting
from localgov.filings.selectors import filing_page
from localgov.lib.thai_calendar import bangkok_date
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.rounds.models import RosterEntry
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page

#: Units in one act: a page of the list. Each unit is a transaction of its own.
MOST_UNITS = 100


def _unit_url(entry: RosterEntry) -> str:
    place = {"fiscal_year": entry.round.fiscal_year_be, "unit_code": entry.code}
    return reverse("certification:province-certify", kwargs=place)


def _place(entry: RosterEntry) -> str:
    return f"อ.{areas.district_name(entry.district_code)} จ.{areas.province_name(entry.province_code)}"


def _waited(entry: RosterEntry) -> str:
    days = days_waiting(entry, today=bangkok_date(timezone.now()))
    return f"{days:,} วัน" if days else "วันนี้"


class ProvinceQueue(ListPage):
    """INFO30: units whose domains wait for the province, longest waiting first."""

    permission = Permission.FILING_VIEW
    template = "certification/province_queue.html"
    title = "รอรับรองข้อมูลระดับจังหวัด"
    screen_code = "INFO30"
    lead = "อปท. ที่รับรองข้อมูลแล้วและรอจังหวัดรับรอง เรียงตามที่รอนานที่สุด"
    empty_hint = "ขณะนี้ไม่มี อปท. ที่รอจังหวัดรับรองในปีงบประมาณนี้"
    file_name = "province-queue"
    columns = (
        Column("full_name", "อปท.", heading=True, sort=("sort_key",), url=_unit_url),
        Column("type", "ประเภท", value=lambda entry: UnitType(entry.unit_type).abbreviation, sort=("unit_type",)),
        Column("place", "อำเภอ จังหวัด", value=_place),
        Column("waiting", "ด้านที่รอ", kind=Kind.NUMBER, sort=("waiting",)),
        Column("doubts", "ข้อควรดู", kind=Kind.NUMBER, sort=("doubts",)),
        Column("kind", "ฉบับ", value=lambda entry: "ฉบับแก้ไข" if entry.newest_revision > 1 else "ฉบับแรก"),
        Column("since", "รอตั้งแต่", kind=Kind.DATE, sort=("since",)),
        Column("waited", "รอมา", value=_waited),
    )

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years in which the actor sees filings, newest first."""
        return filing_page.visible_years(actor=self.request.actor)

    @cached_property
    def current(self) -> int | None:
        """The year that is shown unless another is asked for."""
        return filing_page.current_year(self.years, at=timezone.now())

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Areas of the actor's own tree; the running year unless another is asked for."""
        actor = self.request.actor
        data = data.copy()
        if not data.get("fiscal_year") and self.current is not None:
            data["fiscal_year"] = str(self.current)
        provinces = [(one.code, one.name) for one in provinces_in_sight(actor, Permission.FILING_VIEW)]
        province = data.get("province") or (provinces[0][0] if len(provinces) == 1 else "")
        districts = [(one.code, one.name) for one in districts_in_sight(actor, province, Permission.FILING_VIEW)]
        return forms.QueueSearch(data, years=self.years, provinces=provinces, districts=districts)

    def rows(self, search: Mapping[str, Any]) -> QuerySet[RosterEntry]:
        """Units under the actor."""
        wanted = {"province": search.get("province"), "district": search.get("district")}
        rest = {"unit_type": search.get("unit_type"), "name": search.get("name")}
        return units_waiting(
            actor=self.request.actor, fiscal_year=search.get("fiscal_year") or self.current, search={**wanted, **rest}
        )

    def row_actions(self, row: RosterEntry) -> Sequence[RowAction]:
        """Open the unit."""
        return (RowAction("view", _unit_url(row)),)

    def row_pick(self, row: RosterEntry) -> str:
        """A box where the actor certifies."""
        return row.code if self.request.actor.can(Permission.CERTIFY_PROVINCE, at=row.path) else ""

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu line."""
        return (Crumb("รับรองข้อมูล", reverse("certification:certify-list")),)

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Whether the actor certifies, and for which year."""
        return {
            "certifies": bool(self.request.actor.scopes(Permission.CERTIFY_PROVINCE)),
            "fiscal_year": query.search.get("fiscal_year") or self.current,
        }


class ProvinceCertifyMany(Page):
    """INFO35: the units that were picked, the declaration, one signature; then what became of each."""

    permission = Permission.CERTIFY_PROVINCE
    own_key = "signature: each unit is signed in its own transaction, so that none waits for the last"
    template = "certification/certify_many.html"
    title = "รับรองข้อมูลระดับจังหวัดหลายแห่ง"
    screen_code = "INFO35"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the queue."""
        return (Crumb("รอรับรองข้อมูลระดับจังหวัด", reverse("certification:province-queue")),)

    def get(self, request: HttpRequest, fiscal_year: int) -> HttpResponse:
        """Ask: the units of `pick`, or all that the list's page showed (`shown`, with the button of all)."""
        name = "shown" if request.GET.get("all") else "pick"
        return self._ask(fiscal_year, _codes(request.GET.getlist(name)))

    def post(self, request: HttpRequest, fiscal_year: int) -> HttpResponse:
        """Sign for each unit; the page tells each outcome. Sent twice, it tells the same again."""
        form = forms.Sign(request.POST)
        codes = _codes(request.POST.getlist("unit"))[:MOST_UNITS]
        if not form.is_valid():
            return self._ask(fiscal_year, codes, status=422, form=form)
        entries = entries_of(actor=self.request.actor, fiscal_year=fiscal_year, codes=codes)
        outcomes = services.province_certify_many(
            actor=self.request.actor,
            at=timezone.now(),
            entries=entries,
            signature=form.cleaned_data["signature"],
            seen=_by_unit(form.cleaned_data["seen"]),
        )
        return self.render(
            outcomes=outcomes,
            signed=sum(1 for outcome in outcomes if outcome.certificates),
            unknown=sorted(set(codes) - {entry.code for entry in entries}),
            signature=form.cleaned_data["signature"],
            fiscal_year=fiscal_year,
        )

    def _ask(
        self, fiscal_year: int, codes: list[str], *, status: int = 200, form: forms.Sign | None = None
    ) -> HttpResponse:
        entries = units_picked(actor=self.request.actor, fiscal_year=fiscal_year, codes=codes[:MOST_UNITS])
        seen = seen_of(entries)
        today = bangkok_date(timezone.now())
        return self.render(
            status=status,
            lines=[(entry, days_waiting(entry, today=today)) for entry in entries],
            sheets=sum(len(found) for found in seen.values()),
            gone=len(codes[:MOST_UNITS]) - len(entries),
            too_many=len(codes) > MOST_UNITS,
            most=MOST_UNITS,
            form=form or forms.Sign(initial={"signature": uuid4(), "seen": forms.seen_text(seen)}),
            declaration=declarations.CURRENT[Level.PROVINCE].text,
            fiscal_year=fiscal_year,
        )


def _codes(sent: Sequence[str]) -> list[str]:
    """Each code once, in order; a text that the database cannot hold is no code."""
    return [code for code in dict.fromkeys(sent) if "\x00" not in code]


def _by_unit(seen: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """What was seen by unit code; what is not of that shape was not seen."""
    return {code: found for code, found in seen.items() if isinstance(found, dict)}
