"""The boards by area: of one round, of every survey, province by province, and one province over all forms of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from localgov.lib.thai_calendar import last_day_before
from localgov.monitoring import selectors
from localgov.monitoring.forms import FIGURES, AreaSearch, ProvinceSearch
from localgov.monitoring.selectors import AreaStatus, TimeStatus
from localgov.monitoring.selectors.progress import own_duty
from localgov.monitoring.views.board import MAIN_FORM, Board, sees_one_unit
from localgov.monitoring.views.province_map import map_rows, province_map
from localgov.organisations import areas
from localgov.rounds.models import Profile, Round
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton
from localgov.ui.pages import Crumb


def _units(key: str, label: str) -> Column:
    return Column(key, label, kind=Kind.NUMBER, sort=(key,))


_NAME = Column("name", "พื้นที่", heading=True, sort=("name",))
_ALL = _units("units", "อปท. ทั้งหมด")
_LATE = Column("late_units", "เลยกำหนด", kind=Kind.NUMBER, sort=("late_units",), unit="แห่ง")
_EXTENDED = Column("extended_units", "ขยายเวลา", kind=Kind.NUMBER, sort=("extended_units",), unit="แห่ง")


def sheet_columns(round: Round) -> tuple[Column, ...]:
    """Columns that count sheets, as far as the round's profile goes."""
    word = selectors.sheet_word(round)
    steps = (
        ("expected", f"{word}ที่ต้องบันทึก"),
        ("not_begun", f"ยังไม่เริ่ม ({word})"),
        ("recording", "กำลังบันทึก"),
        ("submitted", "ส่งตรวจแล้ว" if round.profile != Profile.RECORD else "ส่งแล้ว"),
        ("verified", "ตรวจสอบแล้ว"),
        ("certified_unit", "อปท. รับรองแล้ว"),
        ("certified_province", "จังหวัดรับรองแล้ว"),
    )
    last = {Profile.RECORD: 4, Profile.UNIT: 6, Profile.PROVINCE: 7}[Profile(round.profile)]
    return tuple(_units(key, label) for key, label in steps[:last])


def unit_columns(profile: str) -> tuple[Column, ...]:
    """Columns that count units at least so far, as far as a profile goes, with the share of those that are through."""
    steps = (
        ("begun_units", "เริ่มบันทึกแล้ว"),
        ("submitted_units", "ส่งครบ"),
        ("verified_units", "ตรวจสอบครบ"),
        ("certified_units", "อปท. รับรองครบ"),
        ("complete_units", "จังหวัดรับรองครบ"),
    )
    last = {Profile.RECORD: 2, Profile.UNIT: 4, Profile.PROVINCE: 5}[Profile(profile)]
    share = Column("complete_percent", "ร้อยละที่ครบ", kind=Kind.PERCENT, sort=("complete_percent",), blank="–")
    return (*(_units(key, label) for key, label in steps[:last]), share)


