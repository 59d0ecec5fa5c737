"""A form is built whole or refused with every fault, each with its sheet, row and column."""

from __future__ import annotations

import pytest

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import Kind, QuestionType, Severity
from localgov.forms.engine.problems import FormBroken
from tests.forms.engine.samples import CHOICES, SETTINGS, problems_of, sample_form, source, survey_of

GOOD = survey_of("integer,a,ก", "integer,b,ข")


def test_the_sample_is_built_in_order_with_inherited_limits() -> None:
    form = sample_form("R-01,village,,count(${village}) = ${village_count},warning,ไม่ตรง")

    assert list(form.sheets) == ["domain_1", "domain_2"]
    assert list(form.sheets["domain_1"].sections) == ["profile", "village"]
    assert list(form.registers["village"].columns) == ["no", "kind", "vname", "people", "houses", "elders"]
    assert form.questions["people"].applies_to == {"SAO", "SUBDISTRICT"}
    assert form.questions["people"].register == "village"
    assert form.questions["budget"].kind is Kind.MONEY
    assert form.questions["area"].decimals == 3
    assert form.questions["score"].decimals == 2
    assert form.questions["ems"].type is QuestionType.SELECT_ONE
    assert form.rules["R-01"].severity is Severity.WARNING
    assert not form.rules["R-01"].per_row
    assert (form.fiscal_year_from, form.fiscal_year_to) == (2569, 2570)
    assert form.position["male"] < form.position["village"] < form.position["people"] < form.position["dogs"]
    assert form.label_of("male") == "ประชากรชาย"
    assert form.item("village") is form.registers["village"]


@pytest.mark.parametrize(
    ("question", "row", "column", "words"),
    [
        ("wrong,x,ก", 4, "type", "ไม่รู้จักชนิด “wrong”"),
        ("select_one,x,ก", 4, "type", "ชื่อรายการตัวเลือก"),
        ("select_one lost,x,ก", 4, "type", "ไม่มีรายการตัวเลือก “lost”"),
        ("select_one siz,x,ก", 4, "type", "หมายถึง “size” หรือไม่"),
        ("integer more,x,ก", 4, "type", "ไม่มีคำต่อท้าย"),
        (",x,ก", 4, "type", "ต้องบอกชนิด"),
        ("integer,,ก", 4, "name", "ต้องมีรหัส"),
        ("integer,Big Code,ก", 4, "name", "ใช้เป็นรหัสไม่ได้"),
        ("integer,unit_type,ก", 4, "name", "ชื่อที่ระบบใช้เอง"),
        ("integer,x,", 4, "label", "ชื่อภาษาไทย"),
        ("integer,x,ก,${nobody} = 1", 4, "required", "ไม่มีคำถามรหัส “nobody”"),
        ("integer,x,ก,maybe", 4, "required", "ต้องเขียน ${maybe}"),
        ("integer,x,ก,,${nobody} = 1", 4, "relevant", "ไม่มีคำถามรหัส “nobody”"),
        ("integer,x,ก,,. + 1", 4, "relevant", "จริงหรือเท็จ"),
        ("integer,x,ก,,,. >= ", 4, "constraint", "ยังไม่จบ"),
        ("integer,x,ก,,,. >= 1 (", 4, "constraint", "อักขระที่"),
        ("integer,x,ก,,,strange(.)", 4, "constraint", "ไม่รู้จักฟังก์ชัน strange()"),
        ("calculate,x,ก", 4, "calculation", "ต้องมีสูตร"),
        ("integer,x,ก,,,,'a'", 4, "calculation", "คำถามเป็นตัวเลข แต่สูตรได้ข้อความ"),
        ("integer,x,ก,,,,1 +", 4, "calculation", "ยังไม่จบ"),
        ("integer,x,ก,,,,. + 1", 4, "calculation", "จุด (.)"),
        ("end repeat", 4, "type", "ต้องเป็น end group"),
    ],
)
def test_refuses_a_question_by_row_and_column(question: str, row: int, column: str, words: str) -> None:
    problems = problems_of(survey=survey_of(question, "integer,a,ก"))

    assert any((p.sheet, p.row, p.column) == ("survey", row, column) and words in p.message for p in problems), problems


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ("decimal,x,ก,money,,,,,", "", ""),
        ("integer,x,ก,money,,,,,", "kind", "ใช้กับชนิด decimal"),
        ("text,x,ก,colour,,,,,", "kind", "ไม่รู้จัก kind “colour”"),
        ("select_one size,x,ก,boolean,,,,,", "type", "yes และ no เท่านั้น"),
        ("integer,x,ก,,2,,,,", "decimals", "ชนิด decimal เท่านั้น"),
        ("decimal,x,ก,,9,,,,", "decimals", "0 ถึง 6"),
        ("decimal,x,ก,,two,,,,", "decimals", "0 ถึง 6"),
        ("integer,x,ก,,,SAO อบต.,,,", "applies_to", "ไม่รู้จักประเภท อบต."),
        ("integer,x,ก,,,,yes,,", "last_year", "“yes” ใช้ไม่ได้"),
        ("integer,x,ก,,,,,secret,", "pii", "“secret” ใช้ไม่ได้"),
        ("integer,x,ก,,,,,,maybe", "open_data", "“maybe” ใช้ไม่ได้"),
    ],
)
def test_refuses_our_own_columns_by_name(cells: str, column: str, words: str) -> None:
    columns = "type,name,label,kind,decimals,applies_to,last_year,pii,open_data"
    survey = survey_of(cells, columns=columns)

    if not column:
        assert build_form(source(survey=survey), check_xlsform=False)
        return
    assert [(p.row, p.column) for p in problems_of(survey=survey)] == [(4, column)]
    assert words in problems_of(survey=survey)[0].message


