"""Who has not: one contract for boards, letters, reminders and home pages.

    lagging_units(cause=Cause.NOT_BEGUN, round=round, wanted=RosterFilter(prefixes=actor.scopes(...)), at=now)

`wanted` filters by area, type, name or codes, keeps to the prefixes of who asks (access by today's path), and asks for a
past moment by its `as_of`. Excused units are never listed. Two queries, whatever the size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from localgov.directory.selectors import relations
from localgov.filings.selectors.standings import unit_relation
from localgov.lib.thai_calendar import bangkok_day_start, fiscal_year_bounds
from localgov.lib.unit_types import UnitType
from localgov.monitoring.causes import DIRECTORY_CAUSES, ENTRY_CAUSES, IDLE_DAYS, ROUND_CAUSES, Cause, causes_of
from localgov.monitoring.selectors import idle, progress
from localgov.organisations import areas
from localgov.publishing.selectors import duties
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter, roster_rows
from localgov.ui.lazy_rows import LazyRows

__all__ = [
    "IDLE_DAYS",
    "Cause",
    "CauseUnfit",
    "LaggingArea",
    "LaggingRows",
    "LaggingUnit",
    "lagging_areas",
    "lagging_units",
]

_SHOWN = (
    "e.id", "e.organisation_id", "e.code", "e.short_name", "e.full_name", "e.unit_type", "e.province_code",
    "e.district_code", "e.path",
)  # fmt: skip

_AREAS = """
SELECT e.province_code, e.district_code, count(*), count(*) FILTER (WHERE {lags}), count(*) FILTER (WHERE {lags} AND {late})
FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id
{joins}
WHERE e.round_id = %(round)s AND {where}
GROUP BY e.province_code, e.district_code
"""


class CauseUnfit(ValueError):
    """The cause can't be asked of this round, or needs one; `reason` is a Thai sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LaggingUnit:
    """One unit that has not done what was asked.

    `entry_id` and `due_at` (its own date, with extensions) belong to causes about a round. `done`: what it has done so far,
    in words. `since`: since when its work lies where it lies (None = nothing was done), the beginning of the year for
    website, administrator and what it publishes, or when anybody last signed in.
    `late`: its own date is past and it has not done its part; `extended`: its date is later than the round's.
    """

    organisation_id: int
    code: str
    short_name: str
    full_name: str
    unit_type: str
    province_code: str
    district_code: str
    path: str
    done: str
    since: datetime | None
    entry_id: int | None = None
    due_at: datetime | None = None
    late: bool = False
    extended: bool = False

    @property
    def type_name(self) -> str:
        """Abbreviation of the type: อบต."""
        return UnitType(self.unit_type).abbreviation

    @property
    def province_name(self) -> str:
        """Name of its province."""
        return areas.province_name(self.province_code)

    @property
    def district_name(self) -> str:
        """Name of its district."""
        return areas.district_name(self.district_code)


@dataclass
class LaggingArea:
    """A province (two digits) or district (four): units asked, those that lag, and those of them that are late."""

    code: str
    units: int = 0
    lagging: int = 0
    late: int = 0

    @property
    def name(self) -> str:
        """Name of the area."""
        return areas.area_name(self.code)


class _Source(NamedTuple):
    """SQL of a cause in a round: who lags, who of them is late, the joins and parameters that both need."""

    round: Round
    lags: str
    late: str
    joins: str
    parameters: dict[str, Any]


def lagging_units(
    *,
    cause: Cause,
    wanted: RosterFilter,
    at: datetime,
    round: Round | None = None,
    fiscal_year: int | None = None,
    late_only: bool = False,
) -> list[LaggingUnit]:
    """The units that lag for a cause, in Thai order within their districts.

    Causes about a round need it, or the fiscal year (พ.ศ.) whose eight domains are meant, as do website and administrator;
    the idle need neither. `late_only`: only those past their own date. Raises `CauseUnfit`.
    """
    round = round or _eight_domains(fiscal_year)
    return list(LaggingRows(cause=cause, wanted=wanted, at=at, round=round, late_only=late_only))


