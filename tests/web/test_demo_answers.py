"""The demonstration's answers, judged by the form itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.checks import check_answers
from localgov.forms.engine.facts import UnitContext
from localgov.forms.engine.model import Form
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


def unit_of(unit_type: str, number: int) -> DemoUnit:
    """A unit in the middle of ปราจีนบุรี."""
    return DemoUnit(f"{number:07d}", "ข้อมูลสาธิต", unit_type, "25", ("250101", "250102"), 14.05, 101.4)


@pytest.mark.parametrize("unit_type", TYPES)
@pytest.mark.parametrize("fiscal_year", [2569, 2570])
def test_answers_of_every_type_have_no_finding(form: Form, unit_type: str, fiscal_year: int) -> None:
    for number in range(10):
        unit = unit_of(unit_type, number)
        found = check_answers(
            form,
            make_answers(unit, fiscal_year=fiscal_year, seed=7),
            unit=UnitContext(unit_type, "25", fiscal_year, "2501"),
            today=date(2026, 11, 21),
            last_year=make_answers(unit, fiscal_year=fiscal_year - 1, seed=7),
            areas=AREAS,
        )

        assert [finding.message for finding in found] == []


def test_the_same_seed_gives_the_same_answers() -> None:
    unit = unit_of("SAO", 3)

    assert make_answers(unit, fiscal_year=2570, seed=1) == make_answers(unit, fiscal_year=2570, seed=1)
    assert make_answers(unit, fiscal_year=2570, seed=1) != make_answers(unit, fiscal_year=2570, seed=2)
