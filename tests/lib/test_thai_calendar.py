"""Dates: two eras, fiscal years, what people type and read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.lib import thai_calendar
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import NotADate, parse_date
from tests.lib.readers import speaks_thai, value_or_refusal

days = st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31))
moments = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2190, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("day", "fiscal_year"),
    [
        (date(2020, 9, 30), 2563),
        (date(2020, 10, 1), 2564),
        (date(2021, 9, 30), 2564),
        (date(2021, 1, 1), 2564),
        (datetime(2020, 9, 30, 17, 0, tzinfo=UTC), 2564),
        (datetime(2020, 9, 30, 16, 59, 59, tzinfo=UTC), 2563),
    ],
)
def test_a_fiscal_year_begins_on_1_october_in_thailand(day: date, fiscal_year: int) -> None:
    assert thai_calendar.fiscal_year_of(day) == fiscal_year


def test_fiscal_year_2564_runs_from_october_2020_to_september_2021() -> None:
    assert thai_calendar.fiscal_year_bounds(2564) == (date(2020, 10, 1), date(2021, 9, 30))


@given(days)
def test_every_day_lies_in_its_own_fiscal_year(day: date) -> None:
    first, last = thai_calendar.fiscal_year_bounds(thai_calendar.fiscal_year_of(day))
    assert first <= day <= last


@pytest.mark.parametrize(
    "typed",
    [
        "2026-06-15",
        "15/6/2569",
        "15/06/2026",
        "15.6.2569",
        "15-06-2569",
        "15 / 6 / 2569",
        "๑๕/๖/๒๕๖๙",
        "15 มิ.ย. 69",
        "15 มิย 69",
        "15 มิ.ย. 2569",
        "15มิ.ย.69",
        "15 มิถุนายน 2569",
        "15 มิถุนายน พ.ศ. 2569",
        "15 มิถุนายน พ.ศ.2569",
        "15 มิถุนายน ค.ศ. 2026",
        "15 มิถุนายน 2026",
        "๑๕ มิถุนายน ๒๕๖๙",
        "วันที่ 15 เดือนมิถุนายน พ.ศ. 2569",
        "  15   มิถุนายน\u00a02569 ",
    ],
)
def test_one_day_can_be_typed_in_many_ways(typed: str) -> None:
    assert parse_date(typed) == date(2026, 6, 15)


def test_the_leap_day_follows_the_common_era() -> None:
    assert parse_date("29 ก.พ. 2567") == date(2024, 2, 29)
    with pytest.raises(NotADate) as refused:
        parse_date("29/2/2568")
    assert refused.value.message == "“29/2/2568” ไม่มีวันที่ 29 ในเดือนกุมภาพันธ์ พ.ศ. 2568"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "blank"),
        ("15/6/69", "short_year"),
        ("15/6/256", "short_year"),
        ("2569-06-15", "year"),
        ("15 มิ.ย. 569", "year"),
        ("15 มิ.ย. พ.ศ. 2026", "year"),
        ("15 มิ.ย. ค.ศ. 2569", "year"),
        ("15 มิ.ย. ค.ศ. 26", "year"),
        ("15/6/1700", "year"),
        ("6/15/2569", "month"),
        ("2026-13-01", "month"),
        ("31/4/2569", "day"),
        ("0/4/2569", "day"),
        ("15 มิถุ 2569", "not_a_date"),
        ("เมื่อวาน", "not_a_date"),
        ("มิถุนายน 2569", "not_a_date"),
        ("46188", "not_a_date"),
    ],
)
def test_a_date_that_would_be_guessed_is_refused(typed: str, code: str) -> None:
    with pytest.raises(NotADate) as refused:
        parse_date(typed)
    assert refused.value.code == code


@given(days)
def test_a_shown_date_can_be_typed_back(day: date) -> None:
    for shown in (thai_calendar.format_date_long, thai_calendar.format_date_short):
        assert parse_date(shown(day)) == day
        assert parse_date(shown(day, thai_digits=True)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text(max_size=40) | st.text(alphabet="0123456789๑๒/-. มิยคกพศ", max_size=20))
def test_any_text_is_a_date_or_refused_in_thai(text: str) -> None:
    read = value_or_refusal(parse_date, text)
    assert speaks_thai(read) if isinstance(read, Refusal) else isinstance(read, date)


def test_dates_are_shown_in_the_buddhist_era() -> None:
    day = date(2026, 6, 15)
    assert thai_calendar.format_date_long(day) == "15 มิถุนายน 2569"
    assert thai_calendar.format_date_long(day, thai_digits=True) == "๑๕ มิถุนายน ๒๕๖๙"
    assert thai_calendar.format_date_short(day) == "15 มิ.ย. 2569"
    assert thai_calendar.be_year(2026) == 2569
    assert thai_calendar.ce_year(2569) == 2026


def test_moments_are_shown_by_the_clock_of_thailand() -> None:
    moment = datetime(2026, 6, 14, 17, 5, tzinfo=UTC)
    assert thai_calendar.format_datetime(moment) == "15 มิถุนายน 2569 เวลา 00:05 น."
    assert thai_calendar.format_datetime_short(moment) == "15 มิ.ย. 2569 00:05 น."
    assert thai_calendar.format_datetime(moment, thai_digits=True) == "๑๕ มิถุนายน ๒๕๖๙ เวลา ๐๐:๐๕ น."
    assert thai_calendar.format_date_short(moment) == "15 มิ.ย. 2569"


def test_a_moment_without_a_zone_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="time zone"):
        thai_calendar.format_datetime(datetime(2026, 6, 15, 10, 0))


def test_a_deadline_ends_at_midnight_and_is_shown_as_its_last_day() -> None:
    due = thai_calendar.bangkok_day_end(date(2027, 6, 15))
    assert due == datetime(2027, 6, 15, 17, 0, tzinfo=UTC)
    assert thai_calendar.last_day_before(due) == date(2027, 6, 15)


@pytest.mark.parametrize(
    ("now", "left", "words"),
    [
        (datetime(2027, 5, 5, 3, 0, tzinfo=UTC), 41, "เหลือ 41 วัน"),
        (datetime(2027, 6, 15, 16, 59, tzinfo=UTC), 0, "ครบกำหนดวันนี้"),
        (datetime(2027, 6, 15, 17, 0, tzinfo=UTC), -1, "เลยกำหนด 1 วัน"),
        (datetime(2027, 6, 18, 3, 0, tzinfo=UTC), -3, "เลยกำหนด 3 วัน"),
    ],
)
def test_days_left_are_counted_in_thailand(now: datetime, left: int, words: str) -> None:
    due = thai_calendar.bangkok_day_end(date(2027, 6, 15))
    assert thai_calendar.days_left(due, now) == left
    assert thai_calendar.days_left_text(due, now) == words


@given(days, moments)
def test_a_deadline_is_past_exactly_when_days_left_are_negative(day: date, now: datetime) -> None:
    due = thai_calendar.bangkok_day_end(day)
    assert (thai_calendar.days_left(due, now) < 0) == (now >= due)
    assert thai_calendar.bangkok_day_start(day) + timedelta(days=1) == due


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),  # Friday, the day itself
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 20), date(2026, 11, 30), 6),
        (date(2026, 11, 21), date(2026, 11, 28), 5),
        (date(2026, 11, 23), date(2026, 11, 20), 0),
    ],
)
def test_weekdays_are_counted_after_the_day_itself(first: date, last: date, days: int) -> None:
    assert thai_calendar.weekdays_after(first, last) == days
