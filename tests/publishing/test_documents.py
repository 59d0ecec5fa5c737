"""Documents that go with news: what is taken, who may load it and when, what the province sees of a change."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse

from localgov.filings.uploads import LARGEST
from localgov.publishing import services
from localgov.publishing.models import Document, Item, VersionDocument
from localgov.publishing.services import DocumentSaid
from localgov.publishing.states import PublishedKind
from tests.conftest import Person, Register
from tests.publishing.making import CHECKER, PDF, TYPED, WRITER, document_made_for, item_made, item_shown, jpeg

pytestmark = pytest.mark.django_db

NEWS = TYPED[PublishedKind.NEWS] | {"displayed": "yes"}


def package(*parts: str) -> bytes:
    """A file of the kind that Word and Excel write, with these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for part in parts:
            made.writestr(part, b"<xml/>")
    return written.getvalue()


WORD, EXCEL = package("word/document.xml"), package("xl/workbook.xml")


def address_of(item: Item, digest: str = "") -> str:
    """Where readers load the document of an item."""
    held = VersionDocument.objects.filter(version__item=item).order_by("pk")[0].document
    return reverse("documents:document", args=[item.pk, digest or held.sha256])


def test_only_a_shown_item_hands_out_its_documents(register: Register, at: datetime, client: Client) -> None:
    item = item_made(register.unit, at, documents=[document_made_for(register.unit, at)])
    address = address_of(item)

    assert client.get(address).status_code == 404
    services.version_check(actor=CHECKER, at=at, version_id=item.newest_id or 0)
    sent = client.get(address)
    page = client.get(reverse("travel:item", args=["news", item.pk])).content.decode()

    assert sent.content == PDF
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Disposition"].startswith("attachment; filename*=utf-8''%E0%B8%9B")
    assert (sent["Cache-Control"], sent["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert address in page
    other = item_shown(register.unit, at, typed={"title": "ข่าวอื่น"})
    assert client.get(address_of(item).replace(f"/{item.pk}/", f"/{other.pk}/")).status_code == 404
    for wrong in ("0" * 64, "x"):
        assert client.get(address_of(item, wrong)).status_code == 404
    services.item_display(actor=WRITER, at=at, item_id=item.pk, displayed=False)
    assert client.get(address).status_code == 404


def test_a_document_taken_out_stays_up_until_the_province_has_checked(
    register: Register, at: datetime, client: Client
) -> None:
    item = item_shown(register.unit, at, documents=[document_made_for(register.unit, at)])
    address = address_of(item)

    changed = services.item_change(
        actor=WRITER, at=at, item_id=item.pk, seen=1, typed=TYPED[PublishedKind.NEWS], documents=[]
    )

    assert client.get(address).content == PDF
    services.version_check(actor=CHECKER, at=at, version_id=changed.newest_id or 0)
    assert client.get(address).status_code == 404


def test_the_same_documents_again_write_no_version_another_name_does(register: Register, at: datetime) -> None:
    said = document_made_for(register.unit, at)
    item = item_made(register.unit, at, documents=[said])
    common: dict[str, Any] = {
        "actor": WRITER,
        "at": at,
        "item_id": item.pk,
        "seen": 1,
        "typed": TYPED[PublishedKind.NEWS],
    }

    services.item_change(**common, documents=[said])
    assert item.versions.count() == 1
    services.item_change(**common, documents=[DocumentSaid(said.document_id, "กำหนดการ")])
    assert item.versions.count() == 2


def post(person: Person, *files: SimpleUploadedFile, act: str = "save", fields: Mapping[str, Any] | None = None) -> Any:
    return person.client().post(
        reverse("publishing:news-add"), NEWS | {"act": act, "documents": list(files)} | dict(fields or {})
    )


def test_the_form_takes_papers_keeps_their_names_and_the_province_sees_them(
    register: Register, recorder: Person, province_officer: Person
) -> None:
    page = post(
        recorder, SimpleUploadedFile("C:\\งาน\\ประกาศ ก.ค..pdf", PDF), SimpleUploadedFile("b.xlsx", EXCEL), act="upload"
    )
    first, second = Document.objects.order_by("pk")
    named = {"document": [first.pk, second.pk], f"name_{first.pk}": "ประกาศรับสมัคร", f"name_{second.pk}": "ใบสมัคร"}

    assert 'value="ประกาศ ก.ค."' in page.content.decode()
    assert post(recorder, fields=named).status_code == 302
    item = Item.objects.get()
    checked = province_officer.client().get(reverse("publishing:queue-item", args=[item.pk])).content.decode()

    assert [one.name for one in VersionDocument.objects.order_by("place")] == ["ประกาศรับสมัคร", "ใบสมัคร"]
    assert "ประกาศรับสมัคร.pdf" in checked
    own = reverse("publishing:document", args=[second.pk])
    assert own in checked
    assert province_officer.client().get(own).content == EXCEL
    assert "ใบสมัคร" in recorder.client().get(reverse("publishing:item-edit", args=[item.pk])).content.decode()


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_loads_none(
    who: str, register: Register, at: datetime, request: pytest.FixtureRequest
) -> None:
    said = document_made_for(register.unit, at)

    assert (
        request.getfixturevalue(who).client().get(reverse("publishing:document", args=[said.document_id])).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("ว่าง.pdf", b"", "ไฟล์ว่างเปล่า"),
        ("ใหญ่.pdf", PDF + b"x" * LARGEST, "ไฟล์ใหญ่เกิน 10 MB"),
        ("เก่า.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "รุ่นเก่า"),
        ("แมโคร.docx", package("word/document.xml", "word/vbaProject.bin"), "แมโคร"),
        ("รูป.pdf", jpeg(), "รูปให้แนบในส่วนรูป"),
        ("โปรแกรม.pdf", b"MZ\x90\x00", "ดูจากเนื้อไฟล์"),
        ("ขาด.docx", WORD[:20], "ไฟล์เสียหรือไม่ครบ"),
        ("งานนำเสนอ.pptx", package("ppt/presentation.xml"), "บันทึกเป็น PDF แล้วแนบใหม่"),
    ],
    ids=["empty", "big", "old", "macro", "picture", "program", "cut off", "slides"],
)
def test_what_is_no_paper_gets_a_sentence_and_is_not_kept(
    name: str, content: bytes, sentence: str, register: Register, recorder: Person, media: Path
) -> None:
    page = post(recorder, SimpleUploadedFile(name, content))

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Item.objects.exists()
    assert not any(one.is_file() for one in media.rglob("*"))


def test_too_many_nameless_or_strange_documents_are_refused(register: Register, recorder: Person, at: datetime) -> None:
    foreign = document_made_for(register.other_unit, at)
    own = document_made_for(register.unit, at)

    many = post(recorder, *(SimpleUploadedFile(f"{n}.pdf", PDF + bytes([n])) for n in range(6)), act="upload")
    nameless = post(recorder, fields={"document": [own.document_id], f"name_{own.document_id}": " "})
    strange = post(recorder, fields={"document": [foreign.document_id], f"name_{foreign.document_id}": "ของเขา"})

    assert "แนบเอกสารได้ไม่เกิน 5 ไฟล์" in many.content.decode()
    assert "โปรดเขียนชื่อของเอกสารที่ 1" in nameless.content.decode()
    assert strange.status_code == 302
    assert not VersionDocument.objects.filter(document_id=foreign.document_id).exists()


def test_a_person_in_a_documents_name_is_pointed_out(register: Register, recorder: Person, at: datetime) -> None:
    own = document_made_for(register.unit, at)

    page = post(recorder, fields={"document": [own.document_id], f"name_{own.document_id}": "ติดต่อ 081 000 0000"})

    assert page.status_code == 422
    assert "ชื่อเอกสารแนบ: เบอร์โทรศัพท์เคลื่อนที่" in page.content.decode()


def test_the_database_keeps_documents_to_news_and_unchanged(register: Register, at: datetime) -> None:
    said = document_made_for(register.unit, at)
    item = item_made(register.unit, at, documents=[said])
    product = item_made(register.unit, at, PublishedKind.PRODUCT)

    with pytest.raises(IntegrityError), transaction.atomic():
        VersionDocument.objects.filter(version__item=item).update(name="อื่น")
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionDocument.objects.create(
            version_id=product.newest_id or 0, document_id=said.document_id, place=1, name="ก"
        )


def test_a_document_that_stands_nowhere_is_forgotten_after_a_day(
    register: Register, at: datetime, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept = document_made_for(register.unit, at)
    item_made(register.unit, at, documents=[kept])
    document_made_for(register.unit, at, content=WORD, name="ร่าง.docx")

    assert services.documents_purge(at=at + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert services.documents_purge(at=at + timedelta(hours=25)) == 1

    assert [one.pk for one in Document.objects.all()] == [kept.document_id]
    assert [one.suffix for one in media.rglob("*") if one.is_file()] == [".pdf"]
