"""Workbooks of forms: out and in again without loss, and nothing harmful comes in."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from localgov.forms import workbooks
from localgov.forms.engine.problems import FormBroken
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.engine.source import sha256
from localgov.forms.services import FORMS_FOLDER


def test_the_eight_domains_survive_the_way_through_excel() -> None:
    source = read_folder(FORMS_FOLDER / "eight_domains")
    assert sha256(workbooks.source_of_upload(workbooks.workbook_of(source))) == sha256(source)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(FormBroken, match=r"ไม่ใช่สมุดงาน \.xlsx"):
        workbooks.source_of_upload(content)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("readme.txt", "สวัสดี")
    with pytest.raises(FormBroken):
        workbooks.source_of_upload(buffer.getvalue())


def test_a_file_that_is_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_BYTES", 10)
    with pytest.raises(FormBroken, match="ไฟล์ใหญ่เกิน"):
        workbooks.source_of_upload(b"x" * 11)


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (61 * 1024 * 1024))
    with pytest.raises(FormBroken, match="ใหญ่เกินไปเมื่อคลายออก"):
        workbooks.source_of_upload(buffer.getvalue())


@pytest.mark.parametrize("cell", ["A1048576", "XFD1"])
def test_a_cell_far_away_is_refused_before_it_fills_the_memory(cell: str, tmp_path: Path) -> None:
    file = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(file)
    book.add_worksheet("survey").write_string(cell, "x")
    book.close()
    with pytest.raises(FormBroken, match=f"มีเซลล์อยู่ไกลเกินไป \\({cell}\\)"):
        workbooks.source_of_upload(file.read_bytes())
