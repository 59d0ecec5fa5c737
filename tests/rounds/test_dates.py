"""Deadlines as acts: extensions of every scope, re-openings, who may, and that nothing is ever shortened or rewritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.audit.models import Event
from localgov.lib.thai_calendar import bangkok_day_end, bangkok_day_start
from localgov.rounds import selectors, services
from localgov.rounds.models import Extension, Reopening, RosterEntry, Round
from localgov.rounds.scopes import Reach, Scope
from tests.conftest import Person

pytestmark = pytest.mark.django_db

ORDER = services.Order("ที่ มท 0810.7/ว 123", "น้ำท่วม")
ALL = Reach(Scope.ALL)
JULY = date(2027, 7, 15)


@pytest.fixture
def extend(round_2570: Round, at: datetime) -> Callable[..., Extension]:
    """Extends FY 2570; dates are last days, those not given stay the round's own."""

    def act(by: Person, reach: Reach = ALL, **changes: Any) -> Extension:
        days = {name: changes.pop(name, None) for name in ("due", "last_new", "last_edit")}
        dates: dict[str, Any] = {
            f"{name}_at": getattr(round_2570, f"{name}_at") if day is None else bangkok_day_end(day)
            for name, day in days.items()
        }
        facts: dict[str, Any] = {"order": ORDER, "key": uuid4(), **changes}
        return services.round_extend(actor=by.actor, at=at, round_id=round_2570.pk, reach=reach, **dates, **facts)

    return act


def later(round: Round) -> set[str]:
    """Codes of the units that are due later than the round said."""
    return {one.code for one in RosterEntry.objects.filter(round=round).select_related("round") if one.is_extended}


@pytest.mark.parametrize(
    ("reach", "units"),
    [
        (ALL, {"6250101", "4250102", "2250101", "6270101"}),
        (Reach(Scope.PROVINCE, "25"), {"6250101", "4250102", "2250101"}),
        (Reach(Scope.DISTRICT, "2501"), {"6250101", "4250102", "2250101"}),
        (Reach(Scope.UNIT, "6270101"), {"6270101"}),
    ],
)
def test_an_extension_reaches_its_units_and_leaves_the_announced_dates(
    reach: Reach, units: set[str], extend: Callable[..., Extension], round_2570: Round, department_officer: Person
) -> None:
    announced = round_2570.due_at

    act = extend(department_officer, reach, due=JULY)

    assert later(round_2570) == units
    assert act.unit_count == len(units)
    round_2570.refresh_from_db()
    assert round_2570.due_at == announced
    entry = RosterEntry.objects.select_related("round").get(round=round_2570, code=min(units))
    assert (entry.due_at, entry.last_edit_at) == (bangkok_day_end(JULY), round_2570.last_edit_at)
    event = Event.objects.get(type="round.extend")
    assert (event.data["units"], event.data["order_number"]) == (len(units), ORDER.number)


def test_of_two_extensions_each_unit_has_the_later_dates_and_the_past_is_told_from_the_acts(
    extend: Callable[..., Extension], entry: RosterEntry, department_officer: Person
) -> None:
    before = entry.round.opened_at - timedelta(days=1)
    own = extend(department_officer, Reach(Scope.UNIT, entry.code), due=date(2027, 8, 20))

    extend(department_officer, due=JULY, last_new=date(2027, 9, 15))

    entry.refresh_from_db()
    assert (entry.due_at, entry.last_new_at) == (bangkok_day_end(date(2027, 8, 20)), bangkok_day_end(date(2027, 9, 15)))
    dates = selectors.dates_of(entry)
    assert (dates.due_at, dates.last_new_at, dates.last_edit_at) == (
        entry.due_at,
        entry.last_new_at,
        entry.last_edit_at,
    )
    then = selectors.dates_of(entry, as_of=own.recorded_at)
    assert (then.due_at, then.last_new_at) == (entry.due_at, entry.round.last_new_at)
    assert selectors.dates_of(entry, as_of=before).due_at == entry.round.due_at


