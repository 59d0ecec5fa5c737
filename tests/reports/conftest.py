"""Letters in the small register: an office of the cast and an order of its letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from localgov.lib.thai_calendar import bangkok_date
from localgov.monitoring.selectors.lagging import Cause
from localgov.reports import services, wording
from localgov.reports.kinds import LetterKind
from localgov.reports.models import LetterRun
from localgov.reports.selectors.chasing import Question
from localgov.reports.selectors.offices import WritingOffice, writing_office
from localgov.reports.services import RunOrder
from localgov.rounds.models import Round
from tests.conftest import Person

MakeRun = Callable[..., LetterRun]


def office_of(person: Person, at: datetime) -> WritingOffice:
    """The office in whose name a person writes."""
    found = writing_office(actor=person.actor, on=bangkok_date(at))
    assert found is not None
    return found


def order_of(
    kind: LetterKind, round: Round | None, at: datetime, *, cause: Cause = Cause.NOT_SUBMITTED, **more: Any
) -> RunOrder:
    """An order in the proposed words, to finish by the middle of December."""
    asked = {name: more.pop(name) for name in ("province_code", "district_code", "unit_type") if name in more}
    words = wording.proposed(kind=kind, cause=cause, cause_label=cause.label, has_round=round is not None)
    order = RunOrder(
        question=Question(cause=cause, round=round, fiscal_year=2570, **asked),
        kind=kind,
        words=words,
        finish_by=datetime(2026, 12, 15).date(),
    )
    return replace(order, **more)


@pytest.fixture
def make_run(round_2570: Round, at: datetime) -> MakeRun:
    """Makes a run: `make_run(province_officer, LetterKind.DISTRICT)`."""

    def make(person: Person, kind: LetterKind, **more: Any) -> LetterRun:
        round = more.pop("round", round_2570)
        order = order_of(kind, round, at, **more)
        return services.run_make(actor=person.actor, at=at, office=office_of(person, at), order=order)

    return make
