"""Reads a form from a workbook: the same four sheets in .xlsx, as XLSForm tools write it."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Sequence
from types import MappingProxyType

from python_calamine import CalamineError, CalamineWorkbook

from localgov.forms.engine.problems import FormBroken, Problem
from localgov.forms.engine.source import SHEETS, FormSource, RawRow, header_problems

OPTIONAL_SHEETS = frozenset({"choices", "rules"})


def read_workbook(content: bytes) -> FormSource:
    """The sheets of a workbook. Raises FormBroken with every fault by sheet, row and column."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(workbook.sheet_names)
        tables = {
            sheet: workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in SHEETS
            if sheet in names
        }
    except (CalamineError, OSError, ValueError) as fault:
        raise FormBroken([Problem("survey", f"เปิดไฟล์ไม่ได้ ต้องเป็นสมุดงาน .xlsx ที่ไม่ใส่รหัสผ่าน ({fault})")]) from None
    problems: list[Problem] = []
    sheets: dict[str, tuple[RawRow, ...]] = {}
    for sheet in SHEETS:
        if sheet in tables:
            sheets[sheet] = _rows(sheet, tables[sheet], problems)
        elif sheet not in OPTIONAL_SHEETS:
            problems.append(Problem(sheet, f"สมุดงานไม่มีแผ่นงาน {sheet}"))
    if problems:
        raise FormBroken(problems)
    return FormSource(**sheets)


def _rows(sheet: str, table: Sequence[Sequence[object]], problems: list[Problem]) -> tuple[RawRow, ...]:
    header = [_text(cell) for cell in table[0]] if table else []
    letters = MappingProxyType({column: column_letter(index) for index, column in enumerate(header)})
    faults = header_problems(sheet, header, letters=letters)
    problems.extend(faults)
    if faults:
        return ()
    rows = []
    for number, record in enumerate(table[1:], 2):
        cells = {}
        for index, cell in enumerate(record):
            text = _text(cell)
            column = header[index] if index < len(header) else ""
            if text and not column:
                letter = column_letter(index)
                message = "มีข้อความในคอลัมน์ที่ไม่มีหัวตาราง ลบข้อความหรือใส่หัวคอลัมน์"
                problems.append(Problem(sheet, message, row=number, column="ไม่มีหัว", letter=letter))
            elif text:
                cells[column] = text
        if cells:
            rows.append(RawRow(sheet, number, MappingProxyType(cells), letters=letters))
    return tuple(rows)


def column_letter(index: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(cell: object) -> str:
    """A cell as the text that its author meant: 2.0 is "2", TRUE is "yes", a date is ISO."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return unicodedata.normalize("NFC", str(cell)).strip()
