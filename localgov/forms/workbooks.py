"""Forms as workbooks: written for officers to edit (XLSForm with our rules sheet), and taken in with care."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from localgov.forms.engine.problems import FormBroken, Problem
from localgov.forms.engine.reader_xlsx import read_workbook
from localgov.forms.engine.source import COLUMNS, SHEETS, FormSource
from localgov.forms.workbook_guide import GUIDE

MAX_BYTES = 5 * 1024 * 1024
_MAX_UNPACKED = 60 * 1024 * 1024
_MAX_ROW, _MAX_COLUMN = 20_000, 200
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,10})"')

_TEXT_CELL: Mapping[str, object] = {"text_wrap": True, "valign": "top", "num_format": "@"}
#: Widths of the columns that hold sentences; the others have the width of a code.
_WIDTHS: Mapping[str, int] = {
    "label": 40, "hint": 60, "message": 70, "constraint_message": 50, "expression": 60, "when": 36,
    "relevant": 30, "constraint": 36, "calculation": 30, "question": 26, "name": 28, "type": 20, "form_title": 36,
}  # fmt: skip


def workbook_of(source: FormSource) -> bytes:
    """The form as an .xlsx that `form_publish` takes again: the same text, the same hash."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    heading = book.add_format({"bold": True, "bg_color": "#E3EEF0", "border": 1, "valign": "top"})
    plain = book.add_format(_TEXT_CELL)
    group = book.add_format({**_TEXT_CELL, "bold": True, "bg_color": "#F4F6F7"})
    for sheet in SHEETS:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, COLUMNS[sheet], heading)
        for index, column in enumerate(COLUMNS[sheet]):
            page.set_column(index, index, _WIDTHS.get(column, 14))
        for number, row in enumerate(source.rows(sheet), 1):
            look = group if row.get("type").split(" ")[0] in {"begin", "end"} else plain
            for index, column in enumerate(COLUMNS[sheet]):
                if text := row.get(column):
                    page.write_string(number, index, text, look)
        page.freeze_panes(1, 2 if sheet == "survey" else 0)
    _guide(book.add_worksheet("อ่านก่อน"), heading, plain)
    book.close()
    return buffer.getvalue()


def _guide(page: Any, heading: Any, plain: Any) -> None:
    """The sheet that says what each column means."""
    page.write_row(0, 0, ("แผ่นงาน", "คอลัมน์", "ความหมาย"), heading)
    for number, line in enumerate(GUIDE, 1):
        page.write_row(number, 0, line, plain)
    for index, width in enumerate((12, 40, 110)):
        page.set_column(index, index, width)


def source_of_upload(content: bytes) -> FormSource:
    """The sheets of an uploaded workbook.

    Raises:
        FormBroken: not a workbook, too big (also once unpacked), or faults of its sheets by row and column.
    """
    if len(content) > MAX_BYTES:
        raise _unusable(f"ไฟล์ใหญ่เกิน {MAX_BYTES // 1024 // 1024} MB ลบรูปภาพและแผ่นงานที่ไม่ใช้ออก")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_bombs(package)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise _unusable("ไม่ใช่สมุดงาน .xlsx: บันทึกเป็น Excel Workbook (.xlsx) ที่ไม่ใส่รหัสผ่านแล้วส่งใหม่") from None
    return read_workbook(content)


def _refuse_bombs(package: zipfile.ZipFile) -> None:
    """Refuse what would fill the memory: much text in a small file, or a cell far away (readers hold the whole rectangle)."""
    if sum(member.file_size for member in package.infolist()) > _MAX_UNPACKED:
        raise _unusable("สมุดงานใหญ่เกินไปเมื่อคลายออก คัดลอกเฉพาะสี่แผ่นงานไปยังไฟล์ใหม่")
    for name in package.namelist():
        if not name.startswith("xl/worksheets/"):
            continue
        for letters, row in _CELL.findall(package.read(name)):
            if int(row) > _MAX_ROW or _column_number(letters) > _MAX_COLUMN:
                place = f"{letters.decode()}{row.decode()}"
                raise _unusable(f"มีเซลล์อยู่ไกลเกินไป ({place}) ลบแถวและคอลัมน์ว่างท้ายตารางแล้วบันทึกใหม่")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _unusable(message: str) -> FormBroken:
    return FormBroken([Problem("survey", message, file="ไฟล์ที่ส่ง")])
