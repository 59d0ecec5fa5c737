"""Many sheets of many units in one transaction: the outcome of one by one, all or nothing, in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localgov.access.actor import Actor, system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.figures.models import Figure, Stage
from localgov.figures.services import MANY, FigureValue, Reading, figures_write
from localgov.filings import services
from localgov.filings.models import Change, Filing, Sheet, Via
from localgov.filings.services import SheetBatch
from localgov.filings.services.changes import SetAnswer
from localgov.forms import selectors as forms
from localgov.lib.identifiers import parse_receipt_number
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import CLEAN, Person, Register, newest

SECTIONS = ("domain_1", "domain_2", "domain_3")


@pytest.fixture
def everywhere() -> Actor:
    """A recorder of every unit, as a command acts."""
    return system_actor("ทดสอบ", RoleCode.RECORDER)


@pytest.fixture
def entries(round_2570: Round) -> list[RosterEntry]:
    """The units that record all three sheets."""
    return list(RosterEntry.objects.filter(round=round_2570, unit_type="SAO").order_by("code"))


def batches_of(entries: Sequence[RosterEntry], actor: Actor) -> list[SheetBatch]:
    return [
        SheetBatch(
            actor=actor,
            entry=entry,
            section=section,
            batch=uuid4(),
            changes=[SetAnswer(code, answer, 0) for code, answer in CLEAN[section].items()],
        )
        for entry in entries
        for section in SECTIONS
    ]


def standing(entry: RosterEntry) -> list[tuple[object, ...]]:
    sheets = Sheet.objects.filter(filing__roster_entry=entry).order_by("section")
    return [
        (one.section, one.answers, one.lock, one.required_count, one.answered_count, one.error_count, one.warning_count)
        for one in sheets
    ]


def test_has_the_outcome_of_saving_one_by_one(
    round_2570: Round, entries: list[RosterEntry], everywhere: Actor, at: datetime
) -> None:
    together, alone = entries[0], entries[1]
    services.answers_save_many(at=at, round=round_2570, batches=batches_of([together], everywhere))
    for one in batches_of([alone], everywhere):
        services.answers_save(
            actor=everywhere, at=at, entry=alone, section=one.section, batch=one.batch, changes=one.changes
        )

    assert standing(together) == standing(alone) != []
    figures = [
        list(
            Figure.objects.filter(organisation=entry.organisation_id)
            .order_by("question")
            .values_list("question", "number", "choice")
        )
        for entry in (together, alone)
    ]
    assert figures[0] == figures[1] != []


def test_chains_the_batches_of_each_unit_in_their_order_and_gives_each_a_receipt(
    round_2570: Round, entries: list[RosterEntry], everywhere: Actor, at: datetime
) -> None:
    sent = batches_of(entries, everywhere)
    saved = services.answers_save_many(at=at, round=round_2570, batches=sent)

    for entry in entries:
        chain = list(Change.objects.filter(filing__roster_entry=entry).order_by("position"))
        assert [change.batch for change in chain] == [one.batch for one in sent if one.entry == entry]
        assert [change.position for change in chain] == [1, 2, 3]
        assert [change.previous_hash for change in chain] == ["", chain[0].hash, chain[1].hash]
    receipts = [one.receipt for one in saved]
    assert len(set(receipts)) == len(sent)
    assert [str(parse_receipt_number(receipt)) for receipt in receipts] == receipts
    assert {change.via for change in Change.objects.all()} == {Via.COMMAND}


def test_the_number_of_statements_does_not_grow_with_the_sheets(
    round_2570: Round, entries: list[RosterEntry], everywhere: Actor, at: datetime
) -> None:
    forms.compiled(round_2570.form_version_id)  # read once by each process
    counts = []
    one, many = batches_of(entries[:1], everywhere)[:1], batches_of(entries[1:], everywhere)
    for some in (one, many):
        with CaptureQueriesContext(connection) as queries:
            services.answers_save_many(at=at, round=round_2570, batches=some)
        counts.append(len(queries))

    assert len(many) == 3
    assert counts[0] == counts[1]


def test_a_unit_that_may_not_be_written_lets_none_be_written(
    round_2570: Round, entries: list[RosterEntry], recorder: Person, at: datetime
) -> None:
    with pytest.raises(Denied):
        services.answers_save_many(at=at, round=round_2570, batches=batches_of(entries, recorder.actor))

    assert not Filing.objects.exists()


def test_the_same_batches_again_have_one_effect(
    round_2570: Round, entries: list[RosterEntry], everywhere: Actor, at: datetime
) -> None:
    sent = batches_of(entries, everywhere)
    first = services.answers_save_many(at=at, round=round_2570, batches=sent[:3])
    again = services.answers_save_many(at=at, round=round_2570, batches=sent)

    assert [one.receipt for one in again[:3]] == [one.receipt for one in first]
    assert [one.repeated for one in again] == [True] * 3 + [False] * (len(sent) - 3)
    assert Change.objects.count() == len(sent)


def test_refuses_a_sheet_that_comes_twice(
    round_2570: Round, entry: RosterEntry, everywhere: Actor, at: datetime
) -> None:
    sent = batches_of([entry], everywhere)
    with pytest.raises(ValueError, match="twice"):
        services.answers_save_many(at=at, round=round_2570, batches=[sent[0], sent[0]])


def test_a_sheet_is_judged_against_another_that_came_with_it(
    round_2570: Round, entry: RosterEntry, everywhere: Actor, at: datetime
) -> None:
    services.answers_save_many(at=at, round=round_2570, batches=batches_of([entry], everywhere))

    assert [newest(entry, section).error_count for section in SECTIONS] == [0, 0, 0]


def test_many_figures_are_written_whether_or_not_some_stand_there_already(register: Register) -> None:
    def written(value: int) -> list[Decimal | None]:
        values = {f"question_{number:04d}": FigureValue(number=Decimal(value)) for number in range(MANY)}
        figures_write(fiscal_year=2570, stage=Stage.RECORDED, readings=[Reading(register.unit.pk, values)])
        return list(Figure.objects.values_list("number", flat=True))

    assert written(1) == [Decimal(1)] * MANY
    assert written(2) == [Decimal(2)] * MANY
