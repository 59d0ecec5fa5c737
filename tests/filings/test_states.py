"""The workflow of a sheet: every status × action × role, against a table written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from localgov.access.actor import Actor, Grant
from localgov.access.decision import Denied
from localgov.access.roles import ROLES, RoleCode
from localgov.certification import policies as certification_policies
from localgov.certification import services as certification
from localgov.filings import policies, state_diagram
from localgov.filings.models import Sheet, StepTaken
from localgov.filings.selectors.workspace import workspace
from localgov.filings.services import Stale, answers_save, sheet_take_action
from localgov.filings.services.changes import SetAnswer
from localgov.filings.states import DESKS, STEPS, TRANSITIONS, Action, Status
from localgov.rounds.models import Profile, RosterEntry, Round
from tests.conftest import CLEAN, Person, Register, newest

SheetIn = Callable[[Status], Sheet]
MakePerson = Callable[..., Person]

#: Who may do what where, written from DESIGN §4 (States) and not from the code's own table.
ALLOWED: dict[tuple[Status, Action], RoleCode] = {
    (Status.RECORDING, Action.SUBMIT): RoleCode.RECORDER,
    (Status.SUBMITTED, Action.TAKE_BACK_SUBMISSION): RoleCode.RECORDER,
    (Status.SUBMITTED, Action.VERIFY): RoleCode.VERIFIER,
    (Status.SUBMITTED, Action.RETURN): RoleCode.VERIFIER,
    (Status.VERIFIED, Action.TAKE_BACK_VERIFICATION): RoleCode.VERIFIER,
    (Status.VERIFIED, Action.RETURN): RoleCode.EXECUTIVE,
    (Status.VERIFIED, Action.CERTIFY_LAO): RoleCode.EXECUTIVE,
    (Status.CERTIFIED_LAO, Action.TAKE_BACK_LAO): RoleCode.EXECUTIVE,
    (Status.CERTIFIED_LAO, Action.RETURN_BY_PROVINCE): RoleCode.PROVINCE_CERTIFIER,
    (Status.CERTIFIED_LAO, Action.CERTIFY_PROVINCE): RoleCode.PROVINCE_CERTIFIER,
    (Status.CERTIFIED_PROVINCE, Action.TAKE_BACK_PROVINCE): RoleCode.PROVINCE_CERTIFIER,
    (Status.CERTIFIED_PROVINCE, Action.AMEND): RoleCode.RECORDER,
    (Status.CERTIFIED_PROVINCE, Action.ORDER_AMENDMENT): RoleCode.PROVINCE_CERTIFIER,
    (Status.CERTIFIED_PROVINCE, Action.REVOKE): RoleCode.DEPARTMENT_OFFICER,
}

#: Where each step leads: of the revision it was taken on, and of the newest one afterwards.
LEADS: dict[Action, tuple[Status, Status]] = {
    Action.SUBMIT: (Status.SUBMITTED, Status.SUBMITTED),
    Action.TAKE_BACK_SUBMISSION: (Status.RECORDING, Status.RECORDING),
    Action.VERIFY: (Status.VERIFIED, Status.VERIFIED),
    Action.RETURN: (Status.RECORDING, Status.RECORDING),
    Action.TAKE_BACK_VERIFICATION: (Status.SUBMITTED, Status.SUBMITTED),
    Action.CERTIFY_LAO: (Status.CERTIFIED_LAO, Status.CERTIFIED_LAO),
    Action.TAKE_BACK_LAO: (Status.VERIFIED, Status.VERIFIED),
    Action.RETURN_BY_PROVINCE: (Status.CLOSED, Status.RECORDING),
    Action.CERTIFY_PROVINCE: (Status.CERTIFIED_PROVINCE, Status.CERTIFIED_PROVINCE),
    Action.TAKE_BACK_PROVINCE: (Status.CERTIFIED_LAO, Status.CERTIFIED_LAO),
    Action.AMEND: (Status.CERTIFIED_PROVINCE, Status.RECORDING),
    Action.ORDER_AMENDMENT: (Status.CERTIFIED_PROVINCE, Status.RECORDING),
    Action.REVOKE: (Status.CLOSED, Status.RECORDING),
}

WALKED = [status for status in Status if status != Status.CLOSED]
SECTION = "domain_1"


def attempt(action: Action, actor: Actor, entry: RosterEntry, at: datetime, lock: int) -> None:
    """Do an action on our unit's first sheet by the service that owns it, with everything that any action asks for."""
    about = {"actor": actor, "at": at, "entry": entry}
    one = {**about, "section": SECTION, "lock": lock}
    match action:
        case Action.CERTIFY_LAO:
            certification.unit_certify(**about, signature=uuid4())  # type: ignore[arg-type]
        case Action.CERTIFY_PROVINCE:
            certification.province_certify(**about, signature=uuid4())  # type: ignore[arg-type]
        case Action.TAKE_BACK_LAO:
            certification.unit_take_back(**one)  # type: ignore[arg-type]
        case Action.RETURN_BY_PROVINCE:
            certification.province_return(**one, note="เหตุผล")  # type: ignore[arg-type]
        case Action.TAKE_BACK_PROVINCE:
            certification.province_take_back(**one)  # type: ignore[arg-type]
        case Action.AMEND:
            certification.amend(**one, note="เหตุผล")  # type: ignore[arg-type]
        case Action.ORDER_AMENDMENT:
            certification.order_amendment(**one, note="เหตุผล")  # type: ignore[arg-type]
        case Action.REVOKE:
            certification.revoke(**one, note="เหตุผล", order_number="1/2570")  # type: ignore[arg-type]
        case _:
            sheet_take_action(**one, action=action, note="เหตุผล")  # type: ignore[arg-type]


