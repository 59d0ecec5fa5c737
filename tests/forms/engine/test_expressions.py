"""What expressions compute: every operator and function, exactly, and "unknown" where an operand is missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from localgov.forms.engine.expressions import make_expression
from localgov.forms.engine.frame import Frame
from localgov.forms.engine.model import UNIT_TYPES, Form, QuestionType
from localgov.forms.engine.problems import ExpressionError
from localgov.forms.engine.symbols import Place, Role, Symbol, ValueType, roster_symbols
from tests.forms.engine.samples import SmallAreas, facts, sample_form

NONE = {"missing": "NONE"}
NO_DATA = {"missing": "NO_DATA", "reason": "รอผลสำรวจ"}
TYPES = {
    QuestionType.INTEGER: ValueType.NUMBER,
    QuestionType.DECIMAL: ValueType.NUMBER,
    QuestionType.TEXT: ValueType.TEXT,
    QuestionType.DATE: ValueType.DATE,
    QuestionType.GEOPOINT: ValueType.POINT,
    QuestionType.SELECT_ONE: ValueType.CHOICE,
    QuestionType.FILE: ValueType.FILE,
}

ANSWERS: dict[str, Any] = {
    "male": 3100,
    "female": "3,225",
    "area": "12.5",
    "budget": "0.1",
    "dogs": NONE,
    "score": NO_DATA,
    "ems": True,
    "ems_cars": 2,
    "size": "small",
    "note": "Wat Pho 9",
    "opened": "2026-10-01",
    "closed": "2026-10-31",
    "place": {"lat": 14.05, "lon": 101.37},
    "market": {"lat": 14.06, "lon": 101.37},
    "home_tambon": "250101",
    "village": [
        {"no": 1, "kind": "village", "vname": "บ้านหนึ่ง", "people": 100, "houses": 30, "elders": 10},
        {"no": 2, "kind": "village", "vname": "บ้านสอง", "people": 200, "elders": 20},
        {"no": 3, "kind": "community", "vname": "ชุมชนสาม", "people": 300, "houses": 90},
    ],
}


def place(form: Form, *, dot: str | None = None, row: str | None = None) -> Place:
    symbols = dict(roster_symbols(UNIT_TYPES))
    for code, question in form.questions.items():
        symbols[code] = Symbol(
            code,
            Role.COLUMN if question.register else Role.SCALAR,
            TYPES[question.type],
            question.register,
            frozenset(question.choices.labels) if question.choices else frozenset(),
        )
    symbols |= {code: Symbol(code, Role.REGISTER) for code in form.registers}
    return Place(symbols, dot=symbols[dot] if dot else None, row=row)


def compute(text: str, *, strict: bool = False, row: int | None = None, **answers: Any) -> Any:
    """The value of an expression over ANSWERS (changed by keywords); in a row of the register when `row` is given."""
    form = sample_form()
    where = place(form, row="village" if row is not None else None)
    expression, _ = make_expression(text, where, wants=ValueType.ANY, strict=strict)
    taken = facts(
        {code: value for code, value in (ANSWERS | answers).items() if value is not None},
        last_year={"male": "3,000", "female": NO_DATA},
        areas=SmallAreas(),
    )
    rows = taken.rows("village") or ()
    return expression.evaluate(Frame(taken, rows[row] if row is not None else None))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${male} + ${female}", 6325),
        ("${male} - ${female}", -125),
        ("${area} * 625", "7812.5"),
        ("${male} div ${area}", 248),
        ("${male} mod 7", 6),
        ("-${male}", -3100),
        ("${budget} + 0.2", "0.3"),
        ("0.1 * 3", "0.3"),
        ("${male} div 0", None),
        ("${male} mod 0", None),
        ("${dogs} + 1", 1),
        ("${score} + 1", None),
        ("${total} + 1", None),
        ("${ems_cars} + 1", 3),
        ("${last-saved#male}", 3000),
        ("${last-saved#female}", None),
        ("${last-saved#dogs}", None),
        ("${fiscal_year} - 543", 2026),
        ("${closed} - ${opened}", 30),
        ("${opened} + 30 = ${closed}", True),
        ("${closed} - 30 = ${opened}", True),
        ("${opened} + 99999999 = ${closed}", None),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(90.625, 2)", "90.63"),
        ("round(${total})", None),
        ("sum(${people})", 600),
        ("sum-if(${people}, kind = 'village')", 300),
        ("sum-if(${people}, ${kind} = 'village' and ${no} > 1)", 200),
        ("sum(${houses})", 120),
        ("sum(${elders})", 30),
        ("count(${village})", 3),
        ("count(${houses})", 2),
        ("count-if(${village}, kind = 'village')", 2),
        ("count-if(${village}, houses > 50)", 1),
        ("count-if(${village}, people > ${male})", 0),
        ("count-selected(${size})", 1),
        ("if(${ems} = 'yes', 1, 2)", 1),
        ("if(${size} = 'large', ${total}, 2)", 2),
        ("if(${score} > 1, 1, 2)", None),
        ("coalesce(${total}, ${score}, 7)", 7),
        ("coalesce(${dogs}, 7)", 0),
        ("coalesce(${total}, ${score})", None),
        ("fiscal-year()", 2569),
        ("fiscal-year(${opened})", 2570),
        ("fiscal-year(today())", 2569),
        ("distance(${place}, ${market}) > 1000", True),
        ("distance(${place}, ${market}) < 1200", True),
        ("today() > '2026-06-14'", True),
        ("today() = '2026-06-15'", True),
        ("'2026-06-16' > today()", True),
        ("${male} = 3100.00", True),
        ("${male} != 3100", False),
        ("${male} < ${female}", True),
        ("${male} <= 3100", True),
        ("${male} > 3100", False),
        ("${male} >= 3101", False),
        ("${ems} = 'yes'", True),
        ("${ems} != 'no'", True),
        ("${size} = 'small'", True),
        ("${unit_type} = 'SAO'", True),
        ("${province_code} = '25'", True),
        ("${note} = 'Wat Pho 9'", True),
        ("selected(${size}, 'small')", True),
        ("selected(${size}, 'large')", False),
        ("not(${size} = 'small')", False),
        ("not(${score} > 1)", None),
        ("regex(${note}, '[A-Za-z ]+[0-9]')", True),
        ("regex(${note}, '[A-Z]')", False),
        ("regex(${phone}, '[A-Z]')", None),
        ("in-province(${place})", True),
        ("in-province(${home_tambon})", True),
        ("in-province(${home_tambon}) and in-province(${place})", True),
        ("unique(${no})", True),
        ("unique(${kind})", False),
        ("unique(${kind}, ${no})", True),
        ("${total} = ''", True),
        ("${total} != ''", False),
        ("${male} != ''", True),
        ("${score} = ''", True),
        ("'' = ${note}", False),
    ],
)
def test_computes(text: str, value: object) -> None:
    expected = Decimal(value) if isinstance(value, str | int) and not isinstance(value, bool) else value

    assert compute(text) == expected


@pytest.mark.parametrize(
    ("text", "by_cases", "strict"),
    [
        ("1 = 1 and ${total} > 1", None, None),
        ("1 = 2 and ${total} > 1", False, None),
        ("${total} > 1 and 1 = 2", False, None),
        ("1 = 1 or ${total} > 1", True, None),
        ("${total} > 1 or 1 = 1", True, None),
        ("1 = 2 or ${total} > 1", None, None),
        ("1 = 2 or 1 = 1", True, True),
        ("1 = 2 or 1 = 3", False, False),
        ("1 = 1 and 2 = 2", True, True),
        ("1 = 1 and 2 = 3", False, False),
    ],
)
def test_an_unknown_decides_a_condition_by_cases_but_never_a_test(text: str, by_cases: object, strict: object) -> None:
    assert compute(text) is by_cases
    assert compute(text, strict=True) is strict


def test_a_blank_in_a_required_column_leaves_totals_undefined_but_not_the_count() -> None:
    village = [{"no": 1, "kind": "village", "people": 100}, {"no": 2, "people": None}]

    assert compute("sum(${people})", village=village) is None
    assert compute("sum-if(${people}, no = 1)", village=village) == 100
    assert compute("sum-if(${people}, no = 2)", village=village) is None
    assert compute("count-if(${village}, kind = 'village')", village=village) is None
    assert compute("count(${village})", village=village) == 2
    assert compute("count(${people})", village=village) == 1


def test_no_data_in_any_column_leaves_its_total_undefined() -> None:
    village = [{"no": 1, "houses": 5}, {"no": 2, "houses": NO_DATA}]

    assert compute("sum(${houses})", village=village) is None


def test_none_in_a_column_counts_as_zero() -> None:
    village = [{"no": 1, "people": 5}, {"no": 2, "people": NONE}]

    assert compute("sum(${people})", village=village) == 5


def test_a_column_that_is_irrelevant_in_its_row_is_no_hole_in_the_total() -> None:
    village = [{"no": 1, "kind": "village", "elders": 5}, {"no": 2, "kind": "community", "elders": 7}]

    assert compute("sum(${elders})", village=village) == 5


@pytest.mark.parametrize("answer", [[], NONE, "ไม่มี"])
def test_a_register_that_is_empty_has_no_rows(answer: object) -> None:
    assert compute("count(${village})", village=answer) == 0
    assert compute("sum(${people})", village=answer) == 0
    assert compute("unique(${no})", village=answer) is True


@pytest.mark.parametrize("answer", [None, NO_DATA, "", 7, {"a": 1}, [1]])
def test_a_register_that_is_not_answered_is_unknown(answer: object) -> None:
    for text in ("count(${village})", "sum(${people})", "count-if(${village}, no = 1)", "unique(${no})"):
        assert compute(text, village=answer) is None


def test_an_irrelevant_answer_counts_as_unanswered() -> None:
    assert compute("${ems_cars} + 1", ems=False) is None
    assert compute("${ems_cars} + 1", ems=None) is None


def test_uniqueness_ignores_blanks_case_and_spaces() -> None:
    village = [{"vname": "Ban A"}, {"vname": "ban  a"}, {}, {}]

    assert compute("unique(${vname})", row=0, village=village) is True
    assert compute("unique(${vname})", row=1, village=village) is False
    assert compute("unique(${vname})", row=3, village=village) is True


def test_a_column_in_its_row_is_the_rows_value_and_in_a_total_all_rows() -> None:
    assert compute("${people} * 3 = sum(${people})", row=1) is True


def test_totals_are_exact_beyond_the_usual_28_digits() -> None:
    village = [{"no": 1, "people": 999_999_999_999_999}] * 3

    assert compute("sum(${people}) * sum(${people}) * 10", village=village) == 10 * (3 * 999_999_999_999_999) ** 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("${femal} > 1", "ไม่มีคำถามรหัส “femal” หมายถึง “female” หรือไม่"),
        ("male > 1", "ต้องเขียน ${male}"),
        ("position(.) = 1", "ไม่รู้จักฟังก์ชัน position()"),
        ("true()", "ไม่รู้จักฟังก์ชัน true()"),
        (". > 1", "จุด (.)"),
        ("${village} > 1", "เป็นทะเบียน"),
        ("${people} > 1", "คอลัมน์ของทะเบียน village"),
        ("sum(${male})", "คอลัมน์ของทะเบียน"),
        ("sum(1)", "คอลัมน์ของทะเบียน"),
        ("sum(${vname})", "คอลัมน์ตัวเลข"),
        ("sum(${village})", "คอลัมน์ของทะเบียน"),
        ("sum()", "ต้องมีตัวแปร 1 แต่มี 0"),
        ("count(${male})", "ทะเบียน"),
        ("count-if(${village}, people)", "จริง/เท็จ"),
        ("count-if(${village}, peple > 1)", "หมายถึง “people” หรือไม่"),
        ("unique(${no}, ${no})", "ซ้ำ"),
        ("unique(${male})", "คอลัมน์"),
        ("if(${male}, 1, 2)", "เงื่อนไขของ if()"),
        ("if(${male} = 1, 1, 'a')", "ชนิดเดียวกัน"),
        ("coalesce(${male})", "2 ตัวขึ้นไป"),
        ("round(${male}, 9)", "0 ถึง 6"),
        ("round(${note})", "ตัวเลข"),
        ("regex(${note}, '[')", "รูปแบบ"),
        ("regex(${note}, ${phone})", "เครื่องหมายคำพูด"),
        ("regex(${male}, 'a')", "ข้อความ"),
        ("distance(${place}, ${male})", "พิกัด"),
        ("fiscal-year(${male})", "วันที่"),
        ("in-province(${male})", "พิกัดหรือรหัสตำบล"),
        ("selected(${size}, 'tiny')", "ไม่มีตัวเลือก 'tiny'"),
        ("selected(${size}, ${note})", "เครื่องหมายคำพูด"),
        ("today(1)", "ตัวแปร 0"),
        ("${size} = 'tiny'", "ไม่มีตัวเลือก 'tiny' มีเฉพาะ large, small"),
        ("'tiny' = ${size}", "ไม่มีตัวเลือก"),
        ("${unit_type} = 'อบต.'", "ไม่มีตัวเลือก"),
        ("${ems} = 'true'", "มีเฉพาะ no, yes"),
        ("${size} > 'small'", "ใช้กับตัวเลขหรือวันที่"),
        ("${size} > ${ems}", "ใช้กับตัวเลขหรือวันที่"),
        ("${male} = 'yes'", "เทียบตัวเลขกับข้อความ"),
        ("${male} = ${note}", "เทียบตัวเลขกับข้อความ"),
        ("${opened} > '15/06/2569'", "ไม่ใช่วันที่"),
        ("${male} + ${note}", "ใช้กับตัวเลข"),
        ("${opened} * 2", "ใช้กับตัวเลข"),
        ("-${note}", "หลังเครื่องหมายลบ"),
        ("${male} and 1 = 1", "ข้างซ้ายของ and"),
        ("not(${male})", "จริง/เท็จ"),
        ("${last-saved#village} > 1", "คำตอบปีก่อน"),
        ("${last-saved#people} > 1", "คำตอบปีก่อน"),
        ("${last-saved#nothing} > 1", "ไม่มีคำถาม"),
    ],
)
def test_refuses_what_has_no_meaning(text: str, words: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        make_expression(text, place(sample_form()), wants=ValueType.ANY, strict=False)

    assert words in refusal.value.message


def test_a_condition_must_be_true_or_false() -> None:
    with pytest.raises(ExpressionError, match="จริงหรือเท็จ"):
        make_expression("${male} + 1", place(sample_form()), wants=ValueType.TRUTH, strict=False)


def test_dates_of_today_come_from_outside() -> None:
    assert compute("today()") == dt.date(2026, 6, 15)
