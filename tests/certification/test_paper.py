"""Certificates as PDF: the same bytes each time, text that can be copied, many pages, all of a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest

from localgov.certification import paper, services
from localgov.certification.models import Certificate, Level
from localgov.certification.selectors.certificate_page import CertificatePage, TableView, certificate_page
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.reader_text import read_folder
from localgov.lib.numbers import ascii_digits_to_thai
from localgov.rounds.models import RosterEntry
from localgov.ui.paper import qr_svg, render
from tests.certification.test_pages import SheetIn, place, url
from tests.certification.test_revisions import amended
from tests.conftest import FIXTURES, Person

__all__ = ["amended"]
THAI_SENTENCE = "ทั้งนี้ ผู้ใหญ่บ้านญี่ปุ่นปั๊มน้ำป้ายุงลาย ซื้อที่ดินเปล่า ฐานะ ฎีกา กิ๊ก ฟ้าฝ่า ปู่ย่า กำลังส่งน้ำ"


def pages_of(content: bytes) -> list[str]:
    """The text of each page as a reader copies it, without blanks; PDFium marks a hyphen at a line's end apart."""
    with pypdfium2.PdfDocument(content) as document:
        return ["".join(page.get_textpage().get_text_range().replace("\ufffe", "-").split()) for page in document]


def address(certificate: Certificate) -> str:
    return f"https://info.example.go.th/certificates/{certificate.address}/?code={certificate.code}"


def page_of(person: Person, certificate: Certificate) -> CertificatePage:
    page = certificate_page(actor=person.actor, address=certificate.address)
    assert page is not None
    return page


def test_paper_says_who_what_when_in_thai_digits(sheet_in: SheetIn, recorder: Person) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    certificate = Certificate.objects.filter(level=Level.PROVINCE).order_by("pk")[0]

    content = paper.certificate_pdf(page_of(recorder, certificate), check_url=address, is_demo=False)

    assert content.startswith(b"%PDF-")
    text = "".join(pages_of(content))
    for expected in (
        ascii_digits_to_thai(certificate.number),
        certificate.code,
        "ใบรับรองข้อมูลระดับจังหวัด",
        "อบต.บ้านสาธิต",
        "อำเภอเมืองปราจีนบุรีจังหวัดปราจีนบุรี",
        "ด้านที่๑ประชากรปีงบประมาณพ.ศ.๒๕๗๐",
        "ผู้บันทึกrecorderตัวอย่าง",
        "ผู้ตรวจสอบverifierตัวอย่าง",
        "executiveตัวอย่างนายกองค์การบริหารส่วนตำบล",
        "ท้องถิ่นจังหวัด",
        "๒๐พฤศจิกายน๒๕๖๙เวลา๑๐:๐๐น.",
        "ประชากรรวม๖,๓๒๕คน",
        "หน้า๑จาก๑",
    ):
        assert expected in text, expected
    assert certificate.sha256 in text
    assert "ข้อมูลสาธิต" not in text


def test_the_same_certificate_gives_the_same_bytes(sheet_in: SheetIn, recorder: Person) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    first, last = Certificate.objects.order_by("pk")[0], Certificate.objects.order_by("-pk")[0]

    once = paper.certificate_pdf(page_of(recorder, first), check_url=address, is_demo=False)

    assert paper.certificate_pdf(page_of(recorder, first), check_url=address, is_demo=False) == once
    assert paper.certificate_pdf(page_of(recorder, last), check_url=address, is_demo=False) != once
    assert paper.certificate_pdf(page_of(recorder, first), check_url=address, is_demo=True) != once


def test_every_word_of_the_eight_domains_can_be_copied() -> None:
    form = build_form(read_folder(FIXTURES.parents[1] / "forms" / "eight_domains"))
    labels = [THAI_SENTENCE, *(question.label for question in form.questions.values())]
    section: dict[str, Any] = {"label": "ทุกข้อ", "table": None}
    section["answers"] = [{"label": one, "text": one, "unit": "", "note": "", "figures": False} for one in labels]
    blank: dict[str, Any] = dict.fromkeys(
        ("ended", "number_words", "title", "unit", "place", "subject", "declaration", "proof_title", "proof_words"), ""
    )
    one_paper = blank | {"facts": [], "people": [], "people_head": ["", "", ""], "proof_facts": [], "footer": ""}
    one_paper |= {"qr": qr_svg("x"), "amends": None, "answers_title": "", "sections": [section]}
    data = {"title": "x", "author": "", "demo": "", "cover": None, "papers": [one_paper]}

    text = "".join(pages_of(render("certification/papers/certificate.typ", data, at=datetime(2026, 11, 20, 3))))

    missing = [label for label in labels if "".join(label.split()) not in text]
    assert missing == []


