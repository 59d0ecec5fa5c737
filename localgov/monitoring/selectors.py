"""Who has recorded: counts by area, and units one by one, fresh from the sheets themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, overload

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from localgov.filings.models import Sheet
from localgov.filings.selectors.standings import Standing, standings
from localgov.filings.states import CERTIFIED, DESKS, Desk, Status
from localgov.forms import selectors as forms
from localgov.lib.thai_text import search_text
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.organisations import areas
from localgov.rounds.models import RosterEntry, Round

#: What a sheet counts as on the board: the best that is in force, else where its newest revision stands.
NOT_BEGUN = "NOT_STARTED"

_COUNTS = """
SELECT area, section, status, count(*) FROM (
    SELECT {area} AS area, s.section,
        CASE WHEN bool_or(s.status = 'CERTIFIED_PROVINCE') THEN 'CERTIFIED_PROVINCE'
             WHEN bool_or(s.status = 'CERTIFIED_LAO') THEN 'CERTIFIED_LAO'
             ELSE max(s.status) FILTER (WHERE s.is_newest) END AS status
    FROM filings_sheet s
    JOIN filings_filing f ON f.id = s.filing_id
    JOIN rounds_rosterentry e ON e.id = f.roster_entry_id
    WHERE f.round_id = %(round)s AND e.excused_from IS NULL {where}
    GROUP BY f.id, {area}, s.section
) sheets GROUP BY area, section, status
"""

_UNITS = """
SELECT {area} AS area, e.unit_type, count(*), count(f.id), count(*) FILTER (WHERE both_count >= needed.n)
FROM rounds_rosterentry e
JOIN (SELECT unnest(%(types)s::text[]) AS unit_type, unnest(%(needs)s::int[]) AS n) needed ON needed.unit_type = e.unit_type
LEFT JOIN filings_filing f ON f.roster_entry_id = e.id
LEFT JOIN LATERAL (
    SELECT count(DISTINCT s.section) AS both_count FROM filings_sheet s
    WHERE s.filing_id = f.id AND s.status = 'CERTIFIED_PROVINCE'
) done ON true
WHERE e.round_id = %(round)s AND e.excused_from IS NULL {where}
GROUP BY area, e.unit_type
"""

_AREA_COLUMNS = {"province": "e.province_code", "district": "e.district_code"}


@dataclass
class AreaStatus:
    """One province or district on the board: units and sheets by where they stand."""

    code: str
    name: str
    units: int = 0
    begun_units: int = 0
    complete_units: int = 0
    expected: int = 0
    sheets: Counter[str] = field(default_factory=Counter)
    url: str = ""

    @property
    def not_begun(self) -> int:
        """Expected sheets without a first answer."""
        return self.expected - sum(self.sheets.values())

    @property
    def idle_units(self) -> int:
        """Units that have not begun."""
        return self.units - self.begun_units

    @property
    def recording(self) -> int:
        """Sheets being recorded."""
        return self.sheets[Status.RECORDING]

    @property
    def submitted(self) -> int:
        """Sheets waiting for a verifier."""
        return self.sheets[Status.SUBMITTED]

    @property
    def verified(self) -> int:
        """Sheets waiting for the executive."""
        return self.sheets[Status.VERIFIED]

    @property
    def certified_unit(self) -> int:
        """Sheets certified by the unit alone."""
        return self.sheets[Status.CERTIFIED_LAO]

    @property
    def certified_province(self) -> int:
        """Sheets certified by both levels."""
        return self.sheets[Status.CERTIFIED_PROVINCE]


@dataclass(frozen=True)
class UnitStatus:
    """One unit on the board: its roster entry and where each of its sheets stands."""

    entry: RosterEntry
    sheets: Mapping[str, str]
    desk: Desk | None
    since: datetime | None
    done: int
    expected: int


@dataclass(frozen=True)
class Filter:
    """What the board is asked for; empty = all. `prefixes` are the actor's scopes."""

    prefixes: tuple[str, ...]
    province_code: str = ""
    district_code: str = ""
    unit_type: str = ""
    section: str = ""
    status: str = ""
    name: str = ""
    waiting_since: datetime | None = None

    def sql(self) -> tuple[str, dict[str, Any]]:
        """Conditions on `e` (the roster) and their parameters."""
        where = " AND e.path LIKE ANY(%(prefixes)s)"
        parameters: dict[str, Any] = {"prefixes": [f"{prefix}%" for prefix in self.prefixes]}
        for column in ("province_code", "district_code", "unit_type"):
            if value := getattr(self, column):
                where += f" AND e.{column} = %({column})s"
                parameters[column] = value
        return where, parameters


def area_status(*, round: Round, by: str, wanted: Filter) -> list[AreaStatus]:
    """The board by `province` or `district`, in Thai order; two queries whatever the size."""
    where, parameters = wanted.sql()
    area = _AREA_COLUMNS[by]
    kinds = list(forms_sections(round))
    needs = [len(forms_sections(round)[kind]) for kind in kinds]
    parameters |= {"round": round.pk, "types": kinds, "needs": needs}
    found: dict[str, AreaStatus] = {}
    with connection.cursor() as cursor:
        cursor.execute(_UNITS.format(area=area, where=where), parameters)
        for code, unit_type, units, begun, complete in cursor.fetchall():
            row = found.setdefault(code, AreaStatus(code=code, name=area_name(code)))
            row.units += units
            row.begun_units += begun
            row.complete_units += complete
            sections = forms_sections(round)[unit_type]
            row.expected += units * (int(wanted.section in sections) if wanted.section else len(sections))
        cursor.execute(_COUNTS.format(area=area, where=where), parameters)
        for code, section, status, count in cursor.fetchall():
            if not wanted.section or section == wanted.section:
                found[code].sheets[status] += count
    codes = [province.code for province in areas.provinces()] + [district.code for district in areas.districts()]
    order = {code: place for place, code in enumerate(codes)}
    return sorted(found.values(), key=lambda row: (order.get(row.code, len(order)), row.code))


