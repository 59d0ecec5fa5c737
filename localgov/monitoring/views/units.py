"""Who has recorded: the board by area, and the list of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import Http404, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.filings.selectors.standings import NOT_BEGUN
from localgov.filings.states import Status
from localgov.forms import selectors as forms
from localgov.lib.thai_calendar import format_date_short, last_day_before
from localgov.lib.unit_types import UnitType
from localgov.monitoring import selectors
from localgov.monitoring.forms import AreaSearch, UnitSearch
from localgov.monitoring.selectors import RETURNED, AreaStatus, Filter, UnitStatus
from localgov.organisations import areas
from localgov.rounds.models import RosterEntry, Round
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.moments import Asked, AtMoment, asked_moment
from localgov.ui.pages import Crumb

FORM_CODE = "eight_domains"
_UNIT_CODE_LENGTH = 7


class _Board(AtMoment, ListPage):
    """What both boards share: the round of the year asked for, the moment, and the actor's own tree."""

    permission = Permission.MONITOR_VIEW

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The actor's scopes."""
        return self.request.actor.scopes(Permission.MONITOR_VIEW)

    @cached_property
    def rounds(self) -> list[Round]:
        """Rounds of the eight domains, newest first; of a past moment those that were open."""
        rounds = Round.objects.filter(form_code=FORM_CODE).order_by("-fiscal_year_be")
        return list(rounds.filter(recorded_at__lte=self.asked.at) if self.asked.at else rounds)

    @cached_property
    def asked(self) -> Asked:
        """The moment of the address; refused where no round was open yet."""
        asked = asked_moment(self.request.GET.dict(), now=timezone.now())
        if asked.at and not Round.objects.filter(form_code=FORM_CODE, recorded_at__lte=asked.at).exists():
            return replace(asked, at=None, refusal=f"ขณะนั้น ({asked.text}) ยังไม่เปิดรอบบันทึกข้อมูล")
        return asked

    @cached_property
    def round(self) -> Round:
        """The round of the year asked for, else the newest. Raises Http404 when none was ever opened."""
        asked = self.request.GET.get("fiscal_year", "")
        chosen = [round for round in self.rounds if str(round.fiscal_year_be) == asked] or self.rounds
        if not chosen:
            raise Http404("ยังไม่เคยเปิดรอบบันทึกข้อมูล")
        return chosen[0]

    @cached_property
    def provinces(self) -> list[tuple[str, str]]:
        """Provinces that the actor's scopes touch, in Thai order."""
        return [
            (province.code, province.name)
            for province in areas.provinces()
            if any(_meet(f"th.{province.code}.", scope) for scope in self.prefixes)
        ]

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The sheets of the round's form."""
        return list(forms.sheet_labels(self.round.form_version_id).items())

    @property
    def years(self) -> list[int]:
        """Years that can be chosen."""
        return [round.fiscal_year_be for round in self.rounds]

    def districts(self, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Districts of the one province shown that the actor's scopes touch."""
        code = data.get("province") or (self.provinces[0][0] if len(self.provinces) == 1 else "")
        if not code:
            return []
        return [
            (district.code, district.name)
            for district in areas.districts(code)
            if any(_meet(f"th.{code}.{district.code}.", scope) for scope in self.prefixes)
        ]

    def wanted(self, search: Mapping[str, Any]) -> Filter:
        """The filter that a search means."""
        days = search.get("days")
        return Filter(
            prefixes=self.prefixes,
            province_code=search.get("province") or "",
            district_code=search.get("district") or "",
            unit_type=search.get("unit_type") or "",
            section=search.get("section") or "",
            status=search.get("status") or "",
            name=(search.get("name") or "").strip(),
            waiting_since=(self.asked.at or timezone.now()) - timedelta(days=days) if days else None,
            as_of=self.asked.at,
        )


class AreaBoard(_Board):
    """The board by province; of one province by district. A unit is led to its own line."""

    screen_code = "INFO81"
    title = "สถานะการบันทึกข้อมูล อปท. 8 ด้าน"
    file_name = "status"
    empty_hint = "ไม่มี อปท. ตามเงื่อนไขนี้ในปีงบประมาณที่เลือก"
    columns = (
        Column("name", "พื้นที่", heading=True, sort=("name",), url=lambda row: row.url),
        Column("units", "อปท. ทั้งหมด", kind=Kind.NUMBER, sort=("units",)),
        Column("idle_units", "ยังไม่เริ่ม", kind=Kind.NUMBER, sort=("idle_units",), unit="แห่ง"),
        Column("complete_units", "ครบ 5 คะแนน", kind=Kind.NUMBER, sort=("complete_units",), unit="แห่ง"),
        Column("expected", "ด้านที่ต้องบันทึก", kind=Kind.NUMBER, sort=("expected",)),
        Column("not_begun", "ยังไม่เริ่ม", kind=Kind.NUMBER, sort=("not_begun",), unit="ด้าน"),
        Column("recording", "กำลังบันทึก", kind=Kind.NUMBER, sort=("recording",)),
        Column("submitted", "ส่งตรวจแล้ว", kind=Kind.NUMBER, sort=("submitted",)),
        Column("verified", "ตรวจสอบแล้ว", kind=Kind.NUMBER, sort=("verified",)),
        Column("certified_unit", "อปท. รับรองแล้ว", kind=Kind.NUMBER, sort=("certified_unit",)),
        Column("certified_province", "จังหวัดรับรองแล้ว", kind=Kind.NUMBER, sort=("certified_province",)),
    )

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Years, provinces and sheets to choose from."""
        return AreaSearch(data, years=self.years, provinces=self.provinces, sections=self.sections)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The board, or the way to the only unit that the actor sees."""
        if all(len(scope.rstrip(".").rpartition(".")[2]) == _UNIT_CODE_LENGTH for scope in self.prefixes):
            return redirect("monitoring:unit-status")
        return super().get(request, *args, **kwargs)

    def by(self, search: Mapping[str, Any]) -> str:
        """Provinces for the country, districts for one province."""
        return "district" if search.get("province") or len(self.provinces) == 1 else "province"

    def rows(self, search: Mapping[str, Any]) -> Sequence[AreaStatus]:
        """One row for each area."""
        found = selectors.area_status(round=self.round, by=self.by(search), wanted=self.wanted(search))
        for row in found:
            row.url = self._area_url(row, search)
        self.total = selectors.total_of(found)
        return found

    total: AreaStatus

    def _area_url(self, row: AreaStatus, search: Mapping[str, Any]) -> str:
        kept = {key: value for key in ("unit_type", "section") if (value := search.get(key))}
        kept |= {"fiscal_year": self.round.fiscal_year_be} | self._moment()
        if self.by(search) == "province":
            return f"{reverse('monitoring:status')}?{urlencode(kept | {'province': row.code})}"
        province = {} if len(self.provinces) == 1 else {"province": row.code[:2]}
        return f"{reverse('monitoring:unit-status')}?{urlencode(kept | province | {'district': row.code})}"

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object]:
        """The row รวม."""
        return {column.key: getattr(self.total, column.key) for column in self.columns}

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The figures above the table."""
        return {
            "list_head": "monitoring/parts/area_head.html",
            "asked": self.asked,
            "total": self.total,
            "round": self.round,
            "units_url": self._units_url(query.search),
        }

    def _moment(self) -> dict[str, str]:
        return {"date": self.asked.date, "time": self.asked.time} if self.asked.at else {}

    def _units_url(self, search: Mapping[str, Any]) -> str:
        kept = {key: search[key] for key in ("province", "unit_type", "section") if search.get(key)}
        kept |= {"fiscal_year": self.round.fiscal_year_be} | self._moment()
        return f"{reverse('monitoring:unit-status')}?{urlencode(kept)}"


class UnitBoard(_Board):
    """Units one by one: where each sheet stands, whose desk it lies on and since when."""

    template = "monitoring/unit_board.html"
    screen_code = "INFO82"
    title = "สถานะการบันทึกข้อมูลรายแห่ง"
    file_name = "unit-status"
    columns = (
        Column("entry.short_name", "อปท.", heading=True, url=lambda row: row.url),
        Column("type", "ประเภท", value=lambda row: UnitType(row.entry.unit_type).abbreviation),
        Column("area", "อำเภอ", value=lambda row: area_text(row)),
        Column("states", "สถานะของแต่ละด้าน", kind=Kind.STATES, value=lambda row: states_told(row)),
        Column("done", "รับรองแล้ว", value=lambda row: f"{row.done}/{row.expected}"),
        Column("desk", "อยู่ที่", value=lambda row: row.desk.label if row.desk else "", blank="–"),
        Column("since", "ตั้งแต่", kind=Kind.DATE, blank="–"),
        Column("extended", "ขยายเวลา", value=lambda row: extended_text(row), blank="–"),
    )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The board above."""
        return (Crumb("สถานะการบันทึกข้อมูล", reverse("monitoring:status")),)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Everything that the actor's tree offers."""
        return UnitSearch(
            data, years=self.years, provinces=self.provinces, districts=self.districts(data), sections=self.sections
        )

    def rows(self, search: Mapping[str, Any]) -> Sequence[UnitStatus]:
        """Units page by page."""
        return selectors.UnitStatusRows(round=self.round, wanted=self.wanted(search), url=self._filing_url)

    def _filing_url(self, entry: RosterEntry) -> str:
        """The unit's filing of that year, at the same moment."""
        place = {"fiscal_year": self.round.fiscal_year_be, "unit_code": entry.code}
        return f"{reverse('filings:filing-detail', kwargs=place)}{self.asked.suffix}"

    def row_actions(self, row: UnitStatus) -> Sequence[RowAction]:
        """Open the unit's filing."""
        return (RowAction("view", row.url),)

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """What the columns' numbers mean."""
        return {
            "list_head": "monitoring/parts/unit_head.html",
            "asked": self.asked,
            "legend": self.sections,
            "round": self.round,
        }


