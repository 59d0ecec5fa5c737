"""A list as an Excel workbook: a first sheet that says what the file is, a second with every row (PEERS 16)."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse

from localgov.lib import numbers, thai_calendar
from localgov.ui.columns import Column, Kind

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Excel keeps 15 significant digits: a longer number is written as text, exactly.
_EXCEL_DIGITS = 15
_SPOOL_BYTES = 4 * 1024 * 1024
_CHUNK_ROWS = 2000
_FORMATS: dict[Kind, dict[str, object]] = {
    Kind.NUMBER: {"num_format": "#,##0.############", "align": "right"},
    Kind.BAHT: {"num_format": "#,##0.00", "align": "right"},
    Kind.PERCENT: {"num_format": "0.00", "align": "right"},
    Kind.DATE: {"num_format": "[$-107041E]d mmm yyyy", "align": "left"},
    Kind.DATETIME: {"num_format": "[$-107041E]d mmm yyyy hh:mm", "align": "left"},
}


@dataclass(frozen=True)
class Manifest:
    """What a file holds: title, what was searched, as of when (aware), taken by whom.

    A file of a past moment (`is_past`) names neither who took it nor when: asked again, it is the same to the byte.
    """

    title: str
    screen_code: str
    filters: tuple[tuple[str, str], ...]
    taken_at: datetime
    taken_by: str
    is_past: bool = False


def response(
    *,
    columns: Sequence[Column],
    rows: "QuerySet[Any] | Sequence[Any]",
    totals: Mapping[str, object] | None,
    manifest: Manifest,
    file_name: str,
) -> FileResponse:
    """The workbook as a download named `<file_name>-<date>.xlsx`, written row by row to a temporary file."""
    file = tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES)  # noqa: SIM115 (FileResponse closes it)
    write(file, columns=columns, rows=_stream(rows), totals=totals, manifest=manifest)
    file.seek(0)
    day = thai_calendar.bangkok_date(manifest.taken_at)
    name = f"{file_name}-{thai_calendar.be_year(day.year)}{day:%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPE)


def write(
    file: Any,
    *,
    columns: Sequence[Column],
    rows: Iterable[object],
    totals: Mapping[str, object] | None,
    manifest: Manifest,
) -> int:
    """Write the workbook into an open binary file; returns the number of rows written."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    created = manifest.taken_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": manifest.title, "created": created})
    about = book.add_worksheet("เกี่ยวกับไฟล์นี้")
    data = book.add_worksheet("ข้อมูล")
    count = _write_rows(book, data, columns, rows, totals)
    _write_manifest(book, about, manifest, count)
    book.close()
    return count


def _stream(rows: "QuerySet[Any] | Sequence[Any]") -> Iterable[object]:
    return rows.iterator(chunk_size=_CHUNK_ROWS) if isinstance(rows, QuerySet) else rows


def _write_rows(
    book: Any, sheet: Any, columns: Sequence[Column], rows: Iterable[object], totals: Mapping[str, object] | None
) -> int:
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E3EEF0", "bottom": 1, "valign": "top"})
    formats = {kind: book.add_format({**spec, "valign": "top"}) for kind, spec in _FORMATS.items()}
    text = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.############"})
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, _width(column))
        sheet.write_string(0, index, column.full_label, head)
    count = 0
    for count, row in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            write_cell(sheet, count, index, _exportable(column, row), formats.get(column.kind, text))
    for index, column in enumerate(columns if totals else ()):
        write_cell(sheet, count + 1, index, (totals or {}).get(column.key), bold)
    if count:
        sheet.autofilter(0, 0, count, len(columns) - 1)
    return count


def _exportable(column: Column, row: object) -> object:
    """The typed value; states as their words."""
    value = column.raw(row)
    return column.wording(value) if column.kind in (Kind.STATE, Kind.STATES) else value


def write_cell(sheet: Any, row: int, column: int, value: object, cell_format: Any) -> None:
    """Write one typed value; text is never taken for a formula, an over-long number stays exact as text."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, bool):
        sheet.write_string(row, column, "ใช่" if value else "ไม่ใช่", cell_format)
    elif isinstance(value, int | Decimal):
        if len(Decimal(value).normalize().as_tuple().digits) > _EXCEL_DIGITS:
            sheet.write_string(row, column, numbers.format_number(value), cell_format)
        else:
            sheet.write_number(row, column, value, cell_format)
    elif isinstance(value, float):
        sheet.write_number(row, column, value, cell_format)
    elif isinstance(value, datetime):
        local = value.astimezone(thai_calendar.BANGKOK).replace(tzinfo=None)
        sheet.write_datetime(row, column, local, cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, cell_format)
    else:
        sheet.write_string(row, column, str(value), cell_format)


def _write_manifest(book: Any, sheet: Any, manifest: Manifest, count: int) -> None:
    label = book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 70)
    filters = manifest.filters or (("", "ไม่ได้กำหนด (ทุกรายการที่บัญชีนี้ดูได้)"),)
    sheet.write_string(0, 0, manifest.title, title)
    lines = chain(
        (("ระบบ", "INFO ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น"), ("รหัสหน้าจอ", manifest.screen_code or "-")),
        _told(manifest),
        (("จำนวนรายการ", numbers.format_number(count)),),
        (("เงื่อนไขการค้นหา", f"{name}: {value}" if name else value) for name, value in filters),
    )
    for index, (name, value) in enumerate(lines, start=2):
        sheet.write_string(index, 0, name, label)
        sheet.write_string(index, 1, value, wrap)
    sheet.activate()


def _told(manifest: Manifest) -> tuple[tuple[str, str], ...]:
    """As of when, and by whom it was taken."""
    moment = thai_calendar.format_datetime(manifest.taken_at)
    if manifest.is_past:
        return (("ข้อมูล ณ เวลา", f"{moment} (ไม่ใช่ปัจจุบัน)"),)
    return (("ข้อมูล ณ เวลา", moment), ("ผู้ส่งออก", manifest.taken_by or "-"))


def _width(column: Column) -> int:
    """Characters: figures narrow, names wide, at least the heading's half."""
    return max(18 if column.align == "end" or column.kind is Kind.DATE else 26, min(40, len(column.full_label)))
