"""The list of units of a round: where each sheet stands, whose desk it lies on, whether it is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from localgov.filings.selectors.standings import NOT_BEGUN
from localgov.filings.states import Status
from localgov.lib.thai_calendar import days_left_text, format_date_short, last_day_before
from localgov.lib.unit_types import UnitType
from localgov.monitoring import selectors
from localgov.monitoring.forms import UnitSearch
from localgov.monitoring.selectors import RETURNED, UnitStatus
from localgov.monitoring.views.board import MAIN_FORM, Board
from localgov.organisations import areas
from localgov.rounds.models import Profile, RosterEntry
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import RowAction
from localgov.ui.pages import Crumb


class UnitBoard(Board):
    """Units one by one: where each sheet stands, whose desk it lies on and since when, whether it is late."""

    template = "monitoring/unit_board.html"
    screen_code = "INFO82"
    file_name = "unit-status"

    def page_title(self) -> str:
        """Named after the form where it is not the eight domains."""
        other = "" if self.form_code == MAIN_FORM else f": {self.round.title}"
        return f"สถานะการบันทึกข้อมูลรายแห่ง{other}"

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        """What is done is what the round's profile asks of the unit."""
        done = "ส่งแล้ว" if self.round.profile == Profile.RECORD else "รับรองแล้ว"
        word = selectors.sheet_word(self.round)
        return (
            Column("entry.short_name", "อปท.", heading=True, url=lambda row: row.url),
            Column("type", "ประเภท", value=lambda row: UnitType(row.entry.unit_type).abbreviation),
            Column("area", "อำเภอ", value=area_text),
            Column("states", f"สถานะของแต่ละ{word}", kind=Kind.STATES, value=lambda row: states_told(row, word)),
            Column("done", done, value=lambda row: f"{row.done}/{row.expected}"),
            Column("desk", "อยู่ที่", value=lambda row: row.desk.label if row.desk else "", blank="–"),
            Column("since", "ตั้งแต่", kind=Kind.DATE, blank="–"),
            Column("time", "กำหนดเวลา", value=self._time_text, blank="–"),
        )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The board above."""
        url = f"{reverse('monitoring:status')}?{urlencode(self.kept({}))}"
        return (Crumb("สถานะการบันทึกข้อมูล", url),)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Everything that the actor's tree offers."""
        return UnitSearch(data, **self.choices(data))

    def rows(self, search: Mapping[str, Any]) -> Sequence[UnitStatus]:
        """Units page by page."""
        return selectors.UnitStatusRows(round=self.round, wanted=self.wanted(search), at=self.now, url=self._filing_url)

    def _filing_url(self, entry: RosterEntry) -> str:
        """The unit's filing of that year, at the same moment; the eight domains alone have pages to show it."""
        if self.form_code != MAIN_FORM:
            return ""
        place = {"fiscal_year": self.round.fiscal_year_be, "unit_code": entry.code}
        return f"{reverse('filings:filing-detail', kwargs=place)}{self.asked.suffix}"

    def _time_text(self, row: UnitStatus) -> str:
        """Whether it is late, and until when its time was extended; the board's heading says the announced day."""
        late = days_left_text(row.entry.due_at, self.asked.at or self.now) if row.late else ""
        extended = ""
        if row.entry.is_extended:
            extended = f"ขยายถึง {format_date_short(last_day_before(row.entry.due_at))}"
        return " · ".join(part for part in (late, extended) if part)

    def row_actions(self, row: UnitStatus) -> Sequence[RowAction]:
        """Open the unit's filing."""
        return (RowAction("view", row.url),) if row.url else ()

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """What the columns' numbers mean."""
        return {
            "list_head": "monitoring/parts/unit_head.html",
            "asked": self.asked,
            "legend": self.sections,
            "round": self.round,
            "word": selectors.sheet_word(self.round),
        }


def area_text(row: UnitStatus) -> str:
    """District and province of a unit's line."""
    return f"{areas.district_name(row.entry.district_code)} จ.{areas.province_name(row.entry.province_code)}"


def states_told(row: UnitStatus, word: str) -> list[tuple[str, str]]:
    """Which sheets stand where, furthest behind first: the state's code and the sheets' numbers."""
    found: dict[str, list[int]] = {}
    for number, (code, state) in enumerate(row.sheets.items(), start=1):
        found.setdefault(str(state), []).append(
            int(code.removeprefix("domain_")) if code.startswith("domain_") else number
        )
    order = [NOT_BEGUN, RETURNED, *(status.value for status in Status)]
    return [(state, _which(found[state], len(row.sheets), word)) for state in sorted(found, key=order.index)]


def _which(numbers: list[int], count: int, word: str) -> str:
    return f"ทุก{word}" if len(numbers) == count else f"{word} " + ", ".join(str(number) for number in numbers)
