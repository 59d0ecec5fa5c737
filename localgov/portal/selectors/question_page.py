"""One question over the country: by province, by type, over the years; and the same as rows for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from localgov.lib.unit_types import UnitType
from localgov.organisations import naming
from localgov.portal import wording
from localgov.portal.policies import Measure, OpenQuestion
from localgov.portal.selectors import places, readings
from localgov.portal.selectors.figure_lines import FigureLine
from localgov.portal.selectors.places import COUNTRY, Place
from localgov.portal.selectors.readings import Reading, Spread, Total, Year

#: How many years a line goes back.
YEARS_SHOWN: Final = 5


@dataclass(frozen=True)
class TypeLine:
    """A type of unit with its figure."""

    unit_type: UnitType
    line: FigureLine

    @property
    def name(self) -> str:
        """The type's name in the reader's language."""
        return naming.type_name(self.unit_type)


@dataclass(frozen=True)
class YearPoint:
    """A fiscal year of a series; `height` is its share of the largest number of the series, in percent; None = a gap."""

    fiscal_year: int
    line: FigureLine | None
    height: int | None

    @property
    def year(self) -> str:
        """The year as the reader counts."""
        return wording.year_text(self.fiscal_year)


def by_type(reading: Reading, question: OpenQuestion) -> list[TypeLine]:
    """The types that the question is asked of and that stand in its totals (two statements)."""
    found = readings.spread(reading, [question.code], Spread.TYPE)
    due = readings.due_units(reading).get("", {})
    return [
        TypeLine(
            kind, FigureLine(question, found.get(kind.value, {}).get(question.code, Total()), due.get(kind.value, 0))
        )
        for kind in UnitType
        if kind.value in question.counted and due.get(kind.value)
    ]


def over_years(reading: Reading, years: Sequence[Year], code: str) -> list[YearPoint]:
    """The newest years in which the question is open, oldest first; a year without an answer is a gap."""
    shown = [year for year in reversed(years[:YEARS_SHOWN]) if code in year.questions]
    lines = []
    for year in shown:
        then = replace(reading, year=year)
        total = readings.totals(then, [code]).get(code)
        due = readings.due_of(year.questions[code], readings.due_units(then).get("", {}))
        lines.append(FigureLine(year.questions[code], total or Total(), due))
    most = max((line.total.number for line in lines if line.total.number is not None), default=Decimal(0))
    return [
        YearPoint(
            year.fiscal_year,
            line if line.total.answered else None,
            round(line.total.number * 100 / most) if line.total.number is not None and most > 0 else None,
        )
        for year, line in zip(shown, lines, strict=True)
    ]


def table(reading: Reading, questions: Sequence[OpenQuestion]) -> Iterator[dict[str, Any]]:
    """Questions over the country and each province as flat records for programs; of choices one record for each choice.

    `value` is a decimal as text; `hidden_units` of the units are small and stand in it as half of the limit (ADR 0024).
    Three statements, however many questions.
    """
    codes = [question.code for question in questions]
    due, found = readings.due_units(reading, Spread.PROVINCE), readings.spread(reading, codes, Spread.PROVINCE)
    country = readings.totals(reading, codes)
    whole: dict[str, int] = {}
    for counts in due.values():
        for kind, count in counts.items():
            whole[kind] = whole.get(kind, 0) + count
    for question in questions:
        total = country.get(question.code, Total())
        yield from _records(reading, question, COUNTRY, total, readings.due_of(question, whole))
        for place in places.provinces():
            if place.code in due:
                total = found.get(place.code, {}).get(question.code, Total())
                yield from _records(reading, question, place, total, readings.due_of(question, due[place.code]))


def _records(
    reading: Reading, question: OpenQuestion, place: Place, total: Total, due: int
) -> Iterator[dict[str, Any]]:
    record = {
        "fiscal_year": reading.year.fiscal_year,
        "stage": reading.stage.value,
        "question": question.code,
        "area_code": place.code,
        "area": place.thai_name,
        "area_en": place.english_name,
        "measure": question.measure.value,
        "unit": question.unit,
        "choice": "",
        "value": "" if total.number is None else format(total.number.normalize(), "f"),
        "units_answered": total.units,
        "units_without_data": total.no_data,
        "hidden_units": total.hidden,
        "units_due": due,
    }
    if question.measure is not Measure.CHOICES:
        yield record
        return
    for choice in question.choices:
        yield record | {"choice": choice, "value": str(total.choices.get(choice, 0))}
