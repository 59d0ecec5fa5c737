"""Scores of units at a moment, from the standings of their sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Min
from django.utils import timezone

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.filings.selectors.standings import Standing, standings, unit_relation
from localgov.forms import selectors as forms
from localgov.lib.thai_calendar import bangkok_date, fiscal_year_of
from localgov.lib.thai_text import search_text
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter, roster_rows
from localgov.scoring import rule_indicator7
from localgov.scoring.rule_indicator7 import Score
from localgov.ui.lazy_rows import LazyRows

#: The form whose round indicator 7 looks at.
FORM_CODE = "eight_domains"


@dataclass(slots=True)
class UnitScore:
    """One unit's score with what pages show beside it."""

    code: str
    full_name: str
    short_name: str
    unit_type: str
    province_code: str
    district_code: str
    score: Score
    on_time: bool | None = None


@dataclass(slots=True)
class ScoreLine:
    """One unit in a list: its marks and what they say, without reasons. `on_time` is None while it is not complete."""

    code: str
    full_name: str
    short_name: str
    unit_type: str
    province_code: str
    district_code: str
    fiscal_year: int
    marks: int
    summary: str
    on_time: bool | None


def round_for(*, fiscal_year: int, as_of: datetime | None = None) -> Round | None:
    """The round that a fiscal year is scored by, if it was open by then."""
    rounds = Round.objects.filter(form_code=FORM_CODE, fiscal_year_be=fiscal_year)
    if as_of is not None:
        rounds = rounds.filter(recorded_at__lte=as_of)
    return rounds.first()


def scores(
    *,
    fiscal_year: int,
    as_of: datetime | None = None,
    prefixes: Sequence[str] | None = None,
    province_code: str = "",
    district_code: str = "",
    codes: Sequence[str] | None = None,
    with_dates: bool = False,
) -> list[UnitScore]:
    """Scores of the due units of a year, in Thai order within their districts: a few queries and a pass over the rows.

    `prefixes` limits to what an actor may see; the other arguments filter by the roster of that year. `with_dates`: also
    whether the unit certified in time.
    """
    round = round_for(fiscal_year=fiscal_year, as_of=as_of)
    wanted = RosterFilter(
        prefixes=tuple(prefixes) if prefixes is not None else None,
        province_code=province_code,
        district_code=district_code,
        codes=tuple(codes) if codes is not None else None,
        as_of=as_of,
    )
    if round is None:
        return _without_round(fiscal_year, wanted)
    chosen = roster_rows(round_id=round.pk, wanted=wanted, columns=[*_SHOWN, wanted.own_due_at])
    ids = [row[0] for row in chosen] if wanted != RosterFilter(as_of=as_of) else None
    found: dict[int, dict[str, Standing]] = defaultdict(dict)
    for standing in standings(round_id=round.pk, as_of=as_of, entry_ids=ids):
        found[standing.entry_id][standing.section] = standing
    units = unit_relation(round_id=round.pk, as_of=as_of, entry_ids=ids, with_dates=with_dates)
    certified = dict(units.rows("entry_id", "certified_at")) if with_dates else {}
    sections = {kind: sections_for(round, kind) for kind, _ in UNIT_TYPE_CHOICES}
    return [_score(shown, sections[shown[3]], found.get(pk, {}), certified.get(pk)) for pk, *shown in chosen]


class ScoreLines(LazyRows[tuple[int, int], ScoreLine]):
    """Many units by their marks (keys: an id and the marks); `read` gives the lines of a page."""

    def __init__(
        self, keys: Sequence[tuple[int, int]], read: Callable[[Sequence[tuple[int, int]]], list[ScoreLine]]
    ) -> None:
        self.keys = keys
        self._read = read

    def read(self, keys: Sequence[tuple[int, int]]) -> list[ScoreLine]:
        """The rows of a page."""
        return self._read(keys)

    @property
    def marks(self) -> list[int]:
        """The marks of all units."""
        return [marks for _, marks in self.keys]

    def with_marks(self, wanted: int) -> ScoreLines:
        """Those that have so many."""
        return ScoreLines([key for key in self.keys if key[1] == wanted], self._read)


def score_lines(
    *,
    fiscal_year: int,
    prefixes: Sequence[str],
    as_of: datetime | None = None,
    province_code: str = "",
    district_code: str = "",
    unit_type: str = "",
    name: str = "",
) -> ScoreLines:
    """The marks of many units, in Thai order, counted by the database: two queries, and one for each page that is read."""
    round = round_for(fiscal_year=fiscal_year, as_of=as_of)
    wanted = RosterFilter(
        prefixes=tuple(prefixes),
        province_code=province_code,
        district_code=district_code,
        unit_type=unit_type,
        name=name,
        as_of=as_of,
    )
    if round is None:
        listed = [_line(unit, fiscal_year) for unit in _without_round(fiscal_year, wanted)]
        numbered = [(place, line.marks) for place, line in enumerate(listed)]
        return ScoreLines(numbered, lambda keys: [listed[place] for place, _ in keys])
    needed = {kind: len(forms.applicable_sheets(round.form_version_id, kind)) for kind, _ in UNIT_TYPE_CHOICES}
    rows = _summed(round, wanted, "e.unit_type", *_SUMS)
    return ScoreLines(
        [(pk, _marks(needed[unit_type], *sums)) for pk, unit_type, *sums in rows],
        partial(_lines, round, wanted, needed),
    )