class AreaBoard(Board):
    """The board by area: provinces of the country, districts of one province, or regions, or types.

    A unit is led to its own line.
    """

    screen_code = "INFO81"
    file_name = "status"
    empty_hint = "ไม่มี อปท. ตามเงื่อนไขนี้ในรอบที่เลือก"
    own_url = "monitoring:status"

    def page_title(self) -> str:
        """Named after the round's form."""
        return f"สถานะการบันทึก{self.round.title}"

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        """Units, their time, then sheets as far as the round's workflow goes."""
        through = "ครบ 5 คะแนน" if self.form_code == MAIN_FORM else "ครบทุกขั้น"
        return (
            self._name,
            _ALL,
            Column("idle_units", "ยังไม่เริ่ม", kind=Kind.NUMBER, sort=("idle_units",), unit="แห่ง"),
            Column("complete_units", through, kind=Kind.NUMBER, sort=("complete_units",), unit="แห่ง"),
            self._late,
            _EXTENDED,
            *sheet_columns(self.round),
        )

    @property
    def _name(self) -> Column:
        return replace(_NAME, url=self._area_url)

    @property
    def _late(self) -> Column:
        return replace(_LATE, url=self._late_url)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Rounds, places and sheets to choose from."""
        return AreaSearch(data, **self.choices(data))

    def add_button(self) -> AddButton | None:
        """The letter to the units that have not done their part."""
        return self.letter_button(own_duty(self.round))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The board, or the way to the only unit that the actor sees."""
        if sees_one_unit(self.prefixes):
            kept = {"form": form} if (form := request.GET.get("form", "")) else {}
            return redirect(f"{reverse('monitoring:unit-status')}?{urlencode(kept)}")
        return super().get(request, *args, **kwargs)

    def by(self, search: Mapping[str, Any]) -> str:
        """As asked; else provinces for the country, districts for one province."""
        one_province = search.get("province") or len(self.provinces) == 1
        return search.get("by") or ("district" if one_province else "province")

    def rows(self, search: Mapping[str, Any]) -> Sequence[AreaStatus]:
        """One row for each area."""
        self.search = search
        self.found = selectors.area_status(
            round=self.round, by=self.by(search), wanted=self.wanted(search), at=self.now
        )
        self.total = selectors.total_of(self.found)
        return self.found

    search: Mapping[str, Any]
    total: AreaStatus
    found: Sequence[AreaStatus]

    def _place(self, row: AreaStatus) -> dict[str, str]:
        """What a search needs to mean the row's area alone."""
        by = self.by(self.search)
        if by == "district":
            return ({} if len(self.provinces) == 1 else {"province": row.code[:2]}) | {"district": row.code}
        return {{"province": "province", "region": "region", "type": "unit_type"}[by]: row.code}

    def _area_url(self, row: AreaStatus) -> str:
        place = self._place(row)
        if self.by(self.search) in ("province", "region"):
            kept = self.kept(self.search, "unit_type", "section") | place
            return f"{self._own_page}?{urlencode(kept)}"
        return self._units_url(place)

    def _late_url(self, row: AreaStatus) -> str:
        return self._units_url(self._place(row) | {"time_status": TimeStatus.LATE.value}) if row.late_units else ""

    def _units_url(self, place: Mapping[str, str]) -> str:
        kept = self.kept(self.search, "region", "province", "district", "unit_type", "section") | dict(place)
        return f"{self._units_page}?{urlencode(kept)}"

    @cached_property
    def _own_page(self) -> str:
        return reverse(self.own_url)

    @cached_property
    def _units_page(self) -> str:
        return reverse("monitoring:unit-status")

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object]:
        """The row รวม."""
        return {column.key: getattr(self.total, column.key) for column in self.columns}

    def _map(self, search: Mapping[str, Any]) -> dict[str, Any]:
        """The map below the table, where the table is of the country's provinces."""
        if self.by(search) != "province" or search.get("province") or len(self.provinces) <= 1:
            return {}
        figures = dict(FIGURES)
        figure = search.get("figure") or FIGURES[0][0]
        drawn = province_map(self.found, figure, self._area_url)
        return {
            "list_foot": "monitoring/parts/province_map.html",
            "map": drawn,
            "map_rows": map_rows(drawn),
            "figure_label": figures[figure],
        }

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The figures above the table, and the map below it."""
        last = sheet_columns(self.round)[-1]
        return {
            "list_head": "monitoring/parts/area_head.html",
            "asked": self.asked,
            "total": self.total,
            "round": self.round,
            "word": selectors.sheet_word(self.round),
            "last_label": last.label,
            "last_count": getattr(self.total, last.key),
            "units_url": self._units_url({}),
            **self._map(query.search),
        }


class SurveyBoard(AreaBoard):
    """รายงานสถานะแบบสำรวจ (R3.2): the same board, beginning with the newest form that is not the eight domains."""

    screen_code = "INFO83"
    file_name = "survey-status"
    own_url = "monitoring:survey-status"
    form_first = ""

    def page_title(self) -> str:
        """The menu's words."""
        return "รายงานสถานะแบบสำรวจ"