@pytest.mark.parametrize("columns", [3, 15])
def test_a_register_of_300_rows_runs_over_pages_with_its_headings(
    columns: int, sheet_in: SheetIn, recorder: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)
    page = page_of(recorder, Certificate.objects.order_by("pk")[0])
    table = TableView(
        label="ทะเบียนยาว",
        headings=tuple(f"หัวข้อที่{number}" for number in range(columns)),
        figures=(True,) * columns,
        rows=tuple(tuple(str(row * 1000 + column) for column in range(columns)) for row in range(1, 301)),
    )
    object.__setattr__(page, "sections", (replace(page.sections[0], table=table),))

    pages = pages_of(paper.certificate_pdf(page, check_url=address, is_demo=False))

    head = "ที่หัวข้อที่0" if columns == 3 else "ที่ทะเบียนยาว"
    assert len(pages) > 5
    assert all(head in text for text in pages[1:])
    assert "๓๐๐๐๐๒" in "".join(pages)
    assert ascii_digits_to_thai(f"หน้า{len(pages)}จาก{len(pages)}") in pages[-1]


def test_an_amendment_names_what_it_amends_and_lists_the_changes(
    amended: Callable[..., Sheet], entry: RosterEntry, executive: Person, recorder: Person, at: datetime
) -> None:
    amended()
    (certificate,) = services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())
    base = Certificate.objects.order_by("pk")[0]

    text = "".join(pages_of(paper.certificate_pdf(page_of(recorder, certificate), check_url=address, is_demo=False)))

    assert f"แก้ไขจากฉบับที่๑ใบรับรองเลขที่{ascii_digits_to_thai(base.number)}" in text
    assert "ขอแก้ไขข้อมูลที่รับรองแล้วโดยrecorderตัวอย่าง" in text
    assert ":ปรับปรุง" in text
    assert "ประชากรชาย๓,๑๐๐๓,๑๐๑recorderตัวอย่าง" in text


def test_paper_of_an_ended_certificate_says_so(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, recorder: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    services.unit_take_back(
        actor=executive.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="เหตุผลภายใน"
    )

    certificate = Certificate.objects.order_by("pk")[0]
    text = "".join(pages_of(paper.certificate_pdf(page_of(recorder, certificate), check_url=address, is_demo=False)))

    assert "ใบรับรองนี้สิ้นผลแล้ว:ถอนการรับรองเมื่อ๒๐พฤศจิกายน๒๕๖๙" in text
    assert "เหตุผลภายใน" not in text


def test_pages_give_one_certificate_and_all_of_a_unit(
    sheet_in: SheetIn, entry: RosterEntry, recorder: Person, stranger: Person
) -> None:
    whole = url("unit-pdf", **place(entry))
    assert recorder.client().get(whole).status_code == 404
    sheet_in(Status.CERTIFIED_PROVINCE)
    certificate = Certificate.objects.filter(level=Level.PROVINCE).order_by("pk")[0]
    one = url("certificate-pdf", address=certificate.address)

    for path in (one, whole):
        assert stranger.client().get(path).status_code == 404
        response = recorder.client().get(path)
        assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")

    cover, *papers = pages_of(recorder.client().get(whole).content)
    assert "รวมใบรับรองที่มีผลอยู่๓ด้าน" in cover
    assert [f"ด้านที่{number}" in text for number, text in zip("๑๒๓", papers, strict=True)] == [True] * 3
    assert "http://testserver/certificates/" in papers[0]


def test_a_text_of_the_first_format_is_still_printed(sheet_in: SheetIn, recorder: Person) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    page = page_of(recorder, Certificate.objects.filter(level=Level.PROVINCE).order_by("pk")[0])
    unit = {key: page.body["unit"][key] for key in ("code", "district", "name", "province", "type")}
    people = {"recorders": [7], "verifier": 8, "verified_at": "2026-11-20T03:00:00Z"}
    first = page.body | {"kind": "localgov.sheet.1", "unit": unit, "people": people}
    object.__setattr__(page, "body", first)

    text = "".join(pages_of(paper.certificate_pdf(page, check_url=address, is_demo=False)))

    assert "ผู้บันทึกบัญชีเลขที่7" in text
    assert "ผู้ตรวจสอบบัญชีเลขที่8๒๐พฤศจิกายน๒๕๖๙" in text
    assert "รหัสอปท.๖๒๕๐๑๐๑" in text
