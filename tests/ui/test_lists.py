"""The one machinery of all lists, seen through the gallery's list of 43 made-up units (MISSION R2.4)."""

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from localgov.ui.gallery import SAMPLES

pytestmark = pytest.mark.django_db
ADDRESS = "/_gallery/"


def page(client: Client, query: str = "", **headers: str) -> str:
    """The body of the list at a query."""
    response = client.get(ADDRESS + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_shows_ten_rows_and_says_which(client: Client) -> None:
    body = page(client)

    assert body.count("row-actions-cell") == 10 + 1  # and the row รวม
    assert "1 ถึง 10 จาก 43" in body
    assert "<strong>43</strong> รายการ" in body


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("?page=2", "11 ถึง 20 จาก 43"),
        ("?per_page=25", "1 ถึง 25 จาก 43"),
        ("?per_page=25&page=2", "26 ถึง 43 จาก 43"),
        ("?name=สมมติ", "1 ถึง 6 จาก 6"),
    ],
)
def test_turns_pages_and_searches(client: Client, query: str, line: str) -> None:
    assert line in page(client, query)


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("?page=99", "ไม่มีหน้า 99 จึงแสดงหน้าสุดท้าย"),
        ("?page=0", "จึงแสดงหน้าแรก"),
        ("?page=-1", "จึงแสดงหน้าแรก"),
        ("?page=" + "9" * 5000, "จึงแสดงหน้าแรก"),
        ("?page=๒", "จึงแสดงหน้าแรก"),
        ("?per_page=1000000", "จึงแสดงหน้าละ 10 รายการ"),
        ("?sort=password", "จึงเรียงตามลำดับปกติ"),
        ("?sort=state", "จึงเรียงตามลำดับปกติ"),
        ("?state=NO_SUCH", "ค่าที่ค้นหาในช่อง “สถานะ” ใช้ไม่ได้"),
        ("?name=%00", "ค่าที่ค้นหาในช่อง “ชื่อ อปท.” ใช้ไม่ได้"),
    ],
)
def test_falls_back_with_a_notice_on_a_bad_value(client: Client, query: str, notice: str) -> None:
    assert notice in page(client, query)


def test_says_what_to_do_when_nothing_is_found(client: Client) -> None:
    body = page(client, "?name=ไม่มีชื่อนี้")

    assert "ไม่พบข้อมูล" in body
    assert "เริ่มค้นหาใหม่" in body
    assert "<table" not in body


def test_sorts_names_as_a_thai_dictionary_does(client: Client) -> None:
    ascending, descending = page(client, "?sort=name"), page(client, "?sort=-name")

    assert ascending.index("เกาะสมมติ 1") < ascending.index("โคกสาธิต 1")
    assert 'aria-sort="ascending"' in ascending
    assert "ไร่จำลอง" in descending
    assert 'aria-sort="descending"' in descending


def test_sorts_rows_without_a_value_first(client: Client) -> None:
    assert page(client, "?sort=changed_on").count("–") >= 9


def test_keeps_search_and_order_in_every_link(client: Client) -> None:
    body = page(client, "?state=RECORDING&sort=-population&per_page=25")

    assert "?state=RECORDING&amp;sort=-population&amp;per_page=50" in body
    assert "?state=RECORDING&amp;sort=-population&amp;export=xlsx" in body


def test_answers_htmx_with_the_table_alone(client: Client) -> None:
    body = page(client, "?page=2", HX_Request="true")

    assert body.lstrip().startswith("<section")
    assert "<html" not in body


def test_varies_by_the_htmx_header(client: Client) -> None:
    assert "HX-Request" in client.get(ADDRESS)["Vary"]


def test_names_the_row_in_each_action(client: Client) -> None:
    body = page(client, "?name=เกาะสมมติ 1")

    assert 'ลบ<span class="sr-only"> องค์การบริหารส่วนตำบลเกาะสมมติ 1</span>' in body


def test_exports_all_rows_of_the_search_with_a_manifest(client: Client) -> None:
    response = client.get(ADDRESS + "?state=RECORDING&export=xlsx&page=3&per_page=10")

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    about = {row[0]: row[1] for row in book.get_sheet_by_name("เกี่ยวกับไฟล์นี้").to_python(skip_empty_area=False) if row[0]}
    rows = book.get_sheet_by_name("ข้อมูล").to_python()
    found = sum(1 for row in SAMPLES if row.state == "RECORDING")
    assert about["จำนวนรายการ"] == str(found)
    assert about["เงื่อนไขการค้นหา"] == "สถานะ: กำลังบันทึก"
    assert rows[0] == ["ลำดับ", "อปท.", "สถานะ", "ประชากร (คน)", "แก้ไขล่าสุด"]
    assert len(rows) == 1 + found + 1  # heading, rows, รวม
    assert {row[2] for row in rows[1:-1]} == {"กำลังบันทึก"}
    assert rows[-1][3] == sum(row[3] for row in rows[1:-1] if isinstance(row[3], float))


def test_exports_as_a_download_named_by_the_day(client: Client) -> None:
    response = client.get(ADDRESS + "?export=xlsx")
    response.close()

    assert response["Content-Disposition"].startswith('attachment; filename="gallery-25')
