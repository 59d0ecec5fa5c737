"""The province's check: whose, in which order, what is seen before it is judged, and that only what was seen is judged."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from localgov.audit.models import Event
from localgov.publishing import services
from localgov.publishing.comparing import Part, text_parts
from localgov.publishing.models import Item
from localgov.publishing.services.checking_many import MOST_AT_ONCE
from localgov.publishing.states import CheckState, PublishedKind
from tests.conftest import Person, Register
from tests.publishing.making import TYPED, WRITER, item_made, item_returned, item_shown

pytestmark = pytest.mark.django_db

K = PublishedKind
QUEUE, MANY = "publishing:queue", "publishing:queue-many"


def page_of(item: Item) -> str:
    return reverse("publishing:queue-item", args=[item.pk])


def text_of(response: Any) -> str:
    return unescape(str(response.content, "utf-8")).partition("<main")[2]


def change(item: Item, at: datetime, **typed: str) -> Item:
    """The unit's next version."""
    item.refresh_from_db()
    assert item.newest is not None
    kind = K(item.kind)
    return services.item_change(
        actor=WRITER, at=at, item_id=item.pk, seen=item.newest.number, typed=TYPED[kind] | typed, confirmed=True
    )


def state(item: Item) -> tuple[str, bool]:
    """The state of the newest version, and whether any is shown."""
    item.refresh_from_db()
    assert item.newest is not None
    return item.newest.check_state, item.shown_id is not None


# --- whose ---------------------------------------------------------------------------------------------------------------


def test_the_next_province_finds_nothing_and_nobody_else_may_look(
    register: Register, stranger_officer: Person, recorder: Person, district_officer: Person, department_officer: Person,
    at: datetime,
) -> None:  # fmt: skip
    item = item_made(register.unit, at)
    seen = {"version": str(item.newest_id), "act": "check"}
    client = stranger_officer.client()

    assert "งานวันลอยกระทง" not in text_of(client.get(reverse(QUEUE)))
    assert client.get(page_of(item)).status_code == 404
    assert client.post(page_of(item), seen).status_code == 404
    assert "งานวันลอยกระทง" not in text_of(client.get(reverse(MANY), {"pick": item.pk}))
    followed = client.post(reverse(MANY), {"version": item.newest_id}, follow=True)
    assert "งานวันลอยกระทง" not in text_of(followed)
    for who in (recorder, district_officer, department_officer):
        for address in (reverse(QUEUE), reverse(MANY), page_of(item)):
            assert who.client().get(address).status_code == 403
        assert who.client().post(page_of(item), seen).status_code == 403
    assert state(item) == (CheckState.WAITING, False)


# --- the queue -----------------------------------------------------------------------------------------------------------


def test_the_longest_waiting_stands_first_and_what_is_judged_or_deleted_is_gone(
    register: Register, province_officer: Person, at: datetime
) -> None:
    for days, title in ((1, "รอหนึ่งวัน"), (9, "รอเก้าวัน"), (4, "รอสี่วัน")):
        item_made(register.unit, at - timedelta(days=days), typed={"title": title})
    item_shown(register.unit, at, typed={"title": "ตรวจแล้ว"})
    item_returned(register.unit, at, typed={"title": "ส่งกลับแล้ว"})
    deleted = item_made(register.unit, at, typed={"title": "ลบแล้ว"})
    services.item_delete(actor=WRITER, at=at, item_id=deleted.pk)

    page = text_of(province_officer.client().get(reverse(QUEUE)))

    places = [page.index(title) for title in ("รอเก้าวัน", "รอสี่วัน", "รอหนึ่งวัน")]
    assert places == sorted(places)
    assert not any(title in page for title in ("ตรวจแล้ว<", "ส่งกลับแล้ว", "ลบแล้ว"))


def test_is_narrowed_by_kind_district_unit_and_version(
    register: Register, province_officer: Person, at: datetime
) -> None:
    item_made(register.unit, at, typed={"title": "ข่าวของ อบต."})
    item_made(register.town, at, K.PRODUCT, {"title": "สินค้าของเทศบาล"})
    changed = item_shown(register.unit, at, typed={"title": "ข่าวที่เผยแพร่"})
    change(changed, at, title="ข่าวที่แก้ไข")
    client = province_officer.client()

    def found(**query: str) -> set[str]:
        page = text_of(client.get(reverse(QUEUE), query))
        return {title for title in ("ข่าวของ อบต.", "สินค้าของเทศบาล", "ข่าวที่แก้ไข") if title in page}

    assert found() == {"ข่าวของ อบต.", "สินค้าของเทศบาล", "ข่าวที่แก้ไข"}
    assert found(kind="PRODUCT") == {"สินค้าของเทศบาล"}
    assert found(district="2501") >= {"ข่าวของ อบต.", "ข่าวที่แก้ไข"}
    assert found(version="change") == {"ข่าวที่แก้ไข"}
    assert found(version="first", kind="NEWS") == {"ข่าวของ อบต."}
    assert found(kind="x", district="9999", version="x") == found()


