"""INFO11 and its detail: who has recorded, exactly as R5.4 says; the province of 2558 on real and on made-up units."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.directory import services
from localgov.directory.models import AdministratorRecord, WebsiteRecord
from localgov.directory.selectors import status
from localgov.directory.selectors.status import StatusFilter
from localgov.directory.services import Person
from localgov.filings import services as filings
from localgov.filings.models import Sheet
from localgov.filings.services.changes import SetAnswer
from localgov.filings.states import Action, Status
from localgov.forms import selectors as form_selectors
from localgov.forms import services as forms
from localgov.forms.engine.source import RawRow
from localgov.organisations.models import Kind
from localgov.organisations.register.checking import check_rows
from localgov.organisations.register.source import read_source
from localgov.rounds.models import RosterEntry, Round
from localgov.ui.moments import moment_suffix
from tests.conftest import CLEAN, Register, organisation_make, round_make
from tests.conftest import Person as Somebody
from tests.filings.test_standings import database_now
from tests.forms.test_publish import small

LIST = "directory:website-status"
DETAIL = "directory:website-status-detail"
HEADINGS = (
    "ลำดับ", "ปีงบประมาณ", "จังหวัด", "อปท.ทั้งหมด", "บันทึกข้อมูล อปท. 8 ด้าน", "บันทึกเว็บไซต์แล้ว", "มีเว็บไซต์",
    "ไม่มีเว็บไซต์", "ผู้รับผิดชอบ", "รายละเอียด",
)  # fmt: skip
PERSON = Person("ผู้ดูแลระบบ หนึ่ง", "นักวิเคราะห์นโยบายและแผน", "0-2555-0100", "info@example.go.th")

Units = Sequence[tuple[str, str, str, str]]


def sheet_of(response: Any) -> list[list[Any]]:
    """The rows of the data sheet of a downloaded list."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    rows: list[list[Any]] = book.get_sheet_by_name("ข้อมูล").to_python()
    return rows


def year_2558(units: Units, at: datetime) -> Round:
    """The small form, open for FY 2558 to these units of จังหวัดปราจีนบุรี: code, type, name, district."""
    for code, unit_type, name, district in units:
        above = f"th.25.{district}." if unit_type in ("SUBDISTRICT", "SAO") else "th.25."
        organisation_make(
            code, Kind.UNIT, name, f"{above}{code}.", unit_type=unit_type, province="25", district=district
        )
    source = small()
    rows = (
        RawRow(row.sheet, row.row, MappingProxyType({**row.cells, "fiscal_year_from": "2558"}))
        for row in source.settings
    )
    owner = system_actor("ทดสอบ", RoleCode.FORM_OWNER)
    version = forms.form_publish(actor=owner, at=at, source=replace(source, settings=tuple(rows))).version
    return round_make(version, 2558, at)


def record(
    round: Round, who: Somebody, at: datetime, *, complete: int, with_website: int, without: int, with_person: int
) -> None:
    """So many units hand on every domain, tell of a website or of none, and name a person: those with a person come last."""
    entries = list(RosterEntry.objects.filter(round=round).select_related("round").order_by("code"))
    batches = [
        filings.SheetBatch(
            who.actor, entry, section, uuid4(), [SetAnswer(code, to, 0) for code, to in CLEAN[section].items()]
        )
        for entry in entries[:complete]
        for section in form_selectors.applicable_sheets(round.form_version_id, entry.unit_type)
    ]
    filings.answers_save_many(at=at, round=round, batches=batches)
    sheets = Sheet.objects.filter(filing__round=round).select_related("filing__roster_entry__round")
    asked = [
        filings.StepAsked(who.actor, one.filing.roster_entry, one.section, Action.SUBMIT, one.lock) for one in sheets
    ]
    filings.sheets_take_action(at=at, round=round, asked=asked)
    common: dict[str, Any] = {"actor": who.actor, "at": at, "seen": 0}
    for number, entry in enumerate(entries[: with_website + without]):
        address = f"www.u{entry.code}.example.go.th" if number < with_website else None
        services.website_record(**common, entry=entry, address=address)
    for entry in entries[len(entries) - with_person :]:
        services.administrators_record(**common, entry=entry, people=[PERSON])


@pytest.fixture
def recorder_of_all(db: None, person: Callable[..., Somebody]) -> Somebody:
    """Records for every unit of the country."""
    return person("recorder-of-all", organisation_make("DLA", Kind.DEPARTMENT, "กรม", "th."), RoleCode.RECORDER)


@pytest.fixture
def officer_of_25(person: Callable[..., Somebody]) -> Somebody:
    """The officer of จังหวัดปราจีนบุรี."""
    office = organisation_make("P25", Kind.PROVINCE, "สถจ.ปราจีนบุรี", "th.25.", province="25")
    return person("p25", office, RoleCode.PROVINCE_OFFICER)