class LaggingRows(LazyRows[int, LaggingUnit]):
    """The same for a list page: only the page shown is read in full."""

    def __init__(
        self, *, cause: Cause, wanted: RosterFilter, at: datetime, round: Round | None = None, late_only: bool = False
    ) -> None:
        self.cause = cause
        self.wanted = wanted
        self.at = at
        self.source: _Source | None = None
        if cause == Cause.IDLE:
            self.keys = idle.idle_ids(wanted=wanted, at=at)
            return
        self.source = _source(cause, round, wanted, at)
        where = f"{self.source.lags} AND {self.source.late}" if late_only else self.source.lags
        self.keys = [pk for (pk,) in self._rows(self.source, ["e.id"], where)]

    def read(self, keys: Sequence[int]) -> list[LaggingUnit]:
        """The rows of a page."""
        ids = list(keys)
        if self.source is None:
            return [_idle_unit(row) for row in idle.idle_rows(ids=ids, wanted=self.wanted, at=self.at)]
        if self.cause in ENTRY_CAUSES:
            return self._entries(self.source, ids)
        source = _source(self.cause, self.source.round, self.wanted, self.at, ids=ids)
        due = self.wanted.own_due_at
        columns = [*_SHOWN, due, f"{due} > r.due_at", source.late, *_DONE]
        rows = self._rows(source, columns, "e.id = ANY(%(ids)s)", ids=ids)
        word = progress.sheet_word(source.round)
        units = [_round_unit(row, word) for row in rows]
        if self.cause in DIRECTORY_CAUSES:
            since = bangkok_day_start(fiscal_year_bounds(source.round.fiscal_year_be)[0])
            return [replace(unit, since=since) for unit in units]
        return units

    def _entries(self, source: _Source, ids: list[int]) -> list[LaggingUnit]:
        """Units of a cause about what they publish: due on the Department's day, done by what they entered."""
        rows = self._rows(source, [*_SHOWN, source.late, *duties.ENTERED_COLUMNS], "e.id = ANY(%(ids)s)", ids=ids)
        asked = duties.asked_of(source.round.fiscal_year_be, as_of=self.wanted.as_of)
        since = bangkok_day_start(fiscal_year_bounds(source.round.fiscal_year_be)[0])
        found = []
        for (
            entry_id,
            organisation_id,
            code,
            short_name,
            full_name,
            unit_type,
            province,
            district,
            path,
            late,
            *own,
        ) in rows:
            done = duties.done_words(own, asked, ENTRY_CAUSES[self.cause])
            unit = LaggingUnit(
                organisation_id, code, short_name, full_name, unit_type, province, district, path, done, since
            )
            found.append(replace(unit, entry_id=entry_id, due_at=asked.due_at, late=late))
        return found

    def _rows(self, source: _Source, columns: list[str], where: str, **more: Any) -> list[tuple[Any, ...]]:
        return roster_rows(
            round_id=source.round.pk,
            wanted=self.wanted,
            columns=columns,
            joins=source.joins,
            parameters=source.parameters | more,
            where=where,
        )


def _source(
    cause: Cause, round: Round | None, wanted: RosterFilter, at: datetime, *, ids: list[int] | None = None
) -> _Source:
    """The SQL of a cause; of some roster entries alone where `ids` are given. Raises `CauseUnfit`."""
    round = _round_for(cause, round)
    if cause in ENTRY_CAUSES:
        return _entries_source(cause, round, wanted, at)
    units = unit_relation(round_id=round.pk, as_of=wanted.as_of, prefixes=wanted.prefixes, entry_ids=ids)
    joins, parameters = progress.joins(round, units)
    parameters |= {"moment": wanted.as_of or at}
    if cause not in DIRECTORY_CAUSES:
        return _Source(round, progress.LAGS[cause], progress.late_sql(round, wanted.own_due_at), joins, parameters)
    relation = relations.websites if cause == Cause.WEBSITE else relations.administrators
    recorded = relation(fiscal_year=round.fiscal_year_be, as_of=wanted.as_of)
    return _Source(
        round,
        "recorded.organisation_id IS NULL",
        f"({wanted.own_due_at} <= %(moment)s AND recorded.organisation_id IS NULL)",
        f"{joins} LEFT JOIN ({recorded.sql}) recorded ON recorded.organisation_id = e.organisation_id",
        parameters | recorded.parameters,
    )


def _entries_source(cause: Cause, round: Round, wanted: RosterFilter, at: datetime) -> _Source:
    """The SQL of a cause about what units publish in the year of the round."""
    asked = duties.asked_of(round.fiscal_year_be, as_of=wanted.as_of)
    entered = duties.entries(fiscal_year=round.fiscal_year_be, as_of=wanted.as_of)
    lags = duties.lacks(ENTRY_CAUSES[cause], asked)
    return _Source(
        round,
        lags,
        f"(%(entries_due)s::timestamptz <= %(moment)s AND {lags})" if asked.due_at else "false",
        f"LEFT JOIN ({entered.sql}) entries ON entries.organisation_id = e.organisation_id",
        entered.parameters | {"moment": wanted.as_of or at, "entries_due": asked.due_at},
    )


