"""Who has recorded: counts by area, and units one by one, fresh from the sheets themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import overload

from django.db import connection

from localgov.filings.selectors.standings import (
    COUNTS,
    NOT_BEGUN,
    Standing,
    UnitRelation,
    standings,
    unit_relation,
)
from localgov.filings.states import CERTIFIED, DESKS, Desk, Status
from localgov.monitoring.selectors.progress import sections_of
from localgov.organisations import areas
from localgov.rounds.models import RosterEntry, Round
from localgov.rounds.reading import RosterFilter, roster_rows

_AREAS = """
SELECT {area} AS area, e.unit_type, count(*), count(*) FILTER (WHERE u.begun),
    count(*) FILTER (WHERE u.both_count >= needed.n AND NOT u.order_outstanding), {sums}
FROM rounds_rosterentry e
JOIN (SELECT unnest(%(types)s::text[]) AS unit_type, unnest(%(needs)s::int[]) AS n) needed ON needed.unit_type = e.unit_type
LEFT JOIN ({units}) u ON u.entry_id = e.id
WHERE e.round_id = %(round)s AND {where}
GROUP BY area, e.unit_type
"""

#: What a sheet shows that came back to be mended (it counts as RECORDING).
RETURNED = "RETURNED"

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
    url: str = ""


@dataclass(frozen=True)
class Filter(RosterFilter):
    """What the board is asked for: units as on the roster, and where their sheets (of one section) stand."""

    section: str = ""
    status: str = ""
    waiting_since: datetime | None = None

    def units(self, round: Round) -> UnitRelation:
        """The standings of begun units at the moment asked for, by section, status and waiting."""
        return unit_relation(
            round_id=round.pk,
            as_of=self.as_of,
            prefixes=self.prefixes,
            section=self.section,
            status=self.status,
            waiting_since=self.waiting_since,
        )


def area_status(*, round: Round, by: str, wanted: Filter) -> list[AreaStatus]:
    """The board by `province` or `district`, in Thai order; one query whatever the size."""
    where, parameters = wanted.sql()
    sections = sections_of(round)
    units = wanted.units(round)
    parameters |= units.parameters
    parameters |= {"types": list(sections), "needs": [len(codes) for codes in sections.values()]}
    query = _AREAS.format(
        area=_AREA_COLUMNS[by],
        sums=", ".join(f"coalesce(sum(u.{column}), 0)" for column in COUNTS.values()),
        units=units.sql,
        where=where,
    )
    found: dict[str, AreaStatus] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        for code, unit_type, count, begun, complete, *sheets in cursor.fetchall():
            row = found.setdefault(code, AreaStatus(code=code, name=areas.area_name(code)))
            row.units += count
            row.begun_units += begun
            row.complete_units += complete
            own = sections[unit_type]
            row.expected += count * (int(wanted.section in own) if wanted.section else len(own))
            for state, number in zip(COUNTS, sheets, strict=True):
                row.sheets[state] += int(number)
    return sorted(found.values(), key=lambda row: areas.place_of(row.code))


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

    def __init__(self, *, round: Round, wanted: Filter, url: Callable[[RosterEntry], str] = lambda entry: "") -> None:
        self.round = round
        self.url = url
        self.as_of = wanted.as_of
        self.ids = _matching(round, wanted)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> UnitStatus: ...

    @overload
    def __getitem__(self, index: slice) -> list[UnitStatus]: ...

    def __getitem__(self, index: int | slice) -> UnitStatus | list[UnitStatus]:
        if isinstance(index, int):
            return self._read([self.ids[index]])[0]
        return self._read(self.ids[index])

    def __iter__(self) -> Iterator[UnitStatus]:
        return iter(self._read(self.ids))

    def _read(self, ids: list[int]) -> list[UnitStatus]:
        entries = RosterEntry.objects.in_bulk(ids)
        found: dict[int, dict[str, Standing]] = defaultdict(dict)
        for standing in standings(round_id=self.round.pk, as_of=self.as_of, entry_ids=ids):
            found[standing.entry_id][standing.section] = standing
        sections = sections_of(self.round)
        for entry in entries.values():
            entry.round = self.round
        if self.as_of is not None:
            for pk, due_at in self._due_then(ids):
                entries[pk].due_at = due_at
        return [
            replace(
                unit_status(entries[pk], sections[entries[pk].unit_type], found.get(pk, {})), url=self.url(entries[pk])
            )
            for pk in ids
        ]

    def _due_then(self, ids: list[int]) -> list[tuple[int, datetime]]:
        """Until when the units had time, by the extensions recorded then (1 query)."""
        then = RosterFilter(as_of=self.as_of)
        return roster_rows(
            round_id=self.round.pk,
            wanted=then,
            columns=["e.id", then.own_due_at],
            where="e.id = ANY(%(ids)s)",
            parameters={"ids": ids},
        )


def unit_status(entry: RosterEntry, sections: Sequence[str], found: Mapping[str, Standing]) -> UnitStatus:
    """One unit's line: states by sheet, whose desk the least advanced sheet lies on, and since when."""
    states = {section: _state(found.get(section)) for section in sections}
    pending = [found[section] for section in sections if section in found and found[section].status in _PENDING]
    slowest = min(pending, key=lambda standing: (_PENDING.index(standing.status), standing.since), default=None)
    idle = NOT_BEGUN in states.values()
    desk = Desk.RECORDER if idle else DESKS[Status(slowest.status)] if slowest else None
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
    """The best that is in force, else where the newest revision stands; ส่งกลับ while it lies with the unit to mend."""
    if standing is None:
        return NOT_BEGUN
    return RETURNED if standing.returned and standing.state == Status.RECORDING else standing.state


def _matching(round: Round, wanted: Filter) -> list[int]:
    """Ids of the units with a sheet (of the section asked for) in the status, or waiting there since before a moment."""
    joins, where, parameters = "", "", {}
    if wanted.status or wanted.waiting_since is not None:
        units = wanted.units(round)
        joins, parameters = f"LEFT JOIN ({units.sql}) u ON u.entry_id = e.id", units.parameters
        unbegun_too = wanted.status == NOT_BEGUN and wanted.waiting_since is None
        where = f"coalesce(u.matches, {int(unbegun_too)}) > 0"
    rows = roster_rows(
        round_id=round.pk, wanted=wanted, columns=["e.id"], joins=joins, parameters=parameters, where=where
    )
    return [pk for (pk,) in rows]
