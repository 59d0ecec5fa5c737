"""The statements of a whole fiscal year as SQL relations, for whoever counts the country: joined by `organisation_id`.

    website = relations.websites(fiscal_year=2570, as_of=as_of)
    f"LEFT JOIN ({website.sql}) w ON w.organisation_id = e.organisation_id"    # w.organisation_id IS NULL: not recorded

Both relations may stand in one query: they share their parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

_NEWEST = """
    SELECT DISTINCT ON (organisation_id) {columns} FROM {table}
    WHERE fiscal_year_be = %(directory_year)s {until} ORDER BY organisation_id, id DESC
"""


@dataclass(frozen=True)
class Relation:
    """SQL of one row for each unit that has recorded, and its parameters."""

    sql: str
    parameters: dict[str, Any]


def websites(*, fiscal_year: int, as_of: datetime | None = None) -> Relation:
    """Columns organisation_id, url ('' = ไม่มี), at (when the person recorded it)."""
    return _newest("directory_websiterecord", "organisation_id, url, at", fiscal_year, as_of)


def administrators(*, fiscal_year: int, as_of: datetime | None = None) -> Relation:
    """Columns organisation_id, record_id (of the list of persons), at."""
    return _newest("directory_administratorrecord", "organisation_id, id AS record_id, at", fiscal_year, as_of)


def _newest(table: str, columns: str, fiscal_year: int, as_of: datetime | None) -> Relation:
    until = "" if as_of is None else "AND recorded_at <= %(directory_as_of)s"
    return Relation(
        _NEWEST.format(columns=columns, table=table, until=until),
        {"directory_year": fiscal_year, "directory_as_of": as_of},
    )
