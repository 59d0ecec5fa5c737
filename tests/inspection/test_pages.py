"""Pages of the record: the stranger first, then what each page tells."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from localgov.access.actor import system_actor
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES
from localgov.accounts import services as accounts
from localgov.audit import services as audit
from localgov.audit.models import RowChange
from localgov.filings import services as filings
from localgov.filings.models import Change, Sheet
from localgov.filings.services.changes import SetAnswer
from localgov.inspection import services
from localgov.inspection.acts import ACT_NAMES, TABLE_NAMES
from localgov.inspection.selectors import record
from localgov.rounds.models import RosterEntry
from tests.conftest import Person
from tests.inspection.conftest import Tamper
from tests.inspection.test_sealed import tables_with

pytestmark = pytest.mark.django_db


def text(person: Person, name: str, *args: object, status: int = 200, **query: Any) -> str:
    """A page as a person reads it."""
    response = person.client().get(reverse(name, args=args), query)
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- strangers -------------------------------------------------------------------------------------------------------


def test_the_next_province_reads_nothing_of_ours(
    certified: Sheet, entry: RosterEntry, recorder: Person, stranger_officer: Person
) -> None:
    text(stranger_officer, "inspection:filing-story", 2570, entry.code, status=404)
    text(stranger_officer, "inspection:person-story", recorder.user.pk, status=404)
    ours = RowChange.objects.filter(organisation_id=recorder.user.organisation_id).order_by("pk")[0]
    text(stranger_officer, "inspection:row-detail", ours.pk, status=404)
    for name in ("act-list", "filing-find", "row-list"):
        page = text(stranger_officer, f"inspection:{name}")
        assert "บ้านสาธิต" not in page
        assert "recorder ตัวอย่าง" not in page


def test_the_next_provinces_executive_reads_his_own_unit_alone(
    certified: Sheet, entry: RosterEntry, stranger: Person
) -> None:
    text(stranger, "inspection:filing-story", 2570, entry.code, status=404)

    assert "ไม่พบข้อมูล" in text(stranger, "inspection:filing-find")


def test_a_recorder_has_no_business_in_the_record_but_his_own(written_by_two: Change, recorder: Person) -> None:
    text(recorder, "inspection:act-list", status=403)

    page = text(recorder, "inspection:own-story")
    assert "บันทึก 1 รายการ (หน้าจอ)" in page
    assert page.count("2570-") == 1


def test_who_may_read_the_record_is_decided_by_role(register: object) -> None:
    readers = {code.value for code, role in ROLES.items() if Permission.AUDIT_VIEW in role.permissions}

    assert readers == {
        "UNIT_ADMINISTRATOR", "EXECUTIVE", "PROVINCE_OFFICER", "PROVINCE_CERTIFIER", "DEPARTMENT_OFFICER", "OPERATOR",
        "AUDITOR",
    }  # fmt: skip


def test_nobody_reads_the_heads_alone(written_by_two: Change, at: datetime) -> None:
    head, _ = services.daily_head_make(at=at)
    browser = Client()

    assert browser.get(reverse("inspection:act-list")).status_code == 302
    assert head.hash in browser.get(reverse("heads:head-list")).content.decode()
    raw = browser.get(reverse("heads:head-text", args=[head.day.isoformat()]))
    assert hashlib.sha256(raw.content).hexdigest() == head.hash
    listed = json.loads(browser.get(reverse("heads:heads-json")).content)["heads"]
    assert [(one["hash"], one["statement"]) for one in listed] == [(head.hash, head.statement)]


@pytest.mark.parametrize("day", ["2026-02-30", "วันวาน", "9999-99-99", "2001-01-01"])
def test_a_day_without_a_head_is_404(db: None, day: str) -> None:
    assert Client().get(reverse("heads:head-text", args=[day])).status_code == 404


# --- a filing's story ------------------------------------------------------------------------------------------------


@pytest.fixture
def written_by_two(entry: RosterEntry, recorder: Person, other_recorder: Person, at: datetime) -> Change:
    """Two people changed one answer, one after the other."""
    for person, value, seq in ((recorder, 3100, 0), (other_recorder, 3200, 1)):
        filings.answers_save(
            actor=person.actor,
            at=at,
            entry=entry,
            section="domain_1",
            batch=uuid4(),
            changes=[SetAnswer("male", value, seq)],
        )
    return Change.objects.order_by("-position")[0]


def test_a_filings_story_tells_old_and_new_with_receipt_and_hash(
    written_by_two: Change, entry: RosterEntry, auditor: Person
) -> None:
    page = text(auditor, "inspection:filing-story", 2570, entry.code)

    assert "3,100 คน → 3,200 คน" in page or "3,100 → 3,200" in page
    assert written_by_two.receipt in page
    assert written_by_two.hash[:12] in page
    assert "recorder2 ตัวอย่าง" in page
    assert "ครบถ้วน ต่อกันทุกข้อ" in page


def test_a_filings_story_has_its_steps_and_certificates(
    certified: Sheet, entry: RosterEntry, unit_administrator: Person
) -> None:
    page = text(unit_administrator, "inspection:filing-story", 2570, entry.code, per_page=100)

    for words in ("ส่งให้ผู้ตรวจสอบ", "รับรองข้อมูลระดับจังหวัด", "ออกใบรับรองระดับ อปท.", "ท้องถิ่นจังหวัด"):
        assert words in page


def test_a_filings_story_says_when_a_chain_is_broken(
    written_by_two: Change, entry: RosterEntry, auditor: Person, tamper: Tamper
) -> None:
    tamper("UPDATE filings_change SET actor_label = 'ผู้อื่น' WHERE id = %s", written_by_two.pk)

    page = text(auditor, "inspection:filing-story", 2570, entry.code)

    assert "ไม่ตรงกับที่บันทึกไว้" in page
    assert f"เนื้อหาของใบรับ {written_by_two.receipt}" in page


def test_a_filings_story_is_narrowed_by_sheet_person_kind_and_day(
    certified: Sheet, entry: RosterEntry, auditor: Person
) -> None:
    def found(**query: Any) -> str:
        return text(auditor, "inspection:filing-story", 2570, entry.code, **query)

    assert "พบ 1 รายการ" in found(section="domain_2", kind="ANSWERS")
    assert "พบ 3 รายการ" in found(who="verifier")
    assert "พบ 6 รายการ" in found(kind="CERTIFICATE")
    assert "ไม่พบข้อมูล" in found(last="1 ม.ค. 2560")
    assert "ใช้ไม่ได้" in found(last="วันวาน")


def test_a_filing_is_found_by_a_receipt_number(written_by_two: Change, auditor: Person) -> None:
    assert "บ้านสาธิต" in text(auditor, "inspection:filing-find", receipt=written_by_two.receipt)
    assert "ไม่พบข้อมูล" in text(auditor, "inspection:filing-find", receipt="2570-999999")
    assert "ไม่พบข้อมูล" in text(auditor, "inspection:filing-find", receipt="ไม่ใช่เลข")


# --- people, acts, rows ----------------------------------------------------------------------------------------------


def test_a_persons_story_has_sign_ins_answers_and_steps(
    certified: Sheet, recorder: Person, auditor: Person, at: datetime
) -> None:
    accounts.sign_in_record(user=recorder.user, at=at)

    page = text(auditor, "inspection:person-story", recorder.user.pk, per_page=100)

    for words in ("เข้าสู่ระบบ", "ส่งให้ผู้ตรวจสอบ", "บันทึก 3 รายการ"):
        assert words in page


def test_a_unit_reads_of_its_people_what_they_did_there(
    certified: Sheet, recorder: Person, unit_administrator: Person
) -> None:
    assert "ส่งให้ผู้ตรวจสอบ" in text(unit_administrator, "inspection:person-story", recorder.user.pk)


def test_acts_are_found_by_person_place_and_kind(certified: Sheet, auditor: Person, executive: Person) -> None:
    assert "ลงนามรับรอง" in text(auditor, "inspection:act-list", who="executive")
    assert "ลงนามรับรอง" in text(auditor, "inspection:act-list", unit="6250101")
    assert "ไม่พบข้อมูล" in text(auditor, "inspection:act-list", type="round.extend")


def test_rows_name_the_act_or_say_that_there_is_none(entry: RosterEntry, auditor: Person, register: object) -> None:
    change = RowChange.objects.filter(table="rounds_round").order_by("pk")[0]
    page = text(auditor, "inspection:row-detail", change.pk)
    assert "fiscal_year_be" in page
    assert "เปิดรอบการบันทึก โดย ทดสอบ" in page


def test_a_province_reads_rows_of_its_own_organisations(
    register: object, recorder: Person, province_officer: Person
) -> None:
    page = text(province_officer, "inspection:row-list", table="accounts_user", per_page=100)

    assert "recorder" in page
    assert "p27" not in page


# --- pages without end -----------------------------------------------------------------------------------------------


def test_pages_go_on_by_key_and_back_again(db: None, auditor: Person, at: datetime) -> None:
    for number in range(25):
        audit.record(
            actor=system_actor(f"คำสั่ง {number:02}"), type="round.open", target_kind="round", target_id=number,
            at=at + timedelta(seconds=number),
        )  # fmt: skip
    browser = auditor.client()
    address = reverse("inspection:act-list")
    seen: list[str] = []
    pages = []
    while address:
        page = browser.get(address).content.decode()
        pages.append(page)
        seen += re.findall(r"คำสั่ง \d\d", page)
        audit.record(actor=system_actor("ใหม่"), type="round.open", target_kind="round", target_id=1, at=at)
        following = re.search(r'href="([^"]+)"[^>]*rel="next"', page)
        address = reverse("inspection:act-list") + following[1].replace("&amp;", "&") if following else ""

    numbers = [int(one.split()[1]) for one in dict.fromkeys(seen)]
    assert numbers == list(range(24, -1, -1))
    assert len(seen) == 25
    previous = re.search(r'href="([^"]+)"[^>]*rel="prev"', pages[1])
    assert previous is not None
    first_again = browser.get(reverse("inspection:act-list") + previous[1].replace("&amp;", "&")).content.decode()
    assert re.findall(r"คำสั่ง \d\d", first_again) == re.findall(r"คำสั่ง \d\d", pages[0])


def test_a_story_of_several_tables_goes_on_by_key(certified: Sheet, entry: RosterEntry, auditor: Person) -> None:
    browser, address, count = auditor.client(), reverse("inspection:filing-story", args=[2570, entry.code]), 0
    start = address
    while address:
        page = browser.get(address).content.decode()
        count += page.count('<tr role="row">') - 1
        following = re.search(r'href="([^"]+)"[^>]*rel="next"', page)
        address = start + following[1].replace("&amp;", "&") if following else ""

    assert count == 3 + 12 + 6


@pytest.mark.parametrize("key", ["x", "1-2", "1-ACT-", "9" * 40, "1-ACT-๑", "-1", "1-NOTHING-1"])
def test_an_unknown_page_shows_the_newest(
    written_by_two: Change, entry: RosterEntry, auditor: Person, key: str
) -> None:
    assert "ไม่รู้จักหน้าที่ขอ" in text(auditor, "inspection:filing-story", 2570, entry.code, older=key)


@pytest.mark.parametrize("name", ["act-list", "row-list", "own-story", "filing-find"])
def test_every_list_is_also_a_workbook(written_by_two: Change, auditor: Person, name: str) -> None:
    response = auditor.client().get(reverse(f"inspection:{name}"), {"export": "xlsx"})

    assert response.status_code == 200
    assert "spreadsheetml" in response["Content-Type"]


# --- words -----------------------------------------------------------------------------------------------------------


def test_every_type_of_act_in_the_code_has_its_thai_name() -> None:
    rooms = "account|right|position|certificate|form|register|round|roster|exception"
    wanted = re.compile(rf"^(?:{rooms})\.[a-z_]+$")
    found = set()
    for path in Path(__file__).parents[2].glob("localgov/*/services/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and wanted.match(node.value):
                found.add(node.value)

    assert len(found) > 15
    assert found - set(ACT_NAMES) == set()


def test_every_watched_table_has_its_thai_name(db: None) -> None:
    assert tables_with("audit_log_rows") - set(TABLE_NAMES) == set()


def test_the_whole_country_is_seen_by_the_department_alone(
    auditor: Person, province_officer: Person, unit_administrator: Person
) -> None:
    sees = [record.sees_all(person.actor) for person in (auditor, province_officer, unit_administrator)]

    assert sees == [True, False, False]
