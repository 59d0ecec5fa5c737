"""Steps on many sheets in one call: all of them or none, in as many statements as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localgov.access.decision import Denied
from localgov.filings.models import Sheet, StepTaken
from localgov.filings.services import NotClean, Stale, StepAsked, sheets_take_action
from localgov.filings.states import Action, Status
from localgov.rounds.models import RosterEntry
from tests.conftest import CLEAN, Person, newest

Fill = Callable[..., Sheet]


def asked(entry: RosterEntry, person: Person, action: Action, *sections: str) -> list[StepAsked]:
    """The step on sheets as they stand now."""
    return [StepAsked(person.actor, entry, code, action, newest(entry, code).lock, "เหตุผล") for code in sections]


def test_takes_every_step_and_records_each(
    entry: RosterEntry, fill: Fill, recorder: Person, verifier: Person, at: datetime
) -> None:
    for section in CLEAN:
        fill(section)

    sheets_take_action(at=at, round=entry.round, asked=asked(entry, recorder, Action.SUBMIT, *CLEAN))
    taken = sheets_take_action(at=at, round=entry.round, asked=asked(entry, verifier, Action.VERIFY, *CLEAN))

    assert [sheet.section for sheet in taken] == list(CLEAN)
    for section in CLEAN:
        sheet = newest(entry, section)
        assert (sheet.status, sheet.verifier_id, sheet.status_since) == (Status.VERIFIED, verifier.user.pk, at)
        assert [step.action for step in sheet.steps.order_by("pk")] == [Action.SUBMIT, Action.VERIFY]


def test_one_that_refuses_leaves_none_taken(
    entry: RosterEntry, fill: Fill, recorder: Person, stranger: Person, at: datetime
) -> None:
    fill("domain_1")
    fill("domain_2", {"tap": True})
    with pytest.raises(NotClean):
        sheets_take_action(
            at=at, round=entry.round, asked=asked(entry, recorder, Action.SUBMIT, "domain_1", "domain_2")
        )
    with pytest.raises(Denied):
        sheets_take_action(at=at, round=entry.round, asked=asked(entry, stranger, Action.SUBMIT, "domain_1"))
    stale = StepAsked(recorder.actor, entry, "domain_1", Action.SUBMIT, newest(entry, "domain_1").lock - 1)
    with pytest.raises(Stale):
        sheets_take_action(at=at, round=entry.round, asked=[stale])
    with pytest.raises(ValueError, match="twice"):
        sheets_take_action(at=at, round=entry.round, asked=[stale, stale])

    assert newest(entry, "domain_1").status == Status.RECORDING
    assert not StepTaken.objects.exists()


def test_many_cost_as_many_statements_as_one(
    entry: RosterEntry, fill: Fill, recorder: Person, verifier: Person, at: datetime
) -> None:
    for section in CLEAN:
        fill(section)

    def statements(person: Person, action: Action, *sections: str) -> int:
        wanted = asked(entry, person, action, *sections)
        with CaptureQueriesContext(connection) as captured:
            sheets_take_action(at=at, round=entry.round, asked=wanted)
        return len(captured)

    one = statements(recorder, Action.SUBMIT, "domain_1")
    assert statements(recorder, Action.SUBMIT, "domain_2", "domain_3") <= one
    assert statements(verifier, Action.VERIFY, *CLEAN) <= one
