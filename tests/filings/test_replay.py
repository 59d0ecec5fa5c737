"""Done again, the accepted batches give what stood at every moment: answers, counters, writers, rows in their order."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from localgov.certification import services as certification
from localgov.filings import services as filings
from localgov.filings.models import RegisterRow, Sheet
from localgov.filings.selectors.past import revisions_as_of
from localgov.filings.services.changes import AddRow, AnyChange, ConfirmCarried, DeleteRow, SetAnswer, SetNote
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Person, newest
from tests.filings.test_standings import database_now


def stood(entry: RosterEntry, section: str) -> list[Any]:
    """Everything of every revision of a sheet, as the tables have it now."""
    found = []
    for sheet in Sheet.objects.filter(filing__roster_entry=entry, section=section).order_by("revision"):
        rows = RegisterRow.objects.filter(sheet=sheet).order_by("register", "position", "id")
        found.append(
            (
                (sheet.revision, sheet.status, sheet.status_since, sheet.is_newest, sheet.answers, sheet.has_answers),
                (sheet.recorder_ids, sheet.verifier_id, sheet.returned_note, sheet.last_answer_at),
                [(row.register, str(row.row_id), row.values, row.seq) for row in rows],
            )
        )
    return found


def told(entry: RosterEntry, section: str, moment: datetime) -> list[Any]:
    """The same, made from the record at a moment."""
    return [
        (
            (sheet.revision, sheet.status, sheet.status_since, sheet.is_newest, sheet.answers, sheet.has_answers),
            (sheet.recorder_ids, sheet.verifier_id, sheet.returned_note, sheet.last_answer_at),
            [(row.register, str(row.row_id), row.values, row.seq) for row in rows],
        )
        for sheet, rows in revisions_as_of(entry=entry, moment=moment).get(section, [])
    ]


def some_change(chance: random.Random, sheet: Sheet | None, rows: list[RegisterRow]) -> AnyChange:
    """A change that any page could send, right or wrong, fresh or stale."""
    answers = sheet.answers if sheet else {}
    code = chance.choice(["male", "female", "total"])
    seq = answers.get(code, {}).get("seq", 0) + chance.choice([0, 0, 0, 1])
    kind = chance.randrange(8 if rows else 4)
    row = chance.choice(rows) if rows else RegisterRow(row_id=uuid4())
    match kind:
        case 0 | 1:
            return SetAnswer(code, chance.choice([None, 5, "๓,๑๐๐", "ห้า", {"missing": "NO_DATA", "reason": "รอ"}]), seq)
        case 2:
            return SetNote(code, chance.choice(["", "ถูกแล้ว"]))
        case 3:
            return AddRow("village", uuid4(), row.row_id)
        case 4:
            return DeleteRow("village", row.row_id, row.seq)
        case 5:
            return SetNote("village_no", "เลขนี้ถูก", "village", row.row_id)
        case 6:
            return ConfirmCarried(("village", "male"))
        case _:
            column = chance.choice(["village_no", "village_people"])
            own = row.values.get(column, {}).get("seq", 0)
            return SetAnswer(column, chance.choice([1, 2, None, "x"]), own, "village", row.row_id)


@pytest.mark.parametrize("seed", range(4))
def test_every_moment_of_a_recorded_sheet_can_be_told_again(
    seed: int, entry: RosterEntry, recorder: Person, other_recorder: Person, at: datetime
) -> None:
    chance = random.Random(seed)
    kept = []
    for _ in range(25):
        sheet = Sheet.objects.filter(filing__roster_entry=entry, section="domain_1").first()
        rows = list(RegisterRow.objects.filter(sheet=sheet)) if sheet else []
        changes = [some_change(chance, sheet, rows) for _ in range(chance.randint(1, 4))]
        who = chance.choice([recorder, other_recorder])
        filings.answers_save(
            actor=who.actor, at=at, entry=entry, section="domain_1", batch=uuid4(), changes=changes
        )  # fmt: skip
        kept.append((database_now(), stood(entry, "domain_1")))

    assert [told(entry, "domain_1", moment) for moment, _ in kept] == [then for _, then in kept]
    assert len({str(then) for _, then in kept}) > 10


def test_a_row_between_others_comes_back_in_its_place(entry: RosterEntry, recorder: Person, at: datetime) -> None:
    first, last, ids = uuid4(), uuid4(), [uuid4() for _ in range(12)]
    changes: list[AnyChange] = [AddRow("village", first), AddRow("village", last)]
    changes += [AddRow("village", row, first) for row in ids]  # so many that the rows behind are numbered anew

    filings.answers_save(
        actor=recorder.actor, at=at, entry=entry, section="domain_1", batch=uuid4(), changes=changes
    )  # fmt: skip

    assert told(entry, "domain_1", database_now()) == stood(entry, "domain_1")
    ((_, rows),) = revisions_as_of(entry=entry, moment=database_now())["domain_1"]
    assert [row.row_id for row in rows] == [first, *reversed(ids), last]


def test_what_was_carried_and_confirmed_is_told_so(
    round_2569: Round, entry: RosterEntry, fill_year: Callable[..., Sheet], recorder: Person, at: datetime
) -> None:
    rows = {"village": [{"village_no": 1, "village_people": 100}, {"village_no": 2, "village_people": 80}]}
    fill_year(2569, "domain_1", {"male": 90, "female": 90, "total": 180}, rows)
    kept = []

    filings.answers_carry_forward(actor=recorder.actor, at=at, entry=entry, section="domain_1", batch=uuid4())
    kept.append((database_now(), stood(entry, "domain_1")))
    filings.answers_save(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_1",
        batch=uuid4(),
        changes=[ConfirmCarried(("male", "village"))],
    )
    kept.append((database_now(), stood(entry, "domain_1")))

    assert [told(entry, "domain_1", moment) for moment, _ in kept] == [then for _, then in kept]
    assert kept[0][1][0][0][4]["male"]["carried"] is True


def test_an_amendment_begins_with_what_was_certified(
    entry: RosterEntry,
    sheet_in: Callable[[Status], Sheet],
    fill: Callable[..., Sheet],
    recorder: Person,
    province_certifier: Person,
    at: datetime,
) -> None:
    kept = []

    def keep() -> None:
        kept.append((database_now(), stood(entry, "domain_1")))

    village: UUID = uuid4()
    cells = [("village_no", 1), ("village_name", "บ้านกลาง"), ("village_people", 6325)]
    filings.answers_save(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_1",
        batch=uuid4(),
        changes=[AddRow("village", village), *(SetAnswer(code, cell, 0, "village", village) for code, cell in cells)],
    )
    sheet_in(Status.CERTIFIED_PROVINCE)
    keep()
    lock = newest(entry, "domain_1").lock
    certification.order_amendment(
        actor=province_certifier.actor, at=at, entry=entry, section="domain_1", lock=lock, note="แก้จำนวน"
    )
    keep()
    fill("domain_1", {"male": 3101, "total": 6326})
    keep()

    assert [told(entry, "domain_1", moment) for moment, _ in kept] == [then for _, then in kept]
    assert [len(then) for _, then in kept] == [1, 2, 2]
