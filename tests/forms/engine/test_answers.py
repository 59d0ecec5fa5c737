"""What people and programs send for a question, and what is made of it: a typed value, or a sentence, never a crash."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.forms.engine.answers import MAX_TEXT, read_register, reader_of, to_json
from localgov.forms.engine.checks import check_answers
from localgov.forms.engine.values import NONE, NoData, Unreadable
from localgov.lib.coordinates import Point
from tests.forms.engine.samples import PATIENT, SAO, TODAY, SmallAreas, sample_form


def read(code: str, raw: Any) -> Any:
    return reader_of(sample_form().questions[code])(raw)


@pytest.mark.parametrize(
    ("code", "raw", "value"),
    [
        ("male", 3100, Decimal(3100)),
        ("male", 3100.0, Decimal(3100)),
        ("male", Decimal("3100.00"), Decimal(3100)),
        ("male", "3100", Decimal(3100)),
        ("male", " 3,100 ", Decimal(3100)),
        ("male", "๓,๑๐๐", Decimal(3100)),
        ("male", "3100.0", Decimal(3100)),
        ("male", -5, Decimal(-5)),
        ("male", "ไม่มี", NONE),
        ("male", "ไม่มีข้อมูล", NoData("")),
        ("male", {"missing": "NONE"}, NONE),
        ("male", {"missing": "NO_DATA", "reason": " รอ  ผลสำรวจ "}, NoData("รอ ผลสำรวจ")),
        ("male", {"missing": "NO_DATA"}, NoData("")),
        ("male", {"missing": "NO_DATA", "reason": None}, NoData("")),
        ("male", None, None),
        ("male", "", None),
        ("male", "  ", None),
        ("area", "12.345", Decimal("12.345")),
        ("area", 0.1, Decimal("0.1")),
        ("budget", "๑,๒๓๔.๕๐", Decimal("1234.50")),
        ("budget", 1234.5, Decimal("1234.50")),
        ("budget", "1,234 บาท", Decimal(1234)),
        ("budget", "ไม่มี", NONE),
        ("founded", "๒๕๔๐", Decimal(2540)),
        ("ems", True, True),
        ("ems", False, False),
        ("ems", "yes", True),
        ("ems", "มี", True),
        ("ems", "ใช่", True),
        ("ems", "True", True),
        ("ems", "ไม่มี", False),
        ("ems", "ไม่ใช่", False),
        ("ems", "no", False),
        ("size", "small", "small"),
        ("size", "เล็ก", "small"),
        ("size", " ใหญ่ ", "large"),
        ("note", "  บ้าน\u200bนา  ", "บ้านนา"),
        ("note", "น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("note", 9, "9"),
        ("phone", "๐๒ ๒๔๑ ๙๐๐๐", "0-2241-9000"),
        ("email", " Saraban@Example.GO.TH ", "Saraban@example.go.th"),
        ("web", "www.example.go.th", "http://www.example.go.th/"),
        ("home_tambon", "๒๕๐๑๐๑", "250101"),
        ("home_tambon", 250101, "250101"),
        ("opened", "2026-06-15", dt.date(2026, 6, 15)),
        ("opened", "15/06/2569", dt.date(2026, 6, 15)),
        ("opened", "15 มิ.ย. 2569", dt.date(2026, 6, 15)),
        ("opened", dt.date(2026, 6, 15), dt.date(2026, 6, 15)),
        ("opened", dt.datetime(2026, 6, 15, 9), dt.date(2026, 6, 15)),
        ("place", {"lat": 14.05, "lon": "101.37"}, Point(Decimal("14.05"), Decimal("101.37"))),
        ("place", "14.05, 101.37", Point(Decimal("14.05"), Decimal("101.37"))),
        ("place", {"lat": None, "lon": ""}, None),
        ("place", {}, None),
        ("plan", "upload-7", "upload-7"),
    ],
)
def test_reads(code: str, raw: Any, value: object) -> None:
    assert read(code, raw) == value


@pytest.mark.parametrize(
    ("code", "raw", "words"),
    [
        ("male", 3.5, "จำนวนเต็ม"),
        ("male", "3.5", "จำนวนเต็ม"),
        ("male", "3,10", "จุลภาค"),
        ("male", "12 คน", "หน่วย"),
        ("male", "สามพัน", "ไม่ใช่ตัวเลข"),
        ("male", True, "ต้องเป็นตัวเลข"),
        ("male", [3100], "ต้องเป็นตัวเลข"),
        ("male", {"value": 3100}, "ต้องเป็นตัวเลข"),
        ("male", float("nan"), "ต้องเป็นตัวเลข"),
        ("male", float("inf"), "ต้องเป็นตัวเลข"),
        ("male", 10**15, "15 หลัก"),
        pytest.param("male", 10**5000, "15 หลัก", id="huge"),
        ("male", 1e300, "15 หลัก"),
        ("male", "9" * 16, "15 หลัก"),
        ("male", {"missing": "UNKNOWN"}, "NONE"),
        ("male", {"missing": ["NONE"]}, "NONE"),
        ("male", {"missing": "NO_DATA", "reason": 7}, "เหตุผล"),
        ("male", {"missing": "NO_DATA", "reason": "ก" * 501}, "500"),
        ("male", {"missing": "NO_DATA", "reason": "\ud800"}, "อักขระที่เสีย"),
        ("area", "1.2345", "3 ตำแหน่ง"),
        ("score", "1.005", "2 ตำแหน่ง"),
        ("budget", "1.005", "2 ตำแหน่ง"),
        ("budget", "5 ล้านบาท", "บาทเต็มจำนวน"),
        ("founded", 1997, "ให้พิมพ์ 2540"),
        ("founded", 40, "4 หลัก"),
        ("founded", "ไม่มี", "4 หลัก"),
        ("founded", {"missing": "NONE"}, "“ไม่มี” ใช้ได้กับคำถามที่เป็นตัวเลข"),
        ("ems", "บางส่วน", "มี, ไม่มี"),
        ("ems", 1, "มี, ไม่มี"),
        ("ems", {"missing": "NONE"}, "“ไม่มี” ใช้ได้"),
        ("size", "tiny", "เล็ก, ใหญ่"),
        ("size", True, "เล็ก, ใหญ่"),
        ("size", ["small"], "เล็ก, ใหญ่"),
        ("note", "ก" * (MAX_TEXT + 1), "ยาวเกิน"),
        ("note", ["ก"], "ต้องเป็นข้อความ"),
        ("note", 1.5, "ต้องเป็นข้อความ"),
        ("note", "\ud800", "อักขระที่เสีย"),
        ("phone", "12", "ขึ้นต้นด้วย 0"),
        ("email", "not an address", "@"),
        ("web", "bansang001@bansang.go.th", "อีเมล"),
        ("web", "www.Khlongphon go.th", "ช่องว่าง"),
        ("home_tambon", "2501", "6 หลัก"),
        ("opened", "31/02/2569", "31"),
        ("opened", 20260615, "วันที่"),
        ("opened", "2569-06-15", "ค.ศ."),
        ("place", {"lat": 0, "lon": 0}, "0"),
        ("place", {"lat": 14.05}, "ลองจิจูด"),
        ("place", {"lat": 101.37, "lon": 14.05}, "สลับ"),
        ("place", {"lat": 51.5, "lon": 0.1}, "ประเทศไทย"),
        ("place", {"lat": 14.05, "lon": 101.37, "alt": 3}, "alt"),
        ("place", {"lat": [1], "lon": 2}, "ตัวเลข"),
        ("place", {"lat": float("nan"), "lon": 2}, "ตัวเลข"),
        ("place", [14.05, 101.37], "lat"),
        ("plan", {"name": "x.pdf"}, "ไฟล์"),
    ],
)
def test_refuses_with_a_sentence(code: str, raw: Any, words: str) -> None:
    answer = read(code, raw)

    assert isinstance(answer, Unreadable)
    assert words in answer.message


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ([{"no": 1}], ({"no": 1},)),
        ([], ()),
        ({"missing": "NONE"}, ()),
        ("ไม่มี", ()),
        (None, None),
        ("", None),
        ({"missing": "NO_DATA", "reason": "รอ"}, NoData("รอ")),
    ],
)
def test_reads_a_register(raw: Any, value: object) -> None:
    assert read_register(sample_form().registers["village"], raw) == value


@pytest.mark.parametrize("raw", [7, True, "สามหมู่บ้าน", {"no": 1}, {"missing": 1}, [1], [[]], [{"no": 1}, None]])
def test_refuses_what_is_no_register(raw: Any) -> None:
    assert isinstance(read_register(sample_form().registers["village"], raw), Unreadable)


@pytest.mark.parametrize(
    ("code", "raw", "stored"),
    [
        ("male", "๓,๑๐๐", 3100),
        ("area", "12.50", "12.5"),
        ("area", "12", 12),
        ("budget", "0.10", "0.1"),
        ("ems", "มี", True),
        ("size", "เล็ก", "small"),
        ("opened", "15/06/2569", "2026-06-15"),
        ("place", "14.050, 101.37", {"lat": "14.05", "lon": "101.37"}),
        ("male", "ไม่มี", {"missing": "NONE"}),
        ("male", {"missing": "NO_DATA", "reason": "รอ"}, {"missing": "NO_DATA", "reason": "รอ"}),
        ("male", None, None),
    ],
)
def test_an_answer_is_stored_in_one_form_that_reads_the_same_again(code: str, raw: Any, stored: object) -> None:
    assert to_json(read(code, raw)) == stored
    assert read(code, stored) == read(code, raw)


def test_what_could_not_be_read_is_never_stored() -> None:
    with pytest.raises(ValueError, match="จำนวนเต็ม"):
        to_json(read("male", "3.5"))


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=30),
    st.text("0123456789๐๑๒,.-+/e %@ \u00a0ไม่มีขอ", max_size=20),
    st.sampled_from(["ไม่มี", "ไม่มีข้อมูล", "\ud800", "\x00", "1e999", "9" * 500, "๙" * 400, "yes", "NaN", "-"]),
    st.integers(min_value=10**400, max_value=10**401),
)
HOSTILE = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=4),
        st.dictionaries(st.sampled_from(["missing", "reason", "lat", "lon", "no", "people", "x"]), below, max_size=4),
    ),
    max_leaves=10,
)
CODES = sorted(code for code, question in sample_form().questions.items() if question.register is None)


@PATIENT
@given(st.dictionaries(st.one_of(st.sampled_from([*CODES, "village"]), st.text(max_size=5)), HOSTILE, max_size=8))
def test_no_json_makes_a_check_crash_and_its_findings_are_json_again(answers: dict[str, Any]) -> None:
    found = check_answers(sample_form(), answers, SAO, today=TODAY, last_year=answers, areas=SmallAreas())

    for finding in found:
        assert finding.message
        json.dumps(finding.as_json(), ensure_ascii=False, allow_nan=False).encode("utf-8")


@PATIENT
@given(st.sampled_from([*CODES, "people", "kind", "vname"]), HOSTILE)
def test_whatever_is_read_is_stored_in_one_form(code: str, raw: Any) -> None:
    answer = read(code, raw)

    if not isinstance(answer, Unreadable):
        again = read(code, json.loads(json.dumps(to_json(answer), ensure_ascii=False, allow_nan=False)))
        assert again == answer
        assert to_json(again) == to_json(answer)


@pytest.mark.parametrize("answers", [None, [], "x", 7, [{"male": 1}]])
def test_an_object_of_another_shape_is_one_finding(answers: Any) -> None:
    found = check_answers(sample_form(), answers, SAO, today=TODAY)

    assert [finding.code for finding in found] == ["format"]
