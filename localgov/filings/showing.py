"""Answers in words: as a page shows them to a reader, and as it puts them back into a box. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import geothai

from localgov.forms.engine.model import Form, Kind, Question, QuestionType
from localgov.lib.numbers import NotANumber, format_number, parse_decimal
from localgov.lib.thai_calendar import be_year, format_date_short

NONE_WORD = "ไม่มี"
NO_DATA_WORD = "ไม่มีข้อมูล"
_YES_NO = {True: "yes", False: "no"}


def answer_text(question: Question, answer: Any) -> str:
    """An answer (as JSON) as a reader sees it: `6,325`, `มี`, `15 มิ.ย. 2569`; empty when not answered."""
    if isinstance(answer, Mapping) and "missing" in answer:
        return missing_text(answer)
    match question.type:
        case QuestionType.SELECT_ONE if question.choices and answer is not None:
            return question.choices.labels.get(_slug(answer), str(answer))
        case QuestionType.DATE if isinstance(answer, str):
            return _date_in_words(answer)
        case QuestionType.FILE if isinstance(answer, str):
            return answer.partition("/")[2] or answer
        case QuestionType.TEXT if question.kind is Kind.TAMBON and isinstance(answer, str):
            return tambon_name(answer) or answer
    return typed_text(question, answer)


def missing_text(answer: Mapping[str, Any]) -> str:
    """`ไม่มี`, or `ไม่มีข้อมูล: รอผลรังวัด`."""
    if answer.get("missing") == "NONE":
        return NONE_WORD
    reason = str(answer.get("reason") or "")
    return f"{NO_DATA_WORD}: {reason}" if reason else NO_DATA_WORD


def typed_text(question: Question, answer: Any) -> str:
    """An answer as its box holds it: numbers with commas, dates as วว/ดด/ปปปป (พ.ศ.), choices by slug; a missing one is empty."""
    if answer is None or (isinstance(answer, Mapping) and "missing" in answer):
        return ""
    if isinstance(answer, bool):
        return _YES_NO[answer]
    if isinstance(answer, Mapping):
        return f"{answer.get('lat', '')}, {answer.get('lon', '')}"
    if question.numeric:
        return number_text(answer)
    if question.type is QuestionType.DATE:
        return _date_in_figures(str(answer))
    return str(answer)


def number_text(answer: Any) -> str:
    """A number with its commas; what could not be read stays as it was typed."""
    try:
        return format_number(parse_decimal(answer))
    except NotANumber:
        return str(answer)


def tambon_name(code: str) -> str:
    """`ต.หน้าเมือง อ.เมืองปราจีนบุรี`; empty for a code that is not in use."""
    tambon = geothai.subdistrict(code)
    if tambon is None:
        return ""
    district = geothai.district(tambon.district_code)
    return f"ต.{tambon.name_th} อ.{district.name_th}" if district else f"ต.{tambon.name_th}"


def any_text(form: Form, code: str, answer: Any) -> str:
    """The answer of any code of a form, a whole register row included, for a timeline."""
    if answer is None:
        return ""
    question = form.questions.get(code)
    if question is not None:
        return answer_text(question, answer)
    if isinstance(answer, Mapping) and "missing" in answer:
        return missing_text(answer)
    if isinstance(answer, Mapping):
        return row_text(form, code, answer)
    return str(answer)


def row_text(form: Form, register: str, values: Mapping[str, Any]) -> str:
    """A register row in one line: `ชื่อหมู่บ้าน บ้านกลาง · หมู่ที่ 3`."""
    columns = form.registers[register].columns if register in form.registers else {}
    parts = (
        f"{columns[code].label} {answer_text(columns[code], value)}"
        for code, value in values.items()
        if code in columns
    )
    return " · ".join(parts)


def _slug(answer: Any) -> str:
    return _YES_NO[answer] if isinstance(answer, bool) else str(answer)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _date_in_words(text: str) -> str:
    day = _date(text)
    return format_date_short(day) if day else text


def _date_in_figures(text: str) -> str:
    day = _date(text)
    return f"{day.day:02}/{day.month:02}/{be_year(day.year)}" if day else text