def test_a_unit_that_joins_later_has_the_dates_of_its_place(
    extend: Callable[..., Extension], department_officer: Person, entry: RosterEntry, at: datetime
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rounds_rosterentry WHERE id = %s", [entry.pk])
    extend(department_officer, Reach(Scope.PROVINCE, "25"), due=JULY)

    joined = services.roster_add_unit(
        actor=department_officer.actor, at=at, round_id=entry.round_id, organisation_code=entry.code
    )

    joined.refresh_from_db()
    assert (joined.due_at, joined.last_edit_at) == (bangkok_day_end(JULY), entry.round.last_edit_at)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due": date(2027, 6, 14)}, r"เลื่อนเข้ามาไม่ได้: ประกาศไว้ถึง 15 มิ\.ย\. 2570 แต่ขอเป็น 14 มิ\.ย\. 2570"),
        ({}, "เหมือนเดิม"),
        ({"due": date(2027, 9, 15)}, "ต้องไม่ก่อนวันครบกำหนด"),
        ({"due": JULY, "last_new": date(2029, 12, 1), "last_edit": date(2029, 12, 1)}, r"ตรวจปี พ\.ศ\."),
        ({"due": JULY, "order": services.Order("  ", "น้ำท่วม")}, "เลขที่คำสั่ง"),
        ({"due": JULY, "order": services.Order("1/2570", " ")}, "เหตุผล"),
        ({"due": JULY, "order": services.Order("1/2570", "ก" * 301)}, "เหตุผล ไม่เกิน 300"),
        ({"due": JULY, "reach": Reach(Scope.DISTRICT, "2599")}, "ไม่มี อปท. ในขอบเขต"),
    ],
)
def test_an_unsound_extension_is_refused_and_leaves_nothing(
    changes: dict[str, Any],
    sentence: str,
    extend: Callable[..., Extension],
    round_2570: Round,
    department_officer: Person,
) -> None:
    with pytest.raises(Denied, match=sentence):
        extend(department_officer, **changes)
    assert later(round_2570) == set()
    assert not Extension.objects.exists()


def test_what_all_have_already_is_refused(extend: Callable[..., Extension], department_officer: Person) -> None:
    extend(department_officer, due=JULY)
    for reach, day in ((ALL, JULY), (Reach(Scope.PROVINCE, "25"), JULY - timedelta(days=1))):
        with pytest.raises(Denied, match="นานกว่าอยู่แล้ว"):
            extend(department_officer, reach, due=day)


def test_a_province_extends_its_own_units_up_to_the_announced_last_day_of_editing(
    extend: Callable[..., Extension], round_2570: Round, province_officer: Person
) -> None:
    with pytest.raises(Denied, match=r"ไม่เกินวันสุดท้ายที่แก้ไขได้ที่กรมประกาศ \(30 ก\.ย\. 2570\)"):
        extend(province_officer, Reach(Scope.PROVINCE, "25"), last_edit=date(2027, 10, 1))

    extend(province_officer, Reach(Scope.UNIT, "6250101"), due=date(2027, 9, 30), last_new=date(2027, 9, 30))

    assert later(round_2570) == {"6250101"}


@pytest.mark.parametrize(
    "reach", [ALL, Reach(Scope.PROVINCE, "25"), Reach(Scope.DISTRICT, "2501"), Reach(Scope.UNIT, "6250101")]
)
def test_the_officer_of_the_next_province_extends_nothing_of_ours(
    reach: Reach, extend: Callable[..., Extension], round_2570: Round, stranger_officer: Person
) -> None:
    with pytest.raises(Denied, match="ในจังหวัดของตน"):
        extend(stranger_officer, reach, due=JULY)
    assert later(round_2570) == set()


@pytest.mark.parametrize(
    "role", [role for role in RoleCode if role not in (RoleCode.DEPARTMENT_OFFICER, RoleCode.PROVINCE_OFFICER)]
)
def test_no_other_role_extends(role: RoleCode, round_2570: Round, at: datetime) -> None:
    with pytest.raises(Denied, match="หน้าที่ของเจ้าหน้าที่กรม"):
        services.round_extend(
            actor=system_actor("ทดสอบ", role),
            at=at,
            round_id=round_2570.pk,
            reach=ALL,
            due_at=bangkok_day_end(JULY),
            last_new_at=round_2570.last_new_at,
            last_edit_at=round_2570.last_edit_at,
            order=ORDER,
            key=uuid4(),
        )


