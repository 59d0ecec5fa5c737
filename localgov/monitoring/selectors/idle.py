"""Units where nobody has signed in for a long time, read from the accounts; of a past moment from the record of signing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from localgov.lib.thai_calendar import bangkok_date, format_date_short
from localgov.monitoring.causes import IDLE_DAYS
from localgov.organisations import areas
from localgov.rounds.reading import RosterFilter
from localgov.ui.lazy_rows import LazyRows

_LAST_NOW = "a.last_login"
_LAST_THEN = """(
    SELECT max(s.recorded_at) FROM audit_event s
    WHERE s.type = 'account.signed_in' AND s.actor_id = a.id AND s.recorded_at <= %(moment)s
)"""

#: The units of the register on the day, each with its accounts: how many, the last sign-in, when they were handed out.
_UNITS = """
    SELECT o.id AS organisation_id, o.code, v.short_name, v.full_name, v.unit_type, v.province_code, v.district_code, v.path,
        v.search_text, v.sort_key, v.id, NULL::date AS excused_from, '-infinity'::timestamptz AS added_at,
        NULL::timestamptz AS excused_recorded_at, account.held, account.last_at, account.given_at,
        coalesce(account.last_at, account.given_at, '-infinity') < %(idle_before)s AS is_idle
    FROM organisations_organisationversion v
    JOIN organisations_organisation o ON o.id = v.organisation_id
    LEFT JOIN (
        SELECT a.organisation_id, count(*) AS held, max({last}) AS last_at,
            coalesce(min(a.created_at) FILTER (WHERE a.is_handed_down), min(a.created_at)) AS given_at
        FROM accounts_user a WHERE a.created_at <= %(moment)s GROUP BY a.organisation_id
    ) account ON account.organisation_id = o.id
    WHERE o.kind = 'UNIT' AND v.in_force @> %(day)s::date
"""

_ROWS = """
SELECT e.organisation_id, e.code, e.short_name, e.full_name, e.unit_type, e.province_code, e.district_code, e.path,
    coalesce(e.held, 0), e.last_at, e.given_at
FROM ({units}) e
LEFT JOIN unnest(%(districts)s::text[]) WITH ORDINALITY place(code, number) ON place.code = e.district_code
WHERE e.organisation_id = ANY(%(ids)s) AND {where}
ORDER BY place.number, e.province_code, e.sort_key, e.id
"""

_IDS = """
SELECT e.organisation_id
FROM ({units}) e
LEFT JOIN unnest(%(districts)s::text[]) WITH ORDINALITY place(code, number) ON place.code = e.district_code
WHERE e.is_idle AND {where} AND %(use)s IN ('', {use})
ORDER BY place.number, e.province_code, e.sort_key, e.id
"""
_USE = "CASE WHEN e.last_at IS NOT NULL THEN 'STOPPED' WHEN e.held IS NOT NULL THEN 'NEVER' ELSE 'WITHOUT' END"

_AREAS = """
SELECT e.province_code, e.district_code, count(*), count(*) FILTER (WHERE e.is_idle), 0
FROM ({units}) e WHERE {where} GROUP BY e.province_code, e.district_code
"""


class Use(models.TextChoices):
    """How the accounts of an idle unit were used."""

    STOPPED = "STOPPED", "เคยเข้าใช้ แล้วหยุดไป"
    NEVER = "NEVER", "ได้รับบัญชีแล้ว ยังไม่เคยเข้าใช้"
    WITHOUT = "WITHOUT", "ยังไม่ได้รับบัญชีผู้ใช้"


@dataclass(frozen=True, slots=True)
class IdleRow:
    """One idle unit: its place in the register (id, code, names, type, area, path), its accounts and last sign-in."""

    place: tuple[Any, ...]
    accounts: int
    last_at: datetime | None
    given_at: datetime | None

    @property
    def since(self) -> datetime | None:
        """The last sign-in; of accounts never used, when they were handed out; None without any account."""
        return self.last_at or self.given_at

    @property
    def use(self) -> Use:
        """What stands behind it."""
        if self.last_at is not None:
            return Use.STOPPED
        return Use.NEVER if self.accounts else Use.WITHOUT

    @property
    def told(self) -> str:
        """The same in words, with the day."""
        return f"เข้าใช้ครั้งล่าสุด {format_date_short(self.last_at)}" if self.last_at else self.use.label


class IdleRows(LazyRows[int, IdleRow]):
    """Idle units for a list page: only the page shown is read in full (2 queries)."""

    def __init__(self, *, wanted: RosterFilter, at: datetime, use: str = "") -> None:
        self.wanted = wanted
        self.at = at
        self.keys = idle_ids(wanted=wanted, at=at, use=use)

    def read(self, keys: Sequence[int]) -> list[IdleRow]:
        """One statement."""
        return idle_rows(ids=keys, wanted=self.wanted, at=self.at)


def idle_ids(*, wanted: RosterFilter, at: datetime, use: str = "") -> list[int]:
    """Organisations where nobody signed in within the last 90 days, in Thai order within their districts (1 query).

    A unit whose account was handed out within them and never used is not idle yet; one without any account is.
    """
    return [pk for (pk,) in _read(_IDS, wanted, at, use=use)]


def idle_rows(*, ids: Sequence[int], wanted: RosterFilter, at: datetime) -> list[IdleRow]:
    """These units in full, in the same order (1 query)."""
    return [IdleRow(tuple(row[:8]), *row[8:]) for row in _read(_ROWS, wanted, at, ids=list(ids))]


def idle_areas(*, wanted: RosterFilter, at: datetime) -> list[tuple[Any, ...]]:
    """Province, district, units, idle units, 0, for every district (1 query)."""
    return _read(_AREAS, wanted, at)


def _read(query: str, wanted: RosterFilter, at: datetime, **more: Any) -> list[tuple[Any, ...]]:
    moment = wanted.as_of or at
    where, parameters = wanted.sql()
    units = _UNITS.format(last=_LAST_NOW if wanted.as_of is None else _LAST_THEN)
    parameters |= {"moment": moment, "idle_before": moment - timedelta(days=IDLE_DAYS), "day": bangkok_date(moment)}
    with connection.cursor() as cursor:
        cursor.execute(
            query.format(units=units, where=where, use=_USE),
            parameters | {"districts": [one.code for one in areas.districts()]} | more,
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
