"""Who has recorded: the board by area and the list of units, by who looks."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from localgov.filings.models import Sheet
from localgov.filings.states import Desk, Status
from localgov.monitoring import selectors
from localgov.monitoring.selectors import Filter
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Person

COUNTRY = Filter(prefixes=("th.",))


def test_counts_expected_sheets_by_the_types_they_apply_to(round_2570: Round) -> None:
    prachin, sa_kaeo = selectors.area_status(round=round_2570, by="province", wanted=COUNTRY)

    assert (prachin.name, prachin.units, prachin.expected) == ("ปราจีนบุรี", 3, 3 + 2 + 2)
    assert (sa_kaeo.name, sa_kaeo.units, sa_kaeo.not_begun) == ("สระแก้ว", 1, 3)


@pytest.mark.parametrize(
    ("status", "counted"),
    [
        (Status.RECORDING, "recording"),
        (Status.SUBMITTED, "submitted"),
        (Status.VERIFIED, "verified"),
        (Status.CERTIFIED_LAO, "certified_unit"),
        (Status.CERTIFIED_PROVINCE, "certified_province"),
    ],
)
def test_counts_sheets_where_they_stand(
    status: Status, counted: str, round_2570: Round, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(status)

    prachin = selectors.area_status(round=round_2570, by="province", wanted=COUNTRY)[0]

    assert getattr(prachin, counted) == 3
    assert prachin.complete_units == int(status == Status.CERTIFIED_PROVINCE)
    assert prachin.idle_units == 2


def test_a_sheet_filter_counts_that_sheet_alone(round_2570: Round, fill: Callable[..., Sheet]) -> None:
    fill("domain_2")

    wanted = Filter(prefixes=("th.",), section="domain_1")
    prachin = selectors.area_status(round=round_2570, by="province", wanted=wanted)[0]

    assert (prachin.expected, prachin.recording) == (3, 0)


def test_a_unit_shows_whose_desk_it_lies_on(round_2570: Round, sheet_in: Callable[[Status], Sheet]) -> None:
    sheet_in(Status.SUBMITTED)

    rows = {row.entry.code: row for row in selectors.UnitStatusRows(round=round_2570, wanted=COUNTRY)}

    assert rows["6250101"].desk == Desk.VERIFIER
    assert rows["6250101"].since is not None
    assert rows["2250101"].desk == Desk.RECORDER


@pytest.mark.parametrize("who", ["district_officer", "province_officer", "department_officer", "auditor"])
def test_each_office_opens_its_board(entry: RosterEntry, who: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(who).client().get(reverse("monitoring:status")).status_code == 200


def test_a_unit_is_led_to_its_own_line(entry: RosterEntry, recorder: Person) -> None:
    response = recorder.client().get(reverse("monitoring:status"), follow=True)

    page = response.content.decode()
    assert "อบต.บ้านสาธิต" in page
    assert "ทม.สาธิตเมือง" not in page


def test_an_office_never_sees_the_next_province(entry: RosterEntry, province_officer: Person) -> None:
    client = province_officer.client()

    for query in ({}, {"province": "27"}, {"name": "เพื่อนบ้าน"}):
        assert "อบต.เพื่อนบ้าน" not in client.get(reverse("monitoring:unit-status"), query).content.decode()
    assert "สระแก้ว" not in client.get(reverse("monitoring:status"), {"province": "27"}).content.decode()


def test_filters_units_that_have_not_begun(
    entry: RosterEntry, province_officer: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1")

    page = province_officer.client().get(reverse("monitoring:unit-status"), {"status": "NOT_STARTED"}).content.decode()

    assert "อบต.บ้านสาธิต" not in page
    assert "ทม.สาธิตเมือง" in page


def test_the_workbook_holds_what_the_screen_shows(entry: RosterEntry, department_officer: Person) -> None:
    response = department_officer.client().get(reverse("monitoring:status"), {"export": "xlsx"})

    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [
        str(cell)
        for name in workbook.sheet_names
        for row in workbook.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert "ปราจีนบุรี" in cells
    assert "สระแก้ว" in cells
    assert "รวม" in cells


def test_bad_filters_are_told_and_never_break(entry: RosterEntry, department_officer: Person) -> None:
    response = department_officer.client().get(
        reverse("monitoring:unit-status"),
        {"days": "นานมาก", "status": "x", "fiscal_year": "๒๕", "page": "99", "section": "domain_9"},
    )

    assert response.status_code == 200


def test_the_board_costs_the_same_whatever_its_size(
    entry: RosterEntry, department_officer: Person, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = department_officer.client()
    client.get(reverse("monitoring:status"))

    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        client.get(reverse("monitoring:status"))
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        client.get(reverse("monitoring:unit-status"))
