"""Public figures in words: numbers with their unit, who stands behind them, stages; in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from html import escape
from typing import Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from localgov.figures.models import Stage
from localgov.lib.numbers import format_number
from localgov.lib.thai_calendar import ERA_OFFSET
from localgov.portal.policies import Measure, OpenQuestion
from localgov.portal.selectors.readings import Answer, Total
from localgov.ui.markup import as_written

#: Stages as addresses write them, the one that is shown first; with what the reader is told of each.
STAGES: Final = {
    "both": (Stage.PROVINCE, gettext_lazy("รับรองแล้วทั้งสองระดับ")),
    "unit": (Stage.UNIT, gettext_lazy("อปท. รับรองแล้วเป็นอย่างน้อย")),
    "recorded": (Stage.RECORDED, gettext_lazy("บันทึกแล้วทั้งหมด รวมที่ยังไม่รับรอง")),
}
_WHOLE_FROM: Final = 1_000
_ONE: Final = Decimal(1)
_HUNDREDTH: Final = Decimal("0.01")


def stage_slug(stage: Stage) -> str:
    """How addresses write a stage."""
    return next(slug for slug, (one, _name) in STAGES.items() if one is stage)


def stage_name(stage: Stage) -> str:
    """What the reader is told of a stage."""
    return str(STAGES[stage_slug(stage)][1])


def plain_number(number: Decimal) -> str:
    """A number as a reader wants it: two decimals at most, none from a thousand on."""
    step = _ONE if abs(number) >= _WHOLE_FROM else _HUNDREDTH
    rounded = number.quantize(step, rounding=ROUND_HALF_UP)
    whole = int(rounded)
    return f"{whole:,}" if whole == rounded else format_number(rounded.normalize())


@dataclass(frozen=True)
class QuestionWords:
    """A question in one language, escaped for a page: its label and its unit of measure."""

    label: str
    unit: str


def words_of(question: OpenQuestion) -> QuestionWords:
    """Its words in the reader's language; made once for each version of the form and language."""
    return _kept_words(question, get_language() or "")


@lru_cache(maxsize=4096)
def _kept_words(question: OpenQuestion, _language: str) -> QuestionWords:
    return QuestionWords(escape(question.label), as_written(question.unit))


def year_text(fiscal_year: int) -> str:
    """`2570`; on an English page with the year of the common era: `2570 (2027)`."""
    return f"{fiscal_year} ({fiscal_year - ERA_OFFSET})" if get_language() == "en" else str(fiscal_year)


def is_year(question: OpenQuestion) -> bool:
    """Whether its number is a year of the Buddhist era, which has no thousands."""
    return question.measure is Measure.MEDIAN and not question.thai_unit


def number_text(question: OpenQuestion, number: Decimal) -> str:
    """A number of a question."""
    return str(int(number)) if is_year(question) else plain_number(number)


def small_text(question: OpenQuestion, units: int = 1) -> str:
    """`น้อยกว่า 10`: all that is told of so many small counts."""
    return _("น้อยกว่า %(number)s") % {"number": plain_number((question.small or Decimal(0)) * units)}


def total_text(question: OpenQuestion, total: Total | None) -> str:
    """A total in words, without its unit."""
    if total is None or not total.answered:
        return _("ยังไม่มีข้อมูล")
    if total.number is None:
        return _("ไม่มีข้อมูล")
    if not total.hidden or question.small is None:
        return number_text(question, total.number)
    if total.number == total.hidden * question.small / 2:
        return small_text(question, total.hidden)
    return _("ประมาณ %(number)s") % {"number": number_text(question, total.number)}


def answer_text(question: OpenQuestion, answer: Answer | None) -> str:
    """One unit's answer in words, without its unit of measure; empty where it has none."""
    if answer is None:
        return ""
    if answer.is_small:
        return small_text(question)
    if answer.missing == "NO_DATA":
        return _("ไม่มีข้อมูล")
    if answer.choice:
        return question.choices.get(answer.choice, answer.choice)
    return "" if answer.number is None else number_text(question, answer.number)


def behind_text(units: int, due: int) -> str:
    """`จาก 7,102 ของ 7,849 แห่ง`."""
    return _("จาก %(units)s ของ %(due)s แห่ง") % {"units": format_number(units), "due": format_number(due)}
