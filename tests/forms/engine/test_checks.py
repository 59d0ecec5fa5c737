"""The checks, line by line of their contract: what is found, where it sits, how heavy it is and what it says."""

from __future__ import annotations

from typing import Any

import pytest

from localgov.forms.engine.checks import check_answers, judge
from localgov.forms.engine.model import Severity
from tests.forms.engine.samples import PAO, SAO, TODAY, SmallAreas, codes, facts, judged, sample_form

NONE = {"missing": "NONE"}
NO_DATA = {"missing": "NO_DATA", "reason": "รอผลสำรวจ"}
UNKNOWN = {"missing": "NO_DATA"}


def required(answers: dict[str, Any], **more: Any) -> list[tuple[str, int | None]]:
    """Where required answers are missing."""
    found = check_answers(sample_form(), answers, more.pop("unit", SAO), today=TODAY, **more)
    return [(finding.question, finding.row) for finding in found if finding.code == "required"]


# required


def test_every_required_question_that_applies_and_is_relevant_must_be_answered() -> None:
    assert [code for code, _ in required({})] == ["male", "female", "total", "ems", "village_count"]
    assert [code for code, _ in required({}, unit=PAO)] == ["male", "female", "total", "ems"]
    assert "ems_cars" in [code for code, _ in required({"ems": True})]
    assert "ems_cars" not in [code for code, _ in required({"ems": False})]


@pytest.mark.parametrize("answer", [0, NONE, NO_DATA, UNKNOWN, "ผิด"])
def test_zero_none_no_data_and_even_a_wrong_answer_are_not_missing(answer: object) -> None:
    assert ("male", None) not in required({"male": answer})


@pytest.mark.parametrize("answer", [None, "", "   "])
def test_a_blank_is_missing(answer: object) -> None:
    assert ("male", None) in required({"male": answer})


def test_a_row_must_answer_its_required_and_relevant_columns() -> None:
    village = [
        {"no": 1, "kind": "village", "vname": "ก", "people": 5, "elders": 1},
        {"no": 2, "kind": "village"},
        {"kind": "ชุมชน"},
    ]
    rows = [place for place in required({"village": village}) if place[1]]

    assert rows == [("vname", 2), ("people", 2), ("elders", 2), ("no", 3), ("vname", 3), ("people", 3)]


def test_an_absent_register_that_need_not_be_answered_is_no_finding() -> None:
    assert "village" not in [code for code, _ in required({})]


def test_a_linked_question_is_never_missing() -> None:
    assert "elaas" not in [code for code, _ in required({})]


# format


def test_an_unreadable_answer_is_an_error_with_the_value_as_given() -> None:
    found = judged({"male": "3,10", "village": [{"people": "หลายคน"}]})

    assert codes(found) == [("format", "male", None), ("format", "people", 1)]
    assert found[0].severity is Severity.ERROR
    assert found[0].value == "3,10"


def test_no_data_needs_its_reason() -> None:
    found = judged({"male": UNKNOWN, "female": NO_DATA, "village": UNKNOWN})

    assert codes(found) == [("no_data_reason", "male", None), ("no_data_reason", "village", None)]


def test_none_is_for_numbers_and_registers() -> None:
    assert codes(judged({"note": NONE, "male": NONE, "village": NONE})) == [("format", "note", None)]


def test_unknown_questions_and_columns_are_errors_where_they_stand() -> None:
    found = judged({"mael": 1, "people": 5, "village": [{"no": 1}, {"no": 2, "colour": "red"}]})

    assert codes(found) == [
        ("unknown_column", "colour", 2),
        ("unknown_question", "mael", None),
        ("unknown_question", "people", None),
    ]
    assert "ต้องอยู่ในแถว" in found[2].message


def test_a_sub_district_that_does_not_exist_is_an_error_only_where_that_is_known() -> None:
    assert codes(judged({"home_tambon": "259999"}, areas=SmallAreas())) == [("format", "home_tambon", None)]
    assert judged({"home_tambon": "259999"}) == []


def test_answers_to_what_does_not_apply_or_is_irrelevant_are_not_judged() -> None:
    assert judged({"village_count": "ผิด", "village": [{"no": "ผิด"}]}, unit=PAO) == []
    assert judged({"ems": False, "ems_cars": "ผิด"}) == []


# constraints


def test_a_broken_constraint_says_the_numbers_and_offers_the_one_that_fits() -> None:
    found = judged({"male": 3100, "female": 3225, "total": 6000})

    assert codes(found) == [("constraint", "total", None)]
    assert found[0].message == "ต้องเท่ากับประชากรชาย + หญิง (3,100 + 3,225) (คำนวณได้ 6,325 คน)"
    assert found[0].suggestion == 6325
    assert found[0].value == 6000