def _summed(round: Round, wanted: RosterFilter, *columns: str, ids: list[int] | None = None) -> list[tuple[Any, ...]]:
    """Ids and columns of the wanted entries, or of some of them, with the sums of their units `u`."""
    dated = ids is not None  # the moment of certifying costs as much again, and only a page shows it
    units = unit_relation(
        round_id=round.pk, as_of=wanted.as_of, prefixes=wanted.prefixes, entry_ids=ids, with_dates=dated
    )
    return roster_rows(
        round_id=round.pk,
        wanted=wanted,
        columns=["e.id", *columns],
        joins=f"LEFT JOIN ({units.sql}) u ON u.entry_id = e.id",
        parameters=units.parameters | {"ids": ids},
        where="" if ids is None else "e.id = ANY(%(ids)s)",
    )


def _lines(
    round: Round, wanted: RosterFilter, needed: Mapping[str, int], keys: Sequence[tuple[int, int]]
) -> list[ScoreLine]:
    """Units in full, in the order of their keys."""
    columns = (*_SHOWN[1:], wanted.own_due_at, *_SUMS, "u.certified_at")
    rows = _summed(round, wanted, *columns, ids=[pk for pk, _ in keys])
    found = {row[0]: _counted(round, needed[row[4]], row) for row in rows}
    return [found[pk] for pk, _ in keys]


def score_of(*, actor: Actor, fiscal_year: int, code: str, as_of: datetime | None = None) -> UnitScore | None:
    """The score of one unit if the actor may see it."""
    prefixes = actor.scopes(Permission.SCORE_VIEW)
    found = scores(fiscal_year=fiscal_year, as_of=as_of, prefixes=prefixes, codes=[code], with_dates=True)
    return found[0] if found else None


def newest_year(today: date, *, as_of: datetime | None = None) -> int:
    """The newest fiscal year with a round (that was open by then); the running one when there is none."""
    rounds = Round.objects.filter(form_code=FORM_CODE).order_by("-fiscal_year_be")
    newest = (rounds if as_of is None else rounds.filter(recorded_at__lte=as_of)).first()
    return newest.fiscal_year_be if newest else fiscal_year_of(today)


def sections_for(round: Round, unit_type: str) -> list[tuple[str, str]]:
    """The sheets that count for a type of unit: code and Thai title with the number by which officers know it."""
    labels = forms.sheet_labels(round.form_version_id)
    titles = {code: f"ด้านที่ {number} {label}" for number, (code, label) in enumerate(labels.items(), start=1)}
    return [(code, titles[code]) for code in forms.applicable_sheets(round.form_version_id, unit_type)]


#: What is read of a roster entry, and of a unit's sums (all null while it has not begun).
_SHOWN = ("e.id", "e.code", "e.full_name", "e.short_name", "e.unit_type", "e.province_code", "e.district_code")
_SUMS = ("u.both_count", "u.unit_count", "u.begun", "u.order_outstanding")


def _marks(needed: int, both: int | None, unit: int | None, begun: bool | None, ordered: bool | None) -> int:
    return rule_indicator7.marks_of(
        needed=needed, both=both or 0, unit=unit or 0, touched=bool(begun), order_outstanding=bool(ordered)
    )


def _counted(round: Round, needed: int, row: Sequence[Any]) -> ScoreLine:
    _, code, full_name, short_name, unit_type, province, district, due_at, *sums, signed_at = row
    marks = _marks(needed, *sums)
    return ScoreLine(
        code=code,
        full_name=full_name,
        short_name=short_name,
        unit_type=unit_type,
        province_code=province,
        district_code=district,
        fiscal_year=round.fiscal_year_be,
        marks=marks,
        summary=rule_indicator7.SUMMARIES[marks],
        on_time=signed_at < due_at if sums[1] == needed and signed_at is not None else None,
    )


def _line(unit: UnitScore, fiscal_year: int) -> ScoreLine:
    return ScoreLine(
        code=unit.code,
        full_name=unit.full_name,
        short_name=unit.short_name,
        unit_type=unit.unit_type,
        province_code=unit.province_code,
        district_code=unit.district_code,
        fiscal_year=fiscal_year,
        marks=unit.score.marks,
        summary=unit.score.summary,
        on_time=None,
    )


def _score(
    shown: Sequence[Any],
    sections: Sequence[tuple[str, str]],
    found: dict[str, Standing],
    certified_at: datetime | None,
) -> UnitScore:
    code, full_name, short_name, unit_type, province, district, due_at = shown
    complete = all((standing := found.get(section)) is not None and standing.unit for section, _ in sections)
    return UnitScore(
        code=code,
        full_name=full_name,
        short_name=short_name,
        unit_type=unit_type,
        province_code=province,
        district_code=district,
        score=rule_indicator7.score(sections=sections, standings=found),
        on_time=certified_at < due_at if complete and certified_at is not None else None,
    )


def _without_round(fiscal_year: int, wanted: RosterFilter) -> list[UnitScore]:
    """Units of the register of that day; before the first day of the register, of that first day."""
    day = bangkok_date(wanted.as_of) if wanted.as_of is not None else timezone.localdate()
    first = OrganisationVersion.objects.units().aggregate(day=Min("in_force__startswith"))["day"]
    versions = OrganisationVersion.objects.units().in_force(max(day, first or day))
    if wanted.prefixes is not None:
        versions = versions.under(*wanted.prefixes)
    for column in ("province_code", "district_code", "unit_type"):
        if value := getattr(wanted, column):
            versions = versions.filter(**{column: value})
    if wanted.name:
        versions = versions.filter(search_text__contains=search_text(wanted.name))
    if wanted.codes is not None:
        versions = versions.filter(organisation__code__in=wanted.codes)
    score = rule_indicator7.no_round(fiscal_year)
    return [
        UnitScore(
            code=version.organisation.code,
            full_name=version.full_name,
            short_name=version.short_name,
            unit_type=version.unit_type,
            province_code=version.province_code,
            district_code=version.district_code,
            score=score,
        )
        for version in versions.select_related("organisation").order_by("province_code", "sort_key", "pk")
    ]
