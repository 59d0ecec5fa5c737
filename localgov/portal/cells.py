"""One cell of a register: in words for a reader (in the language of the page), and as plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import geothai
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from localgov.filings import showing
from localgov.forms import translations
from localgov.forms.engine.model import Kind, Question, QuestionType
from localgov.lib.numbers import NotANumber, parse_decimal
from localgov.ui import dates

_YES_NO = {True: "yes", False: "no"}


def cell_text(column: Question, answer: Any) -> str:
    """`3.2`, `คอนกรีต`, `15 มิ.ย. 2569`, `ไม่มี`; empty for no answer. Why there is no data stays inside."""
    if is_missing(answer):
        return _("ไม่มี") if answer["missing"] == "NONE" else _("ไม่มีข้อมูล")
    if answer is None:
        return ""
    if column.choices is not None:
        slug = _slug(answer)
        return translations.choice_label(column.choices.name, slug, column.choices.labels.get(slug, slug))
    if column.type is QuestionType.DATE:
        day = _day(answer)
        return dates.date_short(day) if day else str(answer)
    if column.kind is Kind.TAMBON and get_language() == "en":
        return _tambon_in_english(str(answer))
    return showing.answer_text(column, answer)


def cell_point(column: Question, answer: Any) -> tuple[str, str] | None:
    """Latitude and longitude of a cell that holds a point."""
    if column.type is not QuestionType.GEOPOINT or not isinstance(answer, Mapping) or is_missing(answer):
        return None
    return str(answer.get("lat", "")), str(answer.get("lon", ""))


def cell_data(column: Question, answer: Any) -> Any:
    """A plain value: Decimal for numbers (ไม่มี is 0), an ISO day, a choice's slug, text; None for none and ไม่มีข้อมูล."""
    if is_missing(answer):
        return Decimal(0) if answer["missing"] == "NONE" and column.numeric else None
    if answer is None or isinstance(answer, bool):
        return None if answer is None else _slug(answer)
    if column.type in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        try:
            return parse_decimal(answer)
        except NotANumber:
            return str(answer)
    return str(answer)


def is_missing(answer: Any) -> bool:
    """Whether it says ไม่มี or ไม่มีข้อมูล."""
    return isinstance(answer, Mapping) and "missing" in answer


def heading(column: Question) -> str:
    """The column's label with its unit of measure."""
    label = translations.question_label(column.code, column.label)
    if not column.unit or column.type is QuestionType.GEOPOINT or column.kind is Kind.YEAR_BE:
        return label
    return f"{label} ({translations.unit_label(column.unit)})"


def in_figures(column: Question) -> bool:
    """Whether its cells stand right-aligned: amounts, not years."""
    return column.numeric


def _slug(answer: Any) -> str:
    return _YES_NO[answer] if isinstance(answer, bool) else str(answer)


def _day(answer: Any) -> date | None:
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return None


def _tambon_in_english(code: str) -> str:
    tambon = geothai.subdistrict(code)
    district = geothai.district(tambon.district_code) if tambon else None
    return ", ".join(one.name_en for one in (tambon, district) if one) or code