@pytest.fixture
def everyone(
    register: Register, person: MakePerson, executive: Person, province_certifier: Person
) -> dict[RoleCode, Person]:
    """One person for each role, at our unit, district and province and at the Department; nobody recorded anything."""
    places = {"DEPARTMENT": register.department, "PROVINCE": register.province, "DISTRICT": register.district}
    seated = {RoleCode.EXECUTIVE: executive, RoleCode.PROVINCE_CERTIFIER: province_certifier}
    rest = ((role, seat) for role, seat in seats() if role not in seated)
    return seated | {role: person(f"x-{role.lower()}", places.get(seat, register.unit), role) for role, seat in rest}


@pytest.fixture
def strangers(register: Register, person: MakePerson) -> dict[RoleCode, Person]:
    """One person for each role of units and offices, in the next province."""
    places = {"UNIT": register.other_unit, "PROVINCE": register.other_province, "DISTRICT": register.other_district}
    return {role: person(f"s-{role.lower()}", places[seat], role) for role, seat in seats() if seat in places}


def seats() -> Iterator[tuple[RoleCode, str]]:
    """Each role and the kind of office at which it is held."""
    for role in ROLES.values():
        yield role.code, role.seat.value


@pytest.mark.parametrize("status", WALKED)
def test_each_action_is_for_one_role_in_one_status_and_a_refusal_leaves_no_step(
    status: Status,
    sheet_in: SheetIn,
    entry: RosterEntry,
    at: datetime,
    everyone: dict[RoleCode, Person],
    strangers: dict[RoleCode, Person],
) -> None:
    sheet = sheet_in(status)
    steps = StepTaken.objects.count()
    wrong = []
    people = [(role, one, True) for role, one in everyone.items()]
    people += [(role, one, False) for role, one in strangers.items()]
    for role, one, ours in people:
        for action in Action:
            expected = ours and ALLOWED.get((status, action)) == role
            sid = transaction.savepoint()
            try:
                attempt(action, one.actor, entry, at, sheet.lock)
            except Denied as refusal:
                happened = False
                if not any("\u0e00" <= letter <= "\u0e7f" for letter in refusal.reason):
                    wrong.append((role, ours, action, f"no Thai sentence: {refusal.reason!r}"))
                if StepTaken.objects.count() != steps:
                    wrong.append((role, ours, action, "left a step"))
            else:
                happened = True
                sheet.refresh_from_db()
                if (sheet.status, newest(entry, SECTION).status) != LEADS[action]:
                    wrong.append((role, ours, action, f"led to {sheet.status}"))
            transaction.savepoint_rollback(sid)
            sheet.refresh_from_db()
            if happened != expected:
                wrong.append((role, ours, action, "done" if happened else "refused"))
    assert wrong == []


def test_nothing_is_done_to_a_closed_revision(
    sheet_in: SheetIn, entry: RosterEntry, province_certifier: Person, everyone: dict[RoleCode, Person], at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_LAO)
    certification.province_return(
        actor=province_certifier.actor, at=at, entry=entry, section=SECTION, lock=sheet.lock, note="ไม่ตรง"
    )
    sheet.refresh_from_db()
    assert sheet.status == Status.CLOSED
    space = workspace(entry=entry, round=entry.round)

    for one in everyone.values():
        for action in Action:
            decision = certification_policies.can_undo(one.actor, space=space, sheet=sheet, action=action, at=at)
            assert not decision.allowed


