"""Figures as pages print them: a question with its total and who stands behind it, tables of areas, classes of a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from localgov.lib.numbers import format_number
from localgov.portal import wording
from localgov.portal.policies import Measure, OpenQuestion
from localgov.portal.selectors import readings
from localgov.portal.selectors.places import Place
from localgov.portal.selectors.readings import Reading, Spread, Total

_PERCENT: Final = Decimal(100)


@dataclass(frozen=True)
class Bar:
    """One choice: how many units, and their share of those that chose (a whole number of percent, for the bar's length)."""

    label: str
    units: int
    percent: int

    @property
    def text(self) -> str:
        """`1,234 แห่ง (45%)`."""
        return _("%(units)s แห่ง (%(percent)s%%)") % {"units": format_number(self.units), "percent": self.percent}


@dataclass(frozen=True)
class FigureLine:
    """One question of one place: what is known, and of how many units out of how many (`due`)."""

    question: OpenQuestion
    total: Total
    due: int

    @property
    def text(self) -> str:
        """The number in words, without its unit."""
        return wording.total_text(self.question, self.total)

    @property
    def has_number(self) -> bool:
        """Whether a unit of measure belongs behind the text."""
        return self.total.number is not None

    @property
    def behind(self) -> str:
        """`จาก 7,102 ของ 7,849 แห่ง`."""
        return wording.behind_text(self.total.answered, self.due)

    @property
    def mean(self) -> str:
        """The mean of a unit that gave a value; empty where it says nothing (medians, choices, estimates)."""
        if self.question.measure is not Measure.SUM or not self.total.units or self.total.number is None:
            return ""
        return "" if self.total.hidden else wording.plain_number(self.total.number / self.total.units)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The choices in the order of the form."""
        whole = sum(self.total.choices.values())
        return tuple(
            Bar(label, count, round(count * 100 / whole) if whole else 0)
            for slug, label in self.question.choices.items()
            for count in [self.total.choices.get(slug, 0)]
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known to read it right."""
        found = []
        if self.question.measure is Measure.MEDIAN:
            found.append(_("ค่ากลาง (มัธยฐาน) ของ อปท."))
        if self.question.without_pao:
            found.append(_("ไม่รวม อบจ. ซึ่งนับพื้นที่เดียวกันซ้ำ"))
        if self.question.sometimes:
            found.append(_("ถามเฉพาะ อปท. ที่เข้าเงื่อนไข"))
        if self.total.hidden:
            found.append(
                _("%(units)s แห่งมีน้อยกว่า %(small)s จึงไม่เปิดเผย และนับในยอดรวมแห่งละ %(half)s")
                % {
                    "units": format_number(self.total.hidden),
                    "small": wording.plain_number(self.question.small or Decimal(0)),
                    "half": wording.plain_number((self.question.small or Decimal(0)) / 2),
                }
            )
        if self.total.no_data:
            found.append(_("%(units)s แห่งตอบว่าไม่มีข้อมูล") % {"units": format_number(self.total.no_data)})
        return tuple(found)


@dataclass(frozen=True)
class AreaRow:
    """One area of a table: its figures in the order of the columns; `units` due in it, `answered` of the first column."""

    place: Place
    units: int
    answered: int
    totals: tuple[Total | None, ...]
    texts: tuple[str, ...]


def lines(reading: Reading, codes: Iterable[str]) -> dict[str, FigureLine]:
    """Figures of a place (two statements, three for the country); only of questions that are open in the year."""
    wanted = list(codes)
    found = readings.totals(reading, wanted)
    due = readings.due_units(reading).get("", {})
    return {
        one.code: FigureLine(one, found.get(one.code, Total()), readings.due_of(one, due))
        for one in reading.known(wanted)
    }


def area_rows(reading: Reading, places: Sequence[Place], codes: Sequence[str], along: Spread) -> list[AreaRow]:
    """A row for each of the places (provinces or districts), whether or not anything is known of it (two statements)."""
    questions = reading.known(codes)
    found = readings.spread(reading, codes, along)
    due = readings.due_units(reading, along)
    return [
        _row(place, questions, found.get(place.code, {}), sum(due.get(place.code, {}).values())) for place in places
    ]


def merged_rows(rows: Sequence[AreaRow], places: Sequence[Place], questions: Sequence[OpenQuestion]) -> list[AreaRow]:
    """Rows of provinces added up to rows of regions; of sums alone."""
    found = []
    for place in places:
        inside = set(place.province_codes)
        parts = [row for row in rows if row.place.code in inside]
        totals = {
            one.code: _added([total for row in parts if (total := row.totals[number]) is not None])
            for number, one in enumerate(questions)
            if one.measure is Measure.SUM
        }
        found.append(_row(place, questions, totals, sum(row.units for row in parts)))
    return found


def _row(place: Place, questions: Sequence[OpenQuestion], found: Mapping[str, Total], units: int) -> AreaRow:
    totals = tuple(found.get(one.code) for one in questions)
    return AreaRow(
        place=place,
        units=units,
        answered=max((total.answered for total in totals if total), default=0),
        totals=totals,
        texts=tuple(
            wording.total_text(one, total) if total and total.answered else "–"
            for one, total in zip(questions, totals, strict=True)
        ),
    )


def _added(parts: Sequence[Total]) -> Total:
    numbers = [part.number for part in parts if part.number is not None]
    return Total(
        number=sum(numbers, Decimal(0)) if numbers else None,
        units=sum(part.units for part in parts),
        no_data=sum(part.no_data for part in parts),
        hidden=sum(part.hidden for part in parts),
    )