# --- one item ------------------------------------------------------------------------------------------------------------


def test_is_seen_as_the_public_will_see_it_beside_what_it_sees_now_with_differences_marked(
    register: Register, province_officer: Person, at: datetime
) -> None:
    item = item_shown(register.unit, at, typed={"body": "ขอเชิญร่วมงานลอยกระทงริมน้ำ ณ ท่าน้ำ"})
    change(item, at, body="ขอเชิญร่วมงานลอยกระทงริมน้ำ ณ วัด โทร 081-234-5678", title="งานลอยกระทง")

    page = text_of(province_officer.client().get(page_of(item)))

    assert "<ins>" in page
    assert "<del>" in page
    assert "ฉบับที่เผยแพร่อยู่ (ฉบับที่ 1)" in page
    assert "<mark>081-234-5678</mark>" in page
    assert "ตรวจสอบแล้ว" in page


def test_checking_publishes_it_and_opens_the_next_of_the_same_search(
    register: Register, province_officer: Person, at: datetime
) -> None:
    first, second = (item_made(register.unit, at - timedelta(days=days)) for days in (3, 2))
    item_made(register.unit, at - timedelta(days=9), K.PRODUCT)
    client = province_officer.client()
    client.get(f"{page_of(first)}?kind=NEWS")

    response = client.post(f"{page_of(first)}?kind=NEWS", {"version": first.newest_id, "act": "check"})
    last = client.post(f"{page_of(second)}?kind=NEWS", {"version": second.newest_id, "act": "check"})

    assert response["Location"] == f"{page_of(second)}?kind=NEWS"
    assert last["Location"] == f"{reverse(QUEUE)}?kind=NEWS"
    assert state(first) == (CheckState.CHECKED, True)
    assert Event.objects.filter(type="item.check").count() == 2


def test_sending_back_wants_a_reason_which_the_unit_reads_on_its_home(
    register: Register, province_officer: Person, recorder: Person, stranger: Person, at: datetime
) -> None:
    item = item_made(register.unit, at)
    client, seen = province_officer.client(), {"version": item.newest_id, "act": "return"}

    refused = client.post(page_of(item), seen)
    assert refused.status_code == 422
    assert "โปรดเลือกหรือเขียนเหตุผล" in text_of(refused)
    assert state(item) == (CheckState.WAITING, False)
    assert client.post(page_of(item), seen | {"common": ["1"], "reason": "รูปที่ 2 มืด"}).status_code == 302

    assert state(item) == (CheckState.RETURNED, False)
    home = text_of(recorder.client().get(reverse("web:home")))
    assert "สถจ. ส่งกลับข่าวประชาสัมพันธ์ “งานวันลอยกระทง” ให้แก้ไข" in home
    assert "รูปไม่ชัดหรือไม่ตรงกับเนื้อหา โปรดเปลี่ยนรูป · รูปที่ 2 มืด" in home
    assert "งานวันลอยกระทง" not in text_of(stranger.client().get(reverse("web:home")))
    change(item, at, title="งานใหม่")
    assert "ส่งกลับ" not in text_of(recorder.client().get(reverse("web:home")))


def test_only_what_was_seen_is_judged(register: Register, province_officer: Person, at: datetime) -> None:
    item = item_made(register.unit, at)
    seen = {"version": item.newest_id, "act": "check"}
    change(item, at, title="ฉบับที่เจ้าหน้าที่ไม่เห็น")

    response = province_officer.client().post(page_of(item), seen)

    assert response.status_code == 409
    assert "ฉบับที่เจ้าหน้าที่ไม่เห็น" in text_of(response)
    assert "แก้ไขรายการนี้ระหว่างที่ท่านตรวจ" in text_of(response)
    assert state(item) == (CheckState.WAITING, False)


def test_what_is_shown_can_be_taken_down_and_nonsense_does_nothing(
    register: Register, province_officer: Person, at: datetime
) -> None:
    item = item_shown(register.unit, at)
    client = province_officer.client()

    for said in (
        {},
        {"version": "x"},
        {"version": item.newest_id, "act": "x"},
        {"version": item.newest_id, "common": ["99"]},
    ):
        assert client.post(page_of(item), said).status_code in (409, 422)
    bad = client.post(page_of(item), {"version": item.newest_id, "act": "return", "common": ["99"]})
    assert bad.status_code == 422
    assert state(item) == (CheckState.CHECKED, True)
    done = client.post(page_of(item), {"version": item.newest_id, "act": "return", "reason": "ผิดข้อเท็จจริง"})
    assert done.status_code == 302
    assert state(item) == (CheckState.RETURNED, False)
    assert client.post(page_of(item), {"version": item.newest_id, "act": "check"}).status_code == 409
    assert client.get(reverse("publishing:queue-item", args=[10**9])).status_code == 404


