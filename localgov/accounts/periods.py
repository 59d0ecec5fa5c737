"""Periods in which a role is held: half open in the database, first and last day for people."""

from datetime import date, timedelta

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]

_DAY = timedelta(days=1)


def period(first: date, last: date | None = None) -> DateRange:
    """From the first to the last day, both included; without a last day it goes on."""
    return DateRange(first, None if last is None else last + _DAY)


def ended(held: DateRange, *, last: date) -> DateRange:
    """The period cut after a last day. One that had not begun by then becomes empty at its first day."""
    first: date = held.lower
    return DateRange(first, max(first, last + _DAY))


def last_day(held: DateRange) -> date | None:
    """The last day of a period; None while it goes on."""
    upper: date | None = held.upper
    return None if upper is None else upper - _DAY
