"""The usual dates of a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from localgov.lib.thai_calendar import ce_year

#: A year that is over on the day it is opened stays open till a 30 September at least this many days ahead.
_ROOM_TO_WORK_DAYS = 90


@dataclass(frozen=True)
class LastDays:
    """The three dates of a round as last days; each is stored as the midnight after it."""

    due: date
    last_new: date
    last_edit: date


def first_dates(fiscal_year: int, *, on: date) -> LastDays:
    """Due 15 June (the circular of 2564), new filings till 31 August, edits till 30 September of the fiscal year.

    A year whose own dates are past on the day of opening is opened for late filing: both last dates move to the next
    30 September that leaves room to work; the due day stays, so that late is late.
    """
    year = ce_year(fiscal_year)
    own = LastDays(date(year, 6, 15), date(year, 8, 31), date(year, 9, 30))
    if on <= own.last_new:
        return own
    late = date(on.year, 9, 30)
    if (late - on).days < _ROOM_TO_WORK_DAYS:
        late = date(on.year + 1, 9, 30)
    return LastDays(own.due, late, late)
