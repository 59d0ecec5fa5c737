"""A form as it was written: four sheets of text cells, whatever file they came from.

This is what a FormVersion freezes; the built Form can always be made from it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from localgov.forms.engine.problems import FormBroken, Problem

SHEETS = ("survey", "choices", "rules", "settings")
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "survey": (
            *("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message"),
            *("calculation", "unit", "kind", "decimals", "applies_to", "last_year", "pii", "open_data"),
            *("linked", "sensitive"),
        ),
        "choices": ("list_name", "name", "label"),
        "rules": ("code", "question", "when", "expression", "severity", "message"),
        "settings": ("form_title", "form_id", "version", "fiscal_year_from", "fiscal_year_to"),
    }
)
REQUIRED_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "survey": ("type", "name", "label"),
        "choices": ("list_name", "name", "label"),
        "rules": ("code", "question", "expression", "severity", "message"),
        "settings": ("form_title", "form_id", "version"),
    }
)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a sheet: its non-empty cells by column name, and where it stands (header = row 1)."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    file: str = ""
    letters: Mapping[str, str] = field(default_factory=dict, compare=False)

    def get(self, column: str) -> str:
        """The text of a cell, "" when empty."""
        return self.cells.get(column, "")

    def problem(self, column: str, message: str) -> Problem:
        """A fault of this row's cell (column "" = the whole row)."""
        return Problem(
            sheet=self.sheet,
            message=message,
            row=self.row,
            column=column,
            file=self.file,
            letter=self.letters.get(column, ""),
        )


@dataclass(frozen=True, slots=True)
class FormSource:
    """The four sheets of a form, rows in order."""

    survey: tuple[RawRow, ...] = ()
    choices: tuple[RawRow, ...] = ()
    rules: tuple[RawRow, ...] = ()
    settings: tuple[RawRow, ...] = ()

    def rows(self, sheet: str) -> tuple[RawRow, ...]:
        """The rows of a sheet by its name."""
        found: tuple[RawRow, ...] = getattr(self, sheet)
        return found


def header_problems(sheet: str, header: list[str], *, file: str = "", letters: Mapping[str, str]) -> list[Problem]:
    """The faults of a sheet's header row: unknown, doubled and missing columns."""

    def problem(column: str, message: str) -> Problem:
        return Problem(sheet, message, row=1, column=column, file=file, letter=letters.get(column, ""))

    known = COLUMNS[sheet]
    problems = []
    for position, column in enumerate(header):
        if not column:
            continue
        if column not in known:
            problems.append(problem(column, f"ไม่รู้จักคอลัมน์ “{column}” แผ่นงาน {sheet} มีได้เฉพาะ {', '.join(known)}"))
        elif column in header[:position]:
            problems.append(problem(column, f"คอลัมน์ “{column}” ซ้ำ ให้เหลือคอลัมน์เดียว"))
    problems.extend(
        problem(column, f"ขาดคอลัมน์ “{column}” ที่ต้องมี") for column in REQUIRED_COLUMNS[sheet] if column not in header
    )
    return problems


def to_json(source: FormSource) -> dict[str, list[dict[str, str]]]:
    """The sheets as plain JSON: what a FormVersion stores. Places in files are not part of it."""
    return {sheet: [dict(row.cells) for row in source.rows(sheet)] for sheet in SHEETS}


def from_json(document: Mapping[str, object]) -> FormSource:
    """The sheets of `to_json` again; rows are numbered as in a sheet with one header row.

    Raises FormBroken when the document is not of that shape.
    """
    sheets: dict[str, tuple[RawRow, ...]] = {}
    for sheet in SHEETS:
        rows = document.get(sheet, [])
        if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
            raise FormBroken([Problem(sheet, "ต้องเป็นรายการของแถว แต่ละแถวเป็นชื่อคอลัมน์กับข้อความ")])
        sheets[sheet] = tuple(RawRow(sheet, number, MappingProxyType(dict(row))) for number, row in enumerate(rows, 2))
    return FormSource(**sheets)


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(isinstance(k, str) and isinstance(v, str) for k, v in row.items())


def canonical_bytes(source: FormSource) -> bytes:
    """The bytes that are hashed: UTF-8 JSON, keys by code point, no spaces."""
    text = json.dumps(to_json(source), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def sha256(source: FormSource) -> str:
    """The SHA-256 of the form as written, in hexadecimal: equal forms have equal hashes wherever they were read from."""
    return hashlib.sha256(canonical_bytes(source)).hexdigest()
