"""The pace of a round: what was reached in which week, and the rule that says who will miss the date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from localgov.filings.models import Sheet
from localgov.filings.states import Action, Status
from localgov.lib.thai_calendar import bangkok_date
from localgov.monitoring.selectors import pace
from localgov.monitoring.selectors.pace import BEGIN, Outlook, outlook_of
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter
from tests.conftest import NOW, Person

COUNTRY = RosterFilter(prefixes=("th.",))
MONTH = timedelta(days=28)


@pytest.fixture
def recorded_at() -> datetime:
    """The database's clock, by which weeks are counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def test_the_next_province_sees_its_own_pace_alone(
    round_2570: Round, sheet_in: Callable[[Status], Sheet], stranger_officer: Person, recorded_at: datetime
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    theirs = RosterFilter(prefixes=("th.27.",))

    found = pace.pace(round=round_2570, wanted=theirs, at=recorded_at)

    assert not any(week.sheets for week in found.weeks)
    assert [one.code for outlook in Outlook for one in found.forecasts(outlook)] == ["6270101"]
    page = stranger_officer.client().get(reverse("monitoring:pace"), {"province": "25", "outlook": "UNKNOWN"})
    assert "เพื่อนบ้าน" in page.content.decode()
    assert "สาธิต" not in page.content.decode()


def test_counts_sheets_and_units_in_the_week_in_which_it_was_recorded(
    round_2570: Round, sheet_in: Callable[[Status], Sheet], recorded_at: datetime
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    def week(at: datetime, place: int) -> pace.Week:
        return pace.pace(round=round_2570, wanted=COUNTRY, at=at).weeks[place]

    now = week(recorded_at, -1)
    assert now.monday <= bangkok_date(recorded_at) <= now.sunday
    assert not now.is_over
    assert now.sheets == {BEGIN: 3, Action.SUBMIT: 3, Action.VERIFY: 3, Action.CERTIFY_LAO: 3}
    assert now.begun_units == 1
    later = week(recorded_at + timedelta(weeks=2), -3)  # kept by the process from here on
    assert (later.monday, later.sheets, later.is_over) == (now.monday, now.sheets, True)
    assert week(recorded_at + timedelta(weeks=2), -1).sheets == {}


def test_whole_weeks_are_asked_of_the_database_once(round_2570: Round, recorded_at: datetime) -> None:
    pace.pace(round=round_2570, wanted=COUNTRY, at=recorded_at)

    with CaptureQueriesContext(connection) as queries:
        pace.pace(round=round_2570, wanted=COUNTRY, at=recorded_at)

    assert len(queries) <= 3  # the units, today, and yesterday within the first hour of a day


@pytest.mark.parametrize(
    ("left", "moved", "days_left", "outlook", "finish"),
    [
        (12, 8, 43, Outlook.WILL_KEEP, date(2027, 1, 1)),
        (12, 8, 42, Outlook.WILL_MISS, date(2027, 1, 1)),
        (12, 0, 60, Outlook.WILL_MISS, None),
        (12, 0, 61, Outlook.UNKNOWN, None),
        (1, 100, 1, Outlook.WILL_KEEP, date(2026, 11, 20)),
    ],
)
def test_the_rule_compares_what_is_left_with_the_units_own_pace(
    left: int, moved: int, days_left: int, outlook: Outlook, finish: date | None
) -> None:
    due_at = NOW + timedelta(days=days_left)

    assert outlook_of(left=left, moved=moved, watched=MONTH, at=NOW, due_at=due_at) == (outlook, finish)


def test_a_unit_that_moves_has_steps_left_and_one_that_is_done_or_late_no_outlook(
    round_2570: Round, fill: Callable[..., Sheet], recorded_at: datetime
) -> None:
    fill("domain_1")

    found = pace.pace(round=round_2570, wanted=COUNTRY, at=recorded_at)
    forecasts = {one.code: one for outlook in Outlook for one in found.forecasts(outlook)}
    ours = forecasts["6250101"]
    assert (ours.left, ours.total, ours.moved, ours.outlook) == (11, 12, 1, Outlook.WILL_MISS)
    assert (forecasts["6270101"].left, forecasts["6270101"].finish) == (12, None)
    after = pace.pace(round=round_2570, wanted=COUNTRY, at=round_2570.due_at)
    assert not any(after.forecasts(outlook) for outlook in Outlook)


def test_the_page_tells_the_weeks_in_a_table_and_the_rule_in_words(
    round_2570: Round, sheet_in: Callable[[Status], Sheet], province_officer: Person
) -> None:
    sheet_in(Status.SUBMITTED)

    with time_machine.travel(round_2570.due_at - timedelta(days=30), tick=True):
        client = province_officer.client()
        page = client.get(reverse("monitoring:pace")).content.decode()

    assert page.count('<th scope="row" class="week">') == pace.WEEKS
    assert "คาดการณ์อย่างไร" in page
    assert "data-chart=" in page
    assert "อบต.บ้านสาธิต" in page
    assert "ไม่มีความเคลื่อนไหว" in page
    workbook = province_officer.client().get(reverse("monitoring:pace"), {"export": "xlsx"})
    assert workbook.status_code == 200