def test_refuses_a_message_that_names_nothing_and_one_without_its_constraint() -> None:
    columns = "type,name,label,constraint,constraint_message"
    survey = survey_of("integer,x,ก,. > 1,ต้องเกิน ${xx}", "integer,y,ข,,ข้อความลอย", columns=columns)

    problems = problems_of(survey=survey)

    assert [(p.row, p.column) for p in problems] == [(4, "constraint_message"), (5, "constraint_message")]
    assert "ไม่มีในแบบ" in problems[0].message
    assert "ไม่มีเงื่อนไข" in problems[1].message


def test_refuses_one_code_twice_and_says_where_the_first_stands() -> None:
    problems = problems_of(survey=survey_of("integer,a,ก", "text,a,ข"))

    assert [(p.row, p.column) for p in problems] == [(5, "name")]
    assert "ซ้ำกับ แถว 4" in problems[0].message


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ("type,name,label\ninteger,a,ก\n", "ต้องอยู่ในส่วน"),
        ("type,name,label\nbegin group,d,ด้าน\ninteger,a,ก\nend group\n", "ต้องอยู่ในส่วน"),
        ("type,name,label\nbegin group,d,ด้าน\nbegin group,s,ส่วน\ninteger,a,ก\nend group\n", "ยังไม่มี end group"),
        ("type,name,label\nend group\n", "ไม่มี begin"),
        ("type,name,label\nbegin repeat,r,ทะเบียน\ninteger,a,ก\nend repeat\n", "ใต้ด้าน"),
        (survey_of("begin group,x,ลึก", "integer,a,ก", "end group"), "2 ชั้น"),
        (survey_of("begin repeat,x,ลึก", "integer,a,ก", "end repeat"), "ใต้ด้าน"),
        (
            "type,name,label,constraint\nbegin group,d,ด้าน,. > 1\nbegin group,s,ส่วน,\n"
            "integer,a,ก,\nend group,,,\nend group,,,\n",
            "ไม่ใช้คอลัมน์ constraint",
        ),
        (survey_of(), "ไม่มีคำถาม"),
        (
            "type,name,label,applies_to\nbegin group,d,ด้าน,PAO\nbegin group,s,ส่วน,SAO\n"
            "integer,a,ก,\nend group,,,\nend group,,,\n",
            "ไม่มีประเภทใดเหลือ",
        ),
    ],
)
def test_refuses_a_wrong_nesting(survey: str, words: str) -> None:
    assert any(words in problem.message for problem in problems_of(survey=survey))


@pytest.mark.parametrize(
    ("rule", "column", "words"),
    [
        ("low-1,a,,${a} = 1,error,ผิด", "code", "ใช้เป็นรหัสกฎไม่ได้"),
        ("R-01,zz,,${a} = 1,error,ผิด", "question", "ไม่มีคำถามรหัส “zz”"),
        ("R-01,,,${a} = 1,error,ผิด", "question", "ต้องบอกคำถาม"),
        ("R-01,unit_type,,${a} = 1,error,ผิด", "question", "ไม่มีคำถาม"),
        ("R-01,a,,,error,ผิด", "expression", "ต้องมีเงื่อนไข"),
        ("R-01,a,,${a} + 1,error,ผิด", "expression", "จริงหรือเท็จ"),
        ("R-01,a,${z} = 1,${a} = 1,error,ผิด", "when", "ไม่มีคำถามรหัส “z”"),
        ("R-01,a,,${a} = 1,fatal,ผิด", "severity", "ใช้ error หรือ warning"),
        ("R-01,a,,${a} = 1,error,", "message", "ต้องมีข้อความ"),
        ("R-01,a,,${a} = 1,error,ผิด ${c}", "message", "ไม่มีในแบบ"),
    ],
)
def test_refuses_a_rule_by_row_and_column(rule: str, column: str, words: str) -> None:
    problems = problems_of(survey=GOOD, rules=rule)

    assert [(p.sheet, p.row, p.column) for p in problems] == [("rules", 2, column)]
    assert words in problems[0].message


