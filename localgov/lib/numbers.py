"""Numbers as people type them and as the system shows them.

Values are exact decimals from the keyboard to the database. Rounding is half-up (DESIGN §4; domain.md finding 7: the
Department publishes 290/320 = 90.625 as 90.63). Thai digits are understood on input and used on letters.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import ClassVar

from localgov.lib.refusals import Refusal, quoted

_ASCII_DIGITS = "0123456789"
_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ASCII = str.maketrans(_THAI_DIGITS, _ASCII_DIGITS)
_TO_THAI = str.maketrans(_ASCII_DIGITS, _THAI_DIGITS)

_MAX_LENGTH = 60
_BLANKS = "\u0020\u00a0\u2007\u2009\u202f\t\r\n\u200b\ufeff"
_BLANK_CLASS = re.compile(f"[{_BLANKS}]")
_PLAIN = re.compile(r"(?P<whole>[0-9]*)(?:\.(?P<part>[0-9]*))?")
_GROUPED = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?P<sep>[, ])[0-9]{3}(?:(?P=sep)[0-9]{3})*)(?:\.(?P<part>[0-9]*))?")


class NotANumber(Refusal):
    """The text is not a number that can be read without guessing."""

    default_code: ClassVar[str] = "not_a_number"


def thai_digits_to_ascii(text: str) -> str:
    """`๒๕๖๙` → `2569`; everything else is left alone."""
    return text.translate(_TO_ASCII)


def ascii_digits_to_thai(text: str) -> str:
    """`2569` → `๒๕๖๙`, for letters and printed forms; everything else is left alone."""
    return text.translate(_TO_THAI)


def parse_decimal(value: str | int | float | Decimal) -> Decimal:
    """The exact decimal a person or a workbook meant.

    Understood: Thai digits, thousands separated by commas or spaces in the right places, a sign in front, a decimal
    point, blanks around. Refused: misplaced commas, two numbers, exponents, units, percent signs, NaN and infinity.
    A float is read as Python prints it, so 0.1 is 0.1. Raises `NotANumber`.
    """
    if isinstance(value, bool):
        raise NotANumber("ค่าใช่/ไม่ใช่ ใช้เป็นตัวเลขไม่ได้ ให้พิมพ์เป็นตัวเลข")
    if isinstance(value, str):
        return _decimal_from_text(value)
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise NotANumber("ค่านี้ไม่ใช่ตัวเลขที่มีขอบเขต ให้พิมพ์ตัวเลข เช่น 6,325")
    return _without_negative_zero(number)


def _decimal_from_text(typed: str) -> Decimal:
    """Read what was typed; see `parse_decimal`."""
    text = _BLANK_CLASS.sub(" ", thai_digits_to_ascii(typed)).strip()
    if not text:
        raise NotANumber("ยังไม่ได้พิมพ์ตัวเลข", code="blank")
    if len(text) > _MAX_LENGTH:
        raise NotANumber(f"ตัวเลขยาวเกินไป ให้พิมพ์ไม่เกิน {_MAX_LENGTH} ตัวอักษร", code="too_long")
    sign, body = _split_sign(text)
    matched = _PLAIN.fullmatch(body) or _GROUPED.fullmatch(body)
    if matched is None:
        raise NotANumber(_why_not(typed, body))
    whole, part = re.sub("[, ]", "", matched["whole"]), matched["part"] or ""
    if not whole and not part:
        raise NotANumber(f"{quoted(typed)} ไม่ใช่ตัวเลข ให้พิมพ์ตัวเลขเท่านั้น เช่น 6,325")
    return _without_negative_zero(Decimal(f"{sign}{whole or '0'}.{part or '0'}" if part else f"{sign}{whole}"))


def _split_sign(text: str) -> tuple[str, str]:
    """The sign as Python writes it, and the rest."""
    if text[0] in "+-\u2212\u2013":
        return ("" if text[0] == "+" else "-"), text[1:].lstrip()
    return "", text


def _why_not(typed: str, body: str) -> str:
    """The sentence that tells the person what to change."""
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", body):
        return f"{quoted(typed)} ใช้เครื่องหมายจุลภาคผิดที่ ถ้าเป็นทศนิยมให้ใช้จุด เช่น {body.replace(',', '.')}"
    if re.fullmatch(r"[0-9,.]+", body):
        return f"{quoted(typed)} ใส่จุดหรือเครื่องหมายจุลภาคผิดที่ ตัวอย่างที่ถูกต้อง 1,234,567.89"
    if re.fullmatch(r"[0-9.,]+[eE][+-]?[0-9]+", body):
        return f"{quoted(typed)} เป็นเลขยกกำลัง ให้พิมพ์ตัวเลขเต็ม เช่น 1200000"
    if re.fullmatch(r"[0-9 ,.]+", body):
        return f"{quoted(typed)} เว้นวรรคกลางตัวเลขผิดที่ ให้พิมพ์ตัวเลขติดกัน เช่น 1234567 หรือ 1,234,567"
    if re.match(r"[0-9]", body):
        return f"{quoted(typed)} มีตัวอักษรหรือหน่วยปนอยู่ ให้พิมพ์ตัวเลขเท่านั้น หน่วยแสดงไว้ข้างช่องแล้ว"
    return f"{quoted(typed)} ไม่ใช่ตัวเลข ให้พิมพ์ตัวเลขเท่านั้น เช่น 6,325"


def _without_negative_zero(number: Decimal) -> Decimal:
    """-0 is 0: a total never shows a sign without a value."""
    return number.copy_abs() if number.is_zero() else number


def round_half_up(value: Decimal | int, places: int = 0) -> Decimal:
    """`value` to `places` decimals, a half going away from zero: 90.625 → 90.63, -2.5 → -3."""
    number = Decimal(value)
    if not number.is_finite():
        raise NotANumber("ค่านี้ไม่ใช่ตัวเลขที่มีขอบเขต ปัดเศษไม่ได้")
    exact = Context(prec=max(28, number.adjusted() + abs(places) + 8), rounding=ROUND_HALF_UP)
    return _without_negative_zero(number.quantize(Decimal(1).scaleb(-places), context=exact))


def decimal_text(value: Decimal | int) -> str:
    """The one text of a number: no exponent, no trailing zeros, no `-0`. Used where bytes matter (certificates)."""
    number = Decimal(value)
    if not number.is_finite():
        raise NotANumber("ค่านี้ไม่ใช่ตัวเลขที่มีขอบเขต เขียนเป็นข้อความไม่ได้")
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def format_number(value: Decimal | int, decimals: int | None = None) -> str:
    """For people: `6,325`, `1,234.5`. With `decimals`, exactly that many, rounded half-up: `(6325, 2)` → `6,325.00`."""
    if decimals is not None:
        return f"{round_half_up(value, decimals):,f}"
    return f"{Decimal(decimal_text(value)):,f}"
