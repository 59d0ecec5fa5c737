"""A sheet as its recorded changes make it, for comparison with the one that is stored.

Small on purpose, and apart from the program's own saving: what both agree on is right, or both would have to be wrong alike.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from localgov.filings import document
from localgov.inspection.selectors.chains import ChangeLink, StoredSheet

#: What is compared of an answer: the value, why a doubtful value is right, and who wrote it.
Entry = tuple[Any, str, int | None]
_EMPTY: Entry = (None, "", None)


@dataclass
class Replayed:
    """Answers by question, and register rows by row and column."""

    answers: dict[str, Entry] = field(default_factory=dict)
    rows: dict[str, dict[str, Entry]] = field(default_factory=dict)

    def apply(self, item: Mapping[str, Any], *, by: int | None) -> None:
        """Follow one recorded change."""
        code, row, op, new = str(item["question"]), item.get("row"), item["op"], item.get("new")
        if op == "add":
            self.rows[str(row)] = {}
        elif op == "delete":
            self.rows.pop(str(row), None)
        elif op in ("set", "note"):
            holder = self.rows.setdefault(str(row), {}) if row else self.answers
            value, note, writer = holder.get(code, _EMPTY)
            if op == "set":
                holder[code] = new, note if new is not None else "", by
            else:
                holder[code] = value, new or "", writer if writer is not None else by


def replays(sheets: Sequence[StoredSheet], changes: Sequence[ChangeLink]) -> dict[int, Replayed]:
    """Every revision of a filing's sheets as its changes make it; revision n+1 begins as a copy of n."""
    by_sheet: dict[int, list[ChangeLink]] = {}
    for change in changes:
        by_sheet.setdefault(change.sheet_id, []).append(change)
    made: dict[int, Replayed] = {}
    before: tuple[str, Replayed] | None = None
    for sheet in sorted(sheets, key=lambda one: (one.section, one.revision)):
        begins_as_copy = before is not None and before[0] == sheet.section
        replayed = copy.deepcopy(before[1]) if before is not None and begins_as_copy else Replayed()
        for change in by_sheet.get(sheet.pk, ()):
            for item in json.loads(change.items):
                replayed.apply(item, by=change.actor_id)
        made[sheet.pk] = replayed
        before = sheet.section, replayed
    return made


def differences(sheet: StoredSheet, replayed: Replayed) -> Iterator[str]:
    """Codes of questions (and `row:column`) where the stored sheet is not what its changes make it."""
    yield from _different(sheet.answers, replayed.answers, "")
    for row in sorted(sheet.rows.keys() | replayed.rows.keys()):
        if row not in sheet.rows or row not in replayed.rows:
            yield f"{row}:"
        else:
            yield from _different(sheet.rows[row], replayed.rows[row], f"{row}:")


def _different(stored: Mapping[str, Mapping[str, Any]], replayed: Mapping[str, Entry], prefix: str) -> Iterator[str]:
    for code in sorted(stored.keys() | replayed.keys()):
        entry = stored.get(code)
        now = (document.to_answer(entry), entry.get("note", ""), entry.get("by")) if entry else _EMPTY
        then = replayed.get(code, _EMPTY)
        if now[:2] != then[:2] or (now[:2] != (None, "") and now[2] != then[2]):
            yield f"{prefix}{code}"
