"""What of the figures and registers everyone may see: decided here alone, from the frozen versions (ADR 0024, 0029).

Pure: takes forms, gives what of them is published and how. Nothing else in the portal asks a question whether it is open;
what a mark of the form means is in `forms.openness`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from localgov.forms import openness, translations
from localgov.forms.engine.model import Form, Kind, Question, QuestionType
from localgov.lib.unit_types import UnitType

#: Below it a count in a question marked `sensitive` tells of persons, by the unit in which it is counted. Persons: fewer
#: than 10 (issue 5). Baht: what ten persons draw in a year at the highest monthly rate of an allowance, 1,000 baht.
SMALL: Final[Mapping[str, Decimal]] = {"คน": Decimal(10), "บาท": Decimal(10 * 1_000 * 12)}

#: Questions that count what lies in the area, whoever owns it (form, hints). The อบจ. answers them for the whole province or
#: for what stands on other units' ground, so its answer is its own page's and in no total, where it would count twice.
COUNTED_ON_THE_GROUND: Final = frozenset(
    {
        *("population_male", "population_female", "population_total", "household_count", "area_km2"),
        *("eligible_voter_count", "turnout_count"),
        *("health_promoting_hospital_count", "health_promoting_hospital_transferred_count"),
        *("weir_count", "check_dam_count", "reservoir_count", "dug_pond_count"),
        *("groundwater_well_count", "groundwater_well_working_count"),
        *("groundwater_bank_closed_count", "groundwater_bank_open_count"),
        *("irrigation_canal_count", "pump_station_count", "water_storage_total_m3", "irrigated_area_rai"),
        *("elderly_school_count", "tradition_count", "market_count"),
        *("sufficiency_learning_centre_count", "attraction_count"),
    }
)
#: Units of measure of which a sum says nothing: shares, scores and prices.
_NEVER_ADDED: Final = frozenset({"ร้อยละ", "คะแนน", "บาท/ลบ.ม."})


class Measure(StrEnum):
    """What can be said of a question over many units."""

    SUM = "SUM"
    MEDIAN = "MEDIAN"
    CHOICES = "CHOICES"


@dataclass(frozen=True, eq=False)
class OpenQuestion:
    """A question that the public may read. `counted` are the types whose answers stand in totals; `small` is the number
    below which an answer is hidden (None = never); `sometimes`: it is asked of some units only, by their other answers.
    """

    code: str
    thai_label: str
    hint: str
    thai_unit: str
    sheet: str
    section: str
    measure: Measure
    choice_list: str
    thai_choices: Mapping[str, str]
    applies_to: frozenset[str]
    counted: frozenset[str]
    small: Decimal | None
    sometimes: bool
    decimals: int

    @property
    def label(self) -> str:
        """Its label in the reader's language."""
        return translations.question_label(self.code, self.thai_label)

    @property
    def unit(self) -> str:
        """In what it is counted, in the reader's language."""
        return translations.unit_label(self.thai_unit) if self.thai_unit else ""

    @property
    def choices(self) -> Mapping[str, str]:
        """Its choices by slug in the reader's language, in the order of the form."""
        return {
            slug: translations.choice_label(self.choice_list, slug, label) for slug, label in self.thai_choices.items()
        }

    @property
    def without_pao(self) -> bool:
        """Whether totals leave out the อบจ., which counts the same things again."""
        return UnitType.PAO in self.applies_to and UnitType.PAO not in self.counted


def open_question(question: Question) -> OpenQuestion | None:
    """How a question is published; None for one that is not: closed, personal, linked, a register's column, no figure,
    or marked sensitive and neither a count of persons nor an amount in baht.
    """
    measure = _measure(question)
    if measure is None or question.register is not None or not openness.is_open(question):
        return None
    if question.sensitive and (measure is not Measure.SUM or question.unit not in SMALL):
        return None
    applies_to = frozenset(question.applies_to)
    on_the_ground = question.code in COUNTED_ON_THE_GROUND and applies_to != {UnitType.PAO.value}
    return OpenQuestion(
        code=question.code,
        thai_label=question.label,
        hint=question.hint,
        thai_unit=question.unit,
        sheet=question.sheet,
        section=question.section,
        measure=measure,
        choice_list=question.choices.name if question.choices else "",
        thai_choices=dict(question.choices.labels) if question.choices else {},
        applies_to=applies_to,
        counted=applies_to - {UnitType.PAO.value} if on_the_ground else applies_to,
        small=SMALL[question.unit] if question.sensitive else None,
        sometimes=question.relevant is not None or bool(question.gates),
        decimals=question.decimals,
    )


@lru_cache(maxsize=32)
def open_questions(form: Form, newest: Form) -> Mapping[str, OpenQuestion]:
    """Everything published of a version, in the order of the form; what the newest version closes, or hides in part, is
    closed or hidden for all years."""
    found: dict[str, OpenQuestion] = {}
    for code in form.position:
        question, now = form.questions.get(code), newest.questions.get(code)
        published = open_question(question) if question is not None else None
        today = open_question(now) if now is not None else published
        if published is not None and today is not None:
            found[code] = replace(published, small=published.small or today.small)
    return found


@dataclass(frozen=True, eq=False)
class OpenRegister:
    """A register that the public may read row by row; `columns` are the open ones, the one that names a row first."""

    code: str
    thai_label: str
    sheet: str
    applies_to: frozenset[str]
    columns: tuple[Question, ...]

    @property
    def label(self) -> str:
        """Its label in the reader's language."""
        return translations.group_label(self.code, self.thai_label)

    def rows(self, certified: Sequence[Mapping[str, Any]], *, by_province: bool) -> tuple[Mapping[str, Any], ...]:
        """What of certified rows the public may read: open rows, open cells. `by_province`: certified by both levels."""
        codes = {one.code for one in self.columns}
        return tuple(
            {code: answer for code, answer in row.items() if code in codes}
            for row in certified
            if openness.is_open_row(self.code, row, by_province=by_province)
        )


@lru_cache(maxsize=32)
def open_registers(form: Form, newest: Form) -> Mapping[str, OpenRegister]:
    """Every register of a version of which some column is open, in the order of the form."""
    found: dict[str, OpenRegister] = {}
    for code, register in form.registers.items():
        columns = openness.open_columns(register, newest)
        if columns:
            found[code] = OpenRegister(
                code=code,
                thai_label=register.label,
                sheet=register.sheet,
                applies_to=frozenset(register.applies_to),
                columns=tuple(sorted(columns, key=lambda one: one is not _naming(columns))),
            )
    return found


def _naming(columns: Sequence[Question]) -> Question:
    """The column that names a row: the first text that is typed freely, else the first of all."""
    return next((one for one in columns if one.type is QuestionType.TEXT and one.kind is Kind.PLAIN), columns[0])


def _measure(question: Question) -> Measure | None:
    if question.type is QuestionType.SELECT_ONE:
        return Measure.CHOICES
    if question.type not in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        return None
    if question.kind is Kind.YEAR_BE or question.unit in _NEVER_ADDED:
        return Measure.MEDIAN
    return Measure.SUM
