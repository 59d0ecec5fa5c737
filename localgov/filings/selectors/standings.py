"""Where every sheet of a round stands, now or at a past moment: what the score and the status board are read from.

A past moment is answered from append-only rows alone (`recorded_at` of steps, creation of sheets), so that asking twice, a
year apart, gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from localgov.filings.states import Status

_NOW = """
    SELECT s.id, s.filing_id, s.section, s.revision, s.status, s.status_since AS since, s.first_answer_at IS NOT NULL AS touched
    FROM filings_sheet s JOIN filings_filing f ON f.id = s.filing_id
    WHERE f.round_id = %(round)s
"""

_AS_OF = """
    SELECT s.id, s.filing_id, s.section, s.revision, coalesce(last.target, 'RECORDING') AS status,
        coalesce(last.at, s.created_at) AS since, true AS touched
    FROM filings_sheet s JOIN filings_filing f ON f.id = s.filing_id
    LEFT JOIN (
        SELECT DISTINCT ON (t.sheet_id) t.sheet_id, t.target, t.at
        FROM filings_steptaken t WHERE t.recorded_at <= %(as_of)s ORDER BY t.sheet_id, t.id DESC
    ) last ON last.sheet_id = s.id
    WHERE f.round_id = %(round)s AND s.created_at <= %(as_of)s
"""

_STANDINGS = """
WITH state AS ({state}),
ordered AS (
    SELECT DISTINCT o.filing_id, o.section
    FROM (
        SELECT s.filing_id, s.section, s.revision FROM filings_steptaken t JOIN filings_sheet s ON s.id = t.sheet_id
        WHERE t.action = 'ORDER_AMENDMENT' {until}
    ) o
    WHERE NOT EXISTS (
        SELECT 1 FROM state later WHERE later.filing_id = o.filing_id AND later.section = o.section
            AND later.revision > o.revision AND later.status = 'CERTIFIED_PROVINCE'
    )
)
SELECT e.id, state.section,
    bool_or(state.status = 'CERTIFIED_PROVINCE'),
    bool_or(state.status IN ('CERTIFIED_LAO', 'CERTIFIED_PROVINCE')),
    bool_or(state.touched),
    bool_or(ordered.filing_id IS NOT NULL),
    (array_agg(state.status ORDER BY state.revision DESC))[1],
    (array_agg(state.since ORDER BY state.revision DESC))[1],
    max(state.revision)
FROM state
JOIN filings_filing f ON f.id = state.filing_id
JOIN rounds_rosterentry e ON e.id = f.roster_entry_id
LEFT JOIN ordered ON ordered.filing_id = state.filing_id AND ordered.section = state.section
WHERE e.round_id = %(round)s {within}
GROUP BY e.id, state.section
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


def standings(
    *,
    round_id: int,
    as_of: datetime | None = None,
    prefixes: Sequence[str] | None = None,
    entry_ids: Iterable[int] | None = None,
) -> list[Standing]:
    """Standings of all begun sheets of a round, of units under path prefixes or of some entries. One query."""
    within, parameters = "", {"round": round_id, "as_of": as_of}
    if prefixes is not None:
        within += " AND e.path LIKE ANY(%(prefixes)s)"
        parameters["prefixes"] = [f"{prefix}%" for prefix in prefixes]  # type: ignore[assignment]
    if entry_ids is not None:
        within += " AND e.id = ANY(%(entries)s)"
        parameters["entries"] = list(entry_ids)  # type: ignore[assignment]
    sql = _STANDINGS.format(
        state=_NOW if as_of is None else _AS_OF,
        until="" if as_of is None else "AND t.recorded_at <= %(as_of)s",
        within=within,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [_standing(row) for row in cursor.fetchall()]


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
