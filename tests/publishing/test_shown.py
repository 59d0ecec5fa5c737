"""The one way by which the public reaches news, products and places: nothing leaves by it that is not shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]
from django.test import Client

from localgov.lib.coordinates import Point
from localgov.organisations.models import OrganisationVersion
from localgov.publishing import services
from localgov.publishing.models import Item
from localgov.publishing.selectors import shown
from localgov.publishing.selectors.shown import Order
from localgov.publishing.states import PublishedKind
from tests.conftest import NOW, Register
from tests.publishing.making import CHECKER, TYPED, WRITER, item_made, item_returned, item_shown

pytestmark = pytest.mark.django_db

EVERYTHING: tuple[Callable[[], object], ...] = (
    lambda: len(shown.shown_items()),
    lambda: [row.title for row in shown.shown_items()],
    lambda: len(shown.shown_items(text="ลอยกระทง")),
    lambda: len(shown.shown_items(near=Point(Decimal("14.05"), Decimal("101.37")))),
    lambda: shown.shown_counts(by="kind"),
    lambda: shown.shown_counts(by="category"),
    lambda: shown.shown_counts(by="province"),
    lambda: shown.shown_events(date(2026, 1, 1), date(2027, 12, 31)),
)


def seen_of(item: Item) -> list[object]:
    """What the public sees of an item by every door, its pictures too."""
    digests = item.newest.pictures.values_list("picture__sha256", flat=True) if item.newest else ()
    return [
        *(look() for look in EVERYTHING),
        shown.shown_item(item.pk),
        shown.shown_item(item.pk, PublishedKind(item.kind)),
        *(shown.picture_is_shown(digest) for digest in digests),
    ]


NEWS = {
    "body": "ขอเชิญร่วมงานลอยกระทงริมน้ำ",
    "event_from": "25 พ.ย. 2569",
    "latitude": "14.05",
    "longitude": "101.37",
}


def test_a_stranger_sees_nothing_that_is_not_shown(register: Register, at: datetime) -> None:
    nothing = [0, [], 0, 0, {}, {}, {}, [], None, None, False]
    unit, version = register.unit, OrganisationVersion.objects.get(organisation=register.unit)

    waiting = item_made(unit, at, typed=NEWS, with_picture=True)
    assert seen_of(waiting) == nothing
    returned = item_returned(unit, at, typed=NEWS, with_picture=True, colour="red")
    assert seen_of(returned) == nothing
    hidden = item_shown(unit, at, PublishedKind.NEWS, NEWS, with_picture=True, colour="blue", displayed=False)
    assert seen_of(hidden) == nothing
    deleted = item_shown(unit, at, PublishedKind.NEWS, NEWS, with_picture=True, colour="green")
    assert seen_of(deleted) != nothing
    services.item_delete(actor=WRITER, at=at, item_id=deleted.pk)
    assert seen_of(deleted) == nothing
    gone = item_shown(register.town, at, PublishedKind.NEWS, NEWS, with_picture=True, colour="black")
    OrganisationVersion.objects.filter(organisation=register.town).update(
        in_force=DateRange(version.valid_from, NOW.date())
    )
    assert seen_of(gone) == nothing


def test_a_change_waits_while_the_old_version_stays_up(register: Register, at: datetime) -> None:
    item = item_shown(register.unit, at)
    before = shown.shown_item(item.pk)
    token = shown.shown_version()
    typed = TYPED[PublishedKind.NEWS] | {"title": "หัวข้อใหม่"}

    item = services.item_change(actor=WRITER, at=at, item_id=item.pk, seen=1, typed=typed)
    assert shown.shown_item(item.pk) == before
    assert shown.shown_version() == token
    services.version_return(actor=CHECKER, at=at, version_id=item.newest_id or 0, reason="ยังไม่ชัด")
    assert shown.shown_item(item.pk) == before
    item = services.item_change(
        actor=WRITER, at=at, item_id=item.pk, seen=2, typed=typed | {"body": "ลอยกระทง วันที่ 25 พ.ย. 2569"}
    )
    services.version_check(actor=CHECKER, at=at, version_id=item.newest_id or 0)

    now = shown.shown_item(item.pk)
    assert now is not None
    assert (now.title, shown.shown_version() != token) == ("หัวข้อใหม่", True)


def test_the_token_changes_with_everything_that_is_shown_and_with_nothing_else(
    register: Register, at: datetime
) -> None:
    ours, theirs = register.unit.pk, register.other_unit.pk

    def told() -> tuple[str, ...]:
        """Of the country, of the two units, of their two provinces."""
        units = (shown.shown_version(ours), shown.shown_version(theirs))
        return (shown.shown_version(), *units, *(shown.shown_version(province_code=code) for code in ("25", "27")))

    tokens = [told()]

    def changed() -> tuple[bool, ...]:
        tokens.append(told())
        return tuple(now != before for now, before in zip(tokens[-1], tokens[-2], strict=True))

    item = item_made(register.unit, at)
    assert changed() == (False, False, False, False, False)
    services.version_check(actor=CHECKER, at=at, version_id=item.newest_id or 0)
    assert changed() == (True, True, False, True, False)
    for displayed in (False, True):
        services.item_display(actor=WRITER, at=at, item_id=item.pk, displayed=displayed)
        assert changed() == (True, True, False, True, False)
    services.item_delete(actor=WRITER, at=at, item_id=item.pk)
    assert changed() == (True, True, False, True, False)
    services.item_restore(actor=WRITER, at=at, item_id=item.pk)
    assert changed() == (True, True, False, True, False)
    services.version_return(actor=CHECKER, at=at, version_id=item.newest_id or 0, reason="พบข้อมูลผิด")
    assert changed() == (True, True, False, True, False)
    item_shown(register.other_unit, at)
    assert changed() == (True, False, True, False, True)
    assert len(set(tokens)) == 8


def test_finds_by_everything_that_may_be_asked(register: Register, at: datetime) -> None:
    def made(kind: PublishedKind, title: str, unit: object = register.unit, **typed: str) -> int:
        return item_shown(unit, at, kind, {"title": title, **typed}).pk  # type: ignore[arg-type]

    temple = made(PublishedKind.PLACE, "วัดต้นโพธิ์", latitude="14.05", longitude="101.37")
    fall = made(PublishedKind.PLACE, "น้ำตกเขาอีโต้", category="NATURE", latitude="14.10", longitude="101.40")
    rice = made(PublishedKind.PRODUCT, "ข้าวหลาม", producer="กลุ่มแม่บ้านทองพูน", price_from="๓๕")
    market = made(PublishedKind.PLACE, "ตลาดโรงเกลือ", register.other_unit, category="SHOPPING")
    centre = Point(Decimal("14.05"), Decimal("101.37"))

    def found(**asked: object) -> list[int]:
        return [row.id for row in shown.shown_items(**asked)]  # type: ignore[arg-type]

    assert found() == [market, rice, fall, temple]
    assert found(kind=PublishedKind.PLACE, order=Order.NAME) == [market, fall, temple]
    assert found(kind=PublishedKind.PLACE, category="NATURE") == [fall]
    assert found(province_code="27") == [market]
    assert found(district_code="2501", kind=PublishedKind.PRODUCT) == [rice]
    assert found(organisation_id=register.other_unit.pk) == [market]
    assert found(text="นํ้าตก") == [fall]  # typed with a stray mark
    assert found(text="แม่บ้าน ทองพูน") == [rice]
    told = made(PublishedKind.NEWS, "ข่าว", body="ชวนเที่ยวน้ำตกเขาอีโต้")
    assert found(text="น้ำตก") == [fall, told]  # the title before the newer text
    services.item_delete(actor=WRITER, at=at, item_id=told)
    assert found(near=centre, order=Order.NEAREST) == [temple, fall]
    assert found(near=centre, within_km=3, order=Order.NEAREST) == [temple]
    nearest = shown.shown_items(near=centre, order=Order.NEAREST)[1]
    assert nearest.distance_km == pytest.approx(6.44, abs=0.05)
    assert shown.shown_counts(by="kind") == {"PLACE": 3, "PRODUCT": 1}
    assert shown.shown_counts(by="province", kind=PublishedKind.PLACE) == {"25": 2, "27": 1}
    assert shown.shown_counts(by="category", province_code="27") == {"SHOPPING": 1}
    assert [row.title for row in shown.shown_items()[1:2]] == ["ข้าวหลาม"]
    assert shown.shown_items()[1].price_from == Decimal("35.00")


def test_a_common_word_is_looked_for_in_titles_until_an_area_is_named(
    client: Client, register: Register, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    fall = item_shown(register.unit, at, PublishedKind.PLACE, {"title": "น้ำตกเขาอีโต้"}).pk
    told = item_shown(register.unit, at, PublishedKind.NEWS, {"title": "ข่าว", "body": "ชวนเที่ยวน้ำตก"}).pk
    item_made(register.unit, at, typed={"title": "น้ำตกที่ยังไม่ตรวจ"})
    monkeypatch.setattr(shown, "MOST_HOLDERS", 1)

    over_the_country = shown.shown_items(text="น้ำตก")
    of_a_province = shown.shown_items(text="น้ำตก", province_code="25")

    assert ([one.id for one in over_the_country], len(over_the_country), over_the_country.in_titles) == (
        [fall],
        1,
        True,
    )
    assert ([one.id for one in of_a_province], of_a_province.in_titles) == ([fall, told], False)
    assert not shown.shown_items(text="อีโต้").in_titles
    assert "จึงค้นจากชื่อเท่านั้น" in client.get("/travel/places/?text=น้ำตก").content.decode()
    assert "จึงค้นจากชื่อเท่านั้น" not in client.get("/travel/provinces/25/?text=น้ำตก").content.decode()


def test_events_are_those_of_the_days_asked_for(register: Register, at: datetime) -> None:
    first = item_shown(
        register.unit, at, PublishedKind.NEWS, {"event_from": "1 ธ.ค. 2569", "event_to": "5 ธ.ค. 2569"}
    ).pk
    second = item_shown(register.other_unit, at, PublishedKind.NEWS, {"event_from": "5 ธ.ค. 2569"}).pk
    item_shown(register.unit, at + timedelta(minutes=1))

    def on(day: int, **asked: str) -> list[int]:
        return [row.id for row in shown.shown_events(date(2026, 12, day), date(2026, 12, day), **asked)]

    assert (on(1), on(5), on(6)) == ([first], [first, second], [])
    assert on(5, province_code="27") == [second]


def test_all_of_an_item_comes_with_its_pictures(register: Register, at: datetime) -> None:
    typed = {"email": "info@example.go.th", "url": "www.example.go.th", "facebook": "facebook.com/example"}
    item = item_shown(register.unit, at, PublishedKind.PLACE, typed)

    whole = shown.shown_item(item.pk, PublishedKind.PLACE)

    assert whole is not None
    assert (whole.url, whole.facebook) == ("http://www.example.go.th/", "http://facebook.com/example")
    assert whole.telephone is not None
    assert whole.telephone.href == "tel:+6637211000"
    assert [(one.alt, one.width, one.height) for one in whole.pictures] == [("ภาพทดสอบ", 640, 480)]
    assert whole.picture == whole.pictures[0]
    assert shown.picture_is_shown(whole.pictures[0].sha256)
    assert whole.unit_full_name == "อบต.บ้านสาธิต"
    assert shown.shown_item(item.pk, PublishedKind.NEWS) is None
