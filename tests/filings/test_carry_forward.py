"""Carrying last year forward: what comes along, what stays behind, what must be confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from localgov.access.decision import Denied
from localgov.filings import services
from localgov.filings.models import Change, RegisterRow, Sheet, Via
from localgov.filings.services import NotClean
from localgov.filings.services.changes import ConfirmCarried, SetAnswer
from localgov.filings.states import Action
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Person, newest
from tests.filings.conftest import UNIT, hidden_boxes, words

pytestmark = pytest.mark.django_db

VILLAGES = [
    {"village_no": 1, "village_name": "บ้านเหนือ", "village_people": 3000},
    {"village_no": 2, "village_name": "บ้านใต้", "village_people": 3325},
]


@pytest.fixture
def last_year(round_2569: Round, entry: RosterEntry, fill_year: Callable[..., Sheet]) -> None:
    """Domains 1 and 2 of the year before."""
    fill_year(2569, "domain_1", {"male": 3087, "female": 3240, "total": 6327}, {"village": VILLAGES})
    fill_year(2569, "domain_2", {"tap": True, "tap_households": 2000})


@pytest.fixture
def carry(entry: RosterEntry, recorder: Person, at: datetime) -> Callable[..., services.Saved]:
    """Carry a sheet forward as the recorder."""

    def run(section: str = "domain_1", **overrides: Any) -> services.Saved:
        arguments: dict[str, Any] = {"actor": recorder.actor, "at": at, "entry": entry, "batch": uuid4()}
        return services.answers_carry_forward(**(arguments | overrides), section=section)

    return run


@pytest.mark.usefixtures("last_year")
def test_copies_answers_and_rows_marked_until_confirmed(
    carry: Callable[..., services.Saved], entry: RosterEntry
) -> None:
    saved = carry()

    sheet = newest(entry, "domain_1")
    assert (sheet.answers["male"]["v"], sheet.answers["male"]["carried"]) == (3087, True)
    assert [row.values["village_name"]["v"] for row in sheet.rows.order_by("position")] == ["บ้านเหนือ", "บ้านใต้"]
    assert saved.judgement is not None
    assert saved.judgement.carried == 3 + 2
    assert Change.objects.get(receipt=saved.receipt).via == Via.CARRY_FORWARD


@pytest.mark.usefixtures("last_year")
def test_leaves_what_is_answered_already(
    carry: Callable[..., services.Saved], entry: RosterEntry, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1", {"male": 3100})

    carry()

    answers = newest(entry, "domain_1").answers
    assert answers["male"]["v"] == 3100
    assert "carried" not in answers["male"]
    assert answers["female"]["carried"]


@pytest.mark.usefixtures("last_year")
def test_leaves_what_this_years_answers_make_irrelevant(
    carry: Callable[..., services.Saved], entry: RosterEntry, fill: Callable[..., Sheet]
) -> None:
    fill("domain_2", {"tap": False})

    with pytest.raises(Denied, match="ไม่มีข้อมูลปีก่อนที่จะยกมาได้อีก"):
        carry("domain_2")


@pytest.mark.usefixtures("last_year")
def test_a_carried_answer_that_is_no_longer_asked_waits_for_nobody(
    carry: Callable[..., services.Saved], entry: RosterEntry, fill: Callable[..., Sheet], recorder: Person, at: datetime
) -> None:
    carry("domain_2")
    fill("domain_2", {"tap": False})

    sheet = newest(entry, "domain_2")
    taken = services.sheet_take_action(
        actor=recorder.actor, at=at, entry=entry, section="domain_2", action=Action.SUBMIT, lock=sheet.lock
    )
    assert taken.status == "SUBMITTED"


@pytest.mark.usefixtures("last_year")
def test_can_not_be_submitted_before_everything_is_confirmed(
    carry: Callable[..., services.Saved], entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    carry()
    sheet = newest(entry, "domain_1")

    with pytest.raises(NotClean, match="รอยืนยันข้อมูลที่ยกมาจากปีก่อน 5 ข้อ"):
        services.sheet_take_action(
            actor=recorder.actor, at=at, entry=entry, section="domain_1", action=Action.SUBMIT, lock=sheet.lock
        )


@pytest.mark.usefixtures("last_year")
def test_confirming_and_changing_both_take_the_mark_away(
    carry: Callable[..., services.Saved], entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    carry()

    saved = services.answers_save(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_1",
        batch=uuid4(),
        changes=[ConfirmCarried(("male", "total", "village")), SetAnswer("female", 3240, 1)],
    )

    assert saved.judgement is not None
    assert saved.judgement.carried == 0


@pytest.mark.usefixtures("last_year")
def test_the_same_act_twice_has_one_effect(carry: Callable[..., services.Saved]) -> None:
    batch = uuid4()

    first = carry(batch=batch)
    second = carry(batch=batch)

    assert first.receipt == second.receipt
    assert RegisterRow.objects.filter(sheet__filing__round__fiscal_year_be=2570).count() == 2


@pytest.mark.usefixtures("last_year")
def test_makes_who_carried_a_recorder_of_the_sheet(
    carry: Callable[..., services.Saved], entry: RosterEntry, other_recorder: Person
) -> None:
    carry(actor=other_recorder.actor)

    assert newest(entry, "domain_1").recorder_ids == [other_recorder.user.pk]


@pytest.mark.usefixtures("last_year")
def test_refuses_a_stranger(carry: Callable[..., services.Saved], stranger: Person) -> None:
    with pytest.raises(Denied):
        carry(actor=stranger.actor)


def test_carries_the_answer_that_a_register_has_no_rows(
    carry: Callable[..., services.Saved], entry: RosterEntry, round_2569: Round, fill_year: Callable[..., Sheet]
) -> None:
    fill_year(2569, "domain_1", {"village": {"missing": "NONE"}})

    carry()

    stored = newest(entry, "domain_1").answers["village"]
    assert (stored["missing"], stored["carried"]) == ("NONE", True)


@pytest.mark.usefixtures("last_year")
def test_the_page_offers_it_then_asks_to_confirm(entry: RosterEntry, recorder: Person) -> None:
    client = recorder.client()
    offered = client.get(f"{UNIT}1/")
    assert "ยกข้อมูลปีก่อนมาทั้งด้าน" in words(offered)

    client.post(f"{UNIT}1/carry/", {"batch": hidden_boxes(offered)["batch"]})
    page = client.get(f"{UNIT}1/")
    assert "ข้อมูลที่ยกมาจากปีก่อน 5 รายการ รอยืนยัน" in words(page)
    assert "ยกข้อมูลปีก่อนมาทั้งด้าน" not in words(page)

    client.post(f"{UNIT}1/", hidden_boxes(page) | {"confirm": "male female total village"})
    assert "รอยืนยัน" not in words(client.get(f"{UNIT}1/"))


def test_says_when_last_year_left_nothing(entry: RosterEntry, recorder: Person) -> None:
    response = recorder.client().post(f"{UNIT}1/carry/", follow=True)

    assert "ไม่มีข้อมูลปีก่อนที่จะยกมาได้อีก" in words(response)
