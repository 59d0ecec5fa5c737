"""Who has recorded: counts by area, and units one by one, fresh from the sheets themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any

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
from localgov.lib.unit_types import UNIT_TYPE_CHOICES, UnitType
from localgov.monitoring.selectors import progress
from localgov.monitoring.selectors.progress import sections_of
from localgov.organisations import areas
from localgov.rounds.models import Profile, RosterEntry, Round
from localgov.rounds.reading import RosterFilter, roster_rows
from localgov.ui.lazy_rows import LazyRows

_AREAS = """
SELECT {area} AS area, count(*), sum(expected.n)::int, {units_that}, {sums}
FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id
JOIN (SELECT unnest(%(types)s::text[]) AS unit_type, unnest(%(expected)s::int[]) AS n) expected
    ON expected.unit_type = e.unit_type
{joins}
WHERE e.round_id = %(round)s AND {where}
GROUP BY area
"""

#: What a sheet shows that came back to be mended (it counts as RECORDING).
RETURNED = "RETURNED"

_AREA_COLUMNS = {
    "province": "e.province_code",
    "region": "e.province_code",
    "district": "e.district_code",
    "type": "e.unit_type",
}


class TimeStatus(StrEnum):
    """How a unit stands to its own date: values of the filter."""

    LATE = "LATE"
    EXTENDED = "EXTENDED"


@dataclass
class AreaStatus:
    """One region, province, district or type on the board: units and sheets by where they stand.

    `submitted_units` to `certified_units` have all their sheets at least that far; `late_units` are past their own date
    without their own part done; `extended_units` have more time than the round gave.
    """

    code: str
    name: str
    units: int = 0
    begun_units: int = 0
    submitted_units: int = 0
    verified_units: int = 0
    certified_units: int = 0
    complete_units: int = 0
    late_units: int = 0
    extended_units: int = 0
    expected: int = 0
    sheets: Counter[str] = field(default_factory=Counter)

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

    @property
    def complete_percent(self) -> Decimal | None:
        """Units that are through, in percent; None without units."""
        return self._percent(self.complete_units)

    @property
    def certified_percent(self) -> Decimal | None:
        """Units that certified everything, in percent."""
        return self._percent(self.certified_units)

    @property
    def submitted_percent(self) -> Decimal | None:
        """Units that submitted everything, in percent."""
        return self._percent(self.submitted_units)

    @property
    def begun_percent(self) -> Decimal | None:
        """Units that have begun, in percent."""
        return self._percent(self.begun_units)

    @property
    def late_percent(self) -> Decimal | None:
        """Units that are late, in percent."""
        return self._percent(self.late_units)

    def _percent(self, count: int) -> Decimal | None:
        return Decimal(count * 100) / self.units if self.units else None


#: The counts of units of `AreaStatus`, in the order of the query.
_UNIT_COUNTS = (
    "begun_units",
    "submitted_units",
    "verified_units",
    "certified_units",
    "complete_units",
    "late_units",
    "extended_units",
)


@dataclass(frozen=True)
class UnitStatus:
    """One unit on the board: its roster entry and where each of its sheets stands; `late` as the board counts it."""

    entry: RosterEntry
    sheets: Mapping[str, str]
    desk: Desk | None
    since: datetime | None
    done: int
    expected: int
    late: bool = False
    url: str = ""


@dataclass(frozen=True)
class Filter(RosterFilter):
    """What the board is asked for: units as on the roster, where their sheets (of one section) stand, and their time."""

    section: str = ""
    status: str = ""
    waiting_since: datetime | None = None
    time_status: str = ""

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


def area_status(*, round: Round, by: str, wanted: Filter, at: datetime) -> list[AreaStatus]:
    """The board by `region`, `province`, `district` or `type`, in Thai order; one query whatever the size."""
    where, own_parameters = wanted.sql()
    joins, parameters = progress.joins(round, wanted.units(round), section=wanted.section)
    query = _AREAS.format(
        area=_AREA_COLUMNS[by],
        units_that=", ".join(f"count(*) FILTER (WHERE {condition})" for condition in _conditions(round, wanted)),
        sums=", ".join(f"coalesce(sum(u.{column}), 0)::int" for column in COUNTS.values()),
        joins=joins,
        where=where,
    )
    expected = [
        int(wanted.section in own) if wanted.section else len(own)
        for own in map(sections_of(round).__getitem__, parameters["types"])
    ]
    parameters |= own_parameters | {"round": round.pk, "moment": wanted.as_of or at, "expected": expected}
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        names = dict(UNIT_TYPE_CHOICES) if by == "type" else areas.area_names()
        found = [_area(names, row) for row in cursor.fetchall()]
    if by == "region":
        found = [_sum_of(region, list(rows)) for region, rows in _by_region(found)]
    return sorted(found, key=lambda row: _area_order(by, row.code))


def _area(names: Mapping[str, str], row: Sequence[Any]) -> AreaStatus:
    code, units, expected, *counts = row
    own = dict(zip(_UNIT_COUNTS, counts, strict=False))
    sheets = Counter(dict(zip(COUNTS, counts[len(_UNIT_COUNTS) :], strict=True)))
    return AreaStatus(code, names.get(code, ""), units, **own, expected=expected, sheets=sheets)


def _by_region(provinces: Sequence[AreaStatus]) -> Iterable[tuple[str, Iterable[AreaStatus]]]:
    return groupby(sorted(provinces, key=lambda row: _region(row.code)), key=lambda row: _region(row.code))


def _conditions(round: Round, wanted: RosterFilter) -> tuple[str, ...]:
    """SQL of `_UNIT_COUNTS`."""
    return (
        progress.BEGUN,
        f"{progress.SUBMITTED} >= needed.n",
        f"{progress.VERIFIED} >= needed.n",
        f"{progress.CERTIFIED_UNIT} >= needed.n",
        f"NOT ({progress.LAGS[progress.last_duty(round)]})",
        progress.late_sql(round, wanted.own_due_at),
        f"{wanted.own_due_at} > r.due_at",
    )


def _region(province_code: str) -> str:
    province = areas.province(province_code)
    return province.region if province else ""


def _area_order(by: str, code: str) -> tuple[int, str]:
    if by == "type":
        return list(UnitType).index(UnitType(code)), code
    if by == "region":
        return areas.REGIONS.index(code) if code in areas.REGIONS else len(areas.REGIONS), code
    return areas.place_of(code)


def total_of(rows: Sequence[AreaStatus]) -> AreaStatus:
    """The row รวม."""
    return replace(_sum_of("", rows), name="รวม")


def _sum_of(code: str, rows: Sequence[AreaStatus]) -> AreaStatus:
    """Areas together, as an area (a region) with this code."""
    total = AreaStatus(code, code or "ไม่ทราบภาค")
    for name in ("units", "expected", *_UNIT_COUNTS):
        setattr(total, name, sum(getattr(row, name) for row in rows))
    total.sheets = Counter({state: sum(row.sheets[state] for row in rows) for state in COUNTS})
    return total


class UnitStatusRows(LazyRows[int, UnitStatus]):
    """Units in Thai order, page by page: the standings of a page are read with it, never of all units at once."""

    def __init__(
        self, *, round: Round, wanted: Filter, at: datetime, url: Callable[[RosterEntry], str] = lambda entry: ""
    ) -> None:
        self.round = round
        self.url = url
        self.as_of = wanted.as_of
        self.moment = wanted.as_of or at
        self.keys = _matching(round, wanted, self.moment)

    def read(self, keys: Sequence[int]) -> list[UnitStatus]:
        """The rows of a page."""
        ids = list(keys)
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
                unit_status(entries[pk], sections[entries[pk].unit_type], found.get(pk, {}), at=self.moment),
                url=self.url(entries[pk]),
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


def unit_status(
    entry: RosterEntry, sections: Sequence[str], found: Mapping[str, Standing], *, at: datetime
) -> UnitStatus:
    """One unit's line: states by sheet, whose desk the least advanced sheet lies on, and since when."""
    states = {section: _state(found.get(section)) for section in sections}
    pending = [found[section] for section in sections if section in found and found[section].status in _PENDING]
    slowest = min(pending, key=lambda standing: (_PENDING.index(standing.status), standing.since), default=None)
    idle = NOT_BEGUN in states.values()
    desk = Desk.RECORDER if idle else DESKS[Status(slowest.status)] if slowest else None
    own_part = SENT if entry.round.profile == Profile.RECORD else CERTIFIED
    return UnitStatus(
        entry=entry,
        sheets=states,
        desk=desk,
        since=slowest.since if slowest is not None and not (idle and slowest.status != Status.RECORDING) else None,
        done=sum(1 for state in states.values() if state in own_part),
        expected=len(states),
        late=entry.due_at <= at and any(state not in own_part for state in states.values()),
    )


