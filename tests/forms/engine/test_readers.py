"""A form comes out of a folder of text and out of a workbook alike, and each file's own faults are named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter

from localgov.forms.engine.__main__ import main
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.problems import FormBroken
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.engine.reader_xlsx import column_letter, read_workbook
from localgov.forms.engine.source import from_json, sha256, to_json
from tests.forms.engine.samples import CHOICES, RULES_HEADER, SETTINGS, SURVEY, rows, source

RULE = "R-01,total,,. >= 1,error,ต้องมีคน"


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    """A form's folder; a name such as choices__a is the file choices/a.csv."""
    contents: dict[str, str | bytes] = {
        "survey": SURVEY,
        "choices": CHOICES,
        "settings": SETTINGS,
        "rules": f"{RULES_HEADER}\n{RULE}\n",
    }
    for name, content in (contents | files).items():
        path = tmp_path / f"{name.replace('__', '/')}.csv"
        path.parent.mkdir(exist_ok=True)
        if content:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def workbook(**sheets: list[list[object]]) -> bytes:
    """A workbook of these sheets."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def table(text: str, sheet: str) -> list[list[object]]:
    """A CSV text as a table of cells."""
    header = text.splitlines()[0].split(",")
    cells: list[list[object]] = [[*header]]
    cells.extend([row.get(column) for column in header] for row in rows(sheet, text))
    return cells


def problems(broken: pytest.ExceptionInfo[FormBroken]) -> list[str]:
    return [str(problem) for problem in broken.value.problems]


def test_text_and_workbook_of_one_form_are_the_same_form(tmp_path: Path) -> None:
    text = read_folder(folder(tmp_path))
    book = read_workbook(
        workbook(
            survey=table(SURVEY, "survey"),
            choices=table(CHOICES, "choices"),
            rules=table(f"{RULES_HEADER}\n{RULE}\n", "rules"),
            settings=table(SETTINGS, "settings"),
            หมายเหตุ=[["แผ่นงานอื่นไม่เกี่ยว"]],
        )
    )

    assert sha256(text) == sha256(book) == build_form(book, check_xlsform=False).sha256
    assert to_json(from_json(to_json(book))) == to_json(text)


def test_a_sheet_may_be_a_folder_of_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    choices = CHOICES.splitlines(keepends=True)
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()
    whole = read_folder(folder(tmp_path / "whole"))

    parts = folder(
        tmp_path / "parts",
        choices=b"",
        choices__a="".join(choices[:3]),
        choices__b=choices[0] + "".join(choices[3:]),
    )

    assert sha256(read_folder(parts)) == sha256(whole)


def test_a_byte_order_mark_and_blank_rows_do_not_matter(tmp_path: Path) -> None:
    read = read_folder(folder(tmp_path, settings="\ufeff" + SETTINGS + ",,,,\n"))

    assert len(read.settings) == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"survey": b""}, "แผ่นงาน survey: ไม่พบไฟล์ survey.csv"),
        ({"settings": b""}, "แผ่นงาน settings: ไม่พบไฟล์ settings.csv"),
        ({"choices": "list_name,name,label,colour\n"}, "choices.csv แถว 1 คอลัมน์ colour: ไม่รู้จักคอลัมน์ “colour”"),
        ({"choices": "list_name,name,name,label\n"}, "choices.csv แถว 1 คอลัมน์ name: คอลัมน์ “name” ซ้ำ"),
        ({"choices": "list_name,name\n"}, "choices.csv แถว 1 คอลัมน์ label: ขาดคอลัมน์ “label”"),
        ({"choices": CHOICES + "size,tiny,จิ๋ว,เกิน\n"}, "choices.csv แถว 8: แถวนี้มี 4 ช่อง แต่หัวตารางมี 3 ช่อง"),
        ({"choices": CHOICES.encode("cp874")}, "choices.csv: ไฟล์ไม่ใช่ UTF-8"),
        ({"choices": CHOICES + 'size,"tiny"x,จิ๋ว\n'}, "choices.csv: อ่าน CSV ไม่ได้"),
        ({"choices__z": ""}, ""),
    ],
)
def test_refuses_a_folder_by_file_row_and_column(tmp_path: Path, files: dict[str, str | bytes], said: str) -> None:
    written = folder(tmp_path, **files)

    if not said:
        assert read_folder(written)
        return
    with pytest.raises(FormBroken) as broken:
        read_folder(written)

    assert any(said in problem for problem in problems(broken)), problems(broken)


def test_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FormBroken, match="ไม่พบโฟลเดอร์"):
        read_folder(tmp_path / "nowhere")


def test_refuses_a_workbook_cell_by_sheet_row_and_letter() -> None:
    book = workbook(
        survey=[["type", "name", "label", "constraint"], ["begin group", "d", "ด้าน"], ["begin group", "s", "ส่วน"],
                ["integer", "a", "ก", ". >= (1"], ["end group"], ["end group"]],
        settings=table(SETTINGS, "settings"),
    )  # fmt: skip

    with pytest.raises(FormBroken) as broken:
        build_form(read_workbook(book), check_xlsform=False)

    assert problems(broken) == [
        "แผ่นงาน survey แถว 4 คอลัมน์ D (constraint): นิพจน์ยังไม่จบ: ขาดตัวถูกดำเนินการหรือวงเล็บปิด (อักขระที่ 7)"
    ]


def test_refuses_a_workbook_with_strange_columns_and_text_outside_the_table() -> None:
    book = workbook(
        survey=[["type", "name", "label", "", "colour"], ["integer", "a", "ก", "ลอย"]],
        choices=[["list_name", "name", "label"], ["size", "tiny", "จิ๋ว", "ลอย"]],
    )

    with pytest.raises(FormBroken) as broken:
        read_workbook(book)

    said = problems(broken)
    assert any("แผ่นงาน survey แถว 1 คอลัมน์ E (colour)" in problem for problem in said)
    assert any("แผ่นงาน choices แถว 2 คอลัมน์ D (ไม่มีหัว)" in problem for problem in said)
    assert any("ไม่มีแผ่นงาน settings" in problem for problem in said)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_refuses_what_is_no_workbook(content: bytes) -> None:
    with pytest.raises(FormBroken, match="เปิดไฟล์ไม่ได้"):
        read_workbook(content)


def test_cells_of_a_workbook_are_the_text_that_was_meant() -> None:
    book = workbook(
        survey=[["type", "name", "label", "required", "decimals"], ["decimal", "a", "ก", True, 2]],
        settings=[["form_title", "form_id", "version", "fiscal_year_from"], ["แบบ", "f", 1.5, 2569]],
    )

    read = read_workbook(book)

    assert read.survey[0].get("required") == "yes"
    assert read.survey[0].get("decimals") == "2"
    assert read.settings[0].get("version") == "1.5"
    assert read.settings[0].get("fiscal_year_from") == "2569"


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_sheet(index: int, letters: str) -> None:
    assert column_letter(index) == letters


@pytest.mark.parametrize("document", [{"survey": "x"}, {"rules": [1]}, {"rules": [{"a": 1}]}, {"choices": [{1: "a"}]}])
def test_refuses_a_stored_document_of_another_shape(document: dict[str, object]) -> None:
    with pytest.raises(FormBroken):
        from_json(document)


def test_the_hash_changes_with_any_cell_and_not_with_the_file_it_came_from() -> None:
    one, other = source(rules=RULE), source(rules=RULE.replace("มีคน", "มีคนอยู่"))

    assert sha256(one) != sha256(other)
    assert sha256(one) == sha256(from_json(to_json(one)))


def test_the_command_reports_a_good_form_and_every_fault_of_a_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = folder(tmp_path)
    assert main([str(good)]) == 0
    assert "2 ด้าน 24 คำถาม 1 ทะเบียน 6 คอลัมน์ 1 กฎ" in capsys.readouterr().out

    folder(tmp_path, rules=f"{RULES_HEADER}\nR-01,totall,,. >= 1,error,ต้องมีคน\n")
    assert main([str(good)]) == 1
    assert "rules.csv แถว 2 คอลัมน์ question: ไม่มีคำถามรหัส “totall”" in capsys.readouterr().out


def test_the_command_refuses_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "ไม่พบ" in capsys.readouterr().err