def area_name(code: str) -> str:
    """The name of a province (two digits) or district (four)."""
    return areas.province_name(code) if len(code) == 2 else areas.district_name(code)


def forms_sections(round: Round) -> dict[str, tuple[str, ...]]:
    """The sheets that count, by unit type."""
    return {kind: forms.applicable_sheets(round.form_version_id, kind) for kind, _ in UNIT_TYPE_CHOICES}


def total_of(rows: Sequence[AreaStatus]) -> AreaStatus:
    """The row รวม."""
    total = AreaStatus(code="", name="รวม")
    for row in rows:
        total.units += row.units
        total.begun_units += row.begun_units
        total.complete_units += row.complete_units
        total.expected += row.expected
        total.sheets.update(row.sheets)
    return total


class UnitStatusRows(Sequence[UnitStatus]):
    """Units in Thai order, page by page: the standings of a page are read with it, never of all units at once."""

    def __init__(self, *, round: Round, wanted: Filter) -> None:
        self.round = round
        self.entries = _entries(round, wanted).select_related("round")

    def __len__(self) -> int:
        return self.entries.count()

    @overload
    def __getitem__(self, index: int) -> UnitStatus: ...

    @overload
    def __getitem__(self, index: slice) -> list[UnitStatus]: ...

    def __getitem__(self, index: int | slice) -> UnitStatus | list[UnitStatus]:
        if isinstance(index, int):
            return self._read([self.entries[index]])[0]
        return self._read(list(self.entries[index]))

    def __iter__(self) -> Iterator[UnitStatus]:
        return iter(self._read(list(self.entries)))

    def _read(self, entries: list[RosterEntry]) -> list[UnitStatus]:
        found: dict[int, dict[str, Standing]] = defaultdict(dict)
        for standing in standings(round_id=self.round.pk, entry_ids=[entry.pk for entry in entries]):
            found[standing.entry_id][standing.section] = standing
        sections = forms_sections(self.round)
        return [unit_status(entry, sections[entry.unit_type], found.get(entry.pk, {})) for entry in entries]


def unit_status(entry: RosterEntry, sections: Sequence[str], found: Mapping[str, Standing]) -> UnitStatus:
    """One unit's line: states by sheet, whose desk the least advanced sheet lies on, and since when."""
    states = {section: _state(found.get(section)) for section in sections}
    pending = [found[section] for section in sections if section in found and found[section].status in _PENDING]
    slowest = min(pending, key=lambda standing: (_PENDING.index(standing.status), standing.since), default=None)
    idle = NOT_BEGUN in states.values()
    desk = Desk.RECORDER if idle else DESKS[slowest.status] if slowest else None
    return UnitStatus(
        entry=entry,
        sheets=states,
        desk=desk,
        since=slowest.since if slowest is not None and not (idle and slowest.status != Status.RECORDING) else None,
        done=sum(1 for state in states.values() if state in CERTIFIED),
        expected=len(states),
    )


_PENDING = (Status.RECORDING, Status.SUBMITTED, Status.VERIFIED, Status.CERTIFIED_LAO)


def _state(standing: Standing | None) -> str:
    if standing is None or not standing.touched:
        return NOT_BEGUN
    if standing.both:
        return Status.CERTIFIED_PROVINCE
    return Status.CERTIFIED_LAO if standing.unit else standing.status


def _entries(round: Round, wanted: Filter) -> QuerySet[RosterEntry]:
    scope = Q(pk__in=[])
    for prefix in wanted.prefixes:
        scope |= Q(path__startswith=prefix)
    entries: QuerySet[RosterEntry] = RosterEntry.objects.in_thai_order().filter(
        scope, round=round, excused_from__isnull=True
    )
    for column in ("province_code", "district_code", "unit_type"):
        if value := getattr(wanted, column):
            entries = entries.filter(**{column: value})
    if wanted.name:
        entries = entries.filter(search_text__contains=search_text(wanted.name))
    return _in_status(entries, wanted)


def _in_status(entries: QuerySet[RosterEntry], wanted: Filter) -> QuerySet[RosterEntry]:
    """Units with a sheet (of the section asked for) in the status, or waiting there since before a moment."""
    sheets = Sheet.objects.filter(filing__roster_entry=OuterRef("pk"), is_newest=True)
    if wanted.section:
        sheets = sheets.filter(section=wanted.section)
    if wanted.status == NOT_BEGUN:
        return entries.filter(~Exists(sheets.filter(first_answer_at__isnull=False)))
    if wanted.status:
        sheets = sheets.filter(status=wanted.status)
    if wanted.waiting_since is not None:
        sheets = sheets.filter(status_since__lt=wanted.waiting_since).exclude(status=Status.CERTIFIED_PROVINCE)
    if wanted.status or wanted.waiting_since is not None:
        return entries.filter(Exists(sheets))
    return entries
