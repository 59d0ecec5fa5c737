"""Two officers extend at the same moment, on two real connections."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from localgov.lib.thai_calendar import bangkok_day_end
from localgov.rounds import services
from localgov.rounds.models import Extension, RosterEntry, Round
from localgov.rounds.scopes import Reach, Scope
from tests.certification.test_at_once import _locks_back, at_once, committed, done  # noqa: F401 - fixtures
from tests.conftest import Person

UNTIL = bangkok_day_end(date(2027, 7, 15))


def press(round: Round, at: datetime, by: Person, reach: Reach, key: UUID) -> Extension:
    return services.round_extend(
        actor=by.actor,
        at=at,
        round_id=round.pk,
        reach=reach,
        due_at=UNTIL,
        last_new_at=round.last_new_at,
        last_edit_at=round.last_edit_at,
        order=services.Order("1/2570", "น้ำท่วม"),
        key=key,
    )


def test_the_department_and_a_province_at_once_leave_every_unit_extended(
    committed: None,  # noqa: F811
    round_2570: Round,
    department_officer: Person,
    province_officer: Person,
    at: datetime,
) -> None:
    outcomes = at_once(
        lambda: press(round_2570, at, department_officer, Reach(Scope.ALL), uuid4()),
        lambda: press(round_2570, at, province_officer, Reach(Scope.PROVINCE, "25"), uuid4()),
    )

    assert done(outcomes) == Extension.objects.count() >= 1
    assert set(RosterEntry.objects.values_list("due_at", flat=True)) == {UNTIL}


def test_one_button_pressed_by_many_hands_is_one_extension(
    committed: None,  # noqa: F811
    round_2570: Round,
    department_officer: Person,
    at: datetime,
) -> None:
    key = uuid4()

    outcomes = at_once(*[lambda: press(round_2570, at, department_officer, Reach(Scope.ALL), key)] * 8)

    assert done(outcomes) == 8
    assert Extension.objects.count() == 1
