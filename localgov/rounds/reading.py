"""Reading the units of a round by the thousand, in the order of a Thai dictionary, as the roster was recorded at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from localgov.lib.thai_text import search_text
from localgov.organisations import areas

#: The path prefix of all units.
WHOLE_COUNTRY = "th."

_DUE_NOW = "e.excused_from IS NULL"
_DUE_THEN = "e.added_at <= %(as_of)s AND (e.excused_recorded_at IS NULL OR e.excused_recorded_at > %(as_of)s)"

_OWN_DUE_THEN = """greatest(r.due_at, (
    SELECT max(x.due_at) FROM rounds_extension x
    WHERE x.round_id = e.round_id AND x.recorded_at <= %(as_of)s AND (x.scope = 'ALL'
        OR x.scope = 'PROVINCE' AND x.scope_code = e.province_code OR x.scope = 'DISTRICT' AND x.scope_code = e.district_code
        OR x.scope = 'UNIT' AND x.scope_code = e.code)
))"""

_READ = """
SELECT {columns} FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id
LEFT JOIN unnest(%(districts)s::text[]) WITH ORDINALITY place(code, number) ON place.code = e.district_code
{joins}
WHERE e.round_id = %(round)s AND {where}
ORDER BY place.number, e.province_code, e.sort_key, e.id
"""


@dataclass(frozen=True)
class RosterFilter:
    """Which due units of a round are wanted; empty = all. `prefixes` are the scopes of who asks, by today's path.

    `as_of`: as the roster was recorded then: who joined later is not on it, who was excused later still is due.
    """

    prefixes: tuple[str, ...] | None = None
    province_code: str = ""
    district_code: str = ""
    unit_type: str = ""
    name: str = ""
    region: str = ""
    codes: tuple[str, ...] | None = None
    as_of: datetime | None = None

    @property
    def own_due_at(self) -> str:
        """SQL of the moment at which `e` was due: the round's, or the latest extension recorded by then."""
        return "e.due_at" if self.as_of is None else _OWN_DUE_THEN

    def sql(self) -> tuple[str, dict[str, Any]]:
        """Conditions on `e` (the roster) and their parameters."""
        where = [_DUE_NOW if self.as_of is None else _DUE_THEN]
        parameters: dict[str, Any] = {"as_of": self.as_of}
        if self.prefixes is not None and WHOLE_COUNTRY not in self.prefixes:
            where.append("e.path LIKE ANY(%(prefixes)s)")
            parameters["prefixes"] = [f"{prefix}%" for prefix in self.prefixes]
        for column in ("province_code", "district_code", "unit_type"):
            if value := getattr(self, column):
                where.append(f"e.{column} = %({column})s")
                parameters[column] = value
        if self.name:
            where.append("position(%(name)s in e.search_text) > 0")
            parameters["name"] = search_text(self.name)
        if self.region:
            where.append("e.province_code = ANY(%(region)s)")
            parameters["region"] = [one.code for one in areas.provinces() if one.region == self.region]
        if self.codes is not None:
            where.append("e.code = ANY(%(codes)s)")
            parameters["codes"] = list(self.codes)
        return " AND ".join(where), parameters


def roster_rows(
    *,
    round_id: int,
    wanted: RosterFilter,
    columns: Sequence[str],
    joins: str = "",
    parameters: dict[str, Any] | None = None,
    where: str = "",
) -> list[tuple[Any, ...]]:
    """Columns of the wanted entries `e` (of round `r`) in Thai order: one query. `joins` and `where` are SQL of this program."""
    own, own_parameters = wanted.sql()
    query = _READ.format(columns=", ".join(columns), joins=joins, where=f"{own} AND {where}" if where else own)
    with connection.cursor() as cursor:
        cursor.execute(query, {**(parameters or {}), **own_parameters, "round": round_id, "districts": _districts()})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@cache
def _districts() -> list[str]:
    return [district.code for district in areas.districts()]
