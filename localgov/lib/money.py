"""Money in baht: `numeric(18,2)` in the database, two decimals on every page (DESIGN §4, domain.md §8).

Only baht is ever typed or stored; thousands of baht appear in statistics tables alone (domain.md finding 6).
"""

import re
from decimal import Decimal
from typing import ClassVar

from localgov.lib.numbers import NotANumber, decimal_text, format_number, parse_decimal
from localgov.lib.refusals import Refusal, quoted

MAX_BAHT = Decimal("9999999999999999.99")
"""The largest amount that `numeric(18,2)` holds."""

_MAX_LENGTH = 80
_CENT = Decimal("0.01")
_UNIT = re.compile(r"(?:\s*บาท(?:ถ้วน)?\.?|\s*฿)$|^฿\s*")
_BIG_UNIT = re.compile(r"(?:พัน|หมื่น|แสน|ล้าน)(?:บาท)?$")


class NotBaht(Refusal):
    """The text is not an amount of baht with at most two decimals."""

    default_code: ClassVar[str] = "not_baht"


def parse_baht(value: str | int | float | Decimal) -> Decimal:
    """An exact amount in baht with two decimals, from what was typed (`๑,๒๓๔.๕๐`, `1234.5 บาท`) or read from a workbook.

    Raises `NotBaht`: more than two decimals, a unit such as พันบาท or ล้านบาท, more than `numeric(18,2)` holds, no number.
    """
    if isinstance(value, str):
        typed = value.strip()
        if len(typed) > _MAX_LENGTH:
            raise NotBaht(f"จำนวนเงินยาวเกินไป ให้พิมพ์ไม่เกิน {_MAX_LENGTH} ตัวอักษร", code="too_long")
        if _BIG_UNIT.search(typed):
            raise NotBaht(f"{quoted(value)} ให้พิมพ์เป็นบาทเต็มจำนวน ไม่ใช้หน่วยพันบาทหรือล้านบาท", code="unit")
        value = _UNIT.sub("", typed)
    try:
        amount = parse_decimal(value)
    except NotANumber as refused:
        raise NotBaht(refused.message, code=refused.code) from None
    if abs(amount) > MAX_BAHT:
        raise NotBaht("จำนวนเงินมากเกินกว่าที่ระบบรับได้ ให้ตรวจจำนวนหลัก", code="too_large")
    text = decimal_text(amount)
    if len(text.partition(".")[2]) > 2:
        raise NotBaht(f"{quoted(text)} มีทศนิยมเกิน 2 ตำแหน่ง จำนวนเงินเป็นบาทมีได้ถึงสตางค์เท่านั้น", code="decimals")
    return Decimal(text).quantize(_CENT)


def format_baht(value: Decimal | int, *, with_unit: bool = False) -> str:
    """`1,234.50`, rounded half-up to the satang; with the unit, `1,234.50 บาท`."""
    text = format_number(value, 2)
    return f"{text} บาท" if with_unit else text