class ProvinceBoard(AreaBoard):
    """สถานะการกรอกข้อมูลรายจังหวัด (R3.2): how many units of each province are at least so far."""

    screen_code = "INFO84"
    file_name = "province-status"
    own_url = "monitoring:status"

    def page_title(self) -> str:
        """The menu's words."""
        return "สถานะการกรอกข้อมูลรายจังหวัด"

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        """Units alone."""
        return (self._name, _ALL, *unit_columns(self.round.profile), self._late, _EXTENDED)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """As the board, without another order of areas or single sheets."""
        form = super().build_search_form(data)
        for name in ("by", "section", "figure", "province", "district"):
            form.fields.pop(name, None)
        return form

    def by(self, search: Mapping[str, Any]) -> str:
        """Always provinces."""
        return "province"

    def _map(self, search: Mapping[str, Any]) -> dict[str, Any]:
        """The board has the map; this is its table in other columns."""
        return {}


@dataclass
class RoundLine:
    """One round of a year in one province: the total of the province, and whose round it is."""

    round: Round
    status: AreaStatus
    url: str

    def __getattr__(self, name: str) -> object:
        return getattr(self.status, name)


class ProvinceReport(Board):
    """รายงานจังหวัด (R3.2), its half about status: every form of a year in one province."""

    screen_code = "INFO85"
    title = "รายงานจังหวัด"
    file_name = "province-report"
    empty_hint = "ปีงบประมาณนี้ยังไม่เปิดรอบบันทึกข้อมูล"
    columns = (
        Column("round.title", "แบบข้อมูล", heading=True, url=lambda row: row.url),
        Column("due", "ครบกำหนด", kind=Kind.DATE, value=lambda row: last_day_before(row.round.due_at)),
        _ALL,
        *unit_columns(Profile.PROVINCE),
        Column("late_units", "เลยกำหนด", kind=Kind.NUMBER, sort=("late_units",), unit="แห่ง"),
        _EXTENDED,
    )

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The report, or the way to the only unit that the actor sees."""
        if sees_one_unit(self.prefixes):
            return redirect("monitoring:unit-status")
        return super().get(request, *args, **kwargs)

    def page_title(self) -> str:
        """Named after the province."""
        return f"รายงานจังหวัด{areas.province_name(self.province_code)}: สถานะการบันทึกข้อมูล"

    def breadcrumb(self) -> Sequence[Crumb]:
        """The board above."""
        return (Crumb("สถานะการกรอกข้อมูลรายจังหวัด", reverse("monitoring:province-status")),)

    @cached_property
    def province_code(self) -> str:
        """The province asked for, else the first that the actor sees."""
        asked = self.request.GET.get("province", "")
        codes = [code for code, _ in self.provinces]
        return asked if asked in codes else codes[0]

    @property
    def years(self) -> list[int]:
        """Years of all forms."""
        return list(dict.fromkeys(round.fiscal_year_be for round in self.known_rounds))

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Province, year, type, moment."""
        return ProvinceSearch(data, years=self.years, provinces=self.provinces)

    def rows(self, search: Mapping[str, Any]) -> Sequence[RoundLine]:
        """One row for each round of the year (one query each)."""
        year = search.get("fiscal_year") or (self.years or [0])[0]
        wanted = self.wanted({**search, "province": self.province_code})
        place = {"province": self.province_code, "unit_type": wanted.unit_type}
        lines = []
        for round in (one for one in self.known_rounds if one.fiscal_year_be == year):
            status = selectors.area_status(round=round, by="province", wanted=wanted, at=self.now)
            kept = {"form": round.form_code, "fiscal_year": year} | {
                key: value for key, value in place.items() if value
            }
            kept |= {"date": self.asked.date, "time": self.asked.time} if self.asked.at else {}
            lines.append(
                RoundLine(round, selectors.total_of(status), f"{reverse('monitoring:status')}?{urlencode(kept)}")
            )
        return lines

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The moment and where else to look."""
        kept = urlencode({"province": self.province_code, "by": "type"})
        return {
            "list_head": "monitoring/parts/report_head.html",
            "asked": self.asked,
            "by_type_url": f"{reverse('monitoring:status')}?{kept}",
        }
