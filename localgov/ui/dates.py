"""Dates in the language of the page: the Buddhist Era in Thai, C.E. in English; Thailand's clock in both."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import get_language

from localgov.lib import thai_calendar

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_short(day: date) -> str:
    """`15 มิ.ย. 2569` · `15 Jun 2026`; of a moment, its day in Thailand."""
    return _english(day, 3) if _is_english() else thai_calendar.format_date_short(day)


def date_long(day: date) -> str:
    """`15 มิถุนายน 2569` · `15 June 2026`."""
    return _english(day, None) if _is_english() else thai_calendar.format_date_long(day)


def clock(moment: datetime) -> str:
    """`10:42 น.` · `10:42`."""
    shown = thai_calendar.format_time(moment)
    return shown.removesuffix(" น.") if _is_english() else shown


def datetime_short(moment: datetime) -> str:
    """`15 มิ.ย. 2569 10:42 น.` · `15 Jun 2026, 10:42`."""
    return f"{_english(moment, 3)}, {clock(moment)}" if _is_english() else thai_calendar.format_datetime_short(moment)


def fiscal_year(year_be: int) -> str:
    """`ปีงบประมาณ 2570` · `FY 2570 (2027)`: the year in which it ends."""
    return f"FY {year_be} ({thai_calendar.ce_year(year_be)})" if _is_english() else f"ปีงบประมาณ {year_be}"


def _is_english() -> bool:
    return get_language() == "en"


def _english(day: date, letters: int | None) -> str:
    if isinstance(day, datetime):
        day = thai_calendar.bangkok_date(day)
    return f"{day.day} {_MONTHS[day.month - 1][:letters]} {day.year}"