@pytest.mark.parametrize("female", [None, NO_DATA, UNKNOWN, "ผิด"])
def test_a_constraint_with_an_unknown_operand_is_silent(female: object) -> None:
    assert [c for c in codes(judged({"male": 1, "female": female, "total": 6000})) if c[0] == "constraint"] == []


def test_none_counts_as_zero_in_a_constraint() -> None:
    assert codes(judged({"ems": True, "ems_cars": NONE})) == [("constraint", "ems_cars", None)]
    assert judged({"male": 5, "female": NONE, "total": 5}) == []


def test_an_unanswered_question_breaks_no_constraint() -> None:
    assert judged({"ems": True}) == []


def test_a_constraint_without_a_message_says_what_must_hold() -> None:
    found = judged({"area": 0})

    assert found[0].message == "ไม่ตรงเงื่อนไข: “พื้นที่” มากกว่า 0"


def test_a_constraint_of_a_column_sits_on_its_row() -> None:
    assert codes(judged({"village": [{"no": 1}, {"no": 0}]})) == [("constraint", "no", 2)]


# last year


@pytest.mark.parametrize(
    ("code", "now", "before", "expected"),
    [
        ("dogs", 90, 30, None),
        ("dogs", 91, 30, "last_year"),
        ("dogs", 30, 90, None),
        ("dogs", 30, 91, "last_year"),
        ("dogs", 29, 1, None),
        ("dogs", 30, 1, "last_year"),
        ("dogs", 1, 30, "last_year"),
        ("dogs", 1000, 0, None),
        ("dogs", 0, 1000, None),
        ("dogs", NONE, 1000, None),
        ("dogs", 1000, None, None),
        ("dogs", 1000, "ผิด", None),
        ("dogs", 40_000, 40, "last_year"),
        ("budget", 9_999, 1, None),
        ("budget", 10_000, 3_000, "last_year"),
        ("budget", 10_000, 3_400, None),
        ("budget", 5_000_000, 5_000, "last_year_thousand"),
        ("budget", 5_000, 5_000_000, "last_year_thousand"),
        ("budget", 2_500_000, 5_000, "last_year_thousand"),
        ("budget", 10_000_000, 5_000, "last_year_thousand"),
        ("budget", 2_499_999, 5_000, "last_year"),
        ("budget", 10_000_001, 5_000, "last_year"),
        ("score", 100, 1, None),
        ("founded", 2400, 2699, None),
    ],
)
def test_a_number_is_compared_with_last_year(code: str, now: object, before: object, expected: str | None) -> None:
    found = judged({code: now}, last_year={code: before})

    assert [str(finding.code) for finding in found] == ([expected] if expected else [])
    assert all(finding.severity is Severity.WARNING for finding in found)


def test_the_sentence_says_which_year_was_typed_in_thousands() -> None:
    now = judged({"budget": 5_000}, last_year={"budget": 5_000_000})[0]
    before = judged({"budget": 5_000_000}, last_year={"budget": 5_000})[0]

    assert "ปีนี้อาจพิมพ์เป็นพันบาท" in now.message
    assert "ปีก่อนอาจพิมพ์เป็นพันบาท" in before.message
    assert "5,000,000" in now.message


# rules

COUNT_RULE = "V-01,village,,count(${village}) = ${village_count},error,มี ${village} แถว แต่ตอบ ${village_count} หมู่บ้าน"


def test_a_false_rule_is_a_finding_of_its_severity_with_values_in_its_message() -> None:
    found = judged({"village": [{}, {}], "village_count": 3}, rules=COUNT_RULE)

    assert codes(found) == [("V-01", "village", None)]
    assert found[0].severity is Severity.ERROR
    assert found[0].message == "มี 2 แถว แต่ตอบ 3 หมู่บ้าน"
    assert judged({"village": [{}, {}, {}], "village_count": 3}, rules=COUNT_RULE) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"village_count": 3},
        {"village": [{}, {}]},
        {"village": [{}], "village_count": NO_DATA},
        {"village": NO_DATA, "village_count": 3},
    ],
)
def test_a_rule_with_an_unknown_operand_is_silent(answers: dict[str, Any]) -> None:
    assert judged(answers, rules=COUNT_RULE) == []


def test_a_register_without_rows_has_a_count() -> None:
    assert codes(judged({"village": [], "village_count": 3}, rules=COUNT_RULE)) == [("V-01", "village", None)]
    assert codes(judged({"village": NONE, "village_count": 3}, rules=COUNT_RULE)) == [("V-01", "village", None)]
    assert judged({"village": [], "village_count": NONE}, rules=COUNT_RULE) == []


