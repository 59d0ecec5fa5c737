"""The public check of certificates: what anyone is told, and what nobody is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from localgov.certification import services
from localgov.certification.models import Certificate, Level
from localgov.certification.selectors.certificate_page import public_page
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.reader_text import read_folder
from localgov.lib.numbers import ascii_digits_to_thai
from localgov.rounds.models import RosterEntry
from tests.certification.tampering import tamper
from tests.certification.test_pages import SheetIn
from tests.certification.test_revisions import amended
from tests.conftest import FIXTURES, Person, newest
from tests.forms.test_publish import cell, edited

__all__ = ["amended"]


def check(certificate: Certificate, **query: str) -> str:
    response = Client().get(reverse("certificates:certificate-check", args=[certificate.address]), query)
    assert response.status_code == 200
    return response.content.decode()


def first(level: Level = Level.UNIT) -> Certificate:
    return Certificate.objects.filter(level=level).order_by("pk")[0]


def test_anyone_is_told_that_it_is_genuine_and_counts(sheet_in: SheetIn, recorder: Person, verifier: Person) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    page = check(first(Level.PROVINCE), code=first().code)

    assert "ข้อความที่รับรองไม่ถูกแก้ไข" in page
    assert "รหัสบนกระดาษตรงกับใบรับรองในระบบ" in page
    assert "ใบรับรองนี้มีผลอยู่" in page
    assert "รับรองครบทั้งระดับ อปท. และระดับจังหวัด" in page
    assert "6,325" in page
    for person in (recorder, verifier):
        assert person.user.display_name not in page


def test_a_certificate_of_the_unit_alone_says_that_the_province_is_missing(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    assert "จังหวัดยังไม่ได้รับรอง" in check(first())


@pytest.mark.parametrize("typed", ["0000-0000-0000-0000", "f" * 64, "ไม่ใช่รหัส", "x" * 5000])
def test_a_paper_with_another_code_is_not_this_certificate(typed: str, sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    assert "รหัสบนกระดาษไม่ตรงกับใบรับรองในระบบ" in check(first(), code=typed)


def test_the_hash_may_be_typed_as_it_is_printed(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    sha256 = first().sha256
    grouped = " ".join(sha256[start : start + 8] for start in range(0, 64, 8))

    assert "รหัสบนกระดาษตรงกับใบรับรองในระบบ" in check(first(), code=grouped.upper())


def test_a_text_that_was_tampered_with_is_noticed_at_once(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    tamper(
        "certification_certificate",
        "UPDATE certification_certificate SET snapshot = replace(snapshot, '6325', '6326')",
    )

    page = check(first())

    assert "ข้อความที่เก็บไว้ไม่ตรงกับที่ลงนาม" in page
    assert "ข้อความที่รับรองไม่ถูกแก้ไข" not in page


def test_an_ended_certificate_tells_when_and_how_but_not_why(
    sheet_in: SheetIn, entry: RosterEntry, department_officer: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)
    services.revoke(
        actor=department_officer.actor,
        at=at,
        entry=entry,
        section="domain_1",
        lock=sheet.lock,
        note="เหตุผลส่วนบุคคล",
        order_number="7/2570",
    )

    page = check(first(Level.PROVINCE))

    assert "ใบรับรองนี้สิ้นผลแล้ว: เพิกถอน" in page
    assert "ตามคำสั่งเลขที่ 7/2570" in page
    assert "เหตุผลส่วนบุคคล" not in page
    assert "6,325" not in page


def test_a_replaced_certificate_leads_to_the_one_that_counts(
    amended: Callable[..., Sheet], entry: RosterEntry, executive: Person, province_certifier: Person, at: datetime
) -> None:
    amended()
    for person, certify in (
        (executive, services.unit_certify),
        (province_certifier, services.province_certify),
    ):
        (certificate,) = certify(actor=person.actor, at=at, entry=entry, signature=uuid4())

    page = check(first(Level.PROVINCE))

    assert "มีฉบับใหม่รับรองแทนแล้ว" in page
    assert reverse("certificates:certificate-check", args=[certificate.address]) in page
    assert newest(entry, "domain_1").revision == 2


def test_personal_data_and_what_is_not_open_stay_inside(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    page = public_page(address=first().address)
    assert page is not None
    source = read_folder(FIXTURES / "forms" / "small")
    source = edited(source, survey=cell("female", pii="personal"))
    source = edited(source, survey=cell("male", open_data="no"))

    shown = replace(page, form=build_form(source)).sections

    assert [answer.label for section in shown for answer in section.answers] == ["ประชากรรวม"]


def test_a_number_is_typed_as_it_is_printed(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    find = reverse("certificates:certificate-check-find")
    there = reverse("certificates:certificate-check", args=[first().address])

    for typed in (first().number, ascii_digits_to_thai(first().number), f" {first().address} "):
        assert Client().get(find, {"number": typed}).headers["Location"] == there
    with_code = Client().get(find, {"number": first().number, "code": first().code})
    assert with_code.headers["Location"] == f"{there}?code={first().code}"


def test_a_code_alone_finds_both_levels(sheet_in: SheetIn) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    find = reverse("certificates:certificate-check-find")

    page = Client().get(find, {"code": first().code}).content.decode()

    assert "พบใบรับรอง 2 ฉบับ" in page
    assert first(Level.PROVINCE).number in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({}, 200, "ไม่ต้องเข้าสู่ระบบ"),
        ({"number": "", "code": ""}, 422, "อย่างน้อยหนึ่งอย่าง"),
        ({"number": "รบ.2570-9999999"}, 404, "ไม่พบใบรับรองของ"),
        ({"code": "0000-0000-0000-0000"}, 404, "ไม่พบใบรับรองของ"),
        ({"number": "a\x00b"}, 422, ""),
        ({"number": "9" * 41}, 422, ""),
    ],
)
def test_what_is_no_certificate_is_said(query: dict[str, str], status: int, words: str, db: None) -> None:
    response = Client().get(reverse("certificates:certificate-check-find"), query)

    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.parametrize("address", ["2570-9999999", "x" * 300])
def test_an_address_of_no_certificate_is_404(address: str, db: None) -> None:
    response = Client().get(f"/certificates/{address}/")

    assert response.status_code == 404
    assert "ไม่พบใบรับรองของ" in response.content.decode()
