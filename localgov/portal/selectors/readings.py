"""What the public reads of the figures: totals, spreads and single answers, of open questions alone, small counts hidden.

**Hidden where it enters** (ADR 0024): an answer below the number of its question (`OpenQuestion.small`) leaves the database
in no form but "small": in a sum it counts as half of that number, whatever it is. All that is shown is made from what is
shown of each unit, so no subtraction (of areas, types, stages, years, or of one hour from the next) tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from config.statements import prepared_cursor
from localgov.figures.models import Stage
from localgov.forms import selectors as forms
from localgov.lib.unit_types import UnitType
from localgov.portal.policies import Measure, OpenQuestion, open_questions
from localgov.portal.selectors.places import COUNTRY, Place, PlaceKind

FORM: Final = "eight_domains"
DEFAULT_STAGE: Final = Stage.PROVINCE

#: The question by whose figures a year is judged to be there: required of every unit.
_LEADING: Final = "population_total"
_YEARS = """
SELECT r.id, r.fiscal_year_be, r.form_version_id, (SELECT max(id) FROM forms_formversion WHERE form_code = r.form_code),
    (SELECT count(*) FROM rounds_rosterentry e WHERE e.round_id = r.id),
    (SELECT count(*) FROM figures_figure f
        WHERE f.fiscal_year_be = r.fiscal_year_be AND f.question = %s AND f.stage = 'PROVINCE')
FROM rounds_round r WHERE r.form_code = %s ORDER BY r.fiscal_year_be DESC
"""
_ROSTER = """
SELECT {area}, e.unit_type, count(*) FROM rounds_rosterentry e
WHERE e.round_id = %s AND e.excused_from IS NULL AND {place} GROUP BY 1, 2
"""
#: One branch for each measure: question, area, choice, number, answered, of them with a value, of them small ones.
_SMALL = "f.number > 0 AND f.number < s.small"
_BRANCHES: Final[Mapping[str, str]] = {
    "SUM": "sum(f.number), count(*), count(f.number), 0",
    "SMALL": f"sum(CASE WHEN {_SMALL} THEN s.half ELSE f.number END), count(*), count(f.number), count(*) FILTER (WHERE {_SMALL})",
    "MEDIAN": "(percentile_disc(0.5) WITHIN GROUP (ORDER BY f.number))::numeric, count(*), count(f.number), 0",
    "CHOICES": "NULL::numeric, count(*), 0, 0",
}
_HIDING = (
    "JOIN unnest(%s::text[], %s::numeric[], %s::numeric[]) AS s (question, small, half) ON s.question = f.question"
)
_BRANCH = """
SELECT f.question, {area}, {choice}, {values}
FROM figures_figure f {hiding} {roster}
WHERE f.fiscal_year_be = %s AND f.stage = %s AND f.question = ANY(%s) {place}
GROUP BY 1, 2, 3
"""
_JOINED = "JOIN rounds_rosterentry e ON e.organisation_id = f.organisation_id"
#: Figures of a small place are looked up unit by unit in the index, without reading the country's.
_UNITS = """AND f.organisation_id = ANY(ARRAY(
    SELECT e.organisation_id FROM rounds_rosterentry e WHERE e.round_id = %s AND {place}))"""
#: The whole country is read from the index of the figures alone; who is not counted is taken out by name.
_OUT = "AND f.organisation_id <> ALL(%s)"
_NOT_COUNTED = """
SELECT e.organisation_id, e.excused_from IS NOT NULL FROM rounds_rosterentry e
WHERE e.round_id = %s AND (e.excused_from IS NOT NULL OR e.unit_type = 'PAO')
"""
_VALUES = """
SELECT f.organisation_id, f.fiscal_year_be, f.question, f.number, f.choice, f.missing FROM figures_figure f
WHERE f.organisation_id = ANY(%s) AND f.question = ANY(%s) AND f.fiscal_year_be = ANY(%s) AND f.stage = %s
"""


class Spread(StrEnum):
    """Along what a reading is spread out; the value is the column of the roster."""

    WHOLE = ""
    PROVINCE = "e.province_code"
    DISTRICT = "e.district_code"
    TYPE = "e.unit_type"


@dataclass(frozen=True)
class Year:
    """A fiscal year that is read: its round, the version asked in it, and the newest version, which may have closed more.

    `due` units are on its roster; `certified` of them have their population certified by both levels.
    """

    round_id: int
    fiscal_year: int
    form_version_id: int
    newest_version_id: int
    due: int
    certified: int

    @property
    def questions(self) -> Mapping[str, OpenQuestion]:
        """What the public may read of it, in the order of the form."""
        return open_questions(forms.compiled(self.form_version_id), forms.compiled(self.newest_version_id))


@dataclass(frozen=True)
class Reading:
    """Which figures: of which year, read at which stage, of which place.

    With the `state` of the data (`freshness.version`, asked before anything is read) a process reads the same figures but
    once for each state; without one each time.
    """

    year: Year
    stage: Stage = DEFAULT_STAGE
    place: Place = COUNTRY
    state: str = ""

    def known(self, codes: Iterable[str]) -> list[OpenQuestion]:
        """Those of the codes that the public may read in this year."""
        return [found for code in codes if (found := self.year.questions.get(code)) is not None]


@dataclass(slots=True)
class Total:
    """A question over many units. `number`: the sum, or the median, in its unit; None while nobody gave one.

    `units` gave a value (ไม่มี is 0); `no_data` said ไม่มีข้อมูล. `hidden` of the units are small: each
    stands in `number` as half of `small`. `choices` counts units by choice.
    """

    number: Decimal | None = None
    units: int = 0
    no_data: int = 0
    hidden: int = 0
    choices: dict[str, int] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        """Units that stand behind it: with a value or with a reasoned ไม่มีข้อมูล."""
        return self.units + self.no_data


@dataclass(frozen=True, slots=True)
class Answer:
    """One unit's answer as the public may see it: `is_small` is all that is told of a small one (`number` is None)."""

    number: Decimal | None = None
    choice: str = ""
    missing: str = ""
    is_small: bool = False