def test_the_same_press_twice_is_one_extension_and_another_person_may_not_use_it(
    extend: Callable[..., Extension], department_officer: Person, province_officer: Person
) -> None:
    key = uuid4()

    first, second = (extend(department_officer, due=JULY, key=key) for _ in range(2))

    assert first.pk == second.pk
    assert Event.objects.filter(type="round.extend").count() == 1
    with pytest.raises(Denied, match="เปิดหน้าใหม่"):
        extend(province_officer, Reach(Scope.PROVINCE, "25"), due=JULY, key=key)


# --- re-opening --------------------------------------------------------------------------------------------------------


@pytest.fixture
def reopen(round_2570: Round) -> Callable[..., Reopening]:
    """Re-opens FY 2570 for October 2570."""

    def act(by: Person, reach: Reach = ALL, **changes: Any) -> Reopening:
        facts: dict[str, Any] = {
            "at": round_2570.last_edit_at,
            "sections": None,
            "from_at": bangkok_day_start(date(2027, 10, 5)),
            "until_at": bangkok_day_end(date(2027, 10, 10)),
            "order": ORDER,
            "key": uuid4(),
            **changes,
        }
        return services.round_reopen(actor=by.actor, round_id=round_2570.pk, reach=reach, **facts)

    return act


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"order": services.Order("", "น้ำท่วม")}, "เลขที่คำสั่ง"),
        ({"order": services.Order("1/2571", "")}, "เหตุผล"),
        ({"sections": ["domain_9"]}, "เลือกด้าน"),
        ({"sections": []}, "เลือกด้าน"),
        ({"from_at": bangkok_day_start(date(2027, 9, 1))}, "ย้อนหลังไม่ได้"),
        ({"until_at": bangkok_day_end(date(2027, 10, 1))}, "ต้องไม่ก่อนวันที่เริ่มเปิด"),
        ({"until_at": bangkok_day_end(date(2029, 1, 1))}, "ไม่เกิน 1 ปี"),
        ({"reach": Reach(Scope.PROVINCE, "99")}, "ไม่มี อปท. ในขอบเขต"),
    ],
)
def test_an_unsound_reopening_is_refused(
    changes: dict[str, Any], sentence: str, reopen: Callable[..., Reopening], department_officer: Person
) -> None:
    with pytest.raises(Denied, match=sentence):
        reopen(department_officer, **changes)
    assert not Reopening.objects.exists()


def test_a_reopening_that_nobody_needs_is_refused(
    reopen: Callable[..., Reopening], department_officer: Person, at: datetime
) -> None:
    with pytest.raises(Denied, match="ไม่ต้องเปิดให้แก้ไขอีก"):
        reopen(department_officer, at=at, from_at=at, until_at=at + timedelta(days=3))


@pytest.mark.parametrize("role", [role for role in RoleCode if role is not RoleCode.DEPARTMENT_OFFICER])
def test_nobody_but_the_department_reopens(role: RoleCode, round_2570: Round) -> None:
    with pytest.raises(Denied, match="หน้าที่ของเจ้าหน้าที่กรม"):
        services.round_reopen(
            actor=system_actor("ทดสอบ", role),
            at=round_2570.last_edit_at,
            round_id=round_2570.pk,
            reach=Reach(Scope.PROVINCE, "25"),
            sections=None,
            from_at=round_2570.last_edit_at,
            until_at=round_2570.last_edit_at + timedelta(days=1),
            order=ORDER,
            key=uuid4(),
        )


@pytest.mark.parametrize(
    ("reach", "reached"),
    [
        (ALL, True),
        (Reach(Scope.PROVINCE, "25"), True),
        (Reach(Scope.PROVINCE, "27"), False),
        (Reach(Scope.DISTRICT, "2501"), True),
        (Reach(Scope.UNIT, "6250101"), True),
        (Reach(Scope.UNIT, "4250102"), False),
    ],
)
def test_a_reopening_holds_for_its_units_and_sheets_between_its_moments(
    reach: Reach, reached: bool, reopen: Callable[..., Reopening], entry: RosterEntry, department_officer: Person
) -> None:
    act = reopen(department_officer, reach, sections=["domain_1"])
    moment = timedelta(microseconds=1)

    def held(at: datetime, section: str = "domain_1") -> bool:
        return entry.reopened_until(section=section, at=at) is not None

    assert held(act.from_at) is reached
    assert held(act.until_at - moment) is reached
    assert not held(act.from_at - moment)
    assert not held(act.until_at)
    assert not held(act.from_at, "domain_2")


