"""Small register files for the tests: made-up units in real districts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from localgov.organisations.register.source import COLUMNS

Row = dict[str, str]


def row(code: str, name: str, type: str = "อบต.", **others: str) -> Row:
    """A row of the file in กบินทร์บุรี, ปราจีนบุรี unless said otherwise, without a doubtful field."""
    empty = dict.fromkeys(COLUMNS, "")
    place = {"province": "ปราจีนบุรี", "district": "กบินทร์บุรี", "lat": "0", "lng": "0"}
    return empty | place | {"id": code, "name": name, "type": type} | others


def register_file(rows: Iterable[Row], *, encoding: str = "utf-8", columns: Iterable[str] = COLUMNS) -> bytes:
    """The bytes of a register file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


FIRST = (
    row("6250201", "บ้านสมมติ"),
    row("6250202", "บ้านแบบอย่าง"),
    row("5250203", "เมืองตัวอย่าง", "เทศบาลตำบล"),
    row("4250104", "ปราจีนสมมติ", "เทศบาลเมือง", district="เมืองปราจีนบุรี"),
    row("2250101", "ปราจีนบุรี", "อบจ.", district="เมืองปราจีนบุรี"),
    row("6270101", "เพื่อนบ้านสมมติ", district="เมืองสระแก้ว", province="สระแก้ว"),
)
"""Six units of two provinces."""