def test_a_rule_runs_only_when_its_condition_is_certainly_true() -> None:
    rule = "T-01,dogs,${unit_type} = 'PAO' and ${male} > 10,. > 5,warning,น้อย"

    assert codes(judged({"dogs": 1, "male": 11}, rules=rule, unit=PAO)) == [("T-01", "dogs", None)]
    assert judged({"dogs": 1, "male": 11}, rules=rule) == []
    assert judged({"dogs": 1, "male": 9}, rules=rule, unit=PAO) == []
    assert judged({"dogs": 1}, rules=rule, unit=PAO) == []


def test_a_test_with_one_unknown_side_is_silent_even_when_the_other_is_false() -> None:
    assert judged({"male": 5}, rules="T-01,male,,. > 10 and ${female} > 10,error,ผิด") == []
    assert codes(judged({"male": 5, "female": 20}, rules="T-01,male,,. > 10 and ${female} > 10,error,ผิด"))


def test_a_rule_on_a_column_is_judged_row_by_row() -> None:
    rule = "V-02,houses,,${houses} <= ${people},error,บ้าน ${houses} หลัง มากกว่าคน ${people} คน"
    found = judged({"village": [{"people": 5, "houses": 2}, {"people": 5, "houses": 9}, {"houses": 9}]}, rules=rule)

    assert codes(found) == [("V-02", "houses", 2)]
    assert found[0].message == "บ้าน 9 หลัง มากกว่าคน 5 คน"
    assert found[0].value == 9


def test_a_column_inside_a_total_means_all_rows_even_in_a_row() -> None:
    rule = "V-03,people,,${people} * 2 <= sum(${people}),warning,เกินครึ่งของ ${total}"

    found = judged({"village": [{"people": 5}, {"people": 20}, {"people": 5}]}, rules=rule)

    assert codes(found) == [("V-03", "people", 2)]
    assert "(คำนวณได้ 40 และ 30)" in found[0].message


def test_a_repeated_combination_is_found_on_the_later_row_and_names_the_first() -> None:
    rule = 'V-04,no,,"unique(${no}, ${kind})",error,หมู่ที่ ${no} ซ้ำ'
    village = [{"no": 1, "kind": "village"}, {"no": 1, "kind": "community"}, {"no": 1, "kind": "หมู่บ้าน"}, {}, {}]

    found = judged({"village": village}, rules=rule)

    assert codes(found) == [("V-04", "no", 3)]
    assert found[0].message == "หมู่ที่ 1 ซ้ำ (ซ้ำกับแถวที่ 1)"


def test_the_dot_of_a_rule_is_its_questions_answer() -> None:
    assert codes(judged({"dogs": 5}, rules="T-01,dogs,,. > 10,warning,น้อย")) == [("T-01", "dogs", None)]


def test_rules_reach_across_sheets() -> None:
    assert codes(judged({"dogs": 5, "male": 2}, rules="T-01,dogs,,. <= ${male},error,ผิด")) == [("T-01", "dogs", None)]


def test_a_rule_about_a_linked_value_only_warns_and_so_do_its_own_faults() -> None:
    found = judged({"elaas": 500, "male": 5}, rules="T-01,male,,. = ${elaas},error,ผิด")

    assert codes(found) == [("T-01", "male", None), ("constraint", "elaas", None)]
    assert all(finding.severity is Severity.WARNING for finding in found)
    assert judged({"elaas": "ผิด"})[0].severity is Severity.WARNING


def test_a_rule_on_an_irrelevant_question_is_silent() -> None:
    rule = "T-01,ems_cars,,${male} > 10,error,ผิด"

    assert judged({"ems": False, "male": 5}, rules=rule) == []
    assert codes(judged({"ems": True, "male": 5}, rules=rule)) == [("T-01", "ems_cars", None)]


def test_a_point_outside_the_province_is_found_where_areas_are_known() -> None:
    rule = "T-01,place,,in-province(.),warning,อยู่นอกจังหวัด"

    assert codes(judged({"place": "14.05, 100.5"}, rules=rule, areas=SmallAreas())) == [("T-01", "place", None)]
    assert judged({"place": "14.05, 101.5"}, rules=rule, areas=SmallAreas()) == []
    assert judged({"place": "14.05, 100.5"}, rules=rule) == []


