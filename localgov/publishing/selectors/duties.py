"""What the units are asked to enter in a fiscal year, and what they have entered: for boards, letters and reminders.

entered = duties.entries(fiscal_year=2570, as_of=as_of)
f"LEFT JOIN ({entered.sql}) entries ON entries.organisation_id = e.organisation_id"    # NULL: nothing of any kind
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from localgov.publishing.models import EntryDuty, EntryTally
from localgov.publishing.states import PublishedKind

_ENTRIES = """
    SELECT organisation_id, {columns} FROM (
        SELECT DISTINCT ON (organisation_id, kind) organisation_id, kind, entered FROM publishing_entrytally
        WHERE fiscal_year_be = %(entries_year)s {until} ORDER BY organisation_id, kind, id DESC
    ) newest GROUP BY organisation_id
"""
_COLUMN = {kind: f"{kind.value.lower()}_entered" for kind in PublishedKind}


@dataclass(frozen=True)
class Asked:
    """How many of each kind a year asks for, and until when: None where the Department has not said."""

    counts: dict[PublishedKind, int]
    due_at: datetime | None


@dataclass(frozen=True)
class Relation:
    """SQL of one row for each unit that has entered anything, and its parameters."""

    sql: str
    parameters: dict[str, Any]


def duty_of(fiscal_year: int, *, as_of: datetime | None = None) -> EntryDuty | None:
    """The Department's word for a year, as it stood."""
    found = EntryDuty.objects.filter(fiscal_year_be=fiscal_year)
    if as_of is not None:
        found = found.filter(recorded_at__lte=as_of)
    return found.order_by("-pk").first()


def asked_of(fiscal_year: int, *, as_of: datetime | None = None) -> Asked:
    """The same, and one of each kind where nothing was said."""
    duty = duty_of(fiscal_year, as_of=as_of)
    return Asked(duty.asked, duty.due_at) if duty else Asked(dict.fromkeys(PublishedKind, 1), None)


def newest_duties() -> list[EntryDuty]:
    """What holds of every year, the newest year first."""
    newest = EntryDuty.objects.order_by("fiscal_year_be", "-pk").distinct("fiscal_year_be")
    return sorted(newest, key=lambda one: -one.fiscal_year_be)


def entries(*, fiscal_year: int, as_of: datetime | None = None) -> Relation:
    """Columns organisation_id, news_entered, product_entered, place_entered (NULL: none was ever entered)."""
    columns = ", ".join(f"max(entered) FILTER (WHERE kind = '{kind}') AS {name}" for kind, name in _COLUMN.items())
    until = "" if as_of is None else "AND recorded_at <= %(entries_as_of)s"
    parameters = {"entries_year": fiscal_year, "entries_as_of": as_of}
    return Relation(_ENTRIES.format(columns=columns, until=until), parameters)


def entered_by(organisation_id: int, *, fiscal_year: int) -> list[int]:
    """How many of each kind a unit has entered and kept, in the order of the kinds. One statement."""
    newest = EntryTally.objects.filter(organisation_id=organisation_id, fiscal_year_be=fiscal_year)
    found = dict(newest.order_by("kind", "-pk").distinct("kind").values_list("kind", "entered"))
    return [found.get(kind.value, 0) for kind in PublishedKind]


def lacks(kinds: Sequence[PublishedKind], asked: Asked) -> str:
    """SQL of whether a unit (`entries` joined) has fewer than asked of any of these kinds. Numbers of this program alone."""
    parts = [f"coalesce(entries.{_COLUMN[kind]}, 0) < {int(asked.counts[kind])}" for kind in kinds]
    return f"({' OR '.join(parts)})"


def done_words(entered: Sequence[int | None], asked: Asked, kinds: Sequence[PublishedKind]) -> str:
    """`ข่าว 1 จาก 1 · สินค้า 0 จาก 1`: of these kinds; `entered` of all kinds in their order."""
    have = dict(zip(PublishedKind, entered, strict=True))
    return " · ".join(f"{SHORT[kind]} {have[kind] or 0:,} จาก {asked.counts[kind]:,}" for kind in kinds)


#: The kinds in a word.
SHORT = {PublishedKind.NEWS: "ข่าว", PublishedKind.PRODUCT: "สินค้า", PublishedKind.PLACE: "สถานที่"}
#: Columns of `entries` in the order of the kinds.
ENTERED_COLUMNS = tuple(f"entries.{name}" for name in _COLUMN.values())
