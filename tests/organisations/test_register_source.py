"""Files as they come: encodings, separators, broken ones."""

import pytest

from localgov.organisations.register.source import COLUMNS, NotARegisterFile, read_source
from tests.organisations.register_files import FIRST, register_file, row

HEADER = ",".join(COLUMNS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_understands_the_encodings_of_officers_machines(encoding: str) -> None:
    source = read_source(register_file(FIRST, encoding=encoding))

    assert [one.values["name"] for one in source.rows] == [one["name"] for one in FIRST]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_understands_other_separators(separator: str) -> None:
    content = register_file(FIRST).decode().replace(",", separator).encode()

    assert len(read_source(content).rows) == len(FIRST)


def test_says_the_line_on_which_a_row_begins() -> None:
    content = register_file([row("6250201", "บ้านสมมติ", address="1\n2"), row("6250202", "บ้านแบบอย่าง")])

    assert [one.line for one in read_source(content).rows] == [2, 4]


def test_skips_empty_lines_and_reads_columns_in_any_order() -> None:
    content = register_file(FIRST, columns=[*reversed(COLUMNS), "remark"]) + b"\r\n" + b"," * len(COLUMNS) + b"\r\n"

    source = read_source(content)

    assert source.unknown_columns == ("remark",)
    assert source.rows[0].values["id"] == FIRST[0]["id"]
    assert len(source.rows) == len(FIRST)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "empty", "ไฟล์ว่างเปล่า"),
        (b" \r\n", "empty", "ไฟล์ว่างเปล่า"),
        (b"PK\x03\x04....", "workbook", "CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0....", "workbook", "Excel"),
        (b"id,\x00\x01", "binary", "ไม่ใช่ไฟล์ข้อความ"),
        (b"\xdb\xdc\xdd\xde\xfc\xfd", "encoding", "อ่านตัวอักษรในไฟล์ไม่ได้"),
        (HEADER.encode(), "no_rows", "ไม่มีแถวของ อปท."),
        (b"id,name\n1,2\n", "columns", "province, district"),
        ((HEADER + ",id\n").encode(), "columns", "ซ้ำกัน"),
        ((HEADER + "\n6250201,a\n").encode(), "cells", "แถวที่ 2 มี 2 ช่อง"),
        ((HEADER + '\n"6250201,a\n').encode(), "quotes", "แถวที่ 2"),
    ],
)
def test_refuses_a_broken_file_with_a_sentence(content: bytes, code: str, words: str) -> None:
    with pytest.raises(NotARegisterFile) as refused:
        read_source(content)

    assert refused.value.code == code
    assert words in refused.value.message
