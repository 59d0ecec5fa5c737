"""Puts values into messages: numbers with commas, choices by label, and the computed numbers that a message lacks."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from localgov.forms.engine.answers import number_json
from localgov.forms.engine.facts import AllAnswers, RowAnswers
from localgov.forms.engine.frame import Evaluator, Frame
from localgov.forms.engine.messages import Message
from localgov.forms.engine.model import ComputedSides, Kind, Question
from localgov.forms.engine.references import LAST_SAVED
from localgov.forms.engine.values import Operand
from localgov.lib.numbers import decimal_text, format_number, round_half_up
from localgov.lib.thai_calendar import format_date_short
from localgov.lib.unit_types import UnitType

UNANSWERED = "(ยังไม่มีคำตอบ)"
_SHOWN_DECIMALS = 6


def render(message: Message, facts: AllAnswers, row: RowAnswers | None) -> str:
    """A message with its `${code}`s as values.

    A register prints its number of rows; a column prints this row's value, or outside its rows the column's sum
    (the number of answers when it isn't a number).
    """
    return message.render(lambda code: _shown(code, facts, row))


def _shown(code: str, facts: AllAnswers, row: RowAnswers | None) -> str:
    form = facts.form
    if code.startswith(LAST_SAVED):
        code = code.removeprefix(LAST_SAVED)
        return shown_value(facts.last_year(code), form.questions.get(code))
    if code in facts.roster:
        return _roster(code, facts)
    if code in form.registers:
        rows = facts.rows(code)
        return UNANSWERED if rows is None else format_number(len(rows))
    question = form.questions[code]
    if question.register is None:
        return shown_value(facts.operand(code), question)
    if row is not None and row.register_code == question.register:
        return shown_value(row.operand(code), question)
    return _column(question, facts)


def _column(question: Question, facts: AllAnswers) -> str:
    """A column outside its rows: its sum, or how many rows answered it."""
    values = [row.operand(question.code) for row in facts.rows(question.register or "") or ()]
    if question.numeric:
        return format_number(sum((value for value in values if isinstance(value, Decimal)), Decimal(0)))
    return format_number(sum(1 for value in values if value is not None))


def _roster(code: str, facts: AllAnswers) -> str:
    value = facts.roster[code]
    if code == "unit_type" and value in set(UnitType):
        return UnitType(str(value)).abbreviation
    return decimal_text(value) if isinstance(value, Decimal) else str(value)


def shown_value(value: Operand, question: Question | None) -> str:
    """A value as people read it."""
    if value is None:
        return UNANSWERED
    if isinstance(value, Decimal):
        if question is not None and question.kind is Kind.YEAR_BE:
            return decimal_text(value)
        return shown_number(value)
    if isinstance(value, dt.date):
        return format_date_short(value)
    if question is not None and question.choices is not None and isinstance(value, str):
        return question.choices.labels.get(value, value)
    return str(value)


def shown_number(value: Decimal) -> str:
    """A number with commas, at most six decimals."""
    return format_number(round_half_up(value, _SHOWN_DECIMALS))


def with_computed(text: str, sides: ComputedSides, frame: Frame, unit: str) -> str:
    """The text, completed by the computed numbers of the comparison that it doesn't name yet."""
    values = [value for side in sides.evaluators if isinstance(value := side(frame), Decimal)]
    missing = [number for number in dict.fromkeys(map(shown_number, values)) if not _names(text, number)]
    if not missing:
        return text
    shown = " และ ".join(missing)
    return f"{text} (คำนวณได้ {shown}{' ' + unit if unit and sides.in_unit else ''})"


def _names(text: str, number: str) -> bool:
    """Whether a text names a number, whole: 5 does not stand in 15 nor in 5,000."""
    return re.search(rf"(?<![\d.,]){re.escape(number)}(?![.,]?\d)", text) is not None


def suggestion(evaluator: Evaluator | None, frame: Frame, question: Question) -> Any:
    """The value that would satisfy an equality, as JSON; None when the question couldn't take it."""
    if evaluator is None or question.calculation is not None or question.linked:
        return None
    value = evaluator(frame)
    if isinstance(value, Decimal):
        fits = question.numeric and value == round_half_up(value, question.decimals)
        return number_json(value) if fits else None
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str) else None
