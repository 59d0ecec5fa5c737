"""What an item says: the fields of each kind, read from what was typed. Everything wrong is told at once, by field.

The fields of a place are MISSION R6.3's; those of news and products are ours, since the letters lost theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

from localgov.lib.coordinates import Point, parse_point
from localgov.lib.emails import parse_email
from localgov.lib.money import parse_baht
from localgov.lib.phones import parse_phone
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import parse_date
from localgov.lib.thai_text import clean_line, clean_paragraphs
from localgov.lib.urls import parse_web_address
from localgov.organisations import areas, boundaries
from localgov.publishing.personal import Found, pointed_out
from localgov.publishing.states import CATEGORIES, PublishedKind

Typed = Mapping[str, Any]


class NotComplete(Refusal):
    """Fields that can't be kept: `errors` has a Thai sentence for each, by name ("" is the whole)."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" · ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Content:
    """What a version says, as it is kept; empty where the kind has no such field. Prices in baht."""

    category: str = ""
    title: str = ""
    body: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    facebook: str = ""
    twitter: str = ""
    google: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    address: str = ""
    event_from: date | None = None
    event_to: date | None = None
    contact: str = ""
    producer: str = ""
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    price_unit: str = ""
    how_to_order: str = ""

    def fields(self) -> dict[str, Any]:
        """By name, as the columns of a version."""
        return asdict(self)


_CONTACTS: Final = ("phone", "email", "url", "facebook", "twitter", "google")
_PLACE_ON_MAP: Final = ("address", "latitude", "longitude")
#: What each kind has, in the order of its form.
FIELDS: Final[Mapping[PublishedKind, tuple[str, ...]]] = {
    PublishedKind.NEWS: ("category", "title", "body", "event_from", "event_to", *_PLACE_ON_MAP, "contact", *_CONTACTS[:4]),
    PublishedKind.PRODUCT: (
        "category", "title", "body", "producer", "price_from", "price_to", "price_unit", "how_to_order",
        *_CONTACTS[:4], *_PLACE_ON_MAP,
    ),
    PublishedKind.PLACE: ("category", "title", "body", *_CONTACTS, *_PLACE_ON_MAP),
}  # fmt: skip
#: The fields with a star, and what is said where one is empty.
REQUIRED: Final[Mapping[PublishedKind, Mapping[str, str]]] = {
    PublishedKind.NEWS: {"category": "โปรดเลือกประเภทข่าว", "title": "โปรดกรอกหัวข้อข่าว", "body": "โปรดกรอกเนื้อข่าว"},
    PublishedKind.PRODUCT: {
        "category": "โปรดเลือกประเภทสินค้า",
        "title": "โปรดกรอกชื่อสินค้า",
        "phone": "โปรดกรอกเบอร์โทรของผู้ผลิตหรือผู้จำหน่าย",
    },
    PublishedKind.PLACE: {
        "category": "โปรดเลือกประเภทสถานที่สำคัญ",
        "title": "โปรดกรอกชื่อสถานที่สำคัญ",
        "phone": "โปรดกรอกเบอร์โทร",
    },
}
_LONGEST: Final = {
    "title": 200, "body": 20_000, "address": 300, "contact": 200, "producer": 200, "price_unit": 60, "how_to_order": 1000,
}  # fmt: skip
_URL_LONGEST: Final = 500
_FREE_TEXTS: Final = {
    "title": "ชื่อ/หัวข้อ", "body": "รายละเอียด", "address": "สถานที่ตั้ง", "contact": "ผู้ติดต่อ", "producer": "กลุ่มผู้ผลิต",
    "how_to_order": "วิธีสั่งซื้อ",
}  # fmt: skip
_DEGREES = re.compile(
    r"(?P<d>[0-9]{1,3})\s*(?:°|º|องศา|d|deg)\s*(?:(?P<m>[0-9]{1,2}(?:\.[0-9]+)?)\s*(?:'|′|’|ลิปดา|m)\s*)?"
    r"(?:(?P<s>[0-9]{1,2}(?:\.[0-9]+)?)\s*(?:\"|″|”|''|ฟิลิปดา|s)\s*)?(?P<side>[NSEWnsew]|เหนือ|ใต้|ตะวันออก|ตะวันตก)?"
)
_IN_ADDRESS = re.compile(
    r"(?:@|[?&](?:q|query|ll|destination)=|!3d)(?P<lat>[0-9]{1,2}\.[0-9]+)(?:,|%2C|!4d)(?P<lon>[0-9]{2,3}\.[0-9]+)"
)


def read(kind: PublishedKind, typed: Typed, *, province_code: str) -> Content:
    """The content that was typed, of a unit in this province. Raises `NotComplete` with every fault."""
    errors: dict[str, str] = {}
    said: dict[str, Any] = {}
    for name in FIELDS[kind]:
        if name in ("latitude", "longitude"):
            continue
        try:
            said[name] = _READERS.get(name, _line)(name, str(typed.get(name) or ""))
        except Refusal as refusal:
            errors[name] = refusal.message
    for name, sentence in REQUIRED[kind].items():
        if name not in errors and not said.get(name):
            errors[name] = sentence
    if said.get("category") and said["category"] not in {one.value for one in CATEGORIES[kind]}:
        errors["category"] = REQUIRED[kind]["category"]
    _put_point(typed, said, errors, province_code)
    _look_at_days(said, errors)
    _look_at_prices(said, errors)
    if errors:
        raise NotComplete(errors)
    return Content(**{name: value for name, value in said.items() if value is not None})