_PENDING = (Status.RECORDING, Status.SUBMITTED, Status.VERIFIED, Status.CERTIFIED_LAO)
#: The states of a sheet that was submitted, or is further.
SENT = (Status.SUBMITTED, Status.VERIFIED, *CERTIFIED)


def _state(standing: Standing | None) -> str:
    """The best that is in force, else where the newest revision stands; ส่งกลับ while it lies with the unit to mend."""
    if standing is None:
        return NOT_BEGUN
    return RETURNED if standing.returned and standing.state == Status.RECORDING else standing.state


def _matching(round: Round, wanted: Filter, moment: datetime) -> list[int]:
    """Ids of the units with a sheet (of the section asked for) in the status, or waiting there since before a moment."""
    joins, conditions, parameters = "", [], dict[str, Any](moment=moment)
    by_status = bool(wanted.status) or wanted.waiting_since is not None
    if by_status or wanted.time_status == TimeStatus.LATE:
        joins, own = progress.joins(round, wanted.units(round), section=wanted.section)
        parameters |= own
    if by_status:
        unbegun_too = wanted.status == NOT_BEGUN and wanted.waiting_since is None
        conditions.append(f"coalesce(u.matches, {int(unbegun_too)}) > 0")
    if wanted.time_status == TimeStatus.LATE:
        conditions.append(progress.late_sql(round, wanted.own_due_at))
    elif wanted.time_status == TimeStatus.EXTENDED:
        conditions.append(f"{wanted.own_due_at} > r.due_at")
    rows = roster_rows(
        round_id=round.pk,
        wanted=wanted,
        columns=["e.id"],
        joins=joins,
        parameters=parameters,
        where=" AND ".join(conditions),
    )
    return [pk for (pk,) in rows]
