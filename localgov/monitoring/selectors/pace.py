"""How fast a round goes: sheets and units that reached each step, week by week, and who will miss the date at that pace.

Counted from append-only rows by the moment they were recorded, so a day that is over never changes: each process keeps the
counts of whole weeks, and of the whole days of the week that runs, and asks the database for today.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection, models

from localgov.filings.selectors.standings import unit_relation
from localgov.filings.states import Action
from localgov.lib.thai_calendar import bangkok_date, bangkok_day_start
from localgov.lib.unit_types import UnitType
from localgov.monitoring.selectors import progress
from localgov.organisations import areas
from localgov.rounds.models import Profile, RosterEntry, Round
from localgov.rounds.reading import RosterFilter
from localgov.ui.lazy_rows import LazyRows

WEEKS = 12
#: The pace of a unit is that of so many whole weeks and of the week that runs.
PACE_WEEKS = 4
#: A unit that did not move in them is expected to miss a date that is no more than so many days away.
STILL_DAYS = 60

#: A whole week is kept only after this long: an act that was recorded in it is committed by then.
_SURE = timedelta(hours=1)
BEGIN = "BEGIN"
_FIRST = "BEGIN_FIRST"

_Rows = tuple[tuple[int, str, int], ...]

#: `BEGIN_FIRST`: the unit's first sheets of all.
_SPAN = """
SELECT f.roster_entry_id, t.action, count(*)
FROM filings_steptaken t JOIN filings_sheet s ON s.id = t.sheet_id JOIN filings_filing f ON f.id = s.filing_id
WHERE f.round_id = %(round)s AND t.recorded_at >= %(begins)s AND t.recorded_at < %(ends)s AND t.action = ANY(%(actions)s)
GROUP BY f.roster_entry_id, t.action
UNION ALL
SELECT f.roster_entry_id, CASE WHEN f.created_at >= %(begins)s THEN 'BEGIN_FIRST' ELSE 'BEGIN' END, count(*)
FROM filings_sheet s JOIN filings_filing f ON f.id = s.filing_id
WHERE f.round_id = %(round)s AND s.revision = 1 AND s.created_at >= %(begins)s AND s.created_at < %(ends)s
GROUP BY 1, 2
"""
_UNITS = """
SELECT e.id, {lags}, ({left})::int, needed.n * {steps},
    CASE WHEN e.due_at > r.due_at THEN e.due_at END, 
    CASE WHEN NOT ({lags}) THEN (({done_at} AT TIME ZONE 'Asia/Bangkok')::date - %(first)s::date) / 7 END
FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id
{joins}
WHERE e.round_id = %(round)s AND {where}
"""
_SENT_AT = "(SELECT to_timestamp(max((one.value ->> 2)::float8)) FROM jsonb_each(f.states) one)"


class _Unit(NamedTuple):
    """What the rule needs of a unit. `extended`: its own date where it is not the round's; `done_week`: in which of the weeks
    shown it did its part, counted from 0."""

    entry_id: int
    lags: bool
    left: int
    total: int
    extended: datetime | None
    done_week: int | None


class Outlook(models.TextChoices):
    """What the rule expects of a unit that has not done its part yet."""

    WILL_MISS = "WILL_MISS", "คาดว่าไม่ทันกำหนด"
    WILL_KEEP = "WILL_KEEP", "คาดว่าทันกำหนด"
    UNKNOWN = "UNKNOWN", "ยังประเมินไม่ได้"


@dataclass(frozen=True)
class Week:
    """One week (Monday to Sunday in Thailand): sheets by step (`BEGIN` or an `Action`), units that began, units that did
    their part. `is_over` is false for the week that runs."""

    monday: date
    is_over: bool
    sheets: Counter[str]
    begun_units: int
    done_units: int

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Forecast:
    """A unit that has not done its part, before its own date: steps left and taken lately, and when it would finish.

    A sheet takes four steps to be certified by the unit (begin, submit, verify, certify), two where the round ends with
    submitting. `finish` is None where nothing moved.
    """

    code: str
    short_name: str
    unit_type: str
    province_code: str
    district_code: str
    due_at: datetime
    left: int
    total: int
    moved: int
    outlook: Outlook
    finish: date | None

    @property
    def type_name(self) -> str:
        """Abbreviation of its type."""
        return UnitType(self.unit_type).abbreviation

    @property
    def province_name(self) -> str:
        """Name of its province."""
        return areas.province_name(self.province_code)

    @property
    def district_name(self) -> str:
        """Name of its district."""
        return areas.district_name(self.district_code)


class Pace:
    """The weeks, oldest first, and the outlook of every unit of a filter that is not done and not late."""

    def __init__(self, round: Round, at: datetime, units: Sequence[_Unit]) -> None:
        self.at = at
        self.due_at = round.due_at
        self.steps = steps_of(round)
        self._mondays = _mondays(at)
        self._watched_since = bangkok_day_start(self._mondays[-PACE_WEEKS - 1])
        counts = [_counted(round.pk, monday, at) for monday in self._mondays]
        self.weeks = tuple(self._weeks(counts, units))
        self._moved = _moved(counts[-PACE_WEEKS - 1 :], self.steps[:4])
        self.outlooks = self._sorted_out([one for one in units if one.lags and (one.extended or self.due_at) > at])

    def _weeks(self, counts: Sequence[_Rows], units: Sequence[_Unit]) -> Iterator[Week]:
        due = {unit.entry_id for unit in units}
        done = Counter(unit.done_week for unit in units)
        for place, (monday, rows) in enumerate(zip(self._mondays, counts, strict=True)):
            sheets: Counter[str] = Counter()
            begun = set()
            for entry_id, step, count in rows:
                if entry_id in due:
                    sheets[BEGIN if step == _FIRST else step] += count
                    if step == _FIRST:
                        begun.add(entry_id)
            yield Week(monday, monday != self._mondays[-1], sheets, len(begun), done[place])

    def _judged(self, unit: _Unit) -> tuple[Outlook, date | None]:
        return outlook_of(
            left=unit.left,
            moved=self._moved[unit.entry_id],
            watched=self.at - self._watched_since,
            at=self.at,
            due_at=unit.extended or self.due_at,
        )

    def _sorted_out(self, units: Sequence[_Unit]) -> dict[Outlook, list[_Unit]]:
        """The units by their outlook, the slowest first: many stand alike, and are judged but once."""
        found: dict[Outlook, list[tuple[float, int, _Unit]]] = {outlook: [] for outlook in Outlook}
        known: dict[tuple[int, int, datetime | None], tuple[Outlook, float]] = {}
        for unit in units:
            moved = self._moved.get(unit.entry_id, 0)
            alike = (unit.left, moved, unit.extended)
            if alike not in known:
                known[alike] = self._judged(unit)[0], (-unit.left / moved if moved else -math.inf)
            outlook, slowness = known[alike]
            found[outlook].append((slowness, unit.entry_id, unit))
        return {outlook: [unit for _, _, unit in sorted(ones)] for outlook, ones in found.items()}

    def forecasts(self, outlook: Outlook) -> Forecasts:
        """The units expected so, the slowest first, read a page at a time."""
        return Forecasts(self, self.outlooks[outlook])

    def told(self, unit: _Unit, place: Sequence[str]) -> Forecast:
        """One unit in full; `place` is code, name, type, province and district."""
        outlook, finish = self._judged(unit)
        code, short_name, unit_type, province, district = place
        return Forecast(
            code=code,
            short_name=short_name,
            unit_type=unit_type,
            province_code=province,
            district_code=district,
            due_at=unit.extended or self.due_at,
            left=unit.left,
            total=unit.total,
            moved=self._moved[unit.entry_id],
            outlook=outlook,
            finish=finish,
        )


class Forecasts(LazyRows[_Unit, Forecast]):
    """Forecasts of many units, in full for a page alone."""

    def __init__(self, pace: Pace, units: Sequence[_Unit]) -> None:
        self.pace = pace
        self.keys = units

    def read(self, keys: Sequence[_Unit]) -> list[Forecast]:
        """The rows of a page."""
        units = list(keys)
        names = ("id", "code", "short_name", "unit_type", "province_code", "district_code")
        entries = RosterEntry.objects.filter(pk__in=[unit.entry_id for unit in units])
        places = {pk: place for pk, *place in entries.values_list(*names)}
        return [self.pace.told(unit, places[unit.entry_id]) for unit in units]


def steps_of(round: Round) -> tuple[str, ...]:
    """The steps that a sheet of the round goes through, in order."""
    all_steps = (
        BEGIN,
        Action.SUBMIT.value,
        Action.VERIFY.value,
        Action.CERTIFY_LAO.value,
        Action.CERTIFY_PROVINCE.value,
    )
    return all_steps[: {Profile.RECORD: 2, Profile.UNIT: 4, Profile.PROVINCE: 5}[Profile(round.profile)]]


def pace(*, round: Round, wanted: RosterFilter, at: datetime) -> Pace:
    """The last weeks and the outlook, for the units of a filter.

    Two queries and one for each day of the running week; in a process that asks for the first time 11 more.
    """
    return Pace(round, at, _units(round, wanted, _mondays(at)[0]))


def _units(round: Round, wanted: RosterFilter, first: date) -> list[_Unit]:
    """The due units; no moments where they can be left out, which is what costs most."""
    where, own = wanted.sql()
    joins, parameters = progress.joins(round, unit_relation(round_id=round.pk, prefixes=wanted.prefixes))
    reached = [_BEGUN_SHEETS, progress.SUBMITTED, progress.VERIFIED, progress.CERTIFIED_UNIT][
        : len(steps_of(round)[:4])
    ]
    sent = round.profile == Profile.RECORD
    query = _UNITS.format(
        joins=f"{joins} LEFT JOIN filings_filing f ON f.roster_entry_id = e.id" if sent else joins,
        where=where,
        lags=progress.LAGS[progress.own_duty(round)],
        left=" + ".join(f"(needed.n - {count})" for count in reached),
        steps=len(reached),
        done_at=_SENT_AT if sent else "u.certified_at",
    )
    with connection.cursor() as cursor:
        cursor.execute(query, parameters | own | {"round": round.pk, "first": first})
        return list(map(_Unit._make, cursor.fetchall()))


_BEGUN_SHEETS = "coalesce(u.recording, 0) + " + progress.SUBMITTED


def outlook_of(
    *, left: int, moved: int, watched: timedelta, at: datetime, due_at: datetime
) -> tuple[Outlook, date | None]:
    """The rule: steps left, at the unit's own pace of the time watched, must fit before its date.

    Example: 12 steps left, 8 taken in 28 days → 42 days more. Where none was taken: missed if the date is at most 60 days
    away, else not known.
    """
    if not moved:
        near = due_at - at <= timedelta(days=STILL_DAYS)
        return (Outlook.WILL_MISS if near else Outlook.UNKNOWN), None
    finish = at + watched * left / moved
    return (Outlook.WILL_MISS if finish >= due_at else Outlook.WILL_KEEP), bangkok_date(finish)


def _mondays(at: datetime) -> list[date]:
    today = bangkok_date(at)
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def _counted(round_id: int, monday: date, at: datetime) -> _Rows:
    if _is_sure(monday + timedelta(weeks=1), at):
        return over(round_id, monday, monday + timedelta(weeks=1))
    days = (monday + timedelta(days=day) for day in range(7) if monday + timedelta(days=day) <= bangkok_date(at))
    return tuple(row for day in days for row in _counted_day(round_id, day, at))


def _counted_day(round_id: int, day: date, at: datetime) -> _Rows:
    end = day + timedelta(days=1)
    return over(round_id, day, end) if _is_sure(end, at) else _read(round_id, day, end)


def _is_sure(end: date, at: datetime) -> bool:
    return at - bangkok_day_start(end) > _SURE


@lru_cache(maxsize=256)
def over(round_id: int, begins: date, ends: date) -> _Rows:
    """Steps of days that are over, by roster entry; kept by the process, since they can't change any more."""
    return _read(round_id, begins, ends)


def _read(round_id: int, begins: date, ends: date) -> _Rows:
    """Roster entry, step, how often, from a day until before another."""
    actions = [Action.SUBMIT, Action.VERIFY, Action.CERTIFY_LAO, Action.CERTIFY_PROVINCE]
    parameters: dict[str, Any] = {
        "begins": bangkok_day_start(begins),
        "ends": bangkok_day_start(ends),
        "actions": actions,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SPAN, parameters | {"round": round_id})
        return tuple(cursor.fetchall())


def _moved(weeks: Iterable[_Rows], steps: Sequence[str]) -> Counter[int]:
    """Steps that each unit took itself."""
    found: Counter[int] = Counter()
    for rows in weeks:
        for entry_id, step, count in rows:
            if step in steps or step == _FIRST:
                found[entry_id] += count
    return found