def test_a_reopening_is_ended_once_and_early(
    reopen: Callable[..., Reopening], entry: RosterEntry, department_officer: Person, province_officer: Person
) -> None:
    act = reopen(department_officer)
    end: dict[str, Any] = {"at": act.from_at + timedelta(days=1), "reopening_id": act.pk, "reason": "บันทึกครบแล้ว"}
    with pytest.raises(Denied, match="หน้าที่ของเจ้าหน้าที่กรม"):
        services.reopening_end(actor=province_officer.actor, **end)
    with pytest.raises(Denied, match="โปรดระบุเหตุผล"):
        services.reopening_end(actor=department_officer.actor, **(end | {"reason": " "}))

    services.reopening_end(actor=department_officer.actor, **end)

    assert entry.reopened_until(section="domain_1", at=act.from_at) == end["at"]
    assert entry.reopened_until(section="domain_1", at=end["at"]) is None
    with pytest.raises(Denied, match="สิ้นสุดไปแล้ว"):
        services.reopening_end(actor=department_officer.actor, **end)


def test_a_round_is_open_as_long_as_some_unit_may_write(
    extend: Callable[..., Extension], reopen: Callable[..., Reopening], round_2570: Round, department_officer: Person
) -> None:
    closed = round_2570.last_edit_at
    assert selectors.open_rounds(at=closed) == []

    extend(department_officer, Reach(Scope.UNIT, "6250101"), last_edit=date(2027, 10, 1))
    act = reopen(department_officer, Reach(Scope.UNIT, "6250101"))

    assert selectors.open_rounds(at=closed) == [round_2570]
    assert selectors.open_rounds(at=bangkok_day_end(date(2027, 10, 1))) == []
    assert selectors.open_rounds(at=act.from_at) == [round_2570]
    assert selectors.open_rounds(at=act.until_at) == []


# --- what the database refuses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", ["rounds_extension", "rounds_reopening", "rounds_reopeningend"])
def test_acts_of_time_are_append_only(
    statement: str,
    table: str,
    extend: Callable[..., Extension],
    reopen: Callable[..., Reopening],
    department_officer: Person,
) -> None:
    extend(department_officer, due=JULY)
    act = reopen(department_officer)
    services.reopening_end(actor=department_officer.actor, at=act.from_at, reopening_id=act.pk, reason="พอแล้ว")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a truncation waits for no check
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_database_shortens_no_date_and_moves_no_announced_one(entry: RosterEntry) -> None:
    for name in ("due_at", "last_new_at", "last_edit_at"):
        sooner = getattr(entry, name) - timedelta(seconds=1)
        with pytest.raises(IntegrityError, match="may not be shortened"), transaction.atomic():
            RosterEntry.objects.filter(pk=entry.pk).update(**{name: sooner})
        with pytest.raises(IntegrityError, match="may not be moved"), transaction.atomic():
            Round.objects.filter(pk=entry.round_id).update(**{name: sooner + timedelta(days=1)})


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("extension_scope_known", {"scope": "VILLAGE"}),
        ("extension_scope_has_code", {"scope_code": "25"}),
        ("extension_order_and_reason", {"order_number": ""}),
        ("extension_dates_in_order", {"due_at": bangkok_day_end(date(2028, 1, 1))}),
    ],
)
def test_the_database_refuses_an_unsound_extension(
    constraint: str, changes: dict[str, Any], extend: Callable[..., Extension], department_officer: Person
) -> None:
    act = extend(department_officer, due=JULY)
    act.pk, act.key = None, uuid4()
    for name, value in changes.items():
        setattr(act, name, value)
    if "scope" in changes:
        act.scope_code = "x"
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act.save(force_insert=True)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("reopening_has_time", {"until_at": bangkok_day_start(date(2027, 10, 5))}),
        ("reopening_some_sheet", {"sections": []}),
    ],
)
def test_the_database_refuses_an_unsound_reopening(
    constraint: str, changes: dict[str, Any], reopen: Callable[..., Reopening], department_officer: Person
) -> None:
    act = reopen(department_officer)
    act.pk, act.key = None, uuid4()
    for name, value in changes.items():
        setattr(act, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act.save(force_insert=True)
