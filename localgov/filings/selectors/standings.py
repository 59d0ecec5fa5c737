"""Where every sheet of a round stands, now or at a past moment: what the score and the status boards are read from.

Now is read from the sheets, and for whole units from the sums that the database keeps on their filings. A past moment is
answered from append-only rows alone (`recorded_at` of steps and changes, creation of sheets), so that asking twice, a year
apart, gives the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from localgov.filings.states import CERTIFIED, Status
from localgov.rounds.reading import WHOLE_COUNTRY

#: What a sheet counts as before its first answer, or after its last was cleared.
NOT_BEGUN = "NOT_STARTED"

#: One row for each sheet revision of then: its status, since when, whether it held anything, whether it was the newest.
_STATE_AS_OF = """
    SELECT s.id, s.filing_id, f.roster_entry_id AS entry_id, s.section, s.revision,
        coalesce(last.target, 'RECORDING') AS status, coalesce(last.at, s.first_answer_at) AS since,
        emptied.sheet_id IS NULL AS touched, later.id IS NULL AS newest, {signed_at} AS signed_at
    FROM filings_filing f
    JOIN filings_sheet s ON s.filing_id = f.id
    {join}
    LEFT JOIN filings_sheet later ON later.filing_id = s.filing_id AND later.section = s.section
        AND later.revision = s.revision + 1 AND later.created_at <= %(as_of)s
    LEFT JOIN LATERAL (
        SELECT t.target, t.at FROM filings_steptaken t
        WHERE t.sheet_id = s.id AND t.recorded_at <= %(as_of)s ORDER BY t.id DESC LIMIT 1
    ) last ON true
    LEFT JOIN (
        SELECT c.sheet_id FROM filings_change c
        WHERE c.reply @> '{{"emptied": true}}' AND c.recorded_at <= %(as_of)s AND NOT EXISTS (
            SELECT 1 FROM filings_change next
            WHERE next.sheet_id = c.sheet_id AND next.id > c.id AND next.recorded_at <= %(as_of)s
        )
    ) emptied ON emptied.sheet_id = s.id
    {signed}
    WHERE f.round_id = %(round)s AND s.created_at <= %(as_of)s {within}
"""

#: When the unit certified a revision that was in force then.
_SIGNED = """
    LEFT JOIN LATERAL (
        SELECT max(t.at) AS at FROM filings_steptaken t
        WHERE t.sheet_id = s.id AND t.recorded_at <= %(as_of)s AND t.action = 'CERTIFY_LAO'
            AND last.target IN ('CERTIFIED_LAO', 'CERTIFIED_PROVINCE')
    ) signed ON true
"""

#: One row for each sheet that held anything: what was in force, where the newest revision stood, orders outstanding.
_SHEETS = """
    WITH state AS MATERIALIZED ({state}), ordered AS (
        SELECT s.filing_id, s.section, max(s.revision) AS revision
        FROM filings_steptaken t
        JOIN filings_sheet s ON s.id = t.sheet_id
        JOIN filings_filing f ON f.id = s.filing_id
        WHERE f.round_id = %(round)s AND t.action = 'ORDER_AMENDMENT' AND t.recorded_at <= %(as_of)s
        GROUP BY s.filing_id, s.section
    ), held AS (
        SELECT entry_id, filing_id, section,
            max(revision) FILTER (WHERE status = 'CERTIFIED_PROVINCE') AS both_revision,
            bool_or(status = 'CERTIFIED_LAO') AS unit,
            max(since) FILTER (WHERE status = 'CERTIFIED_PROVINCE') AS both_since,
            max(status) FILTER (WHERE newest) AS status,
            max(since) FILTER (WHERE newest) AS since,
            coalesce(max(signed_at) FILTER (WHERE status = 'CERTIFIED_PROVINCE'), max(signed_at)) AS certified_at
        FROM state GROUP BY entry_id, filing_id, section
        HAVING bool_or(touched)
    ), sheet AS (
        SELECT held.*, coalesce(ordered.revision >= coalesce(both_revision, 0), false) AS ordered,
            CASE WHEN both_revision IS NOT NULL THEN 'CERTIFIED_PROVINCE' WHEN unit THEN 'CERTIFIED_LAO' ELSE status END AS state
        FROM held LEFT JOIN ordered USING (filing_id, section)
    )
"""

_STANDINGS_AS_OF = """
    {sheets}
    SELECT entry_id, section, state, status, extract(epoch FROM since)::float8, extract(epoch FROM both_since)::float8, ordered
    FROM sheet
"""
_STANDINGS_NOW = "SELECT f.roster_entry_id, f.states FROM filings_filing f {join} WHERE f.round_id = %(round)s {within}"

_ASKED_BACK = """
    SELECT f.roster_entry_id, s.section, t.actor_label, t.at
    FROM filings_steptaken t
    JOIN filings_sheet s ON s.id = t.sheet_id
    JOIN filings_filing f ON f.id = s.filing_id
    {join}
    WHERE f.round_id = %(round)s AND t.action IN ('RETURN', 'RETURN_BY_PROVINCE', 'ORDER_AMENDMENT', 'REVOKE') {until} {within}
        AND NOT EXISTS (
            SELECT 1 FROM filings_sheet s2 JOIN filings_steptaken t2 ON t2.sheet_id = s2.id
            WHERE s2.filing_id = s.filing_id AND s2.section = s.section AND t2.id > t.id {later}
        )
