"""Rows: what is refused, what is doubtful, what is understood."""

from __future__ import annotations

from decimal import Decimal

import pytest

from localgov.organisations import boundaries
from localgov.organisations.register.checking import Checked, check_rows
from localgov.organisations.register.source import SourceRow
from tests.organisations.register_files import Row, row


def check(*rows: Row) -> Checked:
    """Check rows as lines 2, 3, … of a file."""
    return check_rows(SourceRow(line, values) for line, values in enumerate(rows, start=2))


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"id": ""}, "id", "ไม่มีรหัส"),
        ({"id": "625020"}, "id", "7 หลัก"),
        ({"id": "0250201"}, "id", "7 หลัก"),
        ({"province": "ปราจีนบุลี"}, "province", "“ปราจีนบุรี”"),
        ({"province": "กรุงเทพมหานคร"}, "province", "76 จังหวัด"),
        ({"district": "พระประแดง"}, "district", "จังหวัดปราจีนบุรี"),
        ({"type": "สุขาภิบาล"}, "type", "เทศบาลตำบล"),
        ({"type": ""}, "type", "ไม่รู้จัก"),
        ({"name": "  "}, "name", "ไม่มีชื่อ"),
        ({"name": "ก" * 121}, "name", "120"),
    ],
)
def test_refuses_a_row_that_cannot_be_a_unit(changes: Row, column: str, words: str) -> None:
    checked = check(row("6250201", "บ้านสมมติ") | changes)

    assert [(one.row, one.field) for one in checked.refused] == [(2, column)]
    assert words in checked.refused[0].reason
    assert checked.records == []


def test_refuses_a_code_that_stands_twice() -> None:
    checked = check(row("6250201", "บ้านสมมติ"), row("6250201", "บ้านแบบอย่าง"))

    assert [(one.row, one.reason) for one in checked.refused] == [(3, "รหัสซ้ำกับแถวที่ 2")]


@pytest.mark.parametrize(
    ("typed", "unit_type", "path"),
    [
        ("อบต.", "SAO", "th.25.2502.6250201."),
        ("องค์การบริหารส่วนตำบล", "SAO", "th.25.2502.6250201."),
        ("เทศบาลตำบล", "SUBDISTRICT", "th.25.2502.6250201."),
        ("ทต", "SUBDISTRICT", "th.25.2502.6250201."),
        ("เทศบาลเมือง", "TOWN", "th.25.6250201."),
        ("ทน.", "CITY", "th.25.6250201."),
        (" อบจ. ", "PAO", "th.25.6250201."),
        ("ท้องถิ่นรูปแบบพิเศษ", "SPECIAL", "th.25.6250201."),
    ],
)
def test_takes_the_type_from_its_column_never_from_the_code(typed: str, unit_type: str, path: str) -> None:
    (record,) = check(row("6250201", "บ้านสมมติ", typed)).records

    assert (record.unit_type, record.path) == (unit_type, path)


@pytest.mark.parametrize("written", ["บ้านสมมติ", "อบต.บ้านสมมติ", "องค์การบริหารส่วนตำบล บ้านสมมติ", " บ้านสมมติ "])
def test_takes_a_title_off_the_name(written: str) -> None:
    (record,) = check(row("6250201", written)).records

    assert (record.name, record.full_name, record.short_name) == (
        "บ้านสมมติ",
        "องค์การบริหารส่วนตำบลบ้านสมมติ",
        "อบต.บ้านสมมติ",
    )


def test_calls_a_special_unit_by_its_name_alone() -> None:
    (record,) = check(row("3200408", "เมืองพัทยา", "ท้องถิ่นรูปแบบพิเศษ", province="ชลบุรี", district="บางละมุง")).records

    assert record.full_name == record.short_name == "เมืองพัทยา"


