"""What a save loads to judge one sheet is all that its judgement looks at: the eight domains, with answers gone wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.checks import judge
from localgov.forms.engine.dependencies import Reach, reach
from localgov.forms.engine.facts import AllAnswers, UnitContext
from localgov.forms.engine.model import Form
from localgov.forms.engine.progress import calculations, sheet_progress, visible_codes
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.services import FORMS_FOLDER
from localgov.organisations.areas import AREAS
from localgov.web.demo.answers import make_answers
from localgov.web.demo.places import DemoUnit

TYPES = ("PAO", "CITY", "TOWN", "SUBDISTRICT", "SAO", "SPECIAL")


@pytest.fixture(scope="module")
def form() -> Form:
    """The eight-domain form of the repository."""
    return build_form(read_folder(Path(FORMS_FOLDER) / "eight_domains"), check_xlsform=False)


def spoiled(answers: dict[str, Any], rng: Random) -> dict[str, Any]:
    """The same answers with some left out, some a hundred times too large, some of another kind."""
    found: dict[str, Any] = {}
    for code, answer in answers.items():
        chance = rng.random()
        if chance < 0.1:
            continue
        found[code] = answer * 100 if chance < 0.2 and isinstance(answer, int) else "?" if chance < 0.25 else answer
    return found


def facts_of(form: Form, unit_type: str, answers: dict[str, Any], last_year: dict[str, Any]) -> AllAnswers:
    unit = UnitContext(unit_type, "25", 2570, "2501")
    return AllAnswers(form, answers, unit, today=date(2026, 11, 21), last_year=last_year, areas=AREAS)


def within(form: Form, wanted: Reach, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers of the sheets in reach, registers only where rows are."""
    return {
        code: answer
        for code, answer in answers.items()
        if (item := form.item(code)) is not None
        and item.sheet in (wanted.rows if code in form.registers else wanted.answers)
    }


@pytest.mark.parametrize("unit_type", TYPES)
def test_judging_with_what_is_in_reach_is_judging_with_everything(form: Form, unit_type: str) -> None:
    some_findings = 0
    for number in range(12):
        rng = Random(number)
        unit = DemoUnit(f"{number:07d}", "ข้อมูลสาธิต", unit_type, "25", ("250101", "250102"), 14.05, 101.4)
        answers = spoiled(make_answers(unit, fiscal_year=2570, seed=7), rng)
        last_year = spoiled(make_answers(unit, fiscal_year=2569, seed=7), rng)
        for sheet in form.sheets:
            wanted = reach(form, sheet)
            everything = facts_of(form, unit_type, answers, last_year)
            before = {code: answer for code, answer in last_year.items() if form.item(code).sheet in wanted.last_year}  # type: ignore[union-attr]
            reduced = facts_of(form, unit_type, within(form, wanted, answers), before)

            findings = judge(everything, sheets=[sheet])
            some_findings += len(findings)
            assert judge(reduced, sheets=[sheet]) == findings
            assert sheet_progress(reduced, sheet, findings) == sheet_progress(everything, sheet, findings)
            assert visible_codes(reduced, sheet) == visible_codes(everything, sheet)
            assert calculations(reduced, sheet) == calculations(everything, sheet)
    assert some_findings > 100


def test_most_sheets_reach_but_few_others(form: Form) -> None:
    for sheet in form.sheets:
        assert len(reach(form, sheet).answers) <= 3
        assert reach(form, sheet).rows == {sheet}