"""

_UNITS_NOW = """
    SELECT f.roster_entry_id AS entry_id,
        f.recording + f.submitted + f.verified + f.certified_unit + f.certified_province > 0 AS begun,
        f.certified_province AS both_count,
        f.certified_unit + f.certified_province AS unit_count, f.order_outstanding, f.certified_at, f.pending_since,
        {counts}, {matches} AS matches
    FROM filings_filing f {join} WHERE f.round_id = %(round)s {within}
"""

#: Sheets in a status that wait since before a moment, of a unit that has both kinds.
_WAITING = """
    CASE WHEN f.pending_since < %(waiting_since)s AND f.{column} > 0 THEN (
        SELECT count(*) FROM jsonb_each(f.states) one
        WHERE (one.value ->> 5)::numeric < extract(epoch FROM %(waiting_since)s::timestamptz) AND one.value ->> 0 = %(status)s
    ) ELSE 0 END
"""
#: Whether one sheet waits since before a moment, in a status or in any.
_WAITING_SHEET = """
    coalesce((f.states -> %(section)s ->> 5)::numeric < extract(epoch FROM %(waiting_since)s::timestamptz)
        AND %(status)s IN ('', f.states -> %(section)s ->> 0), false)::int
"""

_UNITS_AS_OF = """
    {sheets}
    SELECT entry_id, true AS begun, count(*) FILTER (WHERE state = 'CERTIFIED_PROVINCE')::int AS both_count,
        count(*) FILTER (WHERE state IN ('CERTIFIED_LAO', 'CERTIFIED_PROVINCE'))::int AS unit_count,
        bool_or(ordered) AS order_outstanding, max(certified_at) AS certified_at,
        min(since) FILTER (WHERE status <> 'CERTIFIED_PROVINCE') AS pending_since, {counts}, {matches} AS matches
    FROM sheet GROUP BY entry_id
