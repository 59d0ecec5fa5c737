"""Where every sheet of a round stands, now or at a past moment: what the score and the status board are read from.

A past moment is answered from append-only rows alone (`recorded_at` of steps, creation of sheets), so that asking twice, a
year apart, gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from localgov.filings.states import Status

_NOW = """
    SELECT s.id, s.filing_id, f.roster_entry_id AS entry_id, s.section, s.revision, s.status, s.status_since AS since,
        s.first_answer_at IS NOT NULL AS touched, s.is_newest AS newest
    FROM filings_sheet s
    JOIN filings_filing f ON f.id = s.filing_id
    JOIN rounds_rosterentry e ON e.id = f.roster_entry_id
    WHERE f.round_id = %(round)s {within}
"""

_AS_OF = """
    SELECT s.id, s.filing_id, f.roster_entry_id AS entry_id, s.section, s.revision,
        coalesce(last.target, 'RECORDING') AS status, coalesce(last.at, s.created_at) AS since, true AS touched,
        s.revision = max(s.revision) OVER (PARTITION BY s.filing_id, s.section) AS newest
    FROM filings_sheet s
    JOIN filings_filing f ON f.id = s.filing_id
    JOIN rounds_rosterentry e ON e.id = f.roster_entry_id
    LEFT JOIN (
        SELECT DISTINCT ON (t.sheet_id) t.sheet_id, t.target, t.at
        FROM filings_steptaken t
        JOIN filings_sheet s ON s.id = t.sheet_id
        JOIN filings_filing f ON f.id = s.filing_id
        JOIN rounds_rosterentry e ON e.id = f.roster_entry_id
        WHERE f.round_id = %(round)s AND t.recorded_at <= %(as_of)s {within}
        ORDER BY t.sheet_id, t.id DESC
    ) last ON last.sheet_id = s.id
    WHERE f.round_id = %(round)s AND s.created_at <= %(as_of)s {within}
"""

_ORDERED = """
    SELECT DISTINCT o.filing_id, o.section
    FROM (
        SELECT s.filing_id, s.section, s.revision FROM filings_steptaken t JOIN filings_sheet s ON s.id = t.sheet_id
        JOIN filings_filing f ON f.id = s.filing_id
        WHERE f.round_id = %(round)s AND t.action = 'ORDER_AMENDMENT' {until}
    ) o
    WHERE NOT EXISTS (
        SELECT 1 FROM state later WHERE later.filing_id = o.filing_id AND later.section = o.section
            AND later.revision > o.revision AND later.status = 'CERTIFIED_PROVINCE'
    )
"""

_BY_SHEET = """
    SELECT state.entry_id, state.section,
        bool_or(state.status = 'CERTIFIED_PROVINCE') AS both_levels,
        bool_or(state.status IN ('CERTIFIED_LAO', 'CERTIFIED_PROVINCE')) AS unit_level,
        bool_or(state.touched) AS touched,
        bool_or(ordered.filing_id IS NOT NULL) AS ordered,
        max(state.status) FILTER (WHERE state.newest) AS status,
        max(state.since) FILTER (WHERE state.newest) AS since,
        max(state.revision) AS revision
    FROM state
    LEFT JOIN ordered ON ordered.filing_id = state.filing_id AND ordered.section = state.section
    GROUP BY state.entry_id, state.section
"""

_BY_UNIT = """
    SELECT sheet.entry_id, count(*) FILTER (WHERE sheet.both_levels), count(*) FILTER (WHERE sheet.unit_level),
        bool_or(sheet.touched), bool_or(sheet.ordered), max(sheet.since) FILTER (WHERE sheet.unit_level)
    FROM sheet
    JOIN rounds_rosterentry e ON e.id = sheet.entry_id
    JOIN (SELECT unnest(%(types)s::text[]) AS unit_type, unnest(%(sections)s::text[]) AS section) applicable
        ON applicable.unit_type = e.unit_type AND applicable.section = sheet.section
    GROUP BY sheet.entry_id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """One sheet of one unit: what is in force (`both`, else `unit`), whether anything was answered, and the newest revision.

    `order_outstanding`: the province ordered an amendment that both levels have not certified yet.
    """

    entry_id: int
    section: str
    both: bool
    unit: bool
    touched: bool
    order_outstanding: bool
    status: Status
    since: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """How many of a unit's applicable sheets are in force by both levels and by at least the unit, and when the last was."""

    both: int
    unit: int
    touched: bool
    order_outstanding: bool
    since: datetime | None


def standings(
    *,
    round_id: int,
    as_of: datetime | None = None,
    prefixes: Sequence[str] | None = None,
    entry_ids: Iterable[int] | None = None,
) -> list[Standing]:
    """Standings of all begun sheets of a round, of units under path prefixes or of some entries. One query."""
    query, parameters = _query(round_id=round_id, as_of=as_of, prefixes=prefixes, entry_ids=entry_ids)
    with connection.cursor() as cursor:
        cursor.execute(f"{query} {_BY_SHEET}", parameters)
        return [_standing(row) for row in cursor.fetchall()]


def unit_summaries(
    *,
    round_id: int,
    applicable: Mapping[str, Sequence[str]],
    as_of: datetime | None = None,
    prefixes: Sequence[str] | None = None,
) -> dict[int, UnitSummary]:
    """The begun units of a round by roster entry, each counted over the sheets that apply to its type. One query."""
    query, parameters = _query(round_id=round_id, as_of=as_of, prefixes=prefixes, entry_ids=None)
    pairs = [(unit_type, section) for unit_type, sections in applicable.items() for section in sections]
    parameters |= {"types": [pair[0] for pair in pairs], "sections": [pair[1] for pair in pairs]}
    with connection.cursor() as cursor:
        cursor.execute(f"{query}, sheet AS ({_BY_SHEET}) {_BY_UNIT}", parameters)
        return {row[0]: UnitSummary(*row[1:]) for row in cursor.fetchall()}


def _query(
    *, round_id: int, as_of: datetime | None, prefixes: Sequence[str] | None, entry_ids: Iterable[int] | None
) -> tuple[str, dict[str, Any]]:
    """The common part: where each revision stands, and which orders are outstanding."""
    within, parameters = "", {"round": round_id, "as_of": as_of}
    if prefixes is not None:
        within += " AND e.path LIKE ANY(%(prefixes)s)"
        parameters["prefixes"] = [f"{prefix}%" for prefix in prefixes]  # type: ignore[assignment]
    if entry_ids is not None:
        within += " AND e.id = ANY(%(entries)s)"
        parameters["entries"] = list(entry_ids)  # type: ignore[assignment]
    state = (_NOW if as_of is None else _AS_OF).format(within=within)
    ordered = _ORDERED.format(until="" if as_of is None else "AND t.recorded_at <= %(as_of)s")
    return f"WITH state AS MATERIALIZED ({state}), ordered AS ({ordered})", parameters


def _standing(row: Sequence[Any]) -> Standing:
    entry_id, section, both, unit, touched, ordered, status, since, revision = row
    return Standing(
        entry_id=entry_id,
        section=section,
        both=both,
        unit=unit,
        touched=touched,
        order_outstanding=ordered,
        status=Status(status),
        since=since,
        revision=revision,
    )
