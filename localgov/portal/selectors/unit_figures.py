"""The figures of one unit: its answers of five years, how they run, and where they stand among similar units.

Similar are units of the same type in the same province; where these are fewer than five, in the same region; then in the
country. They are compared by the median, in words: no rank. Only answers that the public may see go into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from config.statements import prepared_cursor
from localgov.figures.models import Stage
from localgov.portal import wording
from localgov.portal.policies import Measure, OpenQuestion
from localgov.portal.selectors import places, readings
from localgov.portal.selectors.places import COUNTRY, Place
from localgov.portal.selectors.readings import Answer, Year

#: How many years a line shows, the one that is read included.
YEARS: Final = 5
#: Fewer similar units than these say nothing.
FEWEST: Final = 5
_LIKE: Final = (Decimal("0.9"), Decimal("1.1"))
_WIDTH, _HEIGHT, _MARGIN = 96, 28, 3

#: The years of the unit and, before its first, those of the one that it continues: a unit that began when another ended,
#: and took in no other. Who was there before, or merged several, continues none: their years are not one line.
_STANDING = """
WITH RECURSIVE line (organisation_id, depth) AS (
    SELECT %s::bigint, 0
    UNION ALL
    SELECT s.predecessor_id, line.depth + 1 FROM line
    JOIN organisations_succession s ON s.successor_id = line.organisation_id
    WHERE line.depth < 4
        AND NOT EXISTS (SELECT 1 FROM organisations_succession o WHERE o.successor_id = s.successor_id AND o.id <> s.id)
        AND NOT EXISTS (SELECT 1 FROM organisations_organisationversion v
            WHERE v.organisation_id = s.successor_id AND lower(v.in_force) < s.effective_date)
)
SELECT DISTINCT ON (r.fiscal_year_be) r.fiscal_year_be, e.organisation_id, e.code, e.full_name, e.unit_type, e.province_code,
    line.depth > 0, coalesce(f.certified_province, 0), coalesce(f.certified_unit, 0)
FROM line
JOIN rounds_rosterentry e ON e.organisation_id = line.organisation_id
JOIN rounds_round r ON r.id = e.round_id AND r.form_code = %s
LEFT JOIN filings_filing f ON f.roster_entry_id = e.id
ORDER BY r.fiscal_year_be DESC, line.depth
"""
_ALIKE = """
SELECT e.organisation_id FROM rounds_rosterentry e
WHERE e.round_id = %s AND e.unit_type = %s AND e.excused_from IS NULL AND e.province_code = ANY(%s)
"""
_NUMBERS = """
SELECT f.question, f.organisation_id, f.number FROM figures_figure f
WHERE f.organisation_id = ANY(%s) AND f.question = ANY(%s) AND f.fiscal_year_be = %s AND f.stage = %s
    AND f.number IS NOT NULL
