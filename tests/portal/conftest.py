"""A form with every sort of question that the public may, may not, or may half see, open for FY 2570 and 2569."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.figures.models import Stage
from localgov.figures.services import FigureValue, Reading, figures_write
from localgov.forms import services as forms
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.models import FormVersion
from localgov.organisations.models import Organisation
from localgov.rounds.models import Round
from tests.conftest import FIXTURES, Register, round_make

Write = Callable[..., None]


@pytest.fixture
def public_form(register: Register, at: datetime) -> FormVersion:
    """The form of `fixtures/forms/public`."""
    source = read_folder(FIXTURES / "forms" / "public")
    return forms.form_publish(actor=system_actor("ทดสอบ", RoleCode.FORM_OWNER), at=at, source=source).version


@pytest.fixture
def public_round(public_form: FormVersion, at: datetime) -> Round:
    """FY 2570 of it."""
    return round_make(public_form, 2570, at)


@pytest.fixture
def figures(public_round: Round) -> Write:
    """Writes figures as a certificate would: `figures(unit, {"population_total": 5})`; a text is a choice, None no data."""

    def write(
        unit: Organisation,
        values: Mapping[str, int | str | None],
        *,
        stage: Stage = Stage.PROVINCE,
        year: int = 2570,
    ) -> None:
        found = {
            code: FigureValue(missing="NO_DATA")
            if value is None
            else FigureValue(choice=value)
            if isinstance(value, str)
            else FigureValue(number=value)  # type: ignore[arg-type]
            for code, value in values.items()
        }
        figures_write(fiscal_year=year, stage=stage, readings=[Reading(unit.pk, found, cleared=list(found))])

    return write