@pytest.mark.parametrize(
    ("changes", "column", "value", "words"),
    [
        ({"lat": "13.9", "lng": "0"}, "lat,lng", "13.9, 0", "ลองจิจูดเป็น 0"),
        ({"lat": "", "lng": "101.2"}, "lat,lng", ", 101.2", "ขาดละติจูด"),
        ({"lat": "101.71", "lng": "13.98"}, "lat,lng", "101.71, 13.98", "สลับกัน"),
        ({"lat": "1.35", "lng": "103.8"}, "lat,lng", "1.35, 103.8", "นอกประเทศไทย"),
        ({"area": "70370150"}, "area", "70370150", "ถ้าเป็นตารางเมตรจะเท่ากับ 70.37 ตร.กม."),
        ({"area": "49303"}, "area", "49303", "ถ้าเป็นไร่จะเท่ากับ 78.88 ตร.กม."),
        ({"area": "0"}, "area", "0", "มากกว่า 0"),
        ({"area": "0.03"}, "area", "0.03", "น้อยกว่า 0.2"),
        ({"area": "12 ตร.กม."}, "area", "12 ตร.กม.", "หน่วยปนอยู่"),
        ({"zipcode": "2514"}, "zipcode", "2514", "5 หลัก"),
        ({"website": "bansang001@bansang.go.th"}, "website", "bansang001@bansang.go.th", "อีเมล"),
        ({"website": "www.Khlongphon go.th"}, "website", "www.Khlongphon go.th", "ช่องว่าง"),
        ({"address": "9-ก.ย."}, "address", "9-ก.ย.", "เป็นวันที่"),
        ({"moo": "ใกล้วัด"}, "moo", "ใกล้วัด", "ตัวเลข"),
    ],
)
def test_lists_a_doubtful_field(changes: Row, column: str, value: str, words: str) -> None:
    checked = check(row("6250201", "บ้านสมมติ", **changes))

    (doubt,) = checked.doubtful
    assert (doubt.row, doubt.code, doubt.field, doubt.value) == (2, "6250201", column, value)
    assert words in doubt.reason
    assert checked.refused == []


def test_stores_no_doubtful_value_where_a_typed_column_would_mislead() -> None:
    changes = {"lat": "13.9", "area": "70370150", "zipcode": "2514", "website": "bansang001@bansang.go.th"}

    (record,) = check(row("6250201", "บ้านสมมติ", **changes)).records

    assert (record.latitude, record.longitude, record.area_km2, record.postcode) == (None, None, None, "")
    assert (record.website, record.website_typed) == ("", "bansang001@bansang.go.th")


def test_lists_a_point_outside_its_province() -> None:
    if not boundaries.SHAPES_FILE.exists():
        pytest.skip("ยังไม่ได้สร้าง assets/dist (make setup)")

    checked = check(row("6250201", "บ้านสมมติ", lat="18.79", lng="98.98"))

    assert "นอกจังหวัดปราจีนบุรีราว" in checked.doubtful[0].reason
    assert checked.records[0].latitude is None


def test_understands_what_can_be_read_in_one_way_only() -> None:
    checked = check(
        row(
            "6250201",
            "บ้านสมมติ",
            lat="๑๓.๙๘",
            lng="101.7123456789",
            area="1,045.5",
            zipcode="๒๕๑๑๐",
            moo="หมู่ที่ 07",
            address=" 99/9 ",
            website="http//www.example.go.th",
        )
    )

    (record,) = checked.records
    assert checked.doubtful == []
    assert (record.latitude, record.longitude) == (Decimal("13.98"), Decimal("101.712346"))
    assert (record.area_km2, record.postcode, record.moo, record.address) == (
        Decimal("1045.5"),
        "25110",
        "7",
        "99/9",
    )
    assert record.website == "http://www.example.go.th/"


def test_counts_signs_for_blank_instead_of_dropping_them() -> None:
    checked = check(row("6250201", "บ้านสมมติ", address="-", website="-", moo='"-"'))

    assert checked.doubtful == []
    assert checked.blank_marks == {"lat,lng": 1, "address": 1, "website": 1, "moo": 1}


def test_lists_two_units_of_one_name_in_one_district() -> None:
    checked = check(row("6250201", "บ้านสมมติ"), row("6250202", "บ้านสมมติ"), row("5250203", "บ้านสมมติ", "เทศบาลตำบล"))

    assert [(one.row, one.field) for one in checked.doubtful] == [(3, "name")]
