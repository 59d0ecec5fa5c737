"""The built-in comparison with last year (DESIGN, Rules).

Only where both are positive and the larger is at least 30 (money: 10,000 baht). Outside × 3 … ÷ 3 is worth a look;
money that is 500 to 2,000 times larger or smaller was probably typed in thousand baht, this year or last.
"""

from __future__ import annotations

from decimal import Decimal

from localgov.forms.engine.findings import BuiltIn
from localgov.forms.engine.model import Kind, Question
from localgov.lib.numbers import format_number

SMALLEST = Decimal(30)
SMALLEST_MONEY = Decimal(10_000)
LARGEST_RATIO = Decimal(3)
THOUSAND_FROM = Decimal(500)
THOUSAND_TO = Decimal(2_000)


def compare(question: Question, now: Decimal, before: Decimal) -> tuple[BuiltIn, str] | None:
    """The code and sentence of a suspicious change, None when there is nothing to say."""
    larger, smaller = max(now, before), min(now, before)
    money = question.kind is Kind.MONEY
    if smaller <= 0 or larger < (SMALLEST_MONEY if money else SMALLEST) or larger <= LARGEST_RATIO * smaller:
        return None
    unit = f" {question.unit}" if question.unit else ""
    numbers = f"ปีนี้ {format_number(now)} ปีก่อน {format_number(before)}{unit}"
    if money and THOUSAND_FROM * smaller <= larger <= THOUSAND_TO * smaller:
        year = "ปีนี้" if now < before else "ปีก่อน"
        sentence = f"ต่างจากปีก่อนราวหนึ่งพันเท่า ({numbers}) {year}อาจพิมพ์เป็นพันบาท ให้ตรวจว่าเป็นบาทเต็มจำนวน"
        return BuiltIn.LAST_YEAR_THOUSAND, sentence
    direction = "เพิ่มขึ้น" if now > before else "ลดลง"
    return BuiltIn.LAST_YEAR, f"{direction}เกิน 3 เท่าจากปีก่อน ({numbers}) ให้ตรวจตัวเลข ถ้าถูกต้องให้ระบุเหตุผล"
