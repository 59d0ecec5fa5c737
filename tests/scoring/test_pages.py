"""The score pages, by who looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry
from tests.conftest import Person


@pytest.fixture
def detail(entry: RosterEntry) -> str:
    """The page of our unit's score."""
    return reverse("scoring:score-detail", kwargs={"fiscal_year": 2570, "unit_code": entry.code})


def test_a_unit_reads_its_score_with_reasons_and_what_to_do(
    detail: str, recorder: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    page = recorder.client().get(detail).content.decode()

    assert 'data-marks="3"' in page
    assert "ทำอย่างไรให้ได้ 5 คะแนน" in page
    assert "รอจังหวัดรับรอง" in page


def test_a_unit_is_led_to_its_own_page(detail: str, recorder: Person) -> None:
    assert recorder.client().get(reverse("scoring:score-home")).url == detail  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_finds_nothing(detail: str, who: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(who).client().get(detail).status_code == 404


def test_an_operator_has_no_business_here(detail: str, operator: Person) -> None:
    assert operator.client().get(detail).status_code == 403


@pytest.mark.parametrize("who", ["district_officer", "province_officer", "department_officer", "auditor"])
def test_the_offices_above_see_the_unit(detail: str, who: str, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who).client()

    assert client.get(detail).status_code == 200
    assert "อบต.บ้านสาธิต" in client.get(reverse("scoring:score-list")).content.decode()


def test_a_province_lists_its_own_units_alone(entry: RosterEntry, province_officer: Person) -> None:
    page = province_officer.client().get(reverse("scoring:score-list")).content.decode()

    assert "อบต.บ้านสาธิต" in page
    assert "อบต.เพื่อนบ้าน" not in page


def test_the_list_filters_by_marks(
    entry: RosterEntry, province_officer: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    page = province_officer.client().get(reverse("scoring:score-list"), {"marks": "5"}).content.decode()

    assert "อบต.บ้านสาธิต" in page
    assert "ทม.สาธิตเมือง" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"date": "วันไหนก็ได้"}, "วันไหนก็ได้"),
        ({"date": "1/1/2600"}, "ยังมาไม่ถึง"),
        ({"date": "1/10/2568", "time": "25:99"}, "อ่านเวลา"),
    ],
)
def test_an_unreadable_moment_is_told_in_words(
    detail: str, recorder: Person, query: dict[str, str], sentence: str
) -> None:
    response = recorder.client().get(detail, query)

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_past_day_shows_the_score_of_that_day(
    detail: str, recorder: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    page = recorder.client().get(detail, {"date": "1/10/2568"}).content.decode()

    assert 'data-marks="0"' in page


def test_the_list_of_a_past_day_shows_the_scores_of_that_day(
    entry: RosterEntry, province_officer: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    address = reverse("scoring:score-list")

    now = province_officer.client().get(address, {"marks": "5"}).content.decode()
    then = province_officer.client().get(address, {"marks": "0", "date": "1/10/2568"}).content.decode()

    assert "อบต.บ้านสาธิต" in now
    assert "อบต.บ้านสาธิต" in then
    assert "ข้อมูล ณ 1 ตุลาคม 2568" in then


def test_a_district_is_offered_no_district_but_its_own(
    entry: RosterEntry, district_officer: Person, province_officer: Person
) -> None:
    address = reverse("scoring:score-list")

    assert "กบินทร์บุรี" in province_officer.client().get(address).content.decode()
    assert "กบินทร์บุรี" not in district_officer.client().get(address).content.decode()