def area_text(row: UnitStatus) -> str:
    """District and province of a unit's line."""
    return f"{areas.district_name(row.entry.district_code)} จ.{areas.province_name(row.entry.province_code)}"


def extended_text(row: UnitStatus) -> str:
    """Until when the unit's time was extended; the board's heading says the announced day."""
    return f"ถึง {format_date_short(last_day_before(row.entry.due_at))}" if row.entry.is_extended else ""


def states_told(row: UnitStatus) -> list[tuple[str, str]]:
    """Which sheets stand where, furthest behind first: the state's code and the sheets' numbers."""
    found: dict[str, list[int]] = {}
    for number, (code, state) in enumerate(row.sheets.items(), start=1):
        found.setdefault(str(state), []).append(
            int(code.removeprefix("domain_")) if code.startswith("domain_") else number
        )
    order = [NOT_BEGUN, RETURNED, *(status.value for status in Status)]
    return [(state, _which(found[state], len(row.sheets))) for state in sorted(found, key=order.index)]


def _which(numbers: list[int], count: int) -> str:
    return "ทุกด้าน" if len(numbers) == count else "ด้าน " + ", ".join(str(number) for number in numbers)


def _meet(path: str, scope: str) -> bool:
    """Whether a place lies under a scope or the scope under the place."""
    return path.startswith(scope) or scope.startswith(path)