@pytest.mark.parametrize("action", [step.action for step in STEPS if step.own_service])
def test_the_general_door_refuses_what_belongs_to_certification(
    action: Action, sheet_in: SheetIn, entry: RosterEntry, everyone: dict[RoleCode, Person], at: datetime
) -> None:
    status = next(step.source for step in STEPS if step.action == action)
    sheet = sheet_in(status)
    role = ALLOWED[status, action]

    with pytest.raises(Denied, match="หน้ารับรองข้อมูลเท่านั้น"):
        sheet_take_action(
            actor=everyone[role].actor, at=at, entry=entry, section=SECTION, action=action, lock=sheet.lock, note="x"
        )


def test_the_table_is_the_one_written_by_hand() -> None:
    assert {(step.source, step.action) for step in STEPS} == set(ALLOWED)
    assert len(TRANSITIONS) == len(STEPS)


def test_each_status_has_a_label_a_desk_and_a_way_in() -> None:
    assert set(DESKS) == set(Status)
    assert all(status.label for status in Status)
    reached = {step.target for step in STEPS} | {Status.RECORDING}
    assert reached == set(Status)
    left = {step.source for step in STEPS}
    assert set(Status) - left == {Status.CLOSED}


def test_a_recorder_never_verifies_what_he_recorded(
    sheet_in: SheetIn, entry: RosterEntry, register: Register, recorder: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.SUBMITTED)
    both = Actor(
        user_id=recorder.user.pk, label="คนเดียว", grants=(*recorder.actor.grants, Grant(RoleCode.VERIFIER, entry.path))
    )

    with pytest.raises(Denied, match="คนละคนกับผู้บันทึก"):
        attempt(Action.VERIFY, both, entry, at, sheet.lock)


@pytest.mark.parametrize(
    ("status", "action", "role"),
    [
        (Status.VERIFIED, Action.CERTIFY_LAO, RoleCode.EXECUTIVE),
        (Status.CERTIFIED_LAO, Action.CERTIFY_PROVINCE, RoleCode.PROVINCE_CERTIFIER),
    ],
)
@pytest.mark.parametrize("hand", ["recorder", "verifier"])
def test_a_certifier_neither_recorded_nor_verified(
    status: Status,
    action: Action,
    role: RoleCode,
    hand: str,
    sheet_in: SheetIn,
    entry: RosterEntry,
    request: pytest.FixtureRequest,
    at: datetime,
) -> None:
    sheet = sheet_in(status)
    one: Person = request.getfixturevalue(hand)
    both = Actor(user_id=one.user.pk, label="คนเดียว", grants=(*one.actor.grants, Grant(role, entry.path)))

    with pytest.raises(Denied, match="คนละคน"):
        attempt(action, both, entry, at, sheet.lock)
    assert newest(entry, SECTION).status == status


def test_rights_by_domain_end_at_the_domain(
    register: Register, person: MakePerson, sheet_in: SheetIn, entry: RosterEntry, at: datetime
) -> None:
    sheet = sheet_in(Status.SUBMITTED)
    other = person("v2", register.unit, RoleCode.VERIFIER, sections=["domain_2"])

    with pytest.raises(Denied, match="ผู้ตรวจสอบ"):
        attempt(Action.VERIFY, other.actor, entry, at, sheet.lock)


def test_a_return_says_why_and_voids_what_was_signed(
    sheet_in: SheetIn, entry: RosterEntry, executive: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.VERIFIED)
    with pytest.raises(Denied, match="โปรดระบุเหตุผล"):
        sheet_take_action(
            actor=executive.actor,
            at=at,
            entry=entry,
            section=SECTION,
            action=Action.RETURN,
            lock=sheet.lock,
            note="  ",
        )

    attempt(Action.RETURN, executive.actor, entry, at, sheet.lock)

    after = newest(entry, SECTION)
    assert (after.status, after.verifier_id, after.revision, after.returned_note) == (
        Status.RECORDING,
        None,
        1,
        "เหตุผล",
    )


