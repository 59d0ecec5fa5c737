"""The pace of a round and who will miss its date."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import QueryDict
from django.urls import reverse

from localgov.filings.states import Action
from localgov.lib.thai_calendar import MONTHS_SHORT, format_date_short, last_day_before
from localgov.monitoring.forms import PaceSearch
from localgov.monitoring.selectors import TimeStatus, pace, sheet_word
from localgov.monitoring.selectors.pace import PACE_WEEKS, STILL_DAYS, Forecast, Outlook, Pace, Week
from localgov.monitoring.views.board import Board
from localgov.rounds.models import Profile
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery

_STEP_WORDS = {
    pace.BEGIN: "เริ่มบันทึก",
    Action.SUBMIT.value: "ส่งตรวจ",
    Action.VERIFY.value: "ตรวจสอบแล้ว",
    Action.CERTIFY_LAO.value: "อปท. รับรอง",
    Action.CERTIFY_PROVINCE.value: "จังหวัดรับรอง",
}


@dataclass(frozen=True)
class WeekLine:
    """One week as the table prints it."""

    label: str
    sheets: tuple[int, ...]
    begun_units: int
    done_units: int


class PaceBoard(Board):
    """Sheets and units that reached each step in the last weeks, and the units that are not expected to be in time."""

    template = "monitoring/pace.html"
    screen_code = "INFO88"
    title = "ความคืบหน้าและคาดการณ์"
    file_name = "forecast"
    empty_hint = "ไม่มี อปท. ที่คาดการณ์ไว้เช่นนี้ในรอบและพื้นที่ที่เลือก"
    columns = (
        Column("short_name", "อปท.", heading=True),
        Column("type_name", "ประเภท"),
        Column("district_name", "อำเภอ"),
        Column("province_name", "จังหวัด"),
        Column("left", "ขั้นที่เหลือ", value=lambda row: f"{row.left} จาก {row.total}"),
        Column("moved", "ขั้นที่ทำในช่วงที่นับ", kind=Kind.NUMBER),
        Column("finish", "คาดว่าเสร็จ", kind=Kind.DATE, blank="ไม่มีความเคลื่อนไหว"),
        Column("due", "ครบกำหนด", kind=Kind.DATE, value=lambda row: last_day_before(row.due_at)),
        Column("outlook", "คาดการณ์", value=lambda row: row.outlook.label),
    )

    found: Pace

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Rounds and places, and which outlook is listed."""
        data["outlook"] = data.get("outlook") or Outlook.WILL_MISS
        return PaceSearch(data, **self.choices(data))

    def rows(self, search: Mapping[str, Any]) -> Sequence[Forecast]:
        """The units with the outlook asked for."""
        self.found = pace.pace(round=self.round, wanted=self.wanted(search), at=self.now)
        return self.found.forecasts(Outlook(search.get("outlook") or Outlook.WILL_MISS))

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The weeks for the chart and for its table, the counts, the rule's numbers."""
        words = [_STEP_WORDS[step] for step in self.found.steps]
        lines = [self._line(week) for week in self.found.weeks]
        late = self.kept(query.search, "region", "province", "district", "unit_type")
        late |= {"time_status": TimeStatus.LATE.value}
        return {
            "list_head": "monitoring/parts/pace_head.html",
            "round": self.round,
            "word": sheet_word(self.round),
            "steps": words,
            "weeks": lines,
            "chart": chart_data(words, lines),
            "outlooks": [(one.label, len(self.found.outlooks[one])) for one in Outlook],
            "done_label": "ส่งครบ" if self.round.profile == Profile.RECORD else "อปท. รับรองครบ",
            "step_count": len(self.found.steps[:4]),
            "step_names": ", ".join(words[:4]),
            "pace_weeks": PACE_WEEKS,
            "still_days": STILL_DAYS,
            "late_url": f"{reverse('monitoring:unit-status')}?{urlencode(late)}",
        }

    def _line(self, week: Week) -> WeekLine:
        begins = f"{week.monday.day} {MONTHS_SHORT[week.monday.month - 1]}"
        return WeekLine(
            label=f"{begins} – {format_date_short(week.sunday) if week.is_over else 'วันนี้'}",
            sheets=tuple(week.sheets[step] for step in self.found.steps),
            begun_units=week.begun_units,
            done_units=week.done_units,
        )


def chart_data(words: Sequence[str], lines: Sequence[WeekLine]) -> str:
    """What the chart draws, as JSON: the same numbers as the table."""
    return json.dumps(
        {
            "weeks": [line.label.partition(" – ")[0] for line in lines],
            "series": [
                {"name": word, "values": [line.sheets[place] for line in lines]} for place, word in enumerate(words)
            ],
        },
        ensure_ascii=False,
    )
