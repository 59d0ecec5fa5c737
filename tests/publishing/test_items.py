"""Writing items: who may, what is refused in which words, what waits, what stays, what is undone (R6.2–R6.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.audit.models import Event
from localgov.publishing import contents, services
from localgov.publishing.contents import NotComplete
from localgov.publishing.models import Item, ItemVersion, Picture, VersionPicture
from localgov.publishing.personal import pointed_out
from localgov.publishing.services import NotConfirmed, OutOfDate, PictureSaid
from localgov.publishing.states import CATEGORIES, Category, PublishedKind
from tests.conftest import Person, Register
from tests.publishing.making import CHECKER, TYPED, WRITER, item_made, item_shown, picture_made_for

pytestmark = pytest.mark.django_db


def test_only_recorders_of_the_unit_write_and_only_its_province_checks(
    register: Register, recorder: Person, other_recorder: Person, verifier: Person, executive: Person,
    unit_administrator: Person, district_officer: Person, province_officer: Person, province_certifier: Person,
    department_officer: Person, stranger: Person, stranger_officer: Person, at: datetime,
) -> None:  # fmt: skip
    item = item_made(register.unit, at, actor=recorder.actor)
    version = item.newest_id or 0
    for who in (
        verifier, executive, unit_administrator, district_officer, province_officer, province_certifier,
        department_officer, stranger,
    ):  # fmt: skip
        with pytest.raises(Denied, match="นั้นเท่านั้นที่บันทึก"):
            item_made(register.unit, at, actor=who.actor)
        for act in (services.item_delete, services.item_restore):
            with pytest.raises(Denied):
                act(actor=who.actor, at=at, item_id=item.pk)
        with pytest.raises(Denied):
            services.item_display(actor=who.actor, at=at, item_id=item.pk, displayed=False)
    for who in (
        recorder, other_recorder, verifier, executive, unit_administrator, district_officer, province_certifier,
        department_officer, stranger, stranger_officer,
    ):  # fmt: skip
        with pytest.raises(Denied, match="จังหวัดนั้นเท่านั้นที่ตรวจสอบ"):
            services.version_check(actor=who.actor, at=at, version_id=version)
        with pytest.raises(Denied):
            services.version_return(actor=who.actor, at=at, version_id=version, reason="ไม่ครบ")
    assert not Item.objects.exclude(shown=None, displayed=True, deleted_at=None).exists()

    services.item_change(
        actor=other_recorder.actor, at=at, item_id=item.pk, seen=1, typed=TYPED[PublishedKind.NEWS] | {"body": "ใหม่"}
    )
    item.refresh_from_db()
    services.version_check(actor=province_officer.actor, at=at, version_id=item.newest_id or 0)
    acts = Event.objects.filter(target_kind="item").order_by("pk").values_list("type", "role", "path")
    path = "th.25.2501.6250101."
    assert list(acts) == [
        ("item.create", "RECORDER", path), ("item.change", "RECORDER", path), ("item.check", "PROVINCE_OFFICER", path),
    ]  # fmt: skip


def test_who_wrote_a_version_does_not_check_it(register: Register, person: Callable[..., Person], at: datetime) -> None:
    moved = person("moved", register.unit, RoleCode.RECORDER)
    item = item_made(register.unit, at, actor=moved.actor)
    both = person("both", register.province, RoleCode.PROVINCE_OFFICER).actor

    with pytest.raises(Denied, match="ผู้บันทึกตรวจสอบข้อมูลที่ตนบันทึกไม่ได้"):
        services.version_check(
            actor=type(both)(moved.actor.user_id, "x", both.grants), at=at, version_id=item.newest_id or 0
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(item=item).update(
            check_state="CHECKED", checked_by=moved.actor.user_id, checked_label="x", checked_at=at
        )


def test_the_check_is_of_what_the_officer_saw(register: Register, at: datetime) -> None:
    item = item_shown(register.unit, at)
    looked_at = services.item_change(
        actor=WRITER, at=at, item_id=item.pk, seen=1, typed=TYPED[PublishedKind.NEWS] | {"title": "ฉบับที่สอง"}
    ).newest_id
    services.item_change(
        actor=WRITER, at=at, item_id=item.pk, seen=2, typed=TYPED[PublishedKind.NEWS] | {"title": "ฉบับที่สาม"}
    )

    for act in (services.version_check, lambda **said: services.version_return(**said, reason="ไม่ตรง")):
        with pytest.raises(OutOfDate, match="แก้ไขรายการนี้เป็นฉบับใหม่แล้ว"):
            act(actor=CHECKER, at=at, version_id=looked_at or 0)

    item.refresh_from_db()
    assert item.shown is not None
    assert (item.shown.number, item.newest_id == looked_at) == (1, False)


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(register: Register, at: datetime) -> None:
    item = item_made(register.unit, at)
    typed = TYPED[PublishedKind.NEWS]
    services.item_change(actor=WRITER, at=at, item_id=item.pk, seen=1, typed=typed | {"title": "ของคนแรก"})

    with pytest.raises(OutOfDate, match="ผู้บันทึกทดสอบ บันทึกฉบับที่ 2 ไว้แล้ว"):
        services.item_change(actor=WRITER, at=at, item_id=item.pk, seen=1, typed=typed | {"title": "ของคนที่สอง"})
    same = services.item_change(
        actor=WRITER, at=at, item_id=item.pk, seen=2, typed=typed | {"title": "ของคนแรก"}, displayed=False
    )

    assert [one.title for one in item.versions.order_by("number")] == ["งานวันลอยกระทง", "ของคนแรก"]
    assert same.displayed is False


def test_every_fault_is_told_at_once_by_field(register: Register, at: datetime) -> None:
    typed = {
        "category": "FOOD", "title": " ", "phone": "12", "email": "a@", "url": "ไม่รู้", "latitude": "18.79", "longitude": "98.98",
    }  # fmt: skip

    with pytest.raises(NotComplete) as refusal:
        services.item_create(
            actor=WRITER, at=at, organisation_id=register.unit.pk, kind=PublishedKind.PLACE, typed=typed
        )

    errors = refusal.value.errors
    assert set(errors) == {"category", "title", "phone", "email", "url", "latitude", "pictures"}
    assert errors["title"] == "โปรดกรอกชื่อสถานที่สำคัญ"
    assert "อยู่นอกจังหวัดปราจีนบุรี" in errors["latitude"]
    assert errors["pictures"] == "โปรดแนบรูปสถานที่สำคัญอย่างน้อย 1 รูป"
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("kind", "typed", "field", "words"),
    [
        (PublishedKind.NEWS, {"event_to": "5 ธ.ค. 2569"}, "event_from", "โปรดระบุวันเริ่มงานด้วย"),
        (PublishedKind.NEWS, {"event_from": "6 ธ.ค. 2569", "event_to": "5 ธ.ค. 2569"}, "event_to", "ต้องไม่ก่อน"),
        (PublishedKind.NEWS, {"event_from": "31 ก.พ. 2569"}, "event_from", "31"),
        (PublishedKind.PRODUCT, {"price_to": "5"}, "price_from", "โปรดระบุราคาเริ่มต้นด้วย"),
        (PublishedKind.PRODUCT, {"price_from": "9", "price_to": "5"}, "price_to", "ต้องไม่น้อยกว่า"),
        (PublishedKind.PRODUCT, {"price_from": "-1"}, "price_from", "ตั้งแต่ 0"),
        (PublishedKind.NEWS, {"title": "ก" * 201}, "title", "ไม่เกิน 200"),
        (PublishedKind.NEWS, {"body": "\x00\u200b "}, "body", "โปรดกรอกเนื้อข่าว"),
    ],
)  # fmt: skip
def test_refuses_in_words(
    register: Register, at: datetime, kind: PublishedKind, typed: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(NotComplete) as refusal:
        item_made(register.unit, at, kind, typed)

    assert list(refusal.value.errors) == [field]
    assert words in refusal.value.errors[field]


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("14.0509", "101.3717"),
        ("14.0509, 101.3717", ""),
        ("๑๔.๐๕๐๙", "๑๐๑.๓๗๑๗"),
        ("14°03'03.24\"N 101°22'18.12\"E", ""),
        ("101 องศา 22.302 ลิปดา", "14 องศา 3.054 ลิปดา"),
        ("https://www.google.com/maps/@14.0509,101.3717,15z", ""),
    ],
)
def test_a_point_is_read_however_it_is_pasted(latitude: str, longitude: str) -> None:
    point = contents.point_typed(latitude, longitude)

    assert point is not None
    assert (float(point.lat), float(point.lon)) == pytest.approx((14.0509, 101.3717), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ติดต่อ 081-234-5678 หรือ 0-3721-1000", ["081-234-5678"]),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", ["๐๘๑ ๒๓๔ ๕๖๗๘"]),
        ("มอบรางวัลแก่นางสาวสมมติ ตัวอย่าง และ ด.ช.ทดสอบ", ["นางสาวสมมติ ตัวอย่าง", "ด.ช.ทดสอบ"]),
        ("นายกเทศมนตรีเป็นประธาน นายอำเภอร่วมงาน นางรำ 99 คน ถ้ำนกนางแอ่น นายกฯ", []),
        ("เลขที่ 0812345678901 ไม่ใช่เบอร์โทร", []),
    ],
)
def test_numbers_and_names_in_free_text_are_pointed_out(text: str, found: list[str]) -> None:
    assert [one.words for one in pointed_out([("เนื้อข่าว", text)])] == found


def test_what_is_pointed_out_needs_one_tick(register: Register, at: datetime) -> None:
    typed = {"body": "สอบถามนางสาวสมมติ ตัวอย่าง โทร 081-234-5678"}

    with pytest.raises(NotConfirmed) as refusal:
        item_made(register.unit, at, typed=typed)
    item = item_made(register.unit, at, typed=typed, confirmed=True)

    assert [one.what for one in refusal.value.found] == ["เบอร์โทรศัพท์เคลื่อนที่", "ชื่อบุคคล"]
    assert item.newest is not None
    assert item.newest.confirmed


def test_a_deleted_item_comes_back_as_it_was_within_thirty_days(register: Register, at: datetime) -> None:
    item = item_shown(register.unit, at, PublishedKind.PLACE)
    services.item_delete(actor=WRITER, at=at, item_id=item.pk)

    with pytest.raises(Denied, match="ถูกลบแล้ว"):
        services.item_change(actor=WRITER, at=at, item_id=item.pk, seen=1, typed={})
    with pytest.raises(Denied, match="ถูกลบแล้ว"):
        services.version_check(actor=CHECKER, at=at, version_id=item.newest_id or 0)
    back = services.item_restore(actor=WRITER, at=at + timedelta(days=29), item_id=item.pk)
    assert (back.deleted_at, back.shown_id) == (None, item.newest_id)

    services.item_delete(actor=WRITER, at=at, item_id=item.pk)
    with pytest.raises(Denied, match="เกิน 30 วัน"):
        services.item_restore(actor=WRITER, at=at + timedelta(days=30), item_id=item.pk)


def test_purging_takes_what_is_over_and_leaves_what_is_not(
    register: Register, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    old, fresh = (
        item_shown(register.unit, at, PublishedKind.PLACE),
        item_made(register.unit, at, colour="red", with_picture=True),
    )
    services.item_delete(actor=WRITER, at=at - timedelta(days=31), item_id=old.pk)
    services.item_delete(actor=WRITER, at=at, item_id=fresh.pk)
    loose = picture_made_for(register.unit, at, colour="blue")
    paths = [f"pictures/{one.sha256[:2]}/{one.sha256}-full.jpg" for one in Picture.objects.order_by("pk")]

    assert services.items_purge(actor=WRITER, at=at) == 1
    assert services.items_purge(actor=WRITER, at=at) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert services.pictures_purge(at=at) == 0  # a form may still be open
        assert services.pictures_purge(at=at + timedelta(days=2)) == 2

    assert list(Item.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert not Picture.objects.filter(pk=loose.pk).exists()
    assert [default_storage.exists(path) for path in paths] == [False, True, False]


def test_the_database_keeps_versions_as_they_were_and_shows_only_checked_ones(register: Register, at: datetime) -> None:
    item = item_made(register.unit, at, PublishedKind.PLACE)
    other = item_shown(register.unit, at)
    refused: list[Callable[[], object]] = [
        lambda: ItemVersion.objects.update(title="x"),
        lambda: VersionPicture.objects.update(alt="x"),
        lambda: Item.objects.filter(pk=item.pk).update(shown_id=item.newest_id, shown_at=at),
        lambda: Item.objects.filter(pk=item.pk).update(newest_id=other.newest_id),
        lambda: Item.objects.filter(pk=item.pk).update(kind="NEWS", shown_id=None),
        lambda: ItemVersion.objects.filter(item=item).update(check_state="RETURNED", checked_at=at, checked_label="x"),
        lambda: Item.objects.filter(pk=item.pk).update(deleted_at=at),
    ]
    for change in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_kinds_of_places_are_those_of_the_manual() -> None:
    assert " · ".join(str(one.label) for one in CATEGORIES[PublishedKind.PLACE]) == (
        "ศิลปะ วัฒนธรรม และแหล่งมรดก · สถานที่ศักดิ์สิทธิ์ · ธรรมชาติและสัตว์ป่า · วิถีชีวิต · นันทนาการและบันเทิง · สปาเพื่อสุขภาพ · "
        "โครงการหลวงและโครงการในพระราชดำริ · ช้อปปิ้ง · โรงงานและโรงงานเบียร์ · สถานที่ท่องเที่ยวเชิงวิชาการ"
    )
    assert {one for those in CATEGORIES.values() for one in those} == set(Category)


def test_a_version_without_its_own_words_is_refused_by_the_database(register: Register, at: datetime) -> None:
    item = item_made(register.unit, at)
    common = {
        "item": item,
        "number": 2,
        "title": "x",
        "search_text": "x",
        "fiscal_year_be": 2570,
        "actor_label": "x",
        "at": at,
    }
    for said in (
        {"kind": "NEWS", "category": "FOOD", "body": "x"},
        {"kind": "NEWS", "category": "ACTIVITY"},
        {"kind": "PLACE", "category": "SPA"},
        {
            "kind": "PLACE",
            "category": "SPA",
            "phone": "1",
            "event_from": date(2026, 1, 1),
            "event_to": date(2026, 1, 1),
        },
        {"kind": "PRODUCT", "category": "FOOD", "phone": "1", "price_from": 5, "price_to": 4},
        {"kind": "PRODUCT", "category": "FOOD", "phone": "1", "latitude": 14},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ItemVersion.objects.create(**common, **said)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM publishing_itemversion")
        assert cursor.fetchone() == (1,)


def test_pictures_of_another_unit_and_pictures_without_words_are_not_taken(register: Register, at: datetime) -> None:
    theirs, ours = picture_made_for(register.other_unit, at), picture_made_for(register.unit, at)
    for said, words in (
        ([PictureSaid(theirs.pk, "ภาพ")], "ไม่อยู่ในระบบแล้ว"),
        ([PictureSaid(ours.pk, " ")], "โปรดเขียนคำบรรยายของรูปที่ 1"),
        ([PictureSaid(ours.pk, "ก"), PictureSaid(ours.pk, "ข")], "ไม่อยู่ในระบบแล้ว"),
        ([PictureSaid(ours.pk, "ก" * 201)], "ยาวเกินไป"),
    ):
        with pytest.raises(NotComplete) as refusal:
            services.item_create(
                actor=WRITER, at=at, organisation_id=register.unit.pk, kind=PublishedKind.NEWS,
                typed=TYPED[PublishedKind.NEWS], pictures=said,
            )  # fmt: skip
        assert words in refusal.value.errors["pictures"]
