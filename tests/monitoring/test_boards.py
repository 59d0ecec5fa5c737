"""Who has recorded: the board by area and the list of units, by who looks."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.filings.models import Sheet
from localgov.filings.states import Desk, Status
from localgov.forms import services as forms
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import bangkok_day_end
from localgov.monitoring import selectors
from localgov.monitoring.selectors import AreaStatus, Filter
from localgov.monitoring.views.province_map import province_map
from localgov.rounds import services as rounds
from localgov.rounds.models import Profile, RosterEntry, Round
from localgov.rounds.scopes import Reach, Scope
from tests.conftest import FIXTURES, Person, Register, round_make

COUNTRY = Filter(prefixes=("th.",))


def test_counts_expected_sheets_by_the_types_they_apply_to(round_2570: Round, at: datetime) -> None:
    prachin, sa_kaeo = selectors.area_status(round=round_2570, by="province", wanted=COUNTRY, at=at)

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
    status: Status, counted: str, round_2570: Round, sheet_in: Callable[[Status], Sheet], at: datetime
) -> None:
    sheet_in(status)

    prachin = selectors.area_status(round=round_2570, by="province", wanted=COUNTRY, at=at)[0]

    assert getattr(prachin, counted) == 3
    assert prachin.complete_units == int(status == Status.CERTIFIED_PROVINCE)
    assert prachin.idle_units == 2


def test_a_sheet_filter_counts_that_sheet_alone(round_2570: Round, fill: Callable[..., Sheet], at: datetime) -> None:
    fill("domain_2")

    wanted = Filter(prefixes=("th.",), section="domain_1")
    prachin = selectors.area_status(round=round_2570, by="province", wanted=wanted, at=at)[0]

    assert (prachin.expected, prachin.recording) == (3, 0)


def test_a_unit_shows_whose_desk_it_lies_on(
    round_2570: Round, sheet_in: Callable[[Status], Sheet], at: datetime
) -> None:
    sheet_in(Status.SUBMITTED)

    rows = {row.entry.code: row for row in selectors.UnitStatusRows(round=round_2570, wanted=COUNTRY, at=at)}

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


@pytest.fixture
def survey(register: Register, small_form: FormVersion, at: datetime) -> Round:
    """A survey of FY 2570 beside the eight domains: recorded and sent, nothing more."""
    source = read_folder(FIXTURES / "forms" / "small")
    settings = tuple(replace(row, cells={**row.cells, "form_id": "agriculture"}) for row in source.settings)
    owner = system_actor("ทดสอบ", RoleCode.FORM_OWNER)
    version = forms.form_publish(actor=owner, at=at, source=replace(source, settings=settings)).version
    return round_make(version, 2570, at, profile=Profile.RECORD, title="แบบสำรวจการเกษตร")


def board(who: Person, name: str = "status", **query: str) -> str:
    """A board's page."""
    return str(who.client().get(reverse(f"monitoring:{name}"), query).content.decode())


BOARDS = ("status", "survey-status", "province-status", "province-report", "unit-status")


@pytest.mark.parametrize("name", BOARDS)
def test_no_board_of_any_form_shows_the_next_province(
    name: str, round_2570: Round, survey: Round, stranger_officer: Person
) -> None:
    for form in ("", "agriculture"):
        for query in ({}, {"province": "25"}, {"by": "district"}, {"by": "type"}, {"region": "ภาคกลาง"}):
            page = board(stranger_officer, name, form=form, **query)
            assert "บ้านสาธิต" not in page
            assert "ปราจีนบุรี" not in page


def test_every_form_has_its_board_with_the_steps_of_its_profile(
    round_2570: Round, survey: Round, department_officer: Person
) -> None:
    page = board(department_officer, "survey-status")

    assert "รายงานสถานะแบบสำรวจ" in page
    assert "แบบสำรวจการเกษตร" in page
    assert 'data-label="ส่งแล้ว"' in page
    assert 'data-label="จังหวัดรับรองแล้ว"' not in page
    assert 'data-label="จังหวัดรับรองแล้ว"' in board(department_officer)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("region", ["ภาคกลาง"]),
        ("province", ["ปราจีนบุรี", "สระแก้ว"]),
        ("district", ["เมืองปราจีนบุรี", "เมืองสระแก้ว"]),
        ("type", ["องค์การบริหารส่วนจังหวัด", "เทศบาลเมือง", "องค์การบริหารส่วนตำบล"]),
    ],
)
def test_counts_the_same_units_by_every_area(by: str, names: list[str], round_2570: Round, at: datetime) -> None:
    rows = selectors.area_status(round=round_2570, by=by, wanted=COUNTRY, at=at)

    assert [row.name for row in rows] == names
    total = selectors.total_of(rows)
    assert (total.units, total.expected) == (4, 3 + 2 + 2 + 3)


