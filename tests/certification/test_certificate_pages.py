"""The page of a certificate, its signed text, and finding one by its check code."""

from __future__ import annotations

import hashlib
import json

from localgov.certification.models import Certificate
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry
from tests.certification.test_pages import SheetIn, url
from tests.conftest import NOW, Person


def test_a_certificate_says_who_what_when_and_checks_itself(
    sheet_in: SheetIn, entry: RosterEntry, recorder: Person
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    certificate = Certificate.objects.order_by("pk")[0]

    page = recorder.client().get(url("certificate-detail", address=certificate.address)).content.decode()

    for expected in (
        certificate.number,
        certificate.sha256,
        certificate.code,
        "recorder ตัวอย่าง",
        "verifier ตัวอย่าง",
        "executive ตัวอย่าง",
        "นายกองค์การบริหารส่วนตำบล",
        "อบต.บ้านสาธิต",
        "ด้านที่ 1 ประชากร",
        "ประชากรรวม",
        "6,325",
        "ตรงกับค่าที่ลงนาม",
        "ตรงกับใบรับรองระดับจังหวัด",
    ):
        assert expected in page
    assert "สิ้นผล" not in page


def test_the_signed_text_is_given_byte_for_byte(sheet_in: SheetIn, recorder: Person) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    certificate = Certificate.objects.order_by("pk")[0]

    response = recorder.client().get(url("certificate-text", address=certificate.address))

    assert hashlib.sha256(response.content).hexdigest() == certificate.sha256
    assert json.loads(response.content)["unit"]["code"] == "6250101"


def test_a_check_code_leads_to_its_certificates(sheet_in: SheetIn, recorder: Person, stranger: Person) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    certificate = Certificate.objects.order_by("pk")[0]
    find = url("certificate-find")

    opened = recorder.client().get(find, {"text": certificate.code})

    assert opened.headers["Location"] == url("certificate-detail", address=certificate.address)
    assert "ไม่พบใบรับรอง" in stranger.client().get(find, {"text": certificate.code}).content.decode()
    assert recorder.client().get(find).status_code == 200
    assert recorder.client().get(find, {"text": "๒๕๗๐-๑" * 30}).status_code == 200


def test_times_are_of_the_signature(sheet_in: SheetIn, recorder: Person) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    certificate = Certificate.objects.order_by("pk")[0]

    assert certificate.at == NOW
    page = recorder.client().get(url("certificate-detail", address=certificate.address)).content.decode()
    assert "20 พ.ย. 2569 10:00 น." in page
