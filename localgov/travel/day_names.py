"""Days, months and years in the reader's language: Thai with Buddhist years, English with Christian ones."""

from __future__ import annotations

import calendar
from datetime import date

from django.utils.translation import get_language

from localgov.lib.thai_calendar import be_year, format_date_long, format_date_short


def days_text(first: date, last: date | None) -> str:
    """`12 พ.ย. 2569`, `12–14 พ.ย. 2569`, `30 พ.ย. – 2 ธ.ค. 2569`; in English with Christian years."""
    if last is None or last == first:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    if first.year == last.year:
        return f"{day_text(first).rpartition(' ')[0]} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def day_text(day: date) -> str:
    """A day as the reader's language writes it."""
    if get_language() == "en":
        return f"{day.day} {month_name(day.month)[:3]} {day.year}"
    return format_date_short(day)


def month_name(number: int) -> str:
    """Name of a month in the reader's language."""
    if get_language() == "en":
        return calendar.month_name[number]
    return format_date_long(date(2001, number, 1)).split()[1]


def year_text(year: int) -> str:
    """A year as the reader's language counts it."""
    return str(year) if get_language() == "en" else str(be_year(year))
