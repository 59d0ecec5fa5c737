"""A unit's registers are read row by row once certified: open columns and rows alone, by page, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import product
from uuid import uuid4

import pytest
from django.test import Client

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.certification import services as certification
from localgov.certification.models import Certificate, Level
from localgov.filings import services as filings
from localgov.filings.models import Sheet
from localgov.filings.services.changes import AddRow, SetAnswer
from localgov.filings.states import Status
from localgov.forms import openness
from localgov.forms import services as forms
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import QuestionType
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.models import FormVersion
from localgov.portal.policies import open_registers
from localgov.rounds.models import RosterEntry
from tests.conftest import FIXTURES, Person, Register, round_make
from tests.portal.test_unit_page import seen

UNIT = "/units/6250101/"
PAGE, VILLAGES, DOMAIN = f"{UNIT}registers/attraction/", f"{UNIT}registers/village/", f"{UNIT}domains/1/"
CSV, JSON = f"{UNIT}registers/attraction.csv", f"{UNIT}registers/attraction.json"
ROWS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("village", {"village_no": 1, "village_name": "บ้านหนึ่ง", "village_people": 6325}),
    (
        "attraction",
        {
            "attr_name": "วัดต้นโพธิ์", "attr_kind": "temple", "attr_visitors": 1200, "attr_sick": 333,
            "attr_keeper": "นายลับ ผู้ดูแล", "attr_secret": "บันทึกลับ", "attr_opened": "2020-02-29",
            "attr_location": {"lat": "14.0512", "lon": "101.3712"}, "attr_display_status": "shown",
        },
    ),
    (
        "attraction",
        {
            "attr_name": "=ตลาด<b>น้ำ", "attr_visitors": {"missing": "NO_DATA", "reason": "รอนายลับ"}, "attr_kind": "market",
            "attr_display_status": "shown",
        },
    ),
    ("attraction", {"attr_name": "ถ้ำที่ถอนแล้ว", "attr_display_status": "hidden"}),
    ("contact", {"contact_name": "นายลับ คนที่สอง"}),
)  # fmt: skip
HIDDEN = ("นายลับ", "บันทึกลับ", "ถ้ำที่ถอนแล้ว", "attr_keeper", "attr_secret", "attr_sick", "333", "สมุดโทรศัพท์", "contact_name")
EVERYWHERE = [f"{english}{one}" for english, one in product(("", "/en"), (PAGE, CSV, JSON, DOMAIN, VILLAGES))]


def test_nobody_reads_more_than_open_columns_of_rows_in_force(
    client: Client, recorded: None, sheet_in: Callable[[Status], Sheet], certify: Callable[[Level], None]
) -> None:
    def everything() -> dict[str, str]:
        asked = product(EVERYWHERE, ("both", "unit", "recorded"))
        return {f"{one} {stage}": client.get(one, {"stage": stage}).content.decode() for one, stage in asked}

    def where(word: str, found: Mapping[str, str]) -> set[str]:
        return {one.partition(" ")[2] for one, text in found.items() if word in text}

    sheet_in(Status.VERIFIED)
    only_recorded = everything()
    certify(Level.UNIT)
    by_unit = everything()
    certify(Level.PROVINCE)
    by_both = everything()

    texts = [*only_recorded.values(), *by_unit.values(), *by_both.values()]
    assert [word for word in HIDDEN if any(word in text for text in texts)] == []
    assert where("วัดต้นโพธิ์", only_recorded) | where("บ้านหนึ่ง", only_recorded) == set()
    assert where("บ้านหนึ่ง", by_unit) == {"unit"}
    assert where("วัดต้นโพธิ์", by_unit) == set(), "its province has not checked the place"
    assert where("วัดต้นโพธิ์", by_both) == where("บ้านหนึ่ง", by_both) == {"both", "unit"}


def test_another_year_an_unknown_or_a_closed_register_is_not_there(
    client: Client, small_form: FormVersion, recorded: None, sheet_in: Callable[[Status], Sheet], at: datetime
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    round_make(small_form, 2569, at)

    for slug, end in product(("contact", "nothing", "male", "domain_1"), ("/", ".csv", ".json")):
        assert client.get(f"{UNIT}registers/{slug}{end}").status_code == 404
    for address in (CSV, JSON, f"{UNIT}figures.csv", f"{UNIT}figures.json"):
        assert client.get(address, {"year": "2560"}).status_code == 404
        assert client.get(address, {"stage": "x"}).status_code == 404
    assert client.get("/units/9999999/registers/attraction/").status_code == 404
    assert client.get("/units/2250100/registers/attraction/").status_code == 404, "not asked of an อบจ."
    assert "วัดต้นโพธิ์" not in seen(client, PAGE, year="2569")
    assert json.loads(client.get(JSON, {"year": "2569"}).content)["rows"] == []
    assert "ไม่มีข้อมูลของปีที่ขอ" in seen(client, PAGE, year="2560")


def test_rows_as_a_reader_a_spreadsheet_and_a_program_get_them(
    client: Client, recorded: None, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    page, english = seen(client, PAGE), seen(client, f"/en{PAGE}")
    assert "2 รายการ" in page
    assert " 1 วัดต้นโพธิ์ วัด 1,200 29 ก.พ. 2563 14.0512, 101.3712" in page
    assert "=ตลาด&lt;b&gt;น้ำ ตลาด ไม่มีข้อมูล" in page
    assert "29 Feb 2020" in english
    assert "ทะเบียนสถานที่สำคัญ 2 รายการ" in seen(client, DOMAIN)
    assert f'href="{PAGE}"' in client.get(DOMAIN).content.decode()

    first, second = csv.DictReader(io.StringIO(client.get(CSV).content.decode("utf-8-sig")))
    assert (first["attr_kind"], first["attr_kind_label"], first["attr_location_lat"]) == ("temple", "วัด", "14.0512")
    assert (second["attr_name"], second["attr_visitors"], second["missing"]) == (
        "'=ตลาด<b>น้ำ",
        "",
        "attr_visitors=NO_DATA",
    )
    told = json.loads(client.get(JSON).content)
    assert (told["count"], told["fiscal_year"], told["stage"], told["unit_code"]) == (2, 2570, "PROVINCE", "6250101")
    assert told["rows"][0]["attr_visitors"] == 1200
    assert told["rows"][1]["missing"] == {"attr_visitors": "NO_DATA"}
    assert told["as_of"].startswith("2027-") or told["as_of"][:2] == "20"


def test_a_long_register_is_paged_and_its_files_are_whole(
    client: Client, many: None, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    first, second = seen(client, PAGE), seen(client, PAGE, page="2")

    assert "รายการที่ 1 ถึง 50" in first
    assert ("แห่งที่ 50 " in first, "แห่งที่ 51 " in first) == (True, False)
    assert ("แห่งที่ 50 " in second, "แห่งที่ 51 " in second) == (False, True)
    assert seen(client, PAGE, page="x") == first
    assert len(json.loads(client.get(JSON).content)["rows"]) == 51


def test_an_answer_is_another_once_the_rows_are_certified(
    client: Client, recorded: None, sheet_in: Callable[[Status], Sheet], certify: Callable[[Level], None]
) -> None:
    sheet_in(Status.VERIFIED)
    certify(Level.UNIT)
    before = client.get(PAGE)["ETag"]

    certify(Level.PROVINCE)

    assert client.get(PAGE)["ETag"] != before


def test_the_public_check_of_a_certificate_shows_no_more(
    client: Client, recorded: None, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    checks = [
        client.get(f"/certificates/{one.address}/").content.decode()
        for one in Certificate.objects.filter(sheet__section="domain_1")
    ]

    assert len(checks) == 2
    assert all("วัดต้นโพธิ์" in text and "บ้านหนึ่ง" in text for text in checks)
    hidden = [word for word in HIDDEN if not word.startswith("attr_")]
    assert [word for word in hidden if any(word in text for text in checks)] == []


def test_the_real_form_opens_no_personal_sensitive_linked_or_filed_column() -> None:
    form = build_form(read_folder(FIXTURES.parents[1] / "forms" / "eight_domains"))

    opened = open_registers(form, form)

    columns = {one.code: one for register in opened.values() for one in register.columns}
    assert "system_admin" not in opened
    assert {"road", "child_centre", "water_system", "water_source", "market", "executive_person"} <= set(opened)
    assert [
        code for code, one in columns.items()
        if one.personal or not one.open_data or one.sensitive or one.linked or one.type is QuestionType.FILE
    ] == []  # fmt: skip
    assert {"disaster_event_deaths", "wisdom_person", "exec_phone", "prod_producer"}.isdisjoint(columns)
    assert opened["executive_person"].columns[0].code == "exec_name"
    assert set(openness.WITHDRAWN) | openness.CHECKED_FIRST <= set(form.registers)
    assert all(
        slug in form.registers[code].columns[column].choices.labels  # type: ignore[union-attr]
        for code, (column, slug) in openness.WITHDRAWN.items()
    )


@pytest.fixture
def small_form(register: Register, at: datetime) -> FormVersion:
    """The small form with registers of every sort of column."""
    source = read_folder(FIXTURES / "forms" / "registers")
    return forms.form_publish(actor=system_actor("ทดสอบ", RoleCode.FORM_OWNER), at=at, source=source).version


Add = Callable[[tuple[tuple[str, Mapping[str, object]], ...]], None]


@pytest.fixture
def add(entry: RosterEntry, recorder: Person, at: datetime) -> Add:
    """Adds rows to the first domain of our unit."""

    def write(rows: tuple[tuple[str, Mapping[str, object]], ...]) -> None:
        changes: list[AddRow | SetAnswer] = []
        for register, values in rows:
            row = uuid4()
            changes += [
                AddRow(register, row),
                *(SetAnswer(code, one, 0, register, row) for code, one in values.items()),
            ]
        filings.answers_save(
            actor=recorder.actor, at=at, entry=entry, section="domain_1", batch=uuid4(), changes=changes
        )

    return write


@pytest.fixture
def recorded(add: Add) -> None:
    """Rows of all sorts."""
    add(ROWS)


@pytest.fixture
def many(add: Add) -> None:
    """One more than a page holds."""
    add((ROWS[0], *(("attraction", {"attr_name": f"แห่งที่ {number}"}) for number in range(1, 52))))


@pytest.fixture
def certify(entry: RosterEntry, executive: Person, province_certifier: Person, at: datetime) -> Callable[[Level], None]:
    """The signature of one level."""

    def sign(level: Level) -> None:
        if level == Level.UNIT:
            certification.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())
        else:
            certification.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())

    return sign