"""

_READ = "SELECT {columns} FROM ({units}) unit {where}"

_COUNTED = (Status.RECORDING, Status.SUBMITTED, Status.VERIFIED, Status.CERTIFIED_LAO, Status.CERTIFIED_PROVINCE)
#: The columns of `Filing`, and of `UnitRelation`, that count sheets by state.
COUNTS: dict[str, str] = dict(
    zip(_COUNTED, ("recording", "submitted", "verified", "certified_unit", "certified_province"), strict=True)
)


@dataclass(frozen=True, slots=True)
class Returned:
    """Who asked the unit to mend the sheet, as named then, and when."""

    by: str
    at: datetime


class Standing(NamedTuple):
    """One sheet of one unit that holds anything.

    `state`: the best that is in force, else where the newest revision stands. `status`, `since_seconds`: of the newest
    revision. `both_seconds`: when both levels had certified what is in force. `order_outstanding`: the province ordered an
    amendment that both levels have not certified yet. `returned`: it lies with the unit because somebody else asked for that.
    """

    entry_id: int
    section: str
    state: str
    status: str
    since_seconds: float
    both_seconds: float | None = None
    order_outstanding: bool = False
    pending_seconds: float | None = None
    returned: Returned | None = None

    @property
    def both(self) -> bool:
        """Whether a revision is in force by both levels."""
        return self.state == Status.CERTIFIED_PROVINCE

    @property
    def unit(self) -> bool:
        """Whether a revision is in force by at least the unit."""
        return self.state in CERTIFIED

    @property
    def since(self) -> datetime:
        """Since when the newest revision stands where it stands."""
        return datetime.fromtimestamp(self.since_seconds, UTC)


@dataclass(frozen=True)
class UnitRelation:
    """The SQL of a relation with one row for each begun unit of a round, and its parameters.

    Columns: entry_id, begun, both_count and unit_count (sheets in force by both levels, and by at least the unit),
    order_outstanding, certified_at, pending_since (of the sheet that waits longest), the columns of `COUNTS` (over `section`
    alone where one is asked for) and `matches`.
    """

    sql: str
    parameters: dict[str, Any]

    def rows(self, *columns: str, where: str = "") -> list[tuple[Any, ...]]:
        """Some columns of it, read now; `where` is SQL of this program."""
        with connection.cursor() as cursor:
            cursor.execute(_READ.format(columns=", ".join(columns), units=self.sql, where=where), self.parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def standings(
    *,
    round_id: int,
    as_of: datetime | None = None,
    prefixes: Sequence[str] | None = None,
    entry_ids: Iterable[int] | None = None,
) -> list[Standing]:
    """Standings of all sheets of a round that hold anything, of units under path prefixes or of some entries. Two queries."""
    parts, parameters = _parts(round_id=round_id, as_of=as_of, prefixes=prefixes, entry_ids=entry_ids)
    returned = _asked_back(parts, parameters)
    with connection.cursor() as cursor:
        if as_of is None:
            cursor.execute(_STANDINGS_NOW.format(**parts), parameters)
            found = [
                Standing(entry_id, section, *told)
                for entry_id, states in cursor.fetchall()
                for section, told in json.loads(states).items()
            ]
        else:
            cursor.execute(_STANDINGS_AS_OF.format(sheets=_sheets(parts)), parameters)
            found = list(map(Standing._make, map(_with_defaults, cursor.fetchall())))
    if not returned:
        return found
    return [
        one._replace(returned=returned.get((one.entry_id, one.section))) if one.status == Status.RECORDING else one
        for one in found
    ]


def _with_defaults(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row, None, None)


def _asked_back(parts: dict[str, str], parameters: dict[str, Any]) -> dict[tuple[int, str], Returned]:
    """The sheets whose last step was somebody asking for them to be mended."""
    later = parts["until"].replace("t.", "t2.")
    with connection.cursor() as cursor:
        cursor.execute(_ASKED_BACK.format(**parts, later=later), parameters)
        return {(entry_id, section): Returned(by, at) for entry_id, section, by, at in cursor}


def unit_relation(
    *,
    round_id: int,
    as_of: datetime | None = None,
    prefixes: Sequence[str] | None = None,
    entry_ids: Iterable[int] | None = None,
    section: str = "",
    status: str = "",
    waiting_since: datetime | None = None,
    with_dates: bool = False,
) -> UnitRelation:
    """Where whole units stand. `matches` counts sheets (of `section`) in `status` that have waited since before a moment.

    `with_dates`: also the `certified_at` of a past moment, which costs as much again.
    """
    parts, parameters = _parts(
        round_id=round_id, as_of=as_of, prefixes=prefixes, entry_ids=entry_ids, with_dates=with_dates
    )
    parameters |= {"section": section, "status": status, "waiting_since": waiting_since}
    build = _units_now if as_of is None else _units_as_of
    return UnitRelation(build(parts, section, status, waiting=waiting_since is not None), parameters)


def _units_now(parts: dict[str, str], section: str, status: str, *, waiting: bool) -> str:
    own = "f.states -> %(section)s ->> 0"
    counts = [
        f"coalesce({own} = '{state}', false)::int AS {column}" if section else f"f.{column}"
        for state, column in COUNTS.items()
    ]
    if waiting and section:
        matches = _WAITING_SHEET
    elif waiting and status != "":
        matches = _WAITING.format(column=COUNTS[Status(status)]) if status != NOT_BEGUN else "0"
    elif waiting:
        matches = "(f.pending_since < %(waiting_since)s)::int"
    elif status == NOT_BEGUN:
        matches = f"({own} IS NULL)::int" if section else "(f.states = '{}')::int"
    elif status:
        matches = f"coalesce({own} = %(status)s, false)::int" if section else f"f.{COUNTS[Status(status)]}"
    else:
        matches = "1"
    return _UNITS_NOW.format(**parts, counts=", ".join(counts), matches=matches)


def _units_as_of(parts: dict[str, str], section: str, status: str, *, waiting: bool) -> str:
    within = "AND section = %(section)s" if section else ""
    counts = [f"count(*) FILTER (WHERE state = '{code}' {within})::int AS {column}" for code, column in COUNTS.items()]
    if status and status != NOT_BEGUN:
        within += " AND state = %(status)s"
    if waiting:
        within += " AND status <> 'CERTIFIED_PROVINCE' AND since < %(waiting_since)s"
    matches = f"count(*) FILTER (WHERE true {within})::int"
    if status == NOT_BEGUN:
        matches = "0" if waiting else f"({matches} = 0)::int"
    return _UNITS_AS_OF.format(sheets=_sheets(parts), counts=", ".join(counts), matches=matches)


def _sheets(parts: dict[str, str]) -> str:
    return _SHEETS.format(state=_STATE_AS_OF.format(**parts))


def _parts(
    *,
    round_id: int,
    as_of: datetime | None,
    prefixes: Sequence[str] | None,
    entry_ids: Iterable[int] | None,
    with_dates: bool = False,
) -> tuple[dict[str, str], dict[str, Any]]:
    """What the queries share: which units, and until when."""
    parameters: dict[str, Any] = {"round": round_id, "as_of": as_of}
    parts = {"join": "", "within": "", "signed": "", "signed_at": "NULL::timestamptz"}
    parts["until"] = "" if as_of is None else "AND t.recorded_at <= %(as_of)s"
    if with_dates:
        parts |= {"signed": _SIGNED, "signed_at": "signed.at"}
    if prefixes is not None and WHOLE_COUNTRY not in prefixes:
        parts["join"] = "JOIN rounds_rosterentry e ON e.id = f.roster_entry_id"
        parts["within"] = "AND e.path LIKE ANY(%(prefixes)s)"
        parameters["prefixes"] = [f"{prefix}%" for prefix in prefixes]
    if entry_ids is not None:
        parts["within"] += " AND f.roster_entry_id = ANY(%(entries)s)"
        parameters["entries"] = list(entry_ids)
    return parts, parameters
