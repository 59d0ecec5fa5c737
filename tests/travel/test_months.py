"""The month's grid, without a database."""

from dataclasses import dataclass
from datetime import date

import pytest

from localgov.travel.months import Month, month_asked, month_of, weeks_of

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class On:
    """Something from one day to another."""

    starts: date
    ends: date


def test_weeks_begin_on_sunday_and_an_event_stands_on_each_of_its_days_inside_the_month() -> None:
    fair = On(date(2026, 10, 30), date(2026, 11, 2))

    weeks = weeks_of(Month(2026, 11), [fair], today=TODAY)

    assert weeks[0][0].date == date(2026, 11, 1)
    assert {day.date.day for week in weeks for day in week if day.events} == {1, 2}
    assert [day.date for week in weeks for day in week if day.is_today] == [TODAY]
    assert [day.is_inside for day in weeks[-1]] == [True, True, False, False, False, False, False]


def test_months_follow_each_other_over_the_turn_of_the_year() -> None:
    assert month_of(TODAY).after(2) == Month(2027, 1)
    assert Month(2027, 1).after(-1) == Month(2026, 12)
    assert Month(2028, 2).last == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["", "abc", "2026", "2026-0", "2026-13", "9999-01", "๒๕๗๐-๐๑", "2026-11-01", "-1-1"])
def test_what_is_no_month_near_today_is_none(text: str) -> None:
    assert month_asked(text, today=TODAY) is None


def test_a_month_of_an_address_is_read() -> None:
    assert month_asked("2027-2", today=TODAY) == Month(2027, 2)
    assert Month(2027, 2).address == "2027-02"