def test_refuses_a_rule_code_used_twice() -> None:
    problems = problems_of(survey=GOOD, rules="R-01,a,,. = 1,error,ผิด\nR-01,b,,. = 1,error,ผิด")

    assert [(p.row, p.column) for p in problems] == [(3, "code")]


@pytest.mark.parametrize(
    ("choices", "column", "words"),
    [
        (CHOICES + ",x,ก\n", "list_name", "ชื่อรายการ"),
        (CHOICES + "size,Big One,ก\n", "name", "ใช้เป็นรหัสตัวเลือกไม่ได้"),
        (CHOICES + "size,small,จิ๋ว\n", "name", "ซ้ำ"),
        (CHOICES + "size,tiny,\n", "label", "ข้อความตัวเลือก"),
        (CHOICES + "size,tiny,เล็ก\n", "label", "ซ้ำ"),
    ],
)
def test_refuses_a_choice_by_row_and_column(choices: str, column: str, words: str) -> None:
    problems = problems_of(choices=choices)

    assert [(p.sheet, p.row, p.column) for p in problems] == [("choices", 8, column)]
    assert words in problems[0].message


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("form_title,form_id,version\n", "1 แถว"),
        (SETTINGS + "ก,b,1,,\n", "มี 2 แถว"),
        ("form_title,form_id,version\n,b,1\n", "form_title"),
        ("form_title,form_id,version\nก,B 2,1\n", "a-z"),
        ("form_title,form_id,version,fiscal_year_from\nก,b,1,2026\n", "ไม่ใช่ปีงบประมาณ"),
        ("form_title,form_id,version,fiscal_year_from,fiscal_year_to\nก,b,1,2570,2569\n", "มาก่อนปีเริ่ม"),
    ],
)
def test_refuses_settings(settings: str, words: str) -> None:
    assert any(p.sheet == "settings" and words in p.message for p in problems_of(settings=settings))


@pytest.mark.parametrize(
    "questions",
    [
        ("integer,a,ก,,,,${b} + 1", "integer,b,ข,,,,${a} + 1"),
        ("integer,a,ก,,${b} = 1", "integer,b,ข,,${a} = 1"),
        ("integer,a,ก,,${a} = 1", "integer,b,ข"),
        ("integer,a,ก,,${b} = 1", "integer,b,ข,,,,${a} + 1"),
    ],
)
def test_refuses_conditions_that_go_in_circles(questions: tuple[str, ...]) -> None:
    problems = problems_of(survey=survey_of(*questions))

    assert len(problems) == 1
    assert "วนเป็นวงกลม" in problems[0].message
    assert problems[0].row in {4, 5}


def test_names_every_fault_of_every_sheet_at_once() -> None:
    problems = problems_of(
        survey=survey_of("integer,a,", "wrong,b,ข", "integer,c,ค,,${zz} = 1,. ="),
        choices=CHOICES + "size,small,จิ๋ว\n",
        rules="R-01,nobody,,. = 1,error,ผิด",
        settings="form_title,form_id,version\n,b,1\n",
    )

    assert [(p.sheet, p.row, p.column) for p in problems] == [
        ("settings", 2, "form_title"),
        ("survey", 4, "label"),
        ("survey", 5, "type"),
        ("survey", 6, "constraint"),
        ("survey", 6, "relevant"),
        ("choices", 8, "name"),
        ("rules", 2, "question"),
    ]


def test_what_pyxform_refuses_is_refused_at_its_row() -> None:
    columns = "type,name,label,hint,constraint_message,constraint"
    survey = survey_of("integer,a,ก ${ghost} ข", columns=columns)

    with pytest.raises(FormBroken) as broken:
        build_form(source(survey=survey))

    assert "XLSForm" in broken.value.problems[0].message
    assert build_form(source(survey=survey), check_xlsform=False)


def test_the_sample_is_a_good_xlsform_with_our_functions_and_roster() -> None:
    columns = "type,name,label,required,relevant,constraint,calculation"
    survey = survey_of(
        "integer,a,ก,yes,${unit_type} = 'SAO',. <= ${last-saved#a} * 3,",
        "date,b,ข,,,fiscal-year(.) = ${fiscal_year},",
        'integer,c,ค,,,,"coalesce(${a}, 0) + 1"',
        columns=columns,
    )

    assert build_form(source(survey=survey))


def test_a_rule_that_touches_a_linked_question_is_a_warning() -> None:
    form = sample_form("R-01,male,,. > ${elaas},error,ผิด\nR-02,male,,. > ${female},error,ผิด")

    assert form.rules["R-01"].severity is Severity.WARNING
    assert form.rules["R-01"].written_severity is Severity.ERROR
    assert form.rules["R-02"].severity is Severity.ERROR