def test_marks_who_is_late_and_who_has_more_time(
    round_2570: Round, department_officer: Person, sheet_in: Callable[[Status], Sheet], at: datetime
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    later = bangkok_day_end(date(2027, 7, 15))
    rounds.round_extend(
        actor=department_officer.actor,
        at=at,
        round_id=round_2570.pk,
        reach=Reach(Scope.UNIT, "4250102"),
        due_at=later,
        last_new_at=round_2570.last_new_at,
        last_edit_at=round_2570.last_edit_at,
        order=rounds.Order("มท 0808/1", "น้ำท่วม"),
        key=uuid4(),
    )

    def prachin(moment: datetime) -> tuple[int, int]:
        row = selectors.area_status(round=round_2570, by="province", wanted=COUNTRY, at=moment)[0]
        return row.late_units, row.extended_units

    assert prachin(round_2570.due_at - timedelta(seconds=1)) == (0, 1)
    assert prachin(round_2570.due_at) == (1, 1)  # one certified, one has more time
    assert prachin(later) == (2, 1)
    late = Filter(prefixes=("th.",), time_status=selectors.TimeStatus.LATE)
    rows = list(selectors.UnitStatusRows(round=round_2570, wanted=late, at=round_2570.due_at))
    assert [(row.entry.code, row.late) for row in rows] == [("2250101", True), ("6270101", True)]
    with time_machine.travel(round_2570.due_at + timedelta(days=2), tick=True):
        page = board(department_officer, "unit-status", province="25")
    assert "เลยกำหนด 3 วัน" in page
    assert "ขยายถึง 15 ก.ค. 2570" in page


def test_a_survey_is_through_when_everything_was_sent(survey: Round, register: Register, at: datetime) -> None:
    wanted = Filter(prefixes=("th.",), province_code="27")

    (row,) = selectors.area_status(round=survey, by="province", wanted=wanted, at=survey.due_at)

    assert (row.units, row.complete_units, row.late_units) == (1, 0, 1)


def test_the_report_of_a_province_has_a_line_for_each_form(
    round_2570: Round, survey: Round, department_officer: Person, province_officer: Person
) -> None:
    page = board(department_officer, "province-report", province="27")

    assert "รายงานจังหวัดสระแก้ว" in page
    assert "แบบสำรวจการเกษตร" in page
    assert "ข้อมูล อปท. 8 ด้าน" in page
    assert "รายงานจังหวัดปราจีนบุรี" in board(province_officer, "province-report", province="27")


@pytest.mark.parametrize("name", ["status", "survey-status", "province-status", "province-report"])
def test_a_unit_is_led_from_every_board_to_its_own_line(name: str, round_2570: Round, recorder: Person) -> None:
    response = recorder.client().get(reverse(f"monitoring:{name}"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("monitoring:unit-status"))


def test_the_map_links_each_province_with_the_numbers_of_the_table(
    round_2570: Round, fill: Callable[..., Sheet], department_officer: Person
) -> None:
    fill("domain_1")

    page = board(department_officer, figure="begun_percent")

    assert "<title>ปราจีนบุรี 33.3 %</title>" in page
    assert "<title>สระแก้ว 0.0 %</title>" in page
    assert "<title>เชียงใหม่" not in page  # not asked: drawn without colour, without a link
    assert re.search(
        r'<th scope="row"><a href="[^"]*province=25">ปราจีนบุรี</a></th><td data-align="end">33.3 %</td>', page
    )


def test_only_who_sees_the_provinces_gets_the_map(
    round_2570: Round, department_officer: Person, province_officer: Person
) -> None:
    assert "map-figure" not in board(province_officer)
    assert "map-figure" not in board(department_officer, by="region")
    assert "map-figure" not in board(department_officer, province="25")


@pytest.mark.parametrize(("share", "level"), [(0, 1), (Decimal("19.99"), 1), (20, 2), (Decimal("79.9"), 4), (100, 5)])
def test_a_share_has_its_class_on_the_map(share: Decimal, level: int) -> None:
    row = AreaStatus(code="25", name="ปราจีนบุรี", units=10_000, complete_units=int(share * 100))

    drawn = {area.code: area for area in province_map([row], "complete_percent", lambda row: row.code).areas}

    assert drawn["25"].level == level
    assert drawn["27"].level == 0
