"""Who has not: one contract for boards, letters, reminders and home pages.

    lagging_units(cause=Cause.NOT_BEGUN, round=round, wanted=RosterFilter(prefixes=actor.scopes(...)), at=now)

`wanted` filters by area, type, name or codes, keeps to the prefixes of who asks (access by today's path), and asks for a
past moment by its `as_of`. Excused units are never listed. One query, whatever the size.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from localgov.filings.selectors.standings import unit_relation
from localgov.lib.unit_types import UnitType
from localgov.monitoring.causes import IDLE_DAYS, ROUND_CAUSES, Cause, causes_of
from localgov.monitoring.selectors import idle, progress
from localgov.organisations import areas
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter, roster_rows

__all__ = ["IDLE_DAYS", "Cause", "CauseUnfit", "LaggingArea", "LaggingUnit", "lagging_areas", "lagging_units"]

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
    in words. `since`: since when its work lies where it lies (None = nothing was done), or when anybody last signed in.
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


def lagging_units(
    *, cause: Cause, wanted: RosterFilter, at: datetime, round: Round | None = None, late_only: bool = False
) -> list[LaggingUnit]:
    """The units that lag for a cause, in Thai order within their districts.

    `late_only`: only those past their own date (causes about a round). Raises `CauseUnfit`.
    """
    if cause == Cause.IDLE:
        return [_idle_unit(row) for row in idle.idle_rows(wanted=wanted, at=at)]
    round = _round_for(cause, round)
    late = progress.late_sql(round, wanted.own_due_at)
    units = unit_relation(round_id=round.pk, as_of=wanted.as_of, prefixes=wanted.prefixes)
    joins, parameters = progress.joins(round, units)
    rows = roster_rows(
        round_id=round.pk,
        wanted=wanted,
        columns=[*_SHOWN, wanted.own_due_at, f"{wanted.own_due_at} > r.due_at", late, *_DONE],
        joins=joins,
        parameters=parameters | {"moment": wanted.as_of or at},
        where=f"{progress.LAGS[cause]} AND {late}" if late_only else progress.LAGS[cause],
    )
    word = progress.sheet_word(round)
    return [_round_unit(row, word) for row in rows]


def lagging_areas(
    *, cause: Cause, wanted: RosterFilter, at: datetime, round: Round | None = None, by: str = "province"
) -> list[LaggingArea]:
    """Counts of the same by `province` or `district`, in Thai order, areas without a lagging unit too. Raises `CauseUnfit`."""
    if cause == Cause.IDLE:
        return _summed(idle.idle_areas(wanted=wanted, at=at), by)
    round = _round_for(cause, round)
    where, own_parameters = wanted.sql()
    units = unit_relation(round_id=round.pk, as_of=wanted.as_of, prefixes=wanted.prefixes)
    joins, parameters = progress.joins(round, units)
    late = progress.late_sql(round, wanted.own_due_at)
    with connection.cursor() as cursor:
        cursor.execute(
            _AREAS.format(lags=progress.LAGS[cause], late=late, joins=joins, where=where),
            parameters | own_parameters | {"round": round.pk, "moment": wanted.as_of or at},
        )
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
        raise CauseUnfit(f"ต้องระบุรอบการบันทึก จึงจะทราบว่า อปท. ใด{cause.label}")
    if cause not in ROUND_CAUSES or cause not in causes_of(round.profile):
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
