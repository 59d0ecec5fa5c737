"""A month as a page shows it: weeks from Sunday, each day with what is on. Pure: no database."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Generic, Protocol, TypeVar

_TYPED: Final = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
#: How far from today the calendar goes, in years: beyond it there is nothing to page through.
_REACH: Final = 10


class Dated(Protocol):
    """Something that is on from one day to another, both inside."""

    @property
    def starts(self) -> date: ...

    @property
    def ends(self) -> date: ...


T = TypeVar("T", bound=Dated)


@dataclass(frozen=True)
class Day(Generic[T]):
    """One day of the grid and what is on that day; days of the neighbouring months are outside."""

    date: date
    is_inside: bool
    is_today: bool
    events: tuple[T, ...]


@dataclass(frozen=True)
class Month:
    """One month of the Christian year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after(1).first - timedelta(days=1)

    @property
    def address(self) -> str:
        """`2026-11`, as the address of its page says it."""
        return f"{self.year}-{self.number:02d}"

    def after(self, months: int) -> Month:
        """So many months later; negative for earlier."""
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return Month(day.year, day.month)


def month_asked(text: str, *, today: date) -> Month | None:
    """The month that an address asks for (`2026-11`); None for what is none or lies too far from today."""
    found = _TYPED.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or abs(int(found[1]) - today.year) > _REACH:
        return None
    return Month(int(found[1]), int(found[2]))


def weeks_of(month: Month, events: Iterable[T], *, today: date) -> tuple[tuple[Day[T], ...], ...]:
    """The weeks that touch the month, Sunday first, with the events of each of its days in the order given."""
    given = tuple(events)
    return tuple(
        tuple(
            Day(
                day,
                day.month == month.number,
                day == today,
                tuple(one for one in given if one.starts <= day <= one.ends) if day.month == month.number else (),
            )
            for day in week
        )
        for week in calendar.Calendar(firstweekday=calendar.SUNDAY).monthdatescalendar(month.year, month.number)
    )
