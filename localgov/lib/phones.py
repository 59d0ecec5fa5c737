"""Telephone numbers as Thai offices write them (domain.md §8).

Bangkok and provinces have nine digits, mobiles ten (06, 08, 09), short numbers three or four (199, 1567). Stored as
E.164 with the extensions beside it, shown as on letterheads: 0-2241-9000 ต่อ 1107, 1108. One box holds one number.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from localgov.lib.numbers import ascii_digits_to_thai, thai_digits_to_ascii
from localgov.lib.refusals import Refusal, quoted

MAX_LENGTH = 120

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff]")
_LABEL = re.compile(r"^(?:เบอร์)?(?:หมายเลข)?(?:โทรศัพท์|โทร|มือถือ|tel)?(?:เคลื่อนที่|มือถือ)?\s*[.:]*\s*", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:,\s*)?(?:ต่อ|ภายใน|กด|extension|ext|x|#)\s*[.:]*\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[(]?[0-9][0-9\s().-]*")
_EXTENSION_SPLIT = re.compile(r"\s*(?:,|/|และ|หรือ|\s)\s*")
_EXTENSION_PART = re.compile(r"[0-9]{1,6}(?:-[0-9]{1,6})?")
_SEVERAL = re.compile(r"[,;/]|และ|หรือ|ถึง")
_RANGE = re.compile(r"(0[0-9\s().-]*[0-9])\s*-\s*[0-9]{1,2}")

_LANDLINE = re.compile(r"0(?:2|[3457][2-9])[0-9]+")
_MOBILE = re.compile(r"0[689][0-9]+")
_SHORT = re.compile(r"1[0-9]{2,3}")


class NotAPhone(Refusal):
    """The text is not one Thai telephone number."""

    default_code: ClassVar[str] = "not_a_phone"


@dataclass(frozen=True)
class Phone:
    """One telephone number.

    `e164` is `+6622419000` (empty for a short number, which exists only inside Thailand), `extension` is `1107, 1108`
    (empty when none), `display` is what people read, `national` the digits as dialled in Thailand.
    """

    e164: str
    extension: str
    display: str
    national: str

    def __str__(self) -> str:
        return self.display

    @property
    def href(self) -> str:
        """The number for a link (RFC 3966); of several extensions none is chosen."""
        single = self.extension if re.fullmatch("[0-9]+", self.extension) else ""
        return f"tel:{self.e164 or self.national}{';ext=' + single if single else ''}"

    @property
    def display_thai_digits(self) -> str:
        """`๐-๒๒๔๑-๙๐๐๐ ต่อ ๑๑๐๗`, as on letters."""
        return ascii_digits_to_thai(self.display)


def parse_phone(text: str) -> Phone:
    """The number that was typed: Thai digits, any of the usual separators, `+66`, extensions. Raises `NotAPhone`."""
    if len(text.strip()) > MAX_LENGTH:
        raise NotAPhone(f"หมายเลขโทรศัพท์ยาวเกินไป ใช้ได้ไม่เกิน {MAX_LENGTH} ตัวอักษร", code="too_long")
    typed = _DASHES.sub("-", _ZERO_WIDTH.sub("", thai_digits_to_ascii(text)).replace("\u00a0", " ")).strip()
    if not typed:
        raise NotAPhone("ยังไม่ได้พิมพ์หมายเลขโทรศัพท์", code="blank")
    number, *tails = _EXTENSION.split(_LABEL.sub("", typed), maxsplit=1)
    extension = _extension(tails[0], text) if tails else ""
    national = _national(number.strip(), text)
    shown = _shown(national)
    return Phone(
        e164="" if _SHORT.fullmatch(national) else f"+66{national[1:]}",
        extension=extension,
        display=f"{shown} ต่อ {extension}" if extension else shown,
        national=national,
    )


def _extension(tail: str, typed: str) -> str:
    """`1107, 1108` from `๑๑๐๗ และ ๑๑๐๘`."""
    parts = [
        part for part in _EXTENSION_SPLIT.split(_EXTENSION.sub(",", re.sub(r"\s*-\s*", "-", tail.strip()))) if part
    ]
    if not parts or not all(_EXTENSION_PART.fullmatch(part) for part in parts):
        raise NotAPhone(f"{quoted(typed)} หมายเลขต่อภายในต้องเป็นตัวเลข เช่น 0-2241-9000 ต่อ 1107, 1108", code="extension")
    return ", ".join(parts)


def _national(number: str, typed: str) -> str:
    """The digits as dialled in Thailand, or the sentence that says what is wrong with them."""
    if _SEVERAL.search(number):
        raise NotAPhone(f"{quoted(typed)} มีหลายหมายเลข ช่องนี้ให้พิมพ์หมายเลขเดียว", code="several")
    if not _NUMBER.fullmatch(number):
        raise NotAPhone(f"{quoted(typed)} มีตัวอักษรปนอยู่ ให้พิมพ์เฉพาะตัวเลข เช่น 0-2241-9000 ต่อ 1107", code="letters")
    digits = re.sub("[^0-9]", "", number)
    if number.startswith("+"):
        if not digits.startswith("66"):
            raise NotAPhone(f"{quoted(typed)} ไม่ใช่หมายเลขในประเทศไทย (+66)", code="country")
        digits = "0" + digits[2:].removeprefix("0")
    if _is_complete(digits):
        return digits
    raise _why_not(number, digits, typed)


def _is_complete(digits: str) -> bool:
    """Whether the digits are a whole Thai number."""
    length = len(digits)
    return bool(
        (length == 9 and _LANDLINE.fullmatch(digits))
        or (length == 10 and _MOBILE.fullmatch(digits))
        or _SHORT.fullmatch(digits)
    )


def _why_not(number: str, digits: str, typed: str) -> NotAPhone:
    """The refusal by what was typed."""
    if (ranged := _RANGE.fullmatch(number)) and _is_complete(re.sub("[^0-9]", "", ranged[1])):
        return NotAPhone(f"{quoted(typed)} เป็นช่วงของหมายเลข ช่องนี้ให้พิมพ์หมายเลขแรกเพียงหมายเลขเดียว", code="several")
    if _MOBILE.fullmatch(digits):
        sentence = f"โทรศัพท์เคลื่อนที่ต้องมี 10 หลัก แต่พิมพ์มา {len(digits)} หลัก"
    elif _LANDLINE.fullmatch(digits):
        sentence = f"โทรศัพท์ประจำที่ต้องมี 9 หลัก แต่พิมพ์มา {len(digits)} หลัก"
    elif digits.startswith("0"):
        sentence = "รหัสพื้นที่ไม่ถูกต้อง หมายเลขขึ้นต้นด้วย 02, 03, 04, 05, 07 หรือเป็นโทรศัพท์เคลื่อนที่ 06, 08, 09"
    else:
        sentence = "หมายเลขต้องขึ้นต้นด้วย 0 เช่น 0-2241-9000 หรือเป็นหมายเลขสั้น 3 ถึง 4 หลัก เช่น 1567"
    return NotAPhone(f"{quoted(typed)} {sentence}", code="digits")


def _shown(national: str) -> str:
    """`0-2241-9000`, `081-234-5678`, `1567`."""
    if len(national) == 9:
        return f"{national[0]}-{national[1:5]}-{national[5:]}"
    if len(national) == 10:
        return f"{national[:3]}-{national[3:6]}-{national[6:]}"
    return national
