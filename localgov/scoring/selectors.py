"""Scores of units at a moment, from the standings of their sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.filings.selectors.standings import Standing, UnitSummary, standings, unit_summaries
from localgov.forms import selectors as forms
from localgov.lib.thai_calendar import fiscal_year_of
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import RosterEntry, Round
from localgov.rounds.models.roster_entry import RosterEntryQuerySet
from localgov.scoring import rule_indicator7
from localgov.scoring.rule_indicator7 import Score

#: The form whose round indicator 7 looks at.
FORM_CODE = "eight_domains"
#: A unit that has not begun.
UNTOUCHED = UnitSummary(both=0, unit=0, touched=False, order_outstanding=False, since=None)


@dataclass(frozen=True)
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
    entry: RosterEntry | None = None


@dataclass(frozen=True)
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
) -> list[UnitScore]:
    """Scores of the due units of a year, in Thai order within their districts: two queries and a pass over the rows.

    `prefixes` limits to what an actor may see; the other arguments filter by the roster of that year.
    """
    round = round_for(fiscal_year=fiscal_year, as_of=as_of)
    if round is None:
        return _without_round(fiscal_year, prefixes=prefixes, province_code=province_code, codes=codes)
    entries = _entries(round, as_of=as_of, prefixes=prefixes, province_code=province_code, district_code=district_code)
    if codes is not None:
        entries = entries.filter(code__in=codes)
    chosen = [entry for entry in entries if entry.excused_from is None]
    limited = codes is not None or province_code or district_code or prefixes is not None
    found: dict[int, dict[str, Standing]] = defaultdict(dict)
    for standing in standings(
        round_id=round.pk, as_of=as_of, entry_ids=[entry.pk for entry in chosen] if limited else None
    ):
        found[standing.entry_id][standing.section] = standing
    return [_score(round, entry, found.get(entry.pk, {})) for entry in chosen]


def score_lines(
    *,
    fiscal_year: int,
    prefixes: Sequence[str],
    as_of: datetime | None = None,
    province_code: str = "",
    district_code: str = "",
) -> list[ScoreLine]:
    """The marks of many units, in Thai order: two queries, counted by the database."""
    round = round_for(fiscal_year=fiscal_year, as_of=as_of)
    if round is None:
        units = _without_round(fiscal_year, prefixes=prefixes, province_code=province_code, codes=None)
        return [_line(unit, fiscal_year) for unit in units]
    entries = _entries(round, as_of=as_of, prefixes=prefixes, province_code=province_code, district_code=district_code)
    applicable = {kind: forms.applicable_sheets(round.form_version_id, kind) for kind, _ in UNIT_TYPE_CHOICES}
    found = unit_summaries(round_id=round.pk, applicable=applicable, as_of=as_of, prefixes=prefixes)
    return [
        _counted(round, entry, len(applicable[entry.unit_type]), found.get(entry.pk, UNTOUCHED))
        for entry in entries
        if entry.excused_from is None
    ]


def score_of(*, actor: Actor, fiscal_year: int, code: str, as_of: datetime | None = None) -> UnitScore | None:
    """The score of one unit if the actor may see it."""
    prefixes = actor.scopes(Permission.SCORE_VIEW)
    found = scores(fiscal_year=fiscal_year, as_of=as_of, prefixes=prefixes, codes=[code])
    return found[0] if found else None


def newest_year(today: date) -> int:
    """The newest fiscal year with a round; the running one when there is none."""
    newest = Round.objects.filter(form_code=FORM_CODE).order_by("-fiscal_year_be").first()
    return newest.fiscal_year_be if newest else fiscal_year_of(today)


def sections_for(round: Round, unit_type: str) -> list[tuple[str, str]]:
    """The sheets that count for a type of unit: code and Thai title with the number by which officers know it."""
    labels = forms.sheet_labels(round.form_version_id)
    titles = {code: f"ด้านที่ {number} {label}" for number, (code, label) in enumerate(labels.items(), start=1)}
    return [(code, titles[code]) for code in forms.applicable_sheets(round.form_version_id, unit_type)]


def _entries(
    round: Round,
    *,
    as_of: datetime | None,
    prefixes: Sequence[str] | None,
    province_code: str,
    district_code: str,
) -> RosterEntryQuerySet:
    entries = RosterEntry.objects.filter(round=round).in_thai_order()
    if as_of is not None:
        entries = entries.filter(added_at__lte=as_of)
    if prefixes is not None:
        entries = entries.filter(path__regex="^(" + "|".join(prefix.replace(".", r"\.") for prefix in prefixes) + ")")
    if province_code:
        entries = entries.filter(province_code=province_code)
    if district_code:
        entries = entries.filter(district_code=district_code)
    return entries


def _counted(round: Round, entry: RosterEntry, needed: int, found: UnitSummary) -> ScoreLine:
    marks = rule_indicator7.marks_of(
        needed=needed,
        both=found.both,
        unit=found.unit,
        touched=found.touched,
        order_outstanding=found.order_outstanding,
    )
    complete = found.unit == needed and found.since is not None
    return ScoreLine(
        code=entry.code,
        full_name=entry.full_name,
        short_name=entry.short_name,
        unit_type=entry.unit_type,
        province_code=entry.province_code,
        district_code=entry.district_code,
        fiscal_year=round.fiscal_year_be,
        marks=marks,
        summary=rule_indicator7.SUMMARIES[marks],
        on_time=found.since < round.due_at if complete and found.since is not None else None,
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


def _score(round: Round, entry: RosterEntry, found: dict[str, Standing]) -> UnitScore:
    sections = sections_for(round, entry.unit_type)
    return UnitScore(
        code=entry.code,
        full_name=entry.full_name,
        short_name=entry.short_name,
        unit_type=entry.unit_type,
        province_code=entry.province_code,
        district_code=entry.district_code,
        score=rule_indicator7.score(sections=sections, standings=found),
        on_time=_on_time(round, sections, found),
        entry=entry,
    )


def _on_time(round: Round, sections: list[tuple[str, str]], found: dict[str, Standing]) -> bool | None:
    """Whether the unit's certification came before the due moment; None while it is not complete."""
    chosen = [found.get(code) for code, _ in sections]
    if not chosen or not all(standing is not None and standing.unit for standing in chosen):
        return None
    return all(standing is not None and standing.since < round.due_at for standing in chosen)


def _without_round(
    fiscal_year: int, *, prefixes: Sequence[str] | None, province_code: str, codes: Sequence[str] | None
) -> list[UnitScore]:
    versions = OrganisationVersion.objects.units().in_force(timezone.localdate())
    if prefixes is not None:
        versions = versions.under(*prefixes)
    if province_code:
        versions = versions.filter(province_code=province_code)
    if codes is not None:
        versions = versions.filter(organisation__code__in=codes)
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
