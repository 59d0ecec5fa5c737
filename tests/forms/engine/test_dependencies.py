"""Checking only what an answer touches gives the same as checking everything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localgov.forms.engine.checks import check_answers
from localgov.forms.engine.dependencies import dependents
from localgov.forms.engine.findings import Finding
from tests.forms.engine.samples import PATIENT, SAO, TODAY, sample_form

RULES = """\
V-01,village,,count(${village}) = ${village_count},error,จำนวนแถวไม่ตรง
V-02,total,,. = sum(${people}),error,ผลรวมไม่ตรง ${people}
V-03,no,,unique(${no}),error,ซ้ำ
V-04,elders,,. <= ${people},error,มากเกิน
V-05,houses,${ems} = 'yes',. <= ${ems_cars},warning,แปลก
D-01,dogs,,. <= ${density},warning,มากกว่าความหนาแน่น
"""


@pytest.mark.parametrize(
    ("code", "touched"),
    [
        ("note", {"note"}),
        ("male", {"male", "total"}),
        ("area", {"area", "density", "dogs"}),
        ("ems", {"ems", "ems_cars", "houses"}),
        ("people", {"people", "total", "elders"}),
        ("kind", {"kind", "elders"}),
        ("village", {"village", "no", "kind", "vname", "people", "houses", "elders", "total"}),
        ("nothing", {"nothing"}),
    ],
)
def test_knows_whose_findings_an_answer_can_change(code: str, touched: set[str]) -> None:
    assert dependents(sample_form(RULES), code) == touched


def test_several_answers_touch_what_each_of_them_touches() -> None:
    form = sample_form(RULES)

    assert dependents(form, "male", "ems") == dependents(form, "male") | dependents(form, "ems")
    assert dependents(form) == frozenset()


SMALL = st.one_of(st.none(), st.integers(-1, 4), st.just({"missing": "NONE"}), st.just("ผิด"))
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "no": SMALL,
            "kind": st.sampled_from(["village", "community", None]),
            "people": SMALL,
            "houses": SMALL,
            "elders": SMALL,
        },
    ),
    max_size=3,
)
PARTS: dict[str, st.SearchStrategy[Any]] = {
    "male": SMALL,
    "female": SMALL,
    "total": SMALL,
    "area": SMALL,
    "ems": st.sampled_from([True, False, None]),
    "ems_cars": SMALL,
    "village_count": SMALL,
    "dogs": SMALL,
    "village": st.one_of(st.none(), ROWS),
}


def check(answers: dict[str, Any], **more: Any) -> list[Finding]:
    return check_answers(sample_form(RULES), answers, SAO, today=TODAY, **more)


@PATIENT
@given(st.fixed_dictionaries({}, optional=PARTS), st.sampled_from(sorted(PARTS)).flatmap(
    lambda code: st.tuples(st.just(code), PARTS[code])
))  # fmt: skip
def test_replacing_the_touched_findings_is_the_same_as_checking_all(
    before: dict[str, Any], change: tuple[str, Any]
) -> None:
    code, value = change
    after = before | {code: value}
    touched = dependents(sample_form(RULES), code)

    kept = [finding for finding in check(before) if finding.question not in touched]
    renewed = check(after, only={code})

    assert {finding.question for finding in renewed} <= touched
    assert sorted(map(repr, kept + renewed)) == sorted(map(repr, check(after)))