def years(state: str = "") -> Sequence[Year]:
    """The fiscal years of ข้อมูล อปท. 8 ด้าน, newest first (one statement, for a `state` of the data but once)."""
    return _kept_years(state) if state else _years()


def _years() -> Sequence[Year]:
    with prepared_cursor() as cursor:
        cursor.execute(_YEARS, [_LEADING, FORM])
        return tuple(Year(*row) for row in cursor.fetchall())


@lru_cache(maxsize=4)
def _kept_years(state: str) -> Sequence[Year]:
    return _years()


def year_shown(found: Sequence[Year], wanted: str) -> Year | None:
    """The year that was asked for, else the newest of which half of the country is certified, else the one with most.

    None while no year is open.
    """
    asked = next((one for one in found if str(one.fiscal_year) == wanted), None)
    half = next((one for one in found if one.certified * 2 >= max(one.due, 1)), None)
    return asked or half or max(found, key=lambda one: (one.certified, one.fiscal_year), default=None)


def totals(reading: Reading, codes: Iterable[str]) -> Mapping[str, Total]:
    """The totals of some questions (one statement, for the whole country two); closed questions are not in it."""
    return spread(reading, codes, Spread.WHOLE).get("", {})


def spread(reading: Reading, codes: Iterable[str], along: Spread) -> Mapping[str, Mapping[str, Total]]:
    """The totals by area or type, then by question: one statement over the roster of that year."""
    wanted = tuple(codes)
    return _kept_spread(reading, wanted, along) if reading.state else _spread(reading, wanted, along)


@lru_cache(maxsize=128)
def _kept_spread(reading: Reading, codes: Sequence[str], along: Spread) -> Mapping[str, Mapping[str, Total]]:
    return _spread(reading, codes, along)


def _spread(reading: Reading, codes: Sequence[str], along: Spread) -> Mapping[str, Mapping[str, Total]]:
    wanted = reading.known(codes)
    if not wanted:
        return {}
    statement = _Statement(reading, along)
    for name, questions in _by_branch(wanted).items():
        own = [one for one in questions if not one.without_pao]
        statement.add(name, own, without_pao=False)
        statement.add(name, [one for one in questions if one.without_pao], without_pao=True)
    found: dict[str, dict[str, Total]] = {}
    for question, area, choice, number, answered, valued, hidden in statement.rows():
        total = found.setdefault(area, {}).setdefault(question, Total())
        units = answered if choice else valued
        total.units += units
        total.no_data += answered - units
        total.hidden += hidden
        if number is not None:
            total.number = number
        if choice:
            total.choices[choice] = units
    return found


def due_units(reading: Reading, along: Spread = Spread.WHOLE) -> Mapping[str, Mapping[str, int]]:
    """Units that should record, by area, then by type (one statement)."""
    return _kept_due(reading, along) if reading.state else _due(reading, along)