def personal_in(content: Content, documents: Sequence[str] = ()) -> tuple[Found, ...]:
    """Mobile numbers and names in the free texts and in the names of documents; the telephone field is meant for a number."""
    texts = [(label, getattr(content, name)) for name, label in _FREE_TEXTS.items()]
    return pointed_out([*texts, *(("ชื่อเอกสารแนบ", name) for name in documents)])


def content_of(version: object) -> Content:
    """The content of a version that is kept."""
    return Content(**{one.name: getattr(version, one.name) for one in fields(Content)})


def point_typed(latitude: str, longitude: str) -> Point | None:
    """The point that was typed or pasted: decimal degrees, a pair, degrees with minutes, an address of Google Maps.

    Raises `coordinates.NotAPoint`.
    """
    if found := _IN_ADDRESS.search(latitude):
        return parse_point(found["lat"], found["lon"])
    parts = list(_DEGREES.finditer(f"{latitude} {longitude}"))
    if len(parts) == 2:
        one, other = (_decimal(part) for part in parts)
        return (
            parse_point(other, one) if one > other else parse_point(one, other)
        )  # no latitude of Thailand is above 21
    return parse_point(latitude, longitude)


def _decimal(part: re.Match[str]) -> Decimal:
    degrees = Decimal(part["d"]) + Decimal(part["m"] or 0) / 60 + Decimal(part["s"] or 0) / 3600
    return round(degrees, 6)


def _line(name: str, typed: str) -> str:
    return _not_too_long(name, clean_line(typed))


def _paragraphs(name: str, typed: str) -> str:
    return _not_too_long(name, clean_paragraphs(typed))


def _not_too_long(name: str, text: str) -> str:
    longest = _LONGEST.get(name, 200)
    if len(text) > longest:
        raise Refusal(f"ยาวเกินไป ({len(text):,} ตัวอักษร) ใช้ได้ไม่เกิน {longest:,} ตัวอักษร")
    return text


def _phone(name: str, typed: str) -> str:
    return parse_phone(typed).display if typed.strip() else ""


def _email(name: str, typed: str) -> str:
    return parse_email(typed) if typed.strip() else ""


def _address(name: str, typed: str) -> str:
    if not typed.strip():
        return ""
    url = parse_web_address(typed).url
    if len(url) > _URL_LONGEST:
        raise Refusal(f"ที่อยู่ยาวเกินไป ใช้ได้ไม่เกิน {_URL_LONGEST} ตัวอักษร")
    return url


def _day(name: str, typed: str) -> date | None:
    return parse_date(typed) if typed.strip() else None


def _baht(name: str, typed: str) -> Decimal | None:
    if not typed.strip():
        return None
    price = parse_baht(typed)
    if not 0 <= price < 10**10:
        raise Refusal("ราคาต้องเป็นจำนวนเงินบาทตั้งแต่ 0 ขึ้นไป")
    return price


_READERS: Final[Mapping[str, Callable[[str, str], Any]]] = {
    "body": _paragraphs, "how_to_order": _paragraphs, "phone": _phone, "email": _email, "url": _address,
    "facebook": _address, "twitter": _address, "google": _address, "event_from": _day, "event_to": _day,
    "price_from": _baht, "price_to": _baht,
}  # fmt: skip


def _put_point(typed: Typed, said: dict[str, Any], errors: dict[str, str], province_code: str) -> None:
    """The point lies in the unit's province, within the tolerance of the outlines."""
    try:
        point = point_typed(str(typed.get("latitude") or ""), str(typed.get("longitude") or ""))
    except Refusal as refusal:
        errors["latitude"] = refusal.message
        return
    if point is None:
        return
    if boundaries.contains(point, province_code=province_code) is False:
        away = boundaries.distance_km(point, province_code=province_code) or 0.0
        name = areas.province_name(province_code)
        errors["latitude"] = f"พิกัด {point} อยู่นอกจังหวัด{name} {away:,.0f} กิโลเมตร โปรดตรวจสอบ"
        return
    said["latitude"], said["longitude"] = point.lat, point.lon


def _look_at_days(said: dict[str, Any], errors: dict[str, str]) -> None:
    """An event of one day ends on its first."""
    first, last = said.get("event_from"), said.get("event_to")
    if last and not first and "event_from" not in errors:
        errors["event_from"] = "โปรดระบุวันเริ่มงานด้วย"
    elif first and last and last < first:
        errors["event_to"] = "วันสิ้นสุดงานต้องไม่ก่อนวันเริ่มงาน"
    elif first and not last and "event_to" not in errors:
        said["event_to"] = first


def _look_at_prices(said: dict[str, Any], errors: dict[str, str]) -> None:
    lowest, highest = said.get("price_from"), said.get("price_to")
    if highest is not None and lowest is None and "price_from" not in errors:
        errors["price_from"] = "โปรดระบุราคาเริ่มต้นด้วย"
    elif lowest is not None and highest is not None and highest < lowest:
        errors["price_to"] = "ราคาสูงสุดต้องไม่น้อยกว่าราคาเริ่มต้น"