def _eight_domains(fiscal_year: int | None) -> Round | None:
    """The round of the eight domains of a fiscal year, whose roster says which units there were."""
    return Round.objects.filter(form_code="eight_domains", fiscal_year_be=fiscal_year).first() if fiscal_year else None


def lagging_areas(
    *,
    cause: Cause,
    wanted: RosterFilter,
    at: datetime,
    round: Round | None = None,
    fiscal_year: int | None = None,
    by: str = "province",
) -> list[LaggingArea]:
    """Counts of the same by `province` or `district`, in Thai order, areas without a lagging unit too. Raises `CauseUnfit`."""
    if cause == Cause.IDLE:
        return _summed(idle.idle_areas(wanted=wanted, at=at), by)
    source = _source(cause, round or _eight_domains(fiscal_year), wanted, at)
    where, parameters = wanted.sql()
    query = _AREAS.format(lags=source.lags, late=source.late, joins=source.joins, where=where)
    with connection.cursor() as cursor:
        cursor.execute(query, source.parameters | parameters | {"round": source.round.pk})
        return _summed(cursor.fetchall(), by)


_DONE = (
    "needed.n",
    progress.BEGUN,
    progress.SUBMITTED,
    progress.VERIFIED,
    progress.CERTIFIED_UNIT,
    progress.CERTIFIED_PROVINCE,
    "u.pending_since",
)


def _round_for(cause: Cause, round: Round | None) -> Round:
    if round is None:
        raise CauseUnfit(f"ต้องระบุรอบการบันทึกหรือปีงบประมาณที่เปิดแล้ว จึงจะทราบว่า อปท. ใด{cause.label}")
    if cause in ROUND_CAUSES and cause not in causes_of(round.profile):
        raise CauseUnfit(f"รอบ “{round.title}” ไม่มีขั้นตอนนี้ จึงไม่มีรายชื่อ “{cause.label}”")
    return round


def _round_unit(row: tuple[Any, ...], word: str) -> LaggingUnit:
    entry_id, organisation_id, code, short_name, full_name, unit_type, province, district, path, *judged = row
    due_at, extended, late, needed, begun, submitted, verified, certified_unit, certified_province, since = judged
    return LaggingUnit(
        organisation_id=organisation_id,
        code=code,
        short_name=short_name,
        full_name=full_name,
        unit_type=unit_type,
        province_code=province,
        district_code=district,
        path=path,
        done=_done_words(begun, needed, word, submitted, verified, certified_unit, certified_province),
        since=since,
        entry_id=entry_id,
        due_at=due_at,
        late=late,
        extended=extended,
    )


def _done_words(begun: bool, needed: int, word: str, *counts: int) -> str:
    """`ส่งแล้ว 3 · ตรวจสอบแล้ว 1 จาก 8 ด้าน`: how many sheets came at least so far; steps that none has reached are left out."""
    if not begun:
        return "ยังไม่เริ่ม"
    steps = zip(("ส่งแล้ว", "ตรวจสอบแล้ว", "อปท. รับรองแล้ว", "จังหวัดรับรองแล้ว"), counts, strict=True)
    told = " · ".join(f"{step} {count}" for step, count in steps if count)
    return f"{told} จาก {needed} {word}" if told else f"เริ่มบันทึกแล้ว ยังไม่ส่งสัก{word}"


def _idle_unit(row: idle.IdleRow) -> LaggingUnit:
    organisation_id, code, short_name, full_name, unit_type, province, district, path = row.place
    return LaggingUnit(
        organisation_id, code, short_name, full_name, unit_type, province, district, path, row.told, row.since
    )


def _summed(rows: Iterable[tuple[Any, ...]], by: str) -> list[LaggingArea]:
    found: dict[str, LaggingArea] = {}
    for province, district, units, lagging, late in rows:
        code = province if by == "province" else district
        area = found.setdefault(code, LaggingArea(code))
        area.units += units
        area.lagging += lagging
        area.late += late
    return sorted(found.values(), key=lambda area: areas.place_of(area.code))