def assert_province(
    client: Any, *, units: int, complete: int, with_website: int, without: int, with_person: int
) -> None:
    """The line of the province, its row รวม, its Excel and the detail all say so."""
    figures = [units, complete, with_website + without, with_website, without, with_person]
    head, line, total = sheet_of(client.get(reverse(LIST), {"fiscal_year": "2558", "export": "xlsx"}))
    assert tuple(head) == HEADINGS
    assert line == [1, 2558, "ปราจีนบุรี", *figures, "เปิด"]
    assert total[2:9] == ["รวม", *figures]
    page = client.get(reverse(LIST), {"fiscal_year": "2558"}).content.decode()
    cells = [
        f'data-label="{label}" data-align="end">{value}</td>'
        for label, value in zip(HEADINGS[3:9], figures, strict=True)
    ]
    assert all(page.count(cell) >= 1 for cell in cells)
    rows = sheet_of(client.get(reverse(DETAIL, args=["25"]), {"fiscal_year": "2558", "export": "xlsx"}))
    assert rows[0] == ["อปท", "มีเว็บไซต์", "เว็บไซต์", "ผู้รับผิดชอบ"]
    assert [row[1] for row in rows[1:]].count("มี") == with_website
    assert [row[1] for row in rows[1:]].count("ไม่มี") == without
    assert len([row for row in rows[1:] if row[1:3] == ["", ""]]) == units - with_website - without
    assert len([row for row in rows[1:] if row[3] == PERSON.name]) == with_person
    assert [row for row in rows[1:] if row[1:] == ["ไม่มี", "", PERSON.name]], "ผู้รับผิดชอบ whatever the website answer"


@pytest.mark.real_data
def test_the_real_seventy_of_prachin_buri_show_the_figures_of_2558(
    recorder_of_all: Somebody, officer_of_25: Somebody, shared_data: Path, at: datetime
) -> None:
    rows = read_source((shared_data / "dla_register.csv").read_bytes()).rows
    register = check_rows([row for row in rows if row.values["province"] == "ปราจีนบุรี"]).records
    units = [(one.code, one.unit_type, one.short_name, one.district_code) for one in register]
    round = year_2558(units, at)

    record(round, recorder_of_all, at, complete=70, with_website=47, without=5, with_person=56)

    assert_province(officer_of_25.client(), units=70, complete=70, with_website=47, without=5, with_person=56)


def test_a_made_up_province_follows_the_same_rule(
    recorder_of_all: Somebody, officer_of_25: Somebody, at: datetime
) -> None:
    units = [(f"62501{number:02}", "SAO", f"อบต.สาธิต {number}", "2501") for number in range(5)]
    units += [("2250101", "PAO", "อบจ.ปราจีนบุรี", "2501"), ("4250102", "TOWN", "ทม.สาธิตเมือง", "2502")]
    round = year_2558(units, at)

    record(round, recorder_of_all, at, complete=6, with_website=2, without=3, with_person=4)

    assert_province(officer_of_25.client(), units=7, complete=6, with_website=2, without=3, with_person=4)


# --- whose ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(entry: RosterEntry, recorder: Somebody, at: datetime) -> RosterEntry:
    """Our unit has a website and a person."""
    common: dict[str, Any] = {"actor": recorder.actor, "at": at, "entry": entry, "seen": 0}
    services.website_record(**common, address="www.ban-satit.example.go.th")
    services.administrators_record(**common, people=[PERSON])
    return entry


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_sees_its_own_alone(who: str, told: RosterEntry, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who).client()

    page = client.get(reverse(LIST)).content.decode()

    assert "ปราจีนบุรี" not in page.partition("<main")[2]
    assert client.get(reverse(DETAIL, args=["25"])).status_code == 404
    assert client.get(reverse(DETAIL, args=["99"])).status_code == 404
    assert PERSON.name not in client.get(reverse(DETAIL, args=["27"])).content.decode()


@pytest.mark.parametrize(
    ("who", "provinces", "units"),
    [
        ("district_officer", ["ปราจีนบุรี"], [1]),
        ("province_officer", ["ปราจีนบุรี"], [3]),
        ("department_officer", ["ปราจีนบุรี", "สระแก้ว"], [3, 1]),
        ("recorder", ["ปราจีนบุรี"], [1]),
    ],
)
def test_each_counts_its_own_tree_in_thai_order(
    who: str, provinces: list[str], units: list[int], told: RosterEntry, request: pytest.FixtureRequest
) -> None:
    rows = sheet_of(request.getfixturevalue(who).client().get(reverse(LIST), {"export": "xlsx"}))

    assert [row[2] for row in rows[1:-1]] == provinces
    assert [row[3] for row in rows[1:-1]] == units
    assert rows[-1][2:4] == ["รวม", sum(units)]


