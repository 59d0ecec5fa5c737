"""One domain as a recorder works on it: what it shall hold in the end, what the server has acknowledged, what to send next."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

#: Answers a page sends together at most, in this season.
MOST_TOGETHER = 100

Change = dict[str, Any]
_ROWS = uuid.UUID("6a1c5d0e-52b1-4f0c-9a55-3a4f1c1f7d11")


@dataclass
class Cell:
    """An answer as acknowledged."""

    value: Any = None
    seq: int = 0


@dataclass
class Row:
    """A register's row as acknowledged."""

    register: str
    seq: int = 1
    cells: dict[str, Cell] = field(default_factory=dict)


@dataclass
class SheetWork:
    """`target`: the clean answers. `scratch`: batches of mere scribbling that come before the clean ones."""

    unit: str
    number: int
    code: str
    target: dict[str, Any]
    status: str = "RECORDING"
    scratch: int = 1
    refusals: int = 0
    answers: dict[str, Cell] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)

    def next_changes(self, rng: Random) -> list[Change]:
        """The next batch; empty when everything stands as it shall."""
        if self.scratch > 0 and self.answers:
            self.scratch -= 1
            return self._scribble(rng)
        wanted = list(self._missing())
        return wanted[: rng.randint(5, MOST_TOGETHER)]

    def acknowledged(self, changes: list[Change], reply: dict[str, Any]) -> None:
        """Take over what the server says it saved."""
        counters = {(item["code"], item["row"]): item for item in reply["saved"]}
        for change in changes:
            row = str(change["row"]) if change.get("row") else None
            item = counters.get((change.get("code") or change.get("register"), row))
            if item is None:
                continue
            if change["op"] == "add":
                self.rows[change["row"]] = Row(change["register"])
            elif change["op"] == "delete":
                self.rows.pop(change["row"], None)
            elif change["op"] == "set":
                holder = self.rows[row].cells if row else self.answers
                holder[change["code"]] = Cell(change["value"], item["seq"])
        for item in reply["saved"]:
            if item["row"] in self.rows and "row_seq" in item:
                self.rows[item["row"]].seq = item["row_seq"]

    # --- towards the clean answers -----------------------------------------------------------------------------------

    def _missing(self) -> Iterator[Change]:
        wanted_rows: set[str] = set()
        for code, answer in self.target.items():
            if not isinstance(answer, list):
                yield from _set(code, answer, self.answers.get(code, Cell()))
                continue
            for number, values in enumerate(answer):
                row_id = str(uuid.uuid5(_ROWS, f"{self.unit} {code} {number}"))
                wanted_rows.add(row_id)
                row = self.rows.get(row_id)
                if row is None:
                    yield {"op": "add", "register": code, "row": row_id}
                cells = row.cells if row else {}
                for column, value in values.items():
                    for change in _set(column, value, cells.get(column, Cell())):
                        yield change | {"register": code, "row": row_id}
        for row_id, row in self.rows.items():
            if row_id not in wanted_rows:
                yield {"op": "delete", "register": row.register, "row": row_id, "seq": row.seq}

    # --- scribbling --------------------------------------------------------------------------------------------------

    def _scribble(self, rng: Random) -> list[Change]:
        """Numbers changed and cleared, a reason, a row more, a row less: nothing of it stays."""
        numbers = [code for code, answer in self.target.items() if _is_number(answer) and code in self.answers]
        changes: list[Change] = []
        for code in rng.sample(numbers, min(len(numbers), rng.randint(1, 12))):
            cell = self.answers[code]
            value = None if rng.random() < 0.2 else rng.randint(0, 99_999)
            changes.append({"op": "set", "code": code, "value": value, "seq": cell.seq})
        if numbers:
            changes.append({"op": "note", "code": rng.choice(numbers), "note": f"ตรวจแล้ว {rng.randint(1, 999)}"})
        registers = [code for code, answer in self.target.items() if isinstance(answer, list)]
        if registers:
            register = rng.choice(registers)
            changes += self._scribble_rows(register, rng)
        return changes

    def _scribble_rows(self, register: str, rng: Random) -> Iterator[Change]:
        row_id = str(uuid.UUID(int=rng.getrandbits(128)))
        yield {"op": "add", "register": register, "row": row_id}
        for column, value in list(self.target[register][0].items())[: rng.randint(1, 4)]:
            yield {"op": "set", "code": column, "register": register, "row": row_id, "value": value, "seq": 0}
        mine = [row for row, found in self.rows.items() if found.register == register]
        if mine and rng.random() < 0.5:
            gone = rng.choice(mine)
            yield {"op": "delete", "register": register, "row": gone, "seq": self.rows[gone].seq}


def _set(code: str, wanted: Any, cell: Cell) -> Iterator[Change]:
    if cell.value != wanted or isinstance(cell.value, bool) is not isinstance(wanted, bool):
        yield {"op": "set", "code": code, "value": wanted, "seq": cell.seq}


def _is_number(answer: Any) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)
