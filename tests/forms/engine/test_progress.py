"""How far a sheet is, what applies, what is shown and what is computed."""

from __future__ import annotations

from typing import Any

import pytest

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.checks import check_answers, judge
from localgov.forms.engine.progress import (
    Progress,
    applicable,
    applicable_sheets,
    calculations,
    hidden_cells,
    progress,
    row_calculations,
    sheet_progress,
    visible_codes,
)
from tests.forms.engine.samples import PAO, SAO, TODAY, facts, sample_form, source

NO_DATA = {"missing": "NO_DATA", "reason": "รอผลสำรวจ"}
WHOLE = {"male": 1, "female": 2, "total": 3, "ems": False, "village_count": {"missing": "NONE"}}


def reached(answers: dict[str, Any], sheet: str = "domain_1", **more: Any) -> Progress:
    taken = facts(answers, **more)
    return sheet_progress(taken, sheet, judge(taken))


def test_counts_required_relevant_questions_that_are_answered() -> None:
    assert (reached({}).required, reached({}).answered) == (5, 0)
    assert (reached({"ems": True}).required, reached({"ems": True}).answered) == (6, 1)
    assert reached({}, unit=PAO).required == 4
    assert reached(WHOLE).complete
    assert reached(WHOLE).submittable


@pytest.mark.parametrize(
    ("answer", "counts"),
    [(0, 1), ({"missing": "NONE"}, 1), (NO_DATA, 1), ({"missing": "NO_DATA"}, 0), ("ผิด", 0), ("", 0), (None, 0)],
)
def test_an_answer_counts_when_it_is_given_and_readable(answer: object, counts: int) -> None:
    assert reached({"male": answer}).answered == counts


def test_a_row_is_one_item_answered_when_its_required_cells_are() -> None:
    village = [
        {"no": 1, "kind": "community", "vname": "ก", "people": 1},
        {"no": 2, "kind": "village", "vname": "ข", "people": 1},
    ]

    section = reached({"village": village}).sections[1]

    assert (section.section, section.required, section.answered) == ("village", 2, 1)


def test_errors_are_what_stands_wrong_not_what_is_missing() -> None:
    now = reached({"male": "ผิด", "female": 2, "dogs": 400}, last_year={"dogs": 4, "female": 4})

    assert (now.errors, now.warnings) == (1, 0)
    assert not now.submittable
    assert reached({"dogs": 400}, "domain_2", last_year={"dogs": 4}).warnings == 1


def test_a_complete_sheet_with_an_error_can_not_be_submitted() -> None:
    now = reached(WHOLE | {"total": 4})

    assert now.complete
    assert now.errors == 1
    assert not now.submittable


def test_progress_from_plain_answers_is_the_same() -> None:
    found = check_answers(sample_form(), {"male": 1}, SAO, today=TODAY)

    assert progress(sample_form(), "domain_1", {"male": 1}, unit=SAO, today=TODAY, findings=found) == reached(
        {"male": 1}
    )


def test_a_sheet_without_a_required_question_for_the_type_does_not_apply() -> None:
    assert applicable(sample_form(), "domain_1", "PAO")
    assert not applicable(sample_form(), "domain_2", "PAO")
    assert [sheet.code for sheet in applicable_sheets(sample_form(), "SAO")] == ["domain_1"]


@pytest.mark.parametrize(
    ("rows", "for_sao", "for_pao"),
    [
        ("begin group,s,ส่วน,,,\ninteger,a,ก,yes,SAO,\nend group,,,,,", True, False),
        ("begin group,s,ส่วน,,,\ninteger,a,ก,yes,,elaas\nend group,,,,,", False, False),
        ("begin group,s,ส่วน,,SAO,\ninteger,a,ก,yes,,\nend group,,,,,", True, False),
        ("begin repeat,r,ทะเบียน,,,\ninteger,a,ก,yes,,\nend repeat,,,,,", False, False),
        ("begin repeat,r,ทะเบียน,yes,SAO,\ninteger,a,ก,,,\nend repeat,,,,,", True, False),
    ],
)
def test_what_makes_a_sheet_apply(rows: str, for_sao: bool, for_pao: bool) -> None:
    survey = f"type,name,label,required,applies_to,linked\nbegin group,d,ด้าน,,,\n{rows}\nend group,,,,,\n"
    form = build_form(source(survey=survey), check_xlsform=False)

    assert applicable(form, "d", "SAO") is for_sao
    assert applicable(form, "d", "PAO") is for_pao


def test_a_required_register_that_is_not_answered_is_one_item() -> None:
    survey = (
        "type,name,label,required\nbegin group,d,ด้าน,\nbegin repeat,r,ทะเบียน,yes\n"
        "integer,a,ก,yes\nend repeat,,,\nend group,,,\n"
    )
    form = build_form(source(survey=survey), check_xlsform=False)

    def counts(answers: dict[str, Any]) -> tuple[int, int]:
        now = sheet_progress(facts(answers, form=form), "d", [])
        return now.required, now.answered

    assert counts({}) == (1, 0)
    assert counts({"r": []}) == (1, 1)
    assert counts({"r": [{"a": 1}, {}]}) == (2, 1)
    assert counts({"r": NO_DATA}) == (1, 1)
    assert [finding.code for finding in judge(facts({}, form=form))] == ["required"]


def test_shows_what_applies_and_is_relevant() -> None:
    assert "ems_cars" not in visible_codes(facts({"ems": False}), "domain_1")
    assert "ems_cars" in visible_codes(facts({"ems": "มี"}), "domain_1")
    assert "village" in visible_codes(facts({}), "domain_1")
    assert "village" not in visible_codes(facts({}, unit=PAO), "domain_1")


def test_hides_the_cells_that_are_irrelevant_in_their_row() -> None:
    village = [{"kind": "village"}, {"kind": "community"}, {}]

    assert hidden_cells(facts({"village": village}), "village") == {(2, "elders"), (3, "elders")}


def test_computes_what_is_calculated() -> None:
    answers = {"male": 100, "female": 100, "total": 201, "area": 8}

    assert calculations(facts(answers)) == {"density": 25}
    assert calculations(facts({}), "domain_1") == {"density": None}
    assert calculations(facts(answers), "domain_2") == {}


def test_computes_calculated_columns_row_by_row() -> None:
    survey = (
        "type,name,label,calculation\nbegin group,d,ด้าน,\nbegin repeat,r,ทะเบียน,\n"
        "integer,a,ก,\ninteger,b,ข,${a} * 2\nend repeat,,,\nend group,,,\n"
    )
    form = build_form(source(survey=survey), check_xlsform=False)

    assert row_calculations(facts({"r": [{"a": 2}, {}]}, form=form), "r") == [{"b": 4}, {"b": None}]
    assert judge(facts({"r": [{"a": 2, "b": "ผิด"}]}, form=form)) == []


def test_a_group_that_is_irrelevant_hides_and_frees_what_is_in_it() -> None:
    survey = (
        "type,name,label,required,relevant\nbegin group,d,ด้าน,,\nbegin group,s,ส่วน,,\n"
        "integer,a,ก,yes,\nend group,,,,\nbegin group,t,ส่วนสอง,,${a} > 1\n"
        "integer,b,ข,yes,\nend group,,,,\nend group,,,,\n"
    )
    form = build_form(source(survey=survey), check_xlsform=False)

    assert [finding.question for finding in judge(facts({"a": 1}, form=form))] == []
    assert [finding.question for finding in judge(facts({"a": 2}, form=form))] == ["b"]
    assert visible_codes(facts({"a": 1}, form=form), "d") == {"a"}
