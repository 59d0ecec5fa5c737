"""The download box (R2.6): for whom a thing is, what stays when it is replaced, what may be put in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode, Seat
from localgov.library import services
from localgov.library.models import DownloadItem, DownloadVersion, ItemKind
from tests.conftest import Person

KEEPER = system_actor("ทดสอบ", RoleCode.DEPARTMENT_OFFICER)
PDF = b"%PDF-1.7 one"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def added(at: datetime, title: str, audience: Sequence[Seat], content: bytes = PDF) -> DownloadItem:
    return services.item_add(
        actor=KEEPER, at=at, kind=ItemKind.MANUAL, title=title, description="คำอธิบาย", audience=audience,
        content=services.FileContent("../คู่มือ ก.pdf", content),
    )  # fmt: skip


def file_url(item: DownloadItem) -> str:
    return reverse("library:file", args=[item.newest_id])


def test_what_is_for_a_province_is_not_there_for_a_unit(
    recorder: Person, stranger: Person, province_officer: Person, auditor: Person, at: datetime
) -> None:
    item = added(at, "คู่มือสำหรับ สถจ.", [Seat.PROVINCE])

    for who in (recorder, stranger):
        client = who.client()
        assert "คู่มือสำหรับ สถจ." not in client.get(reverse("library:item-list")).content.decode()
        assert client.get(reverse("library:item-detail", args=[item.pk])).status_code == 404
        assert client.get(file_url(item)).status_code == 404
    for who in (province_officer, auditor):
        assert "คู่มือสำหรับ สถจ." in who.client().get(reverse("library:item-list")).content.decode()
        response = who.client().get(file_url(item))
        assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
        assert response["Content-Disposition"].startswith("attachment")


def test_only_officers_of_the_department_keep_the_box(
    recorder: Person, province_officer: Person, form_owner: Person, at: datetime
) -> None:
    item = added(at, "คู่มือ", [Seat.UNIT])

    for who in (recorder, province_officer, form_owner):
        for name in ("library:paper-add", "library:video-add"):
            assert who.client().post(reverse(name), {"title": "x"}).status_code == 403
        for name in ("library:item-change", "library:version-add", "library:item-withdraw"):
            assert who.client().post(reverse(name, args=[item.pk]), {"title": "x"}).status_code == 403
        with pytest.raises(Denied):
            services.item_withdraw(actor=who.actor, at=at, item_id=item.pk, withdrawn=True)
    assert DownloadItem.objects.get().withdrawn_at is None


def test_a_new_version_keeps_the_old_one_readable(department_officer: Person, recorder: Person) -> None:
    keeper, reader = department_officer.client(), recorder.client()
    sent = {"kind": "MANUAL", "title": "คู่มือ  ใหม่", "audience": ["UNIT"], "description": ""}

    keeper.post(reverse("library:paper-add"), sent | {"file": SimpleUploadedFile("หนึ่ง.exe", PDF)})
    item = DownloadItem.objects.get()
    first = file_url(item)
    again = {"seen": "1", "change_note": "เพิ่มบทที่ 2", "file": SimpleUploadedFile("สอง.pdf", b"%PDF-1.7 two")}
    keeper.post(reverse("library:version-add", args=[item.pk]), again)
    late = {"seen": "1", "change_note": "", "file": SimpleUploadedFile("สาม.pdf", b"%PDF-1.7 three")}
    keeper.post(reverse("library:version-add", args=[item.pk]), late)

    page = reader.get(reverse("library:item-detail", args=[item.pk])).content.decode()
    assert item.title == "คู่มือ ใหม่"
    assert "หนึ่ง.pdf" in page
    assert "เพิ่มบทที่ 2" in page
    assert department_officer.actor.label in page
    assert [version.number for version in DownloadVersion.objects.order_by("number")] == [1, 2]
    assert b"".join(reader.get(first).streaming_content) == PDF  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError), transaction.atomic():
        DownloadVersion.objects.update(name="x")


def test_refuses_what_is_no_paper_and_addresses_that_are_none(department_officer: Person) -> None:
    keeper = department_officer.client()
    sent = {"kind": "PAPER", "title": "แบบ", "audience": ["UNIT"]}

    program = keeper.post(reverse("library:paper-add"), sent | {"file": SimpleUploadedFile("ก.pdf", b"MZ\x90")})
    nobody = keeper.post(
        reverse("library:paper-add"), {"kind": "PAPER", "title": "แบบ", "file": SimpleUploadedFile("ก.pdf", PDF)}
    )
    assert (program.status_code, nobody.status_code) == (422, 422)
    assert "ดูจากเนื้อไฟล์" in program.content.decode()
    for typed in (
        "ตอนที่ 1 ไม่ใช่ที่อยู่",
        "https://example.go.th/1",
        "ตอนที่ 1 http://example.go.th/1",
        "ก javascript:alert(1)",
    ):
        refused = keeper.post(reverse("library:video-add"), {"title": "วีดิทัศน์", "audience": ["UNIT"], "parts": typed})
        assert refused.status_code == 422
        assert "บรรทัดที่ 1" in refused.content.decode()
    assert not DownloadItem.objects.exists()


def test_a_video_has_parts_and_a_withdrawn_thing_is_gone_for_readers(
    department_officer: Person, recorder: Person
) -> None:
    keeper, reader = department_officer.client(), recorder.client()
    parts = "การกำหนดสิทธิผู้บันทึก https://example.go.th/v/1\r\n\r\nหน้าแรก https://example.go.th/v/2?a=1&b=2"
    keeper.post(reverse("library:video-add"), {"title": "วีดิทัศน์อบรม", "audience": ["UNIT"], "parts": parts})
    item = DownloadItem.objects.get()
    detail = reverse("library:item-detail", args=[item.pk])

    page = reader.get(detail).content.decode()
    assert 'href="https://example.go.th/v/2?a=1&amp;b=2"' in page
    assert "การกำหนดสิทธิผู้บันทึก" in page
    assert "2 ตอน" in reader.get(reverse("library:item-list")).content.decode()

    keeper.post(reverse("library:item-withdraw", args=[item.pk]), {"withdrawn": "yes"})
    assert reader.get(detail).status_code == 404
    assert "นำออกแล้ว" in keeper.get(reverse("library:item-list")).content.decode()
    keeper.post(reverse("library:item-change", args=[item.pk]), {"title": "ชื่อใหม่", "audience": ["DISTRICT"]})
    keeper.post(reverse("library:item-withdraw", args=[item.pk]), {})
    assert DownloadItem.objects.get().audience == ["DISTRICT"]
    assert reader.get(detail).status_code == 404
    assert keeper.get(reverse("library:item-withdraw", args=[item.pk])).status_code == 405


def test_the_database_refuses_a_thing_for_nobody_and_a_version_of_nothing(db: None, at: datetime) -> None:
    for audience in ([], ["EVERYBODY"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            DownloadItem.objects.create(kind="MANUAL", title="ก", audience=audience, created_at=at)
    item = DownloadItem.objects.create(kind="MANUAL", title="ก", audience=["UNIT"], created_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        DownloadVersion.objects.create(item=item, number=1, added_label="ก", at=at)


def test_searches_by_words_kind_and_seat(department_officer: Person, at: datetime) -> None:
    added(at, "คู่มือรายรับ", [Seat.UNIT])
    added(at, "คู่มือติดตาม", [Seat.PROVINCE])
    client = department_officer.client()

    def found(**query: str) -> str:
        return client.get(reverse("library:item-list"), query).content.decode()

    assert "คู่มือติดตาม" not in found(words="รายรับ")
    assert "คู่มือรายรับ" not in found(seat="PROVINCE")
    assert "ไม่พบข้อมูล" in found(kind="VIDEO")
