"""The document of a sheet at any moment, from the batches that were accepted by then. Pure functions.

A batch's items say what was done (`filings.services.applying` writes them): `set` and `note` of an answer or a cell, `add`
and `delete` of a row, `confirm` of what was brought from last year. Done again in their order, on what the revision began
with, they give the answers with their counters and writers, and the rows in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from localgov.filings import document
from localgov.filings.document import Document


class Batch(NamedTuple):
    """One accepted batch: what was done, by whom."""

    items: Iterable[Mapping[str, Any]]
    actor_id: int | None


@dataclass
class Row:
    """A register's row: its cells and its lock counter."""

    register: str
    row_id: str
    values: Document = field(default_factory=dict)
    seq: int = 1


@dataclass
class Held:
    """What a sheet revision holds: answers by code, rows by register in their order."""

    answers: Document = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it holds no answer and no row."""
        return not any(self.rows.values()) and not any(map(document.is_answered, self.answers.values()))


def replay(batches: Iterable[Batch], *, base: Held | None = None) -> Held:
    """What a revision holds after some batches, from what it began with (nothing, or a copy of the revision before)."""
    held = deepcopy(base) if base is not None else Held()
    by_id = {row.row_id: row for rows in held.rows.values() for row in rows}
    for batch in batches:
        for item in batch.items:
            _do(held, by_id, item, batch.actor_id)
    return held


def _do(held: Held, by_id: dict[str, Row], item: Mapping[str, Any], by: int | None) -> None:
    row = by_id.get(item["row"])
    holder = row.values if row is not None else held.answers
    match item["op"]:
        case "add":
            by_id[item["row"]] = _add(held.rows.setdefault(item["register"], []), item)
            return
        case "delete" if row is not None:
            held.rows[row.register].remove(row)
            del by_id[row.row_id]
            return
        case "set":
            holder[item["question"]] = _answered(holder.get(item["question"]), item, by)
        case "note":
            stored = holder.setdefault(item["question"], {"seq": 0, "by": by})
            stored.pop("note", None)
            if item["new"]:
                stored["note"] = item["new"]
        case "confirm":
            for stored in row.values.values() if row is not None else [held.answers.get(item["question"], {})]:
                stored.pop("carried", None)
    if row is not None:
        row.seq += 1


def _answered(stored: Mapping[str, Any] | None, item: Mapping[str, Any], by: int | None) -> dict[str, Any]:
    entry = document.from_answer(item["new"]) | {"seq": document.sequence(stored) + 1, "by": by}
    if stored and stored.get("note") and item["new"] is not None:
        entry["note"] = stored["note"]
    if item.get("carried"):
        entry["carried"] = True
    return entry


def _add(rows: list[Row], item: Mapping[str, Any]) -> Row:
    """Put a new row behind the one that it was put behind; at the end where the record does not say (it always does now)."""
    new = Row(register=item["register"], row_id=item["row"])
    after = item.get("after", rows[-1].row_id if rows else None)
    place = next((len(rows) - index for index, row in enumerate(reversed(rows)) if row.row_id == after), 0)
    rows.insert(place, new)
    return new
