"""Reads a form from its text: a folder with `survey`, `choices`, `rules` (a CSV file or a folder of them) and `settings.csv`."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from localgov.forms.engine.problems import FormBroken, Problem
from localgov.forms.engine.source import SHEETS, FormSource, RawRow, header_problems

OPTIONAL_SHEETS = frozenset({"choices", "rules"})


def read_folder(folder: Path) -> FormSource:
    """The sheets of a form's folder. Raises FormBroken with every fault of the files themselves."""
    problems: list[Problem] = []
    sheets: dict[str, tuple[RawRow, ...]] = {}
    if not folder.is_dir():
        raise FormBroken([Problem("survey", "ไม่พบโฟลเดอร์ของแบบ", file=str(folder))])
    for sheet in SHEETS:
        files = _files(folder, sheet)
        if not files and sheet not in OPTIONAL_SHEETS:
            problems.append(Problem(sheet, f"ไม่พบไฟล์ {sheet}.csv ในโฟลเดอร์ {folder.name}"))
        rows: list[RawRow] = []
        for path in files:
            rows.extend(_read_file(sheet, path, path.relative_to(folder).as_posix(), problems))
        sheets[sheet] = tuple(rows)
    if problems:
        raise FormBroken(problems)
    return FormSource(**sheets)


def _files(folder: Path, sheet: str) -> list[Path]:
    """The files of a sheet in the order in which they are read: `<sheet>.csv`, then `<sheet>/*.csv` by name."""
    single = folder / f"{sheet}.csv"
    found = [single] if single.is_file() else []
    return found + sorted((folder / sheet).glob("*.csv"))


def _read_file(sheet: str, path: Path, name: str, problems: list[Problem]) -> Iterator[RawRow]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        problems.append(Problem(sheet, f"ไฟล์ไม่ใช่ UTF-8 (ไบต์ที่ {fault.start}) บันทึกใหม่เป็น CSV UTF-8", file=name))
        return
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as fault:
        problems.append(Problem(sheet, f"อ่าน CSV ไม่ได้ ตรวจเครื่องหมายคำพูดและจุลภาค ({fault})", file=name))
        return
    header = [cell.strip() for cell in records[0]] if records else []
    faults = header_problems(sheet, header, file=name, letters={})
    problems.extend(faults)
    if faults:
        return
    for number, record in enumerate(records[1:], 2):
        if len(record) > len(header):
            message = f"แถวนี้มี {len(record)} ช่อง แต่หัวตารางมี {len(header)} ช่อง ใส่เครื่องหมายคำพูดรอบข้อความที่มีจุลภาค"
            problems.append(Problem(sheet, message, row=number, file=name))
            continue
        cells = {
            column: cleaned
            for column, cell in zip(header, record, strict=False)
            if column and (cleaned := unicodedata.normalize("NFC", cell).strip())
        }
        if cells:
            yield RawRow(sheet, number, MappingProxyType(cells), file=name)
