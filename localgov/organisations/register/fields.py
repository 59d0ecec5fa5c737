"""Reading the fields of a register row that may be doubtful: area, point, postcode, address, website.

Each reader returns the value to store and, where the typed one is not to be trusted, a Thai reason. A field that the
file marks as empty (`-`, or the point 0, 0) is blank, not doubtful; such marks are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Generic, TypeVar

from localgov.lib.coordinates import NotAPoint, Point, parse_point
from localgov.lib.numbers import NotANumber, format_number, parse_decimal, round_half_up, thai_digits_to_ascii
from localgov.lib.thai_text import clean_line
from localgov.lib.unit_types import UnitType
from localgov.lib.urls import NotAWebAddress, parse_web_address
from localgov.organisations import areas, boundaries

T = TypeVar("T")

AREA_DECIMALS: Final = 4
#: Plausible areas in square kilometres [ours]: the largest province has 22,436, no other unit is known beyond 2,500.
_AREA_RANGE: Final = {True: (Decimal(100), Decimal(23_000)), False: (Decimal("0.2"), Decimal(2_500))}
_OTHER_UNITS: Final = (
    ("ตารางเมตร", Decimal(1_000_000)),
    ("ไร่", Decimal(625)),
    ("ตัวเลขที่จุดทศนิยมหายไป", Decimal(1_000)),
)
_BLANK_MARKS: Final = frozenset({"-", "--", "–", "—", ".", "..", '"-"', "_"})
_ZERO: Final = re.compile(r"0*(?:\.0*)?")
_POSTCODE: Final = re.compile(r"[1-9][0-9]{4}")
_MOO: Final = re.compile(r"[^0-9A-Za-zก-ฮ]*(?:หมู่ที่|หมู่|ม\.|ม|ที่)?\s*(?P<number>[0-9]{1,2})\s*")
_THAI_MONTH: Final = r"(?:ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\.)"
_DATE_FOR_HOUSE: Final = re.compile(
    rf"[0-9]{{1,2}}-{_THAI_MONTH}|{_THAI_MONTH}-[0-9]{{1,2}}|[0-9]{{1,2}}-[A-Z][a-z]{{2}}"
)


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What to store, why the typed value is doubtful (empty = it is not), and whether it was a mark for "blank"."""

    value: T
    doubt: str = ""
    blank_mark: bool = False


def is_blank_mark(typed: str) -> bool:
    """Whether the box holds one of the signs that officers type for "nothing"."""
    return typed.strip() in _BLANK_MARKS


def read_area(typed: str, *, unit_type: UnitType) -> Reading[Decimal | None]:
    """Area in square kilometres; out of the plausible range it is doubtful and not stored."""
    if not typed.strip() or is_blank_mark(typed):
        return Reading(None, blank_mark=bool(typed.strip()))
    try:
        area = parse_decimal(typed)
    except NotANumber as refusal:
        return Reading(None, refusal.message)
    if area <= 0:
        return Reading(None, "พื้นที่ต้องมากกว่า 0 ตร.กม. ถ้ายังไม่ทราบให้เว้นว่าง")
    least, most = _AREA_RANGE[unit_type is UnitType.PAO]
    if area > most:
        return Reading(None, f"เกิน {format_number(most)} ตร.กม. ซึ่งเป็นไปไม่ได้{_in_other_units(area, least, most)}")
    if area < least:
        return Reading(None, f"น้อยกว่า {format_number(least)} ตร.กม. ซึ่งไม่น่าเป็นไปได้: ตรวจหน่วยและจุดทศนิยม")
    return Reading(round_half_up(area, AREA_DECIMALS))


def _in_other_units(area: Decimal, least: Decimal, most: Decimal) -> str:
    """What the number would be if another unit had been meant, where that gives a plausible area."""
    readings = [
        f"ถ้าเป็น{name}จะเท่ากับ {format_number(round_half_up(area / factor, 2))} ตร.กม."
        for name, factor in _OTHER_UNITS
        if least <= area / factor <= most
    ]
    return f": {' · '.join(readings)}" if readings else ""


def read_point(lat: str, lng: str, *, province_code: str) -> Reading[Point | None]:
    """The office's point; half of one, one outside Thailand or outside its province is doubtful and not stored."""
    if all(_ZERO.fullmatch(typed.strip()) or is_blank_mark(typed) for typed in (lat, lng)):
        return Reading(None, blank_mark=bool(lat.strip() or lng.strip()))
    try:
        point = parse_point(lat, lng)
    except NotAPoint as refusal:
        return Reading(None, refusal.message)
    distance = None if point is None else boundaries.distance_km(point, province_code=province_code)
    if distance is not None and distance > boundaries.TOLERANCE_KM:
        return Reading(None, f"พิกัดอยู่นอกจังหวัด{areas.province_name(province_code)}ราว {distance:,.0f} กม.")
    return Reading(point)


def read_postcode(typed: str) -> Reading[str]:
    """Five digits; anything else is doubtful and not stored (the column holds five)."""
    postcode = thai_digits_to_ascii(typed.strip())
    if not postcode or is_blank_mark(postcode):
        return Reading("", blank_mark=bool(postcode))
    if not _POSTCODE.fullmatch(postcode):
        return Reading("", "รหัสไปรษณีย์ต้องมี 5 หลัก")
    return Reading(postcode)


def read_moo(typed: str) -> Reading[str]:
    """The number of the village (หมู่ที่); a text without one is kept as typed and doubtful."""
    moo = thai_digits_to_ascii(clean_line(typed))
    if not moo or is_blank_mark(moo):
        return Reading("", blank_mark=bool(moo))
    matched = _MOO.fullmatch(moo)
    if matched is None:
        return Reading(moo, "หมู่ที่ต้องเป็นตัวเลข 1–2 หลัก")
    return Reading(str(int(matched["number"])) if int(matched["number"]) else "")


def read_address(typed: str) -> Reading[str]:
    """The house number; one that a spreadsheet turned into a date is kept as typed and doubtful."""
    address = clean_line(typed)
    if not address or is_blank_mark(address):
        return Reading("", blank_mark=bool(address))
    if _DATE_FOR_HOUSE.fullmatch(address):
        return Reading(address, "โปรแกรมตารางคำนวณแปลงเลขที่บ้าน (เช่น 1/1) เป็นวันที่: ตรวจเลขที่จริง")
    return Reading(address)


def read_website(typed: str) -> Reading[str]:
    """The address that a browser can open; what is no address is doubtful (what was typed is stored beside it)."""
    written = typed.strip()
    if not written or is_blank_mark(written):
        return Reading("", blank_mark=bool(written))
    try:
        return Reading(parse_web_address(written).url)
    except NotAWebAddress as refusal:
        return Reading("", refusal.message)
