"""The register file as it comes: encoding, separator, columns, rows with their line numbers.

Understood: UTF-8 with or without BOM, UTF-16 with BOM, TIS-620/cp874 of older machines; comma, semicolon or tab.
Everything else is refused with a sentence that says what to do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from localgov.lib.refusals import Refusal

COLUMNS: Final = (
    "id",
    "province",
    "district",
    "subdistrict",
    "type",
    "name",
    "address",
    "moo",
    "zipcode",
    "area",
    "lat",
    "lng",
    "website",
)
"""The columns of the Department's data set dlads_05_01."""

MAX_BYTES: Final = 64 * 1024 * 1024

_XLSX: Final = b"PK\x03\x04"
_XLS: Final = b"\xd0\xcf\x11\xe0"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_EXPECTED: Final = ", ".join(COLUMNS)


class NotARegisterFile(Refusal):
    """The file as a whole cannot be read as the register."""

    default_code: ClassVar[str] = "not_a_register_file"


@dataclass(frozen=True)
class SourceRow:
    """One data row: `line` is the line of the file where it begins (the header is line 1), `values` by column."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """The rows of a file, and its columns that the register does not know."""

    rows: tuple[SourceRow, ...]
    unknown_columns: tuple[str, ...]


def read_source(content: bytes) -> Source:
    """The rows of the file. Raises `NotARegisterFile` with a Thai sentence."""
    text = _decode(content)
    lines = _lines(text)
    header = next(lines, None)
    if header is None:
        raise NotARegisterFile("ไฟล์ว่างเปล่า: ตรวจว่าเลือกไฟล์ทะเบียน อปท. (CSV) ถูกไฟล์", code="empty")
    columns = tuple(name.strip().lower() for name in header[1])
    _check_columns(columns)
    rows = tuple(
        SourceRow(line, dict(zip(columns, cells, strict=True))) for line, cells in _full_rows(lines, len(columns))
    )
    if not rows:
        raise NotARegisterFile("ไฟล์มีแต่หัวตาราง ไม่มีแถวของ อปท.: ตรวจว่าส่งออกทะเบียนครบทั้งไฟล์", code="no_rows")
    return Source(rows=rows, unknown_columns=tuple(name for name in columns if name not in COLUMNS))


def _decode(content: bytes) -> str:
    """The file's text."""
    if not content.strip():
        raise NotARegisterFile("ไฟล์ว่างเปล่า: ตรวจว่าเลือกไฟล์ทะเบียน อปท. (CSV) ถูกไฟล์", code="empty")
    if len(content) > MAX_BYTES:
        raise NotARegisterFile(
            f"ไฟล์ใหญ่เกิน {MAX_BYTES // 1024 // 1024} MB: ไฟล์ทะเบียน อปท. มีขนาดราว 1–2 MB", code="too_big"
        )
    if content.startswith((_XLSX, _XLS)):
        raise NotARegisterFile(
            "ไฟล์นี้เป็นสมุดงาน Excel: เปิดใน Excel แล้วบันทึกเป็นชนิด “CSV UTF-8 (Comma delimited)” ก่อนนำเข้า", code="workbook"
        )
    if content.startswith(_UTF16):
        return _as("utf-16", content)
    if b"\x00" in content:
        raise NotARegisterFile("ไฟล์นี้ไม่ใช่ไฟล์ข้อความ CSV: ตรวจว่าเลือกไฟล์ถูก", code="binary")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as("cp874", content)


def _as(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise NotARegisterFile(
            "อ่านตัวอักษรในไฟล์ไม่ได้ (ไม่ใช่ UTF-8 และไม่ใช่ TIS-620/Windows-874): บันทึกไฟล์ใหม่เป็น CSV UTF-8", code="encoding"
        ) from None


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Non-empty records with the line on which each begins."""
    first_line = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise NotARegisterFile(
            f'แถวที่ {begins} ของไฟล์ใช้เครื่องหมายอัญประกาศ (") ไม่ถูกต้อง ({error}): แก้แถวนั้นแล้วบันทึกเป็น CSV ใหม่', code="quotes"
        ) from None


def _check_columns(columns: tuple[str, ...]) -> None:
    """Every column of the data set, once each; their order and further columns do not matter."""
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        raise NotARegisterFile(f"หัวตาราง (แถวที่ 1) ขาดคอลัมน์ {', '.join(missing)}: ต้องมี {_EXPECTED}", code="columns")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise NotARegisterFile(f"หัวตาราง (แถวที่ 1) มีคอลัมน์ {', '.join(twice)} ซ้ำกัน: ให้เหลือคอลัมน์ละหนึ่ง", code="columns")


def _full_rows(lines: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with as many cells as the header has; empty cells at the end do not count."""
    for line, cells in lines:
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) != width:
            raise NotARegisterFile(
                f"แถวที่ {line} มี {len(cells)} ช่อง แต่หัวตารางมี {width} ช่อง: ตรวจเครื่องหมายจุลภาคหรืออัญประกาศในแถวนั้น",
                code="cells",
            )
        yield line, cells