"""
_SAVED = "SELECT max(recorded_at) FROM figures_figure WHERE organisation_id = %s AND fiscal_year_be = %s AND stage = %s"


@dataclass(frozen=True)
class YearOfUnit:
    """The unit on the roster of a year: what it was then, and how many of its domains are certified.

    `is_former`: it was the unit that this one continues, under a code of its own.
    """

    fiscal_year: int
    organisation_id: int
    code: str
    name: str
    unit_type: str
    province_code: str
    is_former: bool
    by_both: int
    by_unit: int


@dataclass(frozen=True)
class Point:
    """One year of a line: the answer in words, and the number that is drawn (None = a gap).

    `former`: the name of the unit of old whose answer it is; empty for the unit's own.
    """

    fiscal_year: int
    text: str
    number: Decimal | None
    former: str = ""

    @property
    def in_words(self) -> str:
        """`2567: 3,100`, `2566 (อบต.บ้านเก่า): –`."""
        year = f"{self.fiscal_year} ({self.former})" if self.former else str(self.fiscal_year)
        return f"{year}: {self.text or '–'}"


@dataclass(frozen=True)
class Line:
    """A small line of years as an SVG draws it: `path` with gaps, `dots` for years that stand alone, and the last point.

    `former`: where years of the unit of old stand, which are drawn hollow.
    """

    points: tuple[Point, ...]
    path: str
    dots: tuple[tuple[str, str], ...]
    former: tuple[tuple[str, str], ...]
    last: tuple[str, str]
    width: int = _WIDTH
    height: int = _HEIGHT

    @property
    def in_words(self) -> str:
        """`2566: 3,100 · 2567: –`, for those who do not see it."""
        return " · ".join(one.in_words for one in self.points)


@dataclass(frozen=True)
class UnitFigure:
    """One question of a unit in a year."""

    question: OpenQuestion
    answer: Answer | None
    text: str
    has_number: bool
    line: Line | None
    median: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Peers:
    """The similar units: where they lie, how many, and the median of each question that enough of them answered."""

    place: Place
    count: int
    medians: Mapping[str, Decimal]


def years_of_unit(organisation_id: int) -> list[YearOfUnit]:
    """The years in which the unit, or the one that it continues, was on the roster, newest first (one statement)."""
    with prepared_cursor() as cursor:
        cursor.execute(_STANDING, [organisation_id, readings.FORM])
        return [YearOfUnit(*row) for row in cursor.fetchall()]


def recorded_at(*, organisation_id: int, fiscal_year: int, stage: Stage) -> datetime | None:
    """When the newest figure of a unit came (one statement)."""
    with prepared_cursor() as cursor:
        cursor.execute(_SAVED, [organisation_id, fiscal_year, stage.value])
        found: datetime | None = cursor.fetchone()[0]
        return found


def peers(*, year: Year, own: YearOfUnit, stage: Stage, codes: Iterable[str], state: str) -> Peers | None:
    """The similar units and their medians; None where not even the country has enough.

    What all units of a type and place told is read once for each `state` of the data (two statements).
    """
    plain = tuple(code for code in codes if _is_compared(year.questions.get(code)))
    home = places.province(own.province_code)
    around = [home, places.region_of(own.province_code), COUNTRY] if home else [COUNTRY]
    for place in around:
        alike = _kept_alike(state, year.round_id, year.fiscal_year, own.unit_type, place, stage, plain)
        count = len(alike.units - {own.organisation_id})
        if count >= FEWEST:
            medians = {code: alike.median(code, without=own.organisation_id) for code in alike.numbers}
            return Peers(place, count, {code: median for code, median in medians.items() if median is not None})
    return None


@dataclass(frozen=True)
class _Alike:
    """The units of a type in a place, and what they told by question: (number, unit), the smallest first."""

    units: frozenset[int]
    numbers: Mapping[str, Sequence[tuple[Decimal, int]]]

    def median(self, code: str, *, without: int) -> Decimal | None:
        """The lower median of the others; None where fewer than `FEWEST` told a number."""
        others = [number for number, unit in self.numbers[code] if unit != without]
        return others[(len(others) - 1) // 2] if len(others) >= FEWEST else None


@lru_cache(maxsize=256)
def _kept_alike(
    _state: str, round_id: int, fiscal_year: int, unit_type: str, place: Place, stage: Stage, codes: tuple[str, ...]
) -> _Alike:
    numbers: dict[str, list[tuple[Decimal, int]]] = {}
    with prepared_cursor() as cursor:
        cursor.execute(_ALIKE, [round_id, unit_type, list(place.province_codes)])
        units = [pk for (pk,) in cursor.fetchall()]
        if len(units) > FEWEST:
            cursor.execute(_NUMBERS, [units, list(codes), fiscal_year, stage.value])
            for code, unit, number in cursor.fetchall():
                numbers.setdefault(code, []).append((number, unit))
    return _Alike(frozenset(units), {code: sorted(found) for code, found in numbers.items()})


def unit_figures(
    *,
    found: Sequence[Year],
    year: Year,
    standing: Sequence[YearOfUnit],
    stage: Stage,
    codes: Iterable[str],
    others: Peers | None,
) -> dict[str, UnitFigure]:
    """The unit's figures by question, those without an answer too (one statement).

    `found`: all years there are; `standing`: who the unit was in each of its years.
    """
    wanted = [code for code in codes if code in year.questions]
    shown = range(year.fiscal_year - YEARS + 1, year.fiscal_year + 1)
    was = {one.fiscal_year: one for one in standing if one.fiscal_year in shown}
    told = readings.answers(
        [one for one in found if one.fiscal_year in was],
        units={one.organisation_id for one in was.values()},
        codes=wanted,
        stage=stage,
    )
    figures = {}
    for code in wanted:
        question = year.questions[code]
        own = [(was[one].organisation_id, one, code) if one in was else None for one in shown]
        points = [
            _point(question, one, told.get(key) if key else None, was.get(one))
            for one, key in zip(shown, own, strict=True)
        ]
        answer = told.get(own[-1]) if own[-1] else None
        median = others.medians.get(code) if others else None
        figures[code] = UnitFigure(
            question=question,
            answer=answer,
            text=wording.answer_text(question, answer),
            has_number=answer is not None and (answer.number is not None or answer.is_small),
            line=_line(points) if question.measure is not Measure.CHOICES else None,
            median=wording.number_text(question, median) if median is not None else "",
            standing=_standing(answer.number, median)
            if answer and answer.number is not None and median is not None
            else "",
        )
    return figures


def _is_compared(question: OpenQuestion | None) -> bool:
    """Whether a median of it says something and tells of nobody: a number of which no small answer is hidden."""
    return question is not None and question.measure is not Measure.CHOICES and question.small is None


def _standing(number: Decimal, median: Decimal) -> str:
    """Where a number stands, in words."""
    if number == median:
        return _("เท่ากับค่ากลาง")
    low, high = sorted((median * _LIKE[0], median * _LIKE[1]))
    if low <= number <= high:
        return _("ใกล้เคียงค่ากลาง")
    return _("มากกว่าค่ากลาง") if number > median else _("น้อยกว่าค่ากลาง")


def _point(question: OpenQuestion, fiscal_year: int, answer: Answer | None, was: YearOfUnit | None) -> Point:
    former = was.name if was and was.is_former else ""
    return Point(fiscal_year, wording.answer_text(question, answer), answer.number if answer else None, former)


def _line(points: Sequence[Point]) -> Line | None:
    """The points as an SVG draws them; None where fewer than two years have a number."""
    numbers = [one.number for one in points if one.number is not None]
    if len(numbers) < 2:
        return None
    low, high = min(numbers), max(numbers)
    if high - low < abs(high) / 10:  # a change of less than a tenth looks like a small one
        low, high = (low + high - abs(high) / 10) / 2, (low + high + abs(high) / 10) / 2
    step = (_WIDTH - 2 * _MARGIN) / (len(points) - 1)

    bottom, span = float(low), float(high - low)

    def place(index: int, number: Decimal) -> tuple[str, str]:
        share = (float(number) - bottom) / span if span > 0 else 0.5
        return f"{_MARGIN + index * step:.1f}", f"{_HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN):.1f}"

    runs: list[list[tuple[str, str]]] = [[]]
    former = []
    for index, one in enumerate(points):
        if one.number is None:
            runs.append([])
        else:
            spot = place(index, one.number)
            runs[-1].append(spot)
            if one.former:
                former.append(spot)
    drawn = [run for run in runs if run]
    return Line(
        points=tuple(points),
        path="".join("M" + "L".join(",".join(spot) for spot in run) for run in drawn if len(run) > 1),
        dots=tuple(run[0] for run in drawn if len(run) == 1),
        former=tuple(former),
        last=drawn[-1][-1],
    )