@lru_cache(maxsize=128)
def _kept_due(reading: Reading, along: Spread) -> Mapping[str, Mapping[str, int]]:
    return _due(reading, along)


def _due(reading: Reading, along: Spread) -> Mapping[str, Mapping[str, int]]:
    place, parameters = reading.place.condition()
    statement = _ROSTER.format(area=along.value or "''", place=place)
    found: dict[str, dict[str, int]] = {}
    with prepared_cursor() as cursor:
        cursor.execute(statement, [reading.year.round_id, *parameters])
        for area, unit_type, count in cursor.fetchall():
            found.setdefault(area, {})[unit_type] = count
    return found


def due_of(question: OpenQuestion, due: Mapping[str, int]) -> int:
    """Units that a question is asked of and that stand in its totals, from `due_units` of an area."""
    return sum(count for unit_type, count in due.items() if unit_type in question.counted)


def answers(
    found: Sequence[Year], *, units: Collection[int], codes: Iterable[str], stage: Stage
) -> dict[tuple[int, int, str], Answer]:
    """The answers of some units in some years, by unit, fiscal year and question (one statement).

    Whoever compares, sorts or averages units does it with these, never with the figures themselves.
    """
    wanted, by_year = list(codes), {year.fiscal_year: year.questions for year in found}
    with prepared_cursor() as cursor:
        cursor.execute(_VALUES, [list(units), wanted, list(by_year), stage.value])
        rows = cursor.fetchall()
    told: dict[tuple[int, int, str], Answer] = {}
    for unit, year, code, number, choice, missing in rows:
        question = by_year[year].get(code)
        if question is None:
            continue
        is_small = question.small is not None and number is not None and 0 < number < question.small
        told[unit, year, code] = Answer(None if is_small else number, choice, missing, is_small)
    return told


def _by_branch(questions: Iterable[OpenQuestion]) -> dict[str, list[OpenQuestion]]:
    found: dict[str, list[OpenQuestion]] = {}
    for one in questions:
        found.setdefault("SMALL" if one.small is not None else one.measure.value, []).append(one)
    return found


class _Statement:
    """The branches of one reading, asked at once."""

    def __init__(self, reading: Reading, along: Spread) -> None:
        self.reading, self.along = reading, along
        self.joined = bool(along.value) or reading.place.kind is not PlaceKind.COUNTRY
        self.parts: list[str] = []
        self.parameters: list[Any] = []
        self._out: list[tuple[int, bool]] | None = None

    def add(self, name: str, questions: Sequence[OpenQuestion], *, without_pao: bool) -> None:
        """One more branch; nothing for no questions."""
        if not questions:
            return
        codes = [one.code for one in questions]
        hides = name == "SMALL"
        if hides:
            least = [one.small or Decimal(0) for one in questions]
            self.parameters += [codes, least, [small / 2 for small in least]]
        self.parameters += [self.reading.year.fiscal_year, self.reading.stage.value, codes]
        self.parts.append(
            _BRANCH.format(
                area=self.along.value or "''",
                choice="f.choice" if name == Measure.CHOICES else "''",
                values=_BRANCHES[name],
                hiding=_HIDING if hides else "",
                roster=_JOINED if self.joined else "",
                place=self._place(without_pao),
            )
        )

    def _place(self, without_pao: bool) -> str:
        if not self.joined:
            out = [unit for unit, excused in self._not_counted() if excused or without_pao]
            self.parameters.append(out)
            return _OUT
        place, parameters = self.reading.place.condition()
        self.parameters += [self.reading.year.round_id, *parameters]
        units = ""
        if self.reading.place.kind in {PlaceKind.PROVINCE, PlaceKind.DISTRICT}:
            units = _UNITS.format(place=place)
            self.parameters += [self.reading.year.round_id, *parameters]
        types = f" AND e.unit_type <> '{UnitType.PAO.value}'" if without_pao else ""
        return f"AND e.round_id = %s AND e.excused_from IS NULL AND {place}{types} {units}"

    def _not_counted(self) -> list[tuple[int, bool]]:
        """Excused units, and every อบจ., with whether it is excused (one statement, once)."""
        if self._out is None:
            with prepared_cursor() as cursor:
                cursor.execute(_NOT_COUNTED, [self.reading.year.round_id])
                self._out = cursor.fetchall()
        return self._out

    def rows(self) -> list[tuple[Any, ...]]:
        """What the database says."""
        with prepared_cursor() as cursor:
            cursor.execute(" UNION ALL ".join(self.parts), self.parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
