"""Two hands at the same moment, on two real connections: one effect."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from localgov.access.decision import Denied
from localgov.certification import services
from localgov.certification.models import Certificate, Level
from localgov.filings.models import Sheet, StepTaken
from localgov.filings.services import Stale, sheet_take_action
from localgov.filings.states import Action, Status
from localgov.rounds.models import RosterEntry
from tests.conftest import CLEAN, Person, newest

SheetIn = Callable[[Status], Sheet]


@pytest.fixture
def _locks_back(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the cleaning, the connection has the append-only triggers again."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def committed(_locks_back: None, transactional_db: None) -> Iterator[None]:
    """A database whose rows other connections see. Append-only tables are emptied afterwards as only a test may."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same moment, each in a thread with its own connection: their results or refusals."""
    gate = threading.Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=20)
            outcomes[number] = act()
        except (Denied, Stale) as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def done(outcomes: list[object]) -> int:
    return sum(1 for one in outcomes if one is not None and not isinstance(one, Denied | Stale))


def test_a_double_click_signs_once(
    committed: None, sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet_in(Status.VERIFIED)
    signature = uuid4()

    outcomes = at_once(
        *[lambda: services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=signature)] * 4
    )

    assert done(outcomes) == 4
    assert Certificate.objects.count() == len(CLEAN)
    assert StepTaken.objects.filter(action=Action.CERTIFY_LAO).count() == len(CLEAN)


def test_two_windows_sign_once_and_the_other_is_told(
    committed: None, sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet_in(Status.VERIFIED)

    outcomes = at_once(
        *[lambda: services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())] * 3
    )

    assert done(outcomes) == 1
    assert Certificate.objects.count() == len(CLEAN)


def test_signing_and_taking_back_a_verification_never_both_happen(
    committed: None, sheet_in: SheetIn, entry: RosterEntry, executive: Person, verifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.VERIFIED)

    outcomes = at_once(
        lambda: services.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4()),
        lambda: sheet_take_action(
            actor=verifier.actor,
            at=at,
            entry=entry,
            section="domain_1",
            action=Action.TAKE_BACK_VERIFICATION,
            lock=sheet.lock,
        ),
    )

    assert done(outcomes) == 1
    certified = newest(entry, "domain_1").status == Status.CERTIFIED_LAO
    assert Certificate.objects.exists() is certified


def test_the_province_signs_or_the_unit_takes_back_never_both(
    committed: None, sheet_in: SheetIn, entry: RosterEntry, executive: Person, province_certifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)

    outcomes = at_once(
        lambda: services.province_certify(
            actor=province_certifier.actor, at=at, entry=entry, signature=uuid4(), seen=seen(entry)
        ),
        lambda: services.unit_take_back(actor=executive.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock),
    )

    assert done(outcomes) == 1
    both = newest(entry, "domain_1").status == Status.CERTIFIED_PROVINCE
    assert Certificate.objects.filter(level=Level.PROVINCE, sheet=sheet).exists() is both


def test_two_amendments_open_one_revision(
    committed: None, sheet_in: SheetIn, entry: RosterEntry, recorder: Person, province_certifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)
    about: dict[str, Any] = {"at": at, "entry": entry, "section": "domain_1", "lock": sheet.lock, "note": "ปรับปรุง"}

    outcomes = at_once(
        lambda: services.amend(actor=recorder.actor, **about),
        lambda: services.order_amendment(actor=province_certifier.actor, **about),
        lambda: services.amend(actor=recorder.actor, **about),
    )

    assert done(outcomes) == 1
    assert Sheet.objects.filter(section="domain_1").count() == 2


def seen(entry: RosterEntry) -> dict[str, int]:
    """The lock counters of all sheets, as a page shows them."""
    return {section: newest(entry, section).lock for section in CLEAN}
