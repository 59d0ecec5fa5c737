"""Totals of the country: exact, fresh, and honest about who stands behind them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from localgov.figures.models import Stage
from localgov.figures.selectors import Total, country_total
from localgov.figures.services import FigureValue, Reading, figures_write
from tests.conftest import Register

pytestmark = pytest.mark.django_db


def write(unit: int, values: Mapping[str, FigureValue], *, stage: Stage = Stage.RECORDED, year: int = 2570) -> None:
    figures_write(fiscal_year=year, stage=stage, readings=[Reading(unit, values, cleared=["population"])])


def total(stage: Stage = Stage.RECORDED) -> Total:
    return country_total(fiscal_year=2570, question="population", stage=stage)


def test_adds_exactly_and_tells_none_from_no_data(register: Register) -> None:
    write(register.unit.pk, {"population": FigureValue(number=Decimal("0.1"))})
    write(register.town.pk, {"population": FigureValue(number=Decimal("0.2"))})
    write(register.pao.pk, {"population": FigureValue(number=Decimal(0), missing="NONE")})
    write(register.other_unit.pk, {"population": FigureValue(missing="NO_DATA")})

    assert total() == Total(number=Decimal("0.3"), units=3, none=1, no_data=1)


def test_is_fresh_after_a_change_and_after_an_answer_is_taken_away(register: Register) -> None:
    write(register.unit.pk, {"population": FigureValue(number=Decimal(5))})
    write(register.unit.pk, {"population": FigureValue(number=Decimal(7))})
    assert total().number == 7

    write(register.unit.pk, {})
    assert total() == Total(number=None, units=0, none=0, no_data=0)


def test_readings_and_years_are_apart(register: Register) -> None:
    write(register.unit.pk, {"population": FigureValue(number=Decimal(5))})
    write(register.unit.pk, {"population": FigureValue(number=Decimal(9))}, stage=Stage.PROVINCE)
    write(register.unit.pk, {"population": FigureValue(number=Decimal(1))}, year=2569)

    assert total().number == 5
    assert total(Stage.PROVINCE).number == 9
    assert total(Stage.UNIT).number is None