# --- many at once --------------------------------------------------------------------------------------------------------


def test_many_are_read_on_one_page_and_checked_an_act_each_but_for_those_unticked(
    register: Register, province_officer: Person, at: datetime
) -> None:
    one, two, unticked = (item_made(register.unit, at, typed={"title": f"เรื่องที่ {n}"}) for n in (1, 2, 3))
    personal = item_made(register.unit, at, typed={"title": "มีเบอร์", "body": "โทร 081-234-5678"}, confirmed=True)
    client = province_officer.client()
    picks = [item.pk for item in (one, two, unticked, personal)]

    queue = text_of(client.get(reverse(QUEUE)))
    page = text_of(client.get(reverse(MANY), {"pick": picks}))
    versions = [item.newest_id for item in (one, two)]
    done = client.post(reverse(MANY), {"version": [*versions, personal.newest_id], "item": picks}, follow=True)

    assert f'value="{one.pk}"' in queue
    assert f'name="pick" value="{personal.pk}"' not in queue
    assert all(f"เรื่องที่ {n}" in page for n in (1, 2, 3))
    assert "อีก 1 รายการมีเบอร์โทรหรือชื่อบุคคล" in page
    assert "ตรวจสอบแล้ว 2 รายการ" in text_of(done)
    assert "ต้องเปิดตรวจทีละรายการ" in text_of(done)
    assert [state(item)[1] for item in (one, two, unticked, personal)] == [True, True, False, False]
    assert Event.objects.filter(type="item.check").count() == 2


def test_many_say_what_can_not_be_done(register: Register, province_officer: Person, at: datetime) -> None:
    item = item_made(register.unit, at)
    stale = item.newest_id
    change(item, at, title="ฉบับใหม่")
    client = province_officer.client()

    none = client.post(reverse(MANY), {"item": item.pk})
    assert none.status_code == 422
    assert "1 ถึง 20 รายการ" in text_of(none)
    assert client.post(reverse(MANY), {"version": list(range(MOST_AT_ONCE + 1))}).status_code == 422
    assert "เป็นฉบับใหม่แล้ว" in text_of(client.post(reverse(MANY), {"version": stale}, follow=True))
    assert state(item) == (CheckState.WAITING, False)
    assert "ยังไม่ได้เลือก" in text_of(client.get(reverse(MANY), {"pick": "x"}))


def test_the_provinces_home_says_how_many_wait_since_when(
    register: Register, province_officer: Person, stranger_officer: Person, at: datetime
) -> None:
    item_made(register.unit, at)
    item_made(register.town, at)

    home = text_of(province_officer.client().get(reverse("web:home")))

    assert "ข่าว สินค้า และสถานที่รอตรวจสอบก่อนเผยแพร่ 2 รายการ" in home
    assert "รายการแรกรอตั้งแต่" in home
    assert "รอตรวจสอบก่อนเผยแพร่" not in text_of(stranger_officer.client().get(reverse("web:home")))


# --- what differs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("", "ใหม่", [("come", "ใหม่")]),
        ("เก่า", "", [("gone", "เก่า")]),
        ("งานวัดประจำปี 2569", "งานวัดประจำปี 2570", [("same", "งานวัดประจำปี "), ("gone", "2569"), ("come", "2570")]),
        ("ที่ตั้ง", "ที่ตั้งใหม่", [("same", "ที่ตั้ง"), ("come", "ใหม่")]),
    ],
)
def test_marks_words_and_whole_thai_letters(old: str, new: str, parts: list[tuple[str, str]]) -> None:
    found = text_parts(old, new)

    assert "".join(part.words for part in found if part.how != "come") == old
    assert "".join(part.words for part in found if part.how != "gone") == new
    assert found == tuple(Part(*part) for part in parts)


def test_a_mark_is_never_torn_from_its_letter() -> None:
    assert all(part.words[0] not in "\u0e49\u0e4d" for part in text_parts("น้ำในคลองใส", "น่ำในคลองใส"))


def test_very_long_texts_are_shown_whole() -> None:
    assert text_parts("ก" * 5000, "ข" * 5000) == (Part("gone", "ก" * 5000), Part("come", "ข" * 5000))
