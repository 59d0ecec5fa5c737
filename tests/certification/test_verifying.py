"""`manage.py verify_certificates`: silent while all agree, names every certificate that was tampered with."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localgov.certification import services
from localgov.certification.models import Certificate, Level
from localgov.certification.selectors import verifying
from localgov.filings.models import Sheet
from localgov.filings.services import answers_save
from localgov.filings.services.changes import AddRow, SetAnswer
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry
from tests.certification.tampering import tamper
from tests.certification.test_pages import SheetIn
from tests.certification.test_revisions import amended
from tests.conftest import Person, newest

__all__ = ["amended"]
CERTIFICATE, SHEET, STEP = "certification_certificate", "filings_sheet", "filings_steptaken"
PROVINCE_TEXT = "level = 'PROVINCE' AND sheet_id = (SELECT min(sheet_id) FROM certification_certificate)"
REHASH = "sha256 = encode(sha256(convert_to(replace(snapshot, '3100', '3200'), 'UTF8')), 'hex')"
FIRST_SHEET = "id = (SELECT min(sheet_id) FROM certification_certificate)"


def verify(capsys: pytest.CaptureFixture[str], *arguments: str, exit_code: int = 0) -> dict[str, Any]:
    if exit_code:
        with pytest.raises(SystemExit) as stopped:
            call_command("verify_certificates", "--json", *arguments)
        assert stopped.value.code == exit_code
    else:
        call_command("verify_certificates", "--json", *arguments)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_all_agree_through_a_whole_life(
    amended: Callable[..., Sheet],
    entry: RosterEntry,
    executive: Person,
    province_certifier: Person,
    department_officer: Person,
    at: datetime,
    capsys: pytest.CaptureFixture[str],
) -> None:
    amended()
    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())
    lock = newest(entry, "domain_1").lock
    services.unit_take_back(actor=executive.actor, at=at, entry=entry, section="domain_1", lock=lock)
    services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())
    services.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())
    services.revoke(
        actor=department_officer.actor,
        at=at,
        entry=entry,
        section="domain_2",
        lock=newest(entry, "domain_2").lock,
        note="เท็จ",
        order_number="7/2570",
    )

    found = verify(capsys)

    assert (found["problems"], found["certificates"], found["sheets"]) == ([], 9, 4)


def test_what_is_asked_for_is_checked(sheet_in: SheetIn, capsys: pytest.CaptureFixture[str]) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    assert verify(capsys, "--province", "25", "--fiscal-year", "2570")["certificates"] == 3
    assert verify(capsys, "--province", "27")["certificates"] == 0
    assert verify(capsys, "--fiscal-year", "2569")["certificates"] == 0


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        (CERTIFICATE, "snapshot = replace(snapshot, '3100', '3200') WHERE level = 'UNIT'", "SHA-256 ของข้อความ"),
        (CERTIFICATE, f"snapshot = replace(snapshot, '3100', '3200'), {REHASH}", "“ประชากรชาย” ในข้อความไม่ตรง"),
        (
            CERTIFICATE,
            f"snapshot = replace(snapshot, '3100', '3200'), {REHASH} WHERE {PROVINCE_TEXT}",
            "ไม่ตรงกับใบรับรองระดับ อปท.",
        ),
        (CERTIFICATE, "snapshot = snapshot || ' '", "ไม่ใช่ JSON ในรูปมาตรฐาน"),
        (CERTIFICATE, "snapshot = 'ไม่ใช่'", "ไม่ใช่ JSON ในรูปมาตรฐาน"),
        (CERTIFICATE, "snapshot = replace(snapshot, 'บ้านสาธิต', 'อื่น')", "ชื่อหน่วยงานในข้อความ"),
        (CERTIFICATE, "signer_id = signer_id + 1000", "ไม่พบขั้นตอนการรับรอง"),
        (STEP, "at = at + interval '1 day' WHERE action = 'CERTIFY_LAO'", "ไม่พบขั้นตอนการรับรอง"),
        (SHEET, f"answers = jsonb_set(answers, '{{male,v}}', '9') WHERE {FIRST_SHEET}", "“ประชากรชาย” ในข้อความไม่ตรง"),
        (SHEET, f"answers = jsonb_set(answers, '{{male,note}}', '\"x\"') WHERE {FIRST_SHEET}", "“ประชากรชาย” ในข้อความ"),
        (SHEET, f"answers = answers - 'male' WHERE {FIRST_SHEET}", "“ประชากรชาย” ในข้อความไม่ตรง"),
        (SHEET, "status = 'VERIFIED'", "มีใบรับรองระดับ อปท.ที่มีผล แต่สถานะ"),
    ],
)
def test_every_tampering_is_named(
    table: str, change: str, words: str, sheet_in: SheetIn, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    tamper(table, f"UPDATE {table} SET {change}")

    problems = verify(capsys, exit_code=1)["problems"]

    assert any(words in problem["words"] for problem in problems)
    assert {problem["unit"] for problem in problems} == {"6250101"}


def test_an_answer_put_behind_a_certificate_is_noticed(sheet_in: SheetIn, capsys: pytest.CaptureFixture[str]) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    sheet = Sheet.objects.get(section="domain_2")
    strip = "snapshot = regexp_replace(snapshot, '\"price\":{[^}]*},?', '')"
    tamper(CERTIFICATE, f"UPDATE {CERTIFICATE} SET {strip} WHERE sheet_id = {sheet.pk}")

    words = [problem["words"] for problem in verify(capsys, exit_code=1)["problems"]]

    assert "คำตอบ “ราคาน้ำ” ที่เก็บไว้ไม่มีในข้อความ" in words


def test_rows_are_compared_with_the_text(
    fill: Callable[..., Sheet],
    sheet_in: SheetIn,
    entry: RosterEntry,
    recorder: Person,
    at: datetime,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill("domain_1")
    row = uuid4()
    values = {"village_no": 1, "village_name": "บ้านหนึ่ง", "village_people": 6325}
    cells = [SetAnswer(code, value, 0, "village", row) for code, value in values.items()]
    answers_save(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_1",
        batch=uuid4(),
        changes=[AddRow("village", row), *cells],
    )
    sheet_in(Status.CERTIFIED_LAO)
    assert verify(capsys)["problems"] == []
    tamper(
        "filings_registerrow",
        "UPDATE filings_registerrow SET \"values\" = jsonb_set(\"values\", '{village_people,v}', '1')",
    )

    (problem,) = verify(capsys, exit_code=1)["problems"]

    assert problem["words"] == "“หมู่บ้าน” แถวที่ 1 ในข้อความไม่ตรงกับที่เก็บไว้"
    assert problem["certificate"] == Certificate.objects.get(sheet__section="domain_1", level=Level.UNIT).number


def test_a_missing_certificate_is_noticed(sheet_in: SheetIn, capsys: pytest.CaptureFixture[str]) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    tamper("certification_seat", "DELETE FROM certification_seat")
    tamper(CERTIFICATE, f"DELETE FROM {CERTIFICATE} WHERE sheet_id = (SELECT min(sheet_id) FROM {CERTIFICATE})")

    (problem,) = verify(capsys, exit_code=1)["problems"]

    assert problem["words"].endswith("แต่ไม่มีใบรับรองระดับ อปท.ที่มีผล")


def test_people_are_told_in_words(sheet_in: SheetIn, capsys: pytest.CaptureFixture[str]) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    call_command("verify_certificates")

    assert capsys.readouterr().out.startswith("ตรงทุกใบ: ใบรับรอง 3 ใบ ของ 3 ด้าน")


def test_queries_do_not_grow_with_the_certificates(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    with CaptureQueriesContext(
        connection,
    ) as counted:
        chunks = list(verifying.certificates_checked())

    assert [chunk.certificates for chunk in chunks] == [6]
    assert len(counted) <= 5 + 1
