"""Spans of days, months and years in the reader's language: Thai with Buddhist years, English with Christian ones."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language

from localgov.lib.thai_calendar import be_year
from localgov.ui.dates import date_long, date_short


def days_text(first: date, last: date | None) -> str:
    """`12 พ.ย. 2569`, `12–14 พ.ย. 2569`, `30 พ.ย. – 2 ธ.ค. 2569`; in English with Christian years."""
    if last is None or last == first:
        return date_short(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_short(last)}"
    if first.year == last.year:
        return f"{date_short(first).rpartition(' ')[0]} – {date_short(last)}"
    return f"{date_short(first)} – {date_short(last)}"


def month_name(number: int) -> str:
    """Name of a month in the reader's language."""
    return date_long(date(2001, number, 1)).split()[1]


def year_text(year: int) -> str:
    """A year as the reader's language counts it."""
    return str(year) if get_language() == "en" else str(be_year(year))
