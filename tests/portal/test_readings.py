"""What the public reads of the figures: right totals, open questions alone, and no small count by any way round."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from localgov.figures.models import Stage
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import Form
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.openness import RESERVED
from localgov.portal.policies import SMALL, Measure, open_questions
from localgov.portal.selectors import freshness
from localgov.portal.selectors.places import COUNTRY, district, province, region
from localgov.portal.selectors.readings import (
    Answer,
    Reading,
    Spread,
    Total,
    answers,
    due_of,
    due_units,
    spread,
    totals,
    year_shown,
    years,
)
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import FIXTURES, NOW, Register
from tests.portal.conftest import Write

pytestmark = pytest.mark.django_db

OPEN = [
    "population_total",
    "household_count",
    "area_km2",
    "staff_total",
    "satisfaction_percent",
    "plan_year_be",
    "size_class",
]
HALF = ["disabled_count", "disabled_amount"]
CLOSED = ["secret_count", "salary_of_one", "office_phone", "shelter_has"]
PLACES = [COUNTRY, region("central"), province("25"), district("2501"), province("27"), district("2701")]


def reading(stage: Stage = Stage.PROVINCE, place: Any = COUNTRY) -> Reading:
    return Reading(year=years()[0], stage=stage, place=place)


def test_the_real_form_publishes_what_is_open_and_of_no_person_and_nothing_else() -> None:
    form = eight_domains()

    published = open_questions(form, form)

    for code, question in form.questions.items():
        closed = not question.open_data or question.personal or question.linked or code in RESERVED
        if closed or question.register is not None:
            assert code not in published, code
        elif question.numeric or question.choices is not None:
            assert code in published, code
    assert {"aids_allowance_amount", "lpa_score_percent"}.isdisjoint(published)
    assert {code for code, one in published.items() if one.small} == {
        code for code, one in form.questions.items() if one.sensitive and one.open_data and one.register is None
    }
    assert published["population_total"].without_pao
    assert "PAO" in published["staff_total"].counted
    assert published["personnel_cost_percent"].measure is Measure.MEDIAN
    assert published["tap_water_price_m3"].measure is Measure.MEDIAN
    assert published["disaster_plan_year_be"].measure is Measure.MEDIAN
    assert {one.unit for one in published.values() if one.small is not None} <= set(SMALL)


def test_what_a_newer_version_closes_is_closed_for_all_years() -> None:
    form = eight_domains()

    assert "population_total" not in open_questions(form, changed(form, "population_total", open_data=False))
    assert "population_total" not in open_questions(form, changed(form, "population_total", personal=True))
    assert open_questions(form, changed(form, "population_total", sensitive=True))["population_total"].small == 10
    assert open_questions(form, form)["population_total"].small is None


def test_sums_medians_and_choices_with_who_stands_behind_them(register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 6000, "satisfaction_percent": 80, "size_class": "small"})
    figures(register.town, {"population_total": None, "satisfaction_percent": 90, "size_class": "large"})
    figures(register.other_unit, {"population_total": 500, "satisfaction_percent": 70, "size_class": "small"})

    found = totals(reading(), [*OPEN, *CLOSED])

    assert found["population_total"] == Total(number=Decimal(6500), units=2, no_data=1)
    assert found["satisfaction_percent"].number == 80
    assert found["size_class"].choices == {"small": 2, "large": 1}
    assert set(found) <= set(OPEN)


def test_the_province_organisation_is_not_counted_twice(register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 6000, "staff_total": 20})
    figures(register.pao, {"population_total": 480_000, "staff_total": 300})

    for place in (COUNTRY, province("25"), district("2501")):
        found = totals(reading(place=place), ["population_total", "staff_total"])
        assert found["population_total"] == Total(number=Decimal(6000), units=1)
        assert found["staff_total"].number == 320
    questions, due = years()[0].questions, due_units(reading())[""]
    assert due == {"SAO": 2, "TOWN": 1, "PAO": 1}
    assert due_of(questions["population_total"], due) == 3
    assert due_of(questions["staff_total"], due) == 4
    assert due_of(questions["disabled_count"], due) == 3


def test_an_excused_unit_is_neither_in_the_sum_nor_in_what_should_be(
    register: Register, figures: Write, public_round: Round
) -> None:
    figures(register.unit, {"population_total": 6000})
    figures(register.town, {"population_total": 9000})
    RosterEntry.objects.filter(round=public_round, organisation=register.town).update(
        excused_from=NOW.date(), excused_reason="ยุบรวม"
    )

    for place in (COUNTRY, province("25")):
        assert totals(reading(place=place), ["population_total"])["population_total"].number == 6000
    assert due_units(reading(place=province("25")))[""] == {"SAO": 1, "PAO": 1}


def test_places_add_up(register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 6000})
    figures(register.other_unit, {"population_total": 500})

    by_province = spread(reading(), ["population_total"], Spread.PROVINCE)

    assert {code: found["population_total"].number for code, found in by_province.items()} == {"25": 6000, "27": 500}
    assert totals(reading(place=region("central")), ["population_total"])["population_total"].number == 6500
    assert totals(reading(place=region("south")), ["population_total"]) == {}
    assert totals(reading(place=district("2701")), ["population_total"])["population_total"].number == 500


def test_stages_are_apart(register: Register, figures: Write) -> None:
    figures(register.unit, {"population_total": 1}, stage=Stage.RECORDED)
    figures(register.unit, {"population_total": 2}, stage=Stage.UNIT)

    assert totals(reading(Stage.RECORDED), ["population_total"])["population_total"].number == 1
    assert totals(reading(Stage.UNIT), ["population_total"])["population_total"].number == 2
    assert totals(reading(), ["population_total"]) == {}


def test_the_year_shown_is_the_newest_that_half_the_country_stands_behind(public_round: Round) -> None:
    found = years()[0]
    new, old = replace(found, certified=1), replace(found, fiscal_year=2569, certified=found.due)

    assert year_shown([new, old], "") is old
    assert year_shown([new, old], "2570") is new
    assert year_shown([new, old], "ปีใดก็ได้") is old
    assert year_shown([new], "") is new
    assert year_shown([], "") is None


@pytest.mark.parametrize("small", [1, 9])
def test_a_small_count_of_persons_is_only_called_small(register: Register, figures: Write, small: int) -> None:
    figures(register.unit, {"disabled_count": small, "disabled_amount": small * 9600})
    figures(register.town, {"disabled_count": 40, "disabled_amount": 384_000})
    figures(register.other_unit, {"disabled_count": 0})

    read = answers(
        years(),
        units=[register.unit.pk, register.town.pk, register.other_unit.pk],
        codes=[*HALF, *CLOSED],
        stage=Stage.PROVINCE,
    )

    assert read[register.unit.pk, 2570, "disabled_count"] == Answer(is_small=True)
    assert read[register.unit.pk, 2570, "disabled_amount"] == Answer(is_small=True)
    assert read[register.town.pk, 2570, "disabled_count"] == Answer(number=Decimal(40))
    assert read[register.other_unit.pk, 2570, "disabled_count"] == Answer(number=Decimal(0))
    assert totals(reading(), HALF)["disabled_count"] == Total(number=Decimal(45), units=3, hidden=1)


def test_two_countries_that_differ_in_small_counts_alone_look_the_same(register: Register, figures: Write) -> None:
    """The attacker: every place, spread, stage and year, before and after each certificate; nothing differs."""
    units = [register.unit, register.town, register.pao, register.other_unit]

    def everything() -> list[Any]:
        found: list[Any] = []
        for stage, place, along in product(Stage, PLACES, Spread):
            found.append(spread(reading(stage, place), [*OPEN, *HALF, *CLOSED], along))
        found.append(
            [answers(years(), units=[one.pk for one in units], codes=[*HALF, *CLOSED], stage=stage) for stage in Stage]
        )
        return found

    def history(counts: tuple[int, ...]) -> list[Any]:
        for unit, stage in product(units, Stage):
            figures(unit, dict.fromkeys([*HALF, *CLOSED], 0), stage=stage)
        seen = []
        for unit, count in zip(units, counts, strict=True):
            for stage in (Stage.RECORDED, Stage.UNIT, Stage.PROVINCE):
                figures(unit, {"disabled_count": count, "disabled_amount": count * 9600}, stage=stage)
                figures(unit, {"secret_count": count, "salary_of_one": count}, stage=stage)
                seen.append(everything())
        return seen

    one_country, other_country, third = history((1, 40, 0, 9)), history((9, 40, 0, 2)), history((1, 41, 0, 9))

    assert one_country == other_country
    assert one_country != third


def test_the_version_changes_with_what_is_certified_and_the_register(register: Register, public_round: Round) -> None:
    before = freshness.version(Stage.PROVINCE)

    assert freshness.version(Stage.PROVINCE) == before
    RosterEntry.objects.filter(round=public_round, organisation=register.town).delete()
    RosterEntry.objects.create(
        round=public_round, organisation=register.town, code="4250102", name="ก", full_name="ก", short_name="ก",
        unit_type="TOWN", province_code="25", district_code="2501", path="th.25.", due_at=NOW, last_new_at=NOW, last_edit_at=NOW,
    )  # fmt: skip
    assert freshness.version(Stage.PROVINCE) != before
    assert freshness.as_of(reading()) is None


def eight_domains() -> Form:
    return build_form(read_folder(FIXTURES.parents[1] / "forms" / "eight_domains"), check_xlsform=False)


def changed(form: Form, code: str, **differently: object) -> Form:
    """The form as its next version might be."""
    question = replace(form.questions[code], **differently)  # type: ignore[arg-type]
    return replace(form, questions={**form.questions, code: question})
