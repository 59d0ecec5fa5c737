"""How a version is put into words on officers' pages: the labels of its fields, and its facts as the public will read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from localgov.lib.money import format_baht
from localgov.lib.phones import parse_phone
from localgov.lib.thai_calendar import format_date_short
from localgov.publishing.contents import Content, content_of
from localgov.publishing.models import ItemVersion
from localgov.publishing.states import Category, PublishedKind

_CONTACT: Final = {
    "phone": "เบอร์โทร", "email": "Email", "url": "URL", "facebook": "Facebook", "twitter": "Twitter", "google": "Google",
    "latitude": "ละติจูด", "longitude": "ลองจิจูด",
}  # fmt: skip
#: What each field is called, by kind (R6.3 word for word; news and products are ours).
LABELS: Final[Mapping[PublishedKind, Mapping[str, str]]] = {
    PublishedKind.NEWS: _CONTACT | {
        "category": "ประเภทข่าว", "title": "หัวข้อข่าว", "body": "เนื้อข่าว", "event_from": "วันเริ่มงาน", "event_to": "วันสิ้นสุดงาน",
        "address": "สถานที่จัดงาน", "contact": "หน่วยงานที่ติดต่อ", "pictures": "รูปประกอบข่าว",
    },
    PublishedKind.PRODUCT: _CONTACT | {
        "category": "ประเภทสินค้า", "title": "ชื่อสินค้า", "body": "รายละเอียดสินค้า", "producer": "กลุ่มผู้ผลิต", "price_from": "ราคาเริ่มต้น",
        "price_to": "ราคาสูงสุด", "price_unit": "หน่วยขาย", "how_to_order": "วิธีสั่งซื้อ", "address": "สถานที่จำหน่าย",
        "pictures": "รูปสินค้า",
    },
    PublishedKind.PLACE: _CONTACT | {
        "category": "ประเภทสถานที่สำคัญ", "title": "ชื่อสถานที่สำคัญ", "body": "คำอธิบาย", "address": "สถานที่ตั้ง",
        "pictures": "รูปสถานที่สำคัญ",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A line of a version besides its title and text; `url` makes the value a link."""

    label: str
    text: str
    url: str = ""


def facts_of(version: ItemVersion) -> list[Fact]:
    """What a version says besides category, title and text, in the order in which the public reads it."""
    return list(_facts(LABELS[PublishedKind(version.kind)], content_of(version)))


def event_text(first: date | None, last: date | None) -> str:
    """`25 พ.ย. 2569`, `25 พ.ย. 2569 ถึง 27 พ.ย. 2569`, or nothing."""
    if first is None or last is None:
        return ""
    if first == last:
        return format_date_short(first)
    return f"{format_date_short(first)} ถึง {format_date_short(last)}"


def price_text(lowest: Decimal | None, highest: Decimal | None, unit: str) -> str:
    """`35.00 – 120.00 บาท ต่อกระบอก`, or nothing."""
    if lowest is None:
        return ""
    span = format_baht(lowest) if highest in (None, lowest) else f"{format_baht(lowest)} – {format_baht(highest or 0)}"
    return f"{span} บาท ต่อ{unit.removeprefix('ต่อ')}" if unit else f"{span} บาท"


def words_of(content: Content, name: str) -> str:
    """A field as people read it: for the page of differences."""
    value = getattr(content, name)
    if name == "category":
        return str(Category(value).label) if value else ""
    if isinstance(value, date):
        return format_date_short(value)
    return "" if value is None else str(value)


def _facts(labels: Mapping[str, str], said: Content) -> Iterator[Fact]:
    point = (
        "" if said.latitude is None else f"{said.latitude.normalize():f}, {(said.longitude or Decimal()).normalize():f}"
    )
    lines = (
        Fact("วันจัดงาน", event_text(said.event_from, said.event_to)),
        Fact(labels["address"], said.address),
        Fact(labels.get("producer", ""), said.producer),
        Fact("ราคา", price_text(said.price_from, said.price_to, said.price_unit)),
        Fact(labels.get("how_to_order", ""), said.how_to_order),
        Fact(labels.get("contact", ""), said.contact),
        Fact(labels["phone"], said.phone, parse_phone(said.phone).href if said.phone else ""),
        Fact(labels["email"], said.email, f"mailto:{said.email}"),
        *(
            Fact(labels[name], getattr(said, name), getattr(said, name))
            for name in ("url", "facebook", "twitter", "google")
        ),
        Fact("พิกัด", point),
    )
    return (one for one in lines if one.text)