@pytest.mark.parametrize(
    ("rule", "answers", "suggestion"),
    [
        ("T-01,dogs,,${dogs} = ${male} + 1,error,ผิด", {"dogs": 1, "male": 5}, 6),
        ("T-01,dogs,,${male} + 1 = .,error,ผิด", {"dogs": 1, "male": 5}, 6),
        ("T-01,dogs,,. = ${male} div 2,error,ผิด", {"dogs": 1, "male": 5}, None),
        ("T-01,dogs,,. >= ${male},error,ผิด", {"dogs": 1, "male": 5}, None),
        ("T-01,budget,,. = ${male} div 2,error,ผิด", {"budget": 1, "male": 5}, "2.5"),
        ("T-01,dogs,,. = ${dogs} + 1,error,ผิด", {"dogs": 1}, None),
        ("T-01,size,,. = 'small',error,ผิด", {"size": "large"}, "small"),
        ("T-01,closed,,. = ${opened},error,ผิด", {"closed": "2026-01-02", "opened": "2026-01-01"}, "2026-01-01"),
        ("T-01,village_count,,. = count(${village}),error,ผิด", {"village_count": 1, "village": [{}, {}]}, 2),
    ],
)
def test_an_equality_offers_the_value_that_would_satisfy_it(
    rule: str, answers: dict[str, Any], suggestion: object
) -> None:
    found = judged(answers, rules=rule)

    assert [finding.code for finding in found] == ["T-01"]
    assert found[0].suggestion == suggestion
    assert found[0].as_json().get("suggestion") == suggestion


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("${male} คน", "1,500 คน"),
        ("${female}", "(ยังไม่มีคำตอบ)"),
        ("${founded}", "2540"),
        ("${size}", "เล็ก"),
        ("${opened}", "15 มิ.ย. 2569"),
        ("${unit_type} ${province_code} ${fiscal_year}", "อบต. 25 2569"),
        ("${village} แถว ${people} คน ${vname} ชื่อ", "2 แถว 7 คน 1 ชื่อ"),
        ("ปีก่อน ${last-saved#male}", "ปีก่อน 1,400"),
    ],
)
def test_messages_print_values_as_people_read_them(message: str, said: str) -> None:
    answers = {
        "male": 1500,
        "founded": 2540,
        "size": "small",
        "opened": "2026-06-15",
        "dogs": 1,
        "village": [{"people": 3, "vname": "ก"}, {"people": 4}],
    }

    found = judged(answers, rules=f"T-01,dogs,,. > 5,error,{message}", last_year={"male": 1400})

    assert [finding.message for finding in found if finding.code == "T-01"] == [said]


def test_a_computed_number_that_the_message_lacks_is_added_once_and_whole() -> None:
    rule = "T-01,dogs,,. <= ${male} * 2,error,มีคน ${male}0 คน"

    assert judged({"dogs": 9, "male": 1}, rules=rule)[0].message == "มีคน 10 คน (คำนวณได้ 2 ตัว)"
    rule = "T-01,dogs,,. <= ${male} * 2,error,ไม่เกิน 2 ตัว"
    assert judged({"dogs": 9, "male": 1}, rules=rule)[0].message == "ไม่เกิน 2 ตัว"


# calculations


def test_a_calculated_question_is_computed_and_what_was_sent_for_it_ignored() -> None:
    rule = "T-01,density,,. <= 10,warning,หนาแน่น ${density}"
    answers = {"male": 100, "female": 100, "total": 200, "area": 8, "density": "ผิด"}

    found = judged(answers, rules=rule)

    assert codes(found) == [("T-01", "density", None)]
    assert found[0].message == "หนาแน่น 25"
    assert found[0].suggestion is None


# the order and the parts

EVERYWHERE = "T-01,dogs,,. > 100,error,น้อย\nT-02,male,,. > 100,error,น้อย\nT-03,people,,. > 100,error,น้อย"
SMALL = {"dogs": 1, "male": 1, "village": [{"people": 1, "no": 0}, {"people": 1}], "zz": 1}


def test_findings_come_in_the_order_of_the_form_registers_by_row() -> None:
    assert codes(judged(SMALL, rules=EVERYWHERE)) == [
        ("T-02", "male", None),
        ("constraint", "no", 1),
        ("T-03", "people", 1),
        ("T-03", "people", 2),
        ("T-01", "dogs", None),
        ("unknown_question", "zz", None),
    ]


def test_the_check_of_a_sheet_keeps_to_what_sits_on_it() -> None:
    assert codes(judged(SMALL, rules=EVERYWHERE, sheets={"domain_2"})) == [("T-01", "dogs", None)]


def test_a_check_of_what_changed_is_the_full_check_cut_to_what_that_can_touch() -> None:
    assert codes(judged(SMALL, rules=EVERYWHERE, only={"people"})) == [("T-03", "people", 1), ("T-03", "people", 2)]
    assert codes(judged(SMALL, rules=EVERYWHERE, only={"zz"})) == [("unknown_question", "zz", None)]
    assert judged(SMALL, rules=EVERYWHERE, only={"female"}) == []


def test_answers_that_were_taken_up_once_are_judged_the_same() -> None:
    assert judge(facts({"male": "ผิด"})) == check_answers(sample_form(), {"male": "ผิด"}, SAO, today=TODAY)


def test_a_finding_is_ready_for_json() -> None:
    finding = judged({"male": "ผิด"})[0].as_json()

    assert finding == {
        "code": "format",
        "severity": "error",
        "question": "male",
        "row": None,
        "value": "ผิด",
        "message": finding["message"],
    }