def test_the_detail_leads_to_the_unit_and_keeps_year_and_types(told: RosterEntry, province_officer: Somebody) -> None:
    client = province_officer.client()

    page = client.get(reverse(LIST), {"unit_type": ["SAO", "PAO"], "fiscal_year": "2570"}).content.decode()
    detail = client.get(reverse(DETAIL, args=["25"]), {"unit_type": ["SAO", "PAO"]}).content.decode()

    assert f"{reverse(DETAIL, args=['25'])}?fiscal_year=2570&amp;unit_type=SAO&amp;unit_type=PAO" in page
    assert "อบต.บ้านสาธิต" in detail
    assert "อบจ.ปราจีนบุรี" in detail
    assert "ทม.สาธิตเมือง" not in detail
    assert "http://www.ban-satit.example.go.th/" in detail
    assert reverse("directory:website-detail", args=[2570, told.code]) in detail


def test_eight_domains_count_from_the_last_one_handed_on_until_it_comes_back(
    round_2570: Round,
    entry: RosterEntry,
    fill: Callable[..., Sheet],
    recorder: Somebody,
    verifier: Somebody,
    at: datetime,
) -> None:
    def recorded() -> int:
        wanted = StatusFilter(prefixes=("th.25.",), unit_types=("SAO",))
        return status.provinces_status(round=round_2570, wanted=wanted)[0].recorded

    def take(who: Somebody, section: str, action: Action) -> None:
        lock = Sheet.objects.get(filing__roster_entry=entry, section=section).lock
        filings.sheet_take_action(
            actor=who.actor, at=at, entry=entry, section=section, action=action, lock=lock, note="ตรวจใหม่"
        )

    for section in CLEAN:
        fill(section)
    take(recorder, "domain_1", Action.SUBMIT)
    take(recorder, "domain_2", Action.SUBMIT)
    assert recorded() == 0
    take(recorder, "domain_3", Action.SUBMIT)
    assert recorded() == 1
    take(verifier, "domain_3", Action.RETURN)
    assert recorded() == 0


def test_certified_units_have_recorded(round_2570: Round, sheet_in: Callable[[Status], Sheet]) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    (prachin, _) = status.provinces_status(round=round_2570, wanted=StatusFilter(prefixes=("th.",)))

    assert (prachin.units, prachin.recorded, prachin.answered) == (3, 1, 0)


# --- when ----------------------------------------------------------------------------------------------------------------


def test_a_past_day_is_shown_as_it_was_a_year_later_to_the_byte(
    told: RosterEntry, round_2570: Round, department_officer: Somebody, recorder: Somebody, at: datetime
) -> None:
    moment = database_now()

    def asked() -> list[bytes]:
        client = department_officer.client()
        pages = [reverse(LIST), reverse(DETAIL, args=["25"])]
        shown = [
            client.get(page + moment_suffix(moment)).content.partition(b"<main")[2].partition(b"</main>")[0]
            for page in pages
        ]
        assert all("(ไม่ใช่ปัจจุบัน)".encode() in page for page in shown)
        files = [client.get(f"{page}{moment_suffix(moment)}&export=xlsx") for page in pages]
        return shown + [b"".join(file.streaming_content) for file in files]  # type: ignore[attr-defined]

    with time_machine.travel(moment + timedelta(minutes=1), tick=True):
        before = asked()
    standing = WebsiteRecord.objects.latest("pk")
    services.website_record(actor=recorder.actor, at=at, entry=told, address=None, seen=standing.pk)
    people = AdministratorRecord.objects.latest("pk")
    two = [PERSON, replace(PERSON, name="ผู้ดูแลระบบ สอง")]
    services.administrators_record(actor=recorder.actor, at=at, entry=told, people=two, seen=people.pk)

    with time_machine.travel(moment + timedelta(days=365), tick=True):
        assert asked() == before
        now = department_officer.client().get(reverse(DETAIL, args=["25"])).content.decode()
    assert "ผู้ดูแลระบบ สอง" in now
    assert "ban-satit" not in now


def test_before_any_year_was_open_it_says_so_and_gives_no_file(told: RosterEntry, department_officer: Somebody) -> None:
    response = department_officer.client().get(reverse(LIST), {"date": "1/1/2560", "export": "xlsx"})

    assert response.status_code == 200
    assert "ยังไม่เปิดปีงบประมาณใด" in response.content.decode()


@pytest.mark.parametrize("query", [{"fiscal_year": "x", "unit_type": "x"}, {"date": "x"}, {"page": "-1", "sort": "x"}])
def test_bad_filters_never_break(query: dict[str, str], told: RosterEntry, department_officer: Somebody) -> None:
    for page in (reverse(LIST), reverse(DETAIL, args=["25"])):
        assert department_officer.client().get(page, query).status_code == 200


def test_without_any_year_there_is_no_list(register: Register, department_officer: Somebody) -> None:
    assert department_officer.client().get(reverse(LIST)).status_code == 404