def test_the_same_step_twice_has_one_effect(
    sheet_in: SheetIn, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.RECORDING)
    attempt(Action.SUBMIT, recorder.actor, entry, at, sheet.lock)

    with pytest.raises(Denied):
        attempt(Action.SUBMIT, recorder.actor, entry, at, sheet.lock)
    assert StepTaken.objects.filter(action=Action.SUBMIT).count() == 1


def test_a_step_on_what_was_seen_before_a_change_is_refused(
    fill: Callable[..., Sheet], entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    before = fill(SECTION)
    fill(SECTION, {"male": 3101, "female": 3224})

    with pytest.raises(Stale):
        attempt(Action.SUBMIT, recorder.actor, entry, at, before.lock)


@pytest.mark.parametrize("status", [status for status in WALKED if status != Status.RECORDING])
def test_answers_are_written_while_recording_alone(
    status: Status, sheet_in: SheetIn, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    sheet = sheet_in(status)
    seq = sheet.answers["male"]["seq"]

    with pytest.raises(Denied, match="แก้ไขไม่ได้ในสถานะ"):
        answers_save(
            actor=recorder.actor,
            at=at,
            entry=entry,
            section=SECTION,
            batch=uuid4(),
            changes=[SetAnswer("male", 1, seq=seq)],
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(answers={})
    with pytest.raises(IntegrityError), transaction.atomic():
        sheet.rows.create(register="village", row_id=uuid4(), position=1)


def test_steps_are_never_rewritten(sheet_in: SheetIn) -> None:
    sheet_in(Status.SUBMITTED)

    with pytest.raises(IntegrityError), transaction.atomic():
        StepTaken.objects.update(note="อื่น")
    with pytest.raises(IntegrityError), transaction.atomic():
        StepTaken.objects.all().delete()


def test_a_profile_cuts_the_table_at_its_end() -> None:
    def reached(profile: Profile) -> set[Action]:
        return {step.action for step in STEPS if policies.within_profile(Round(profile=profile), step)}

    assert reached(Profile.PROVINCE) == set(Action)
    assert Action.CERTIFY_LAO in reached(Profile.UNIT)
    assert Action.CERTIFY_PROVINCE not in reached(Profile.UNIT)
    assert reached(Profile.RECORD) == {Action.SUBMIT, Action.TAKE_BACK_SUBMISSION, Action.RETURN}


@pytest.mark.parametrize(
    ("profile", "status", "role"),
    [
        (Profile.UNIT, Status.CERTIFIED_LAO, RoleCode.PROVINCE_CERTIFIER),
        (Profile.RECORD, Status.SUBMITTED, RoleCode.VERIFIER),
    ],
)
def test_past_the_end_of_a_profile_nothing_is_signed(
    profile: Profile,
    status: Status,
    role: RoleCode,
    sheet_in: SheetIn,
    entry: RosterEntry,
    everyone: dict[RoleCode, Person],
    at: datetime,
) -> None:
    sheet = sheet_in(status)
    entry.round.profile = profile
    action = Action.CERTIFY_PROVINCE if profile == Profile.UNIT else Action.VERIFY

    with pytest.raises(Denied):
        attempt(action, everyone[role].actor, entry, at, sheet.lock)


def test_after_the_last_day_of_editing_signing_goes_on_and_nothing_reopens(
    sheet_in: SheetIn, entry: RosterEntry, everyone: dict[RoleCode, Person], at: datetime
) -> None:
    sheet = sheet_in(Status.SUBMITTED)
    late = entry.round.last_edit_at + timedelta(days=1)

    for action in (Action.TAKE_BACK_SUBMISSION, Action.RETURN):
        with pytest.raises(Denied, match="พ้นกำหนดแก้ไขข้อมูลแล้ว"):
            attempt(action, everyone[ALLOWED[Status.SUBMITTED, action]].actor, entry, late, sheet.lock)
    for section in CLEAN:
        sheet_take_action(
            actor=everyone[RoleCode.VERIFIER].actor,
            at=late,
            entry=entry,
            section=section,
            action=Action.VERIFY,
            lock=newest(entry, section).lock,
        )
    attempt(Action.CERTIFY_LAO, everyone[RoleCode.EXECUTIVE].actor, entry, late, 0)
    assert newest(entry, SECTION).status == Status.CERTIFIED_LAO


def test_the_page_of_states_is_up_to_date() -> None:
    page = (settings.BASE_DIR / "docs" / "states.md").read_text(encoding="utf-8")

    assert page == state_diagram.markdown(), "สั่ง manage.py write_state_diagram แล้ว commit docs/states.md"
