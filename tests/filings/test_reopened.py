"""Writing around the unit's own dates: extended, closed, re-opened for some sheets, closed again; each boundary exclusive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from localgov.access.decision import Denied
from localgov.filings.models import Sheet
from localgov.filings.services import answers_save, sheet_take_action
from localgov.filings.services.changes import SetAnswer
from localgov.filings.states import Action, Status
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry
from localgov.rounds.scopes import Reach, Scope
from tests.conftest import Person, newest

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)
ORDER = rounds.Order("ว 1", "น้ำท่วม")


def fresh(entry: RosterEntry) -> RosterEntry:
    return RosterEntry.objects.select_related("round").get(pk=entry.pk)


def write(entry: RosterEntry, by: Person, at: datetime, section: str = "domain_2", code: str = "tap") -> None:
    stored = Sheet.objects.filter(filing__roster_entry=entry, section=section, is_newest=True).first()
    seq = stored.answers.get(code, {}).get("seq", 0) if stored else 0
    answers_save(
        actor=by.actor,
        at=at,
        entry=fresh(entry),
        section=section,
        batch=uuid4(),
        changes=[SetAnswer(code, True, seq=seq)],
    )


def test_an_extension_lets_the_unit_begin_and_write_till_its_own_dates(
    entry: RosterEntry, recorder: Person, department_officer: Person, at: datetime
) -> None:
    opened = entry.round
    with pytest.raises(Denied, match="พ้นกำหนดเริ่มบันทึก"):
        write(entry, recorder, opened.last_new_at)
    rounds.round_extend(
        actor=department_officer.actor,
        at=at,
        round_id=opened.pk,
        reach=Reach(Scope.UNIT, entry.code),
        due_at=opened.due_at,
        last_new_at=opened.last_edit_at,
        last_edit_at=opened.last_edit_at + DAY,
        order=ORDER,
        key=uuid4(),
    )

    write(entry, recorder, opened.last_edit_at - MOMENT)
    write(entry, recorder, opened.last_edit_at + DAY - MOMENT)

    with pytest.raises(Denied, match="พ้นกำหนดแก้ไข"):
        write(entry, recorder, opened.last_edit_at + DAY)
    with pytest.raises(Denied, match="พ้นกำหนดแก้ไข"):
        write(entry, recorder, opened.last_edit_at + DAY, "domain_1", "male")


def test_after_the_last_day_only_a_reopening_writes_and_submits_its_sheets_till_its_end(
    entry: RosterEntry, recorder: Person, department_officer: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.RECORDING)
    closed = entry.last_edit_at

    def submit(at: datetime) -> Sheet:
        return sheet_take_action(
            actor=recorder.actor,
            at=at,
            entry=fresh(entry),
            section="domain_2",
            action=Action.SUBMIT,
            lock=newest(entry, "domain_2").lock,
        )

    for act in (write, lambda entry, by, at: submit(at)):
        with pytest.raises(Denied, match="พ้นกำหนดแก้ไข"):
            act(entry, recorder, closed)
    reopening = rounds.round_reopen(
        actor=department_officer.actor,
        at=closed,
        round_id=entry.round_id,
        reach=Reach(Scope.UNIT, entry.code),
        sections=["domain_2"],
        from_at=closed + DAY,
        until_at=closed + 3 * DAY,
        order=ORDER,
        key=uuid4(),
    )

    for outside in (reopening.from_at - MOMENT, reopening.until_at):
        with pytest.raises(Denied, match="พ้นกำหนดแก้ไข"):
            write(entry, recorder, outside)
    with pytest.raises(Denied, match="พ้นกำหนดแก้ไข"):
        write(entry, recorder, reopening.from_at, "domain_1", "male")
    write(entry, recorder, reopening.from_at)
    rounds.reopening_end(
        actor=department_officer.actor, at=reopening.from_at + DAY, reopening_id=reopening.pk, reason="ครบแล้ว"
    )
    with pytest.raises(Denied, match="พ้นกำหนดแก้ไข"):
        write(entry, recorder, reopening.from_at + DAY)
    assert submit(reopening.from_at + DAY - MOMENT).status == Status.SUBMITTED
