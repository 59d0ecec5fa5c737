"""The officers' pages: they work without a script, keep what was typed, and refuse in words."""

from __future__ import annotations

from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from localgov.jobs.models import Job
from localgov.publishing import services
from localgov.publishing.models import Item, Picture
from localgov.publishing.states import PublishedKind
from tests.conftest import Person, Register
from tests.publishing.making import CHECKER, TYPED, WRITER, item_made, item_returned, item_shown, jpeg

pytestmark = pytest.mark.django_db

PLACES, ADD = "publishing:place-list", "publishing:place-add"
FORM = TYPED[PublishedKind.PLACE] | {"displayed": "yes", "act": "save"}


def sent(colour: str = "teal", name: str = "ภาพ.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(colour))


def text_of(response: Any) -> str:
    return unescape(str(response.content, "utf-8"))


def test_a_stranger_finds_nothing_and_other_roles_only_look(
    register: Register, recorder: Person, verifier: Person, stranger: Person, province_officer: Person, at: datetime
) -> None:
    item = item_made(register.unit, at, PublishedKind.PLACE)
    detail, edit, delete = (reverse(f"publishing:item-{name}", args=[item.pk]) for name in ("detail", "edit", "delete"))

    assert "วัดต้นโพธิ์" not in text_of(stranger.client().get(reverse(PLACES)))
    for address in (detail, edit, delete):
        assert stranger.client().get(address).status_code == 404
        assert recorder.client().get(address).status_code == 200
    for who in (verifier, province_officer):
        assert "วัดต้นโพธิ์" in text_of(who.client().get(reverse(PLACES)))
        assert "แก้ไข" not in text_of(who.client().get(detail))
        for address in (edit, delete, reverse(ADD)):
            assert who.client().post(address, FORM).status_code == 403
    for name in ("display", "restore"):
        assert recorder.client().get(reverse(f"publishing:item-{name}", args=[item.pk])).status_code == 405


def test_a_place_is_entered_picture_by_picture_without_losing_what_was_typed(recorder: Person) -> None:
    client = recorder.client()
    two = {"files": [sent("red", "แดง.jpg"), sent("blue", "น้ำเงิน.jpg"), SimpleUploadedFile("ปลอม.jpg", b"<html>")]}

    upload = client.post(reverse(ADD), FORM | {"act": "upload", "latitude": "14.05, 101.37"} | two)
    page, (red, blue) = text_of(upload), Picture.objects.order_by("pk")
    assert upload.status_code == 422
    assert "“ปลอม.jpg”: ไฟล์นี้ไม่ใช่ภาพ" in page
    assert 'value="วัดต้นโพธิ์"' in page
    assert "โปรดกรอก" not in page
    assert Job.objects.get().total == 2
    assert not Item.objects.exists()

    chosen: dict[str, Any] = {"picture": [str(red.pk), str(blue.pk)], f"alt_{red.pk}": "โบสถ์", f"alt_{blue.pk}": ""}
    moved = client.post(reverse(ADD), FORM | chosen | {"act": f"up:{blue.pk}"})
    assert moved.status_code == 200
    assert text_of(moved).index(f'name="alt_{blue.pk}"') < text_of(moved).index(f'name="alt_{red.pk}"')
    assert 'value="โบสถ์"' in text_of(moved)

    chosen["picture"] = [str(blue.pk), str(red.pk)]
    unsaid = client.post(reverse(ADD), FORM | chosen)
    assert unsaid.status_code == 422
    assert "โปรดเขียนคำบรรยายของรูปที่ 1" in text_of(unsaid)
    saved = client.post(reverse(ADD), FORM | chosen | {f"alt_{blue.pk}": "สระน้ำ", "latitude": "14.05, 101.37"})

    item = Item.objects.get()
    assert saved.status_code == 302
    assert item.newest is not None
    assert [one.alt for one in item.newest.pictures.order_by("place")] == ["สระน้ำ", "โบสถ์"]
    assert str(item.newest.point) == "14.05, 101.37"
    detail = text_of(client.get(saved["Location"]))
    assert "ยังไม่ตรวจสอบ" in detail
    assert 'href="tel:+6637211000"' in detail
    assert 'alt="สระน้ำ"' in detail


def test_faults_stand_at_their_fields_and_numbers_are_confirmed_once(recorder: Person) -> None:
    client, address = recorder.client(), reverse("publishing:news-add")
    typed = {"category": "ACTIVITY", "title": "งานวัด", "body": "โทร 081-234-5678", "displayed": "no", "act": "save"}

    wrong = client.post(address, typed | {"title": "", "email": "ไม่ใช่"})
    asked = client.post(address, typed)
    done = client.post(address, typed | {"confirmed": "on"})

    assert (wrong.status_code, asked.status_code, done.status_code) == (422, 422, 302)
    assert "โปรดกรอกหัวข้อข่าว" in text_of(wrong)
    assert 'href="#id_email"' in text_of(wrong)
    assert "ยังไม่ได้บันทึก" in text_of(asked)
    assert "รายละเอียด: เบอร์โทรศัพท์เคลื่อนที่ “081-234-5678”" in text_of(asked)
    item = Item.objects.get()
    assert not item.displayed
    assert "ยืนยันให้เผยแพร่ไว้แล้ว" in text_of(client.get(reverse("publishing:item-edit", args=[item.pk])))


def test_the_second_writer_keeps_what_he_typed(register: Register, recorder: Person, at: datetime) -> None:
    item = item_made(register.unit, at)
    typed = TYPED[PublishedKind.NEWS]
    services.item_change(actor=WRITER, at=at, item_id=item.pk, seen=1, typed=typed | {"title": "ของคนแรก"})
    address = reverse("publishing:item-edit", args=[item.pk])
    late = typed | {"title": "ของคนที่สอง", "displayed": "yes", "act": "save", "seen": "1"}

    told = recorder.client().post(address, late)
    page = text_of(told)

    assert told.status_code == 409
    assert "บันทึกฉบับที่ 2 ไว้แล้ว" in page
    assert 'value="ของคนที่สอง"' in page
    assert 'name="seen" value="2"' in page
    assert recorder.client().post(address, late | {"seen": "2"}).status_code == 302
    item.refresh_from_db()
    assert item.newest is not None
    assert item.newest.title == "ของคนที่สอง"


def test_deleting_asks_first_and_is_undone_from_the_list_of_the_deleted(
    register: Register, recorder: Person, at: datetime
) -> None:
    client = recorder.client()
    item = item_shown(register.unit, at)
    delete, news = reverse("publishing:item-delete", args=[item.pk]), reverse("publishing:news-list")

    assert "ภายใน 30 วัน" in text_of(client.get(delete))
    client.post(delete)
    assert "งานวันลอยกระทง</a>" not in text_of(client.get(news))
    assert "งานวันลอยกระทง</a>" in text_of(client.get(news, {"deleted": "yes"}))
    assert client.get(reverse("publishing:item-edit", args=[item.pk])).status_code == 404
    assert "คืนรายการที่ลบ" in text_of(client.get(reverse("publishing:item-detail", args=[item.pk])))
    client.post(reverse("publishing:item-restore", args=[item.pk]))
    assert "งานวันลอยกระทง</a>" in text_of(client.get(news))
    client.post(reverse("publishing:item-display", args=[item.pk]), {"displayed": "no"})
    item.refresh_from_db()
    assert (item.deleted_at, item.displayed) == (None, False)


def test_lists_are_searched_by_kind_name_and_states(register: Register, recorder: Person, at: datetime) -> None:
    client, news = recorder.client(), reverse("publishing:news-list")
    item_shown(register.unit, at, PublishedKind.NEWS, {"title": "ข่าวตรวจแล้ว", "category": "FESTIVAL"})
    item_made(register.unit, at, PublishedKind.NEWS, {"title": "ข่าวรอตรวจ"}, displayed=False)
    back = item_returned(register.unit, at, typed={"title": "ข่าวส่งกลับ"}, reason="โปรดเพิ่มวันจัดงาน")

    def found(**search: str) -> set[str]:
        page = text_of(client.get(news, search))
        return {title for title in ("ข่าวตรวจแล้ว", "ข่าวรอตรวจ", "ข่าวส่งกลับ") if f"{title}</a>" in page}

    assert "--เลือกประเภทข่าว--" in text_of(client.get(news))
    assert found() == {"ข่าวตรวจแล้ว", "ข่าวรอตรวจ", "ข่าวส่งกลับ"}
    assert found(category="FESTIVAL") == found(check_state="CHECKED") == {"ข่าวตรวจแล้ว"}
    assert found(displayed="no") == {"ข่าวรอตรวจ"}
    assert found(title="ส่งกลับ") == found(check_state="RETURNED") == {"ข่าวส่งกลับ"}
    assert found(category="\x00", title="ไม่มีเลย") == set()
    assert "โปรดเพิ่มวันจัดงาน" in text_of(client.get(reverse("publishing:item-detail", args=[back.pk])))
    assert client.get(news, {"export": "xlsx"}).status_code == 200


def test_a_list_costs_as_much_for_many_as_for_one(register: Register, province_officer: Person, at: datetime) -> None:
    client, address = province_officer.client(), reverse(PLACES)
    item_shown(register.unit, at, PublishedKind.PLACE)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for colour in ("red", "blue", "green", "black"):
        item = item_made(register.town, at, PublishedKind.PLACE, colour=colour)
        services.version_return(actor=CHECKER, at=at, version_id=item.newest_id or 0, reason="ไม่ครบ")
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(one)
