"""Seating people in positions and offices, from–to, by order; ending a term. Nothing is ever deleted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.roles import ROLES, RoleCode, Seat
from localgov.accounts import policies, selectors
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.periods import ended, last_day, period
from localgov.accounts.services.codes import IssuedCode
from localgov.accounts.services.people import account_make, code_give
from localgov.audit import services as audit
from localgov.lib import thai_calendar
from localgov.lib.thai_calendar import format_date_short
from localgov.organisations.models import OrganisationVersion


@dataclass(frozen=True)
class Term:
    """What an order says: first and last day (None = until ended), title of the position, number of the order."""

    first_day: date
    last_day: date | None = None
    position_title: str = ""
    order_number: str = ""
    is_acting: bool = False


@dataclass(frozen=True)
class NewPerson:
    """The account to make for somebody who has none."""

    username: str
    display_name: str


@dataclass(frozen=True)
class Seated:
    """The seat that was given, and the code to hand over if the account is not in use yet."""

    assignment: RoleAssignment
    issued: IssuedCode | None


@transaction.atomic
def position_seat(
    *, actor: Actor, at: datetime, organisation_id: int, role: RoleCode, person: int | NewPerson, term: Term
) -> Seated:
    """Seat an account of the organisation (by id), or a new one, in a role for a term.

    An account that nobody has come into yet gets a new code, given to the actor: whoever held the old one may not come in
    as the executive. Raises `Denied` (not allowed, overlapping terms, wrong term) and `Refusal` (username).
    """
    today = thai_calendar.bangkok_date(at)
    place = selectors.place_of(on=today, organisation_id=organisation_id)
    policies.can_seat(actor, role=role, path=place.path, seat=Seat(place.organisation.kind)).require()
    _require_sound(role, term)
    if isinstance(person, NewPerson):
        user = account_make(place=place, username=person.username, display_name=person.display_name)
    else:
        user = User.objects.select_for_update(of=("self",)).get(pk=person)
        home = selectors.place_of(on=today, organisation_id=user.organisation_id)
        subject = selectors.subject_of(user=user, place=home, on=today)
        policies.can_be_seated(subject, path=place.path).require()
    _require_free(user, place, role, term)
    assignment = RoleAssignment.objects.create(
        user=user,
        organisation_id=place.organisation_id,
        role=role,
        held=period(term.first_day, term.last_day),
        position_title=term.position_title,
        order_number=term.order_number,
        is_acting=term.is_acting,
        granted_by=actor.user_id,
        granted_at=at,
    )
    _record(actor, at, "position.seated", assignment, place.path, {"person": selectors.user_label(user)})
    issued = code_give(actor=actor, at=at, user=user, path=place.path) if user.must_change_password else None
    return Seated(assignment, issued)


@transaction.atomic
def position_end(*, actor: Actor, at: datetime, assignment_id: int, last: date) -> RoleAssignment:
    """End a term after its last day; it stays in the history. Raises `Denied`.

    A last day before the first one takes the seat back as if it had not begun. A past day can't be chosen beyond that:
    what was signed in the term stays signed in the term.
    """
    today = thai_calendar.bangkok_date(at)
    assignment = (
        RoleAssignment.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=assignment_id)
    )
    place = selectors.place_of(on=today, organisation_id=assignment.organisation_id)
    role = RoleCode(assignment.role)
    policies.can_seat(actor, role=role, path=place.path, seat=Seat(place.organisation.kind)).require()
    if selectors.has_ended(assignment, on=today):
        raise Denied("วาระนี้สิ้นสุดไปแล้ว")
    if assignment.user_id == actor.user_id:
        raise Denied("ท่านสิ้นสุดวาระของบัญชีท่านเองไม่ได้ โปรดให้เจ้าหน้าที่อีกคนทำ")
    yesterday = thai_calendar.last_day_before(thai_calendar.bangkok_day_start(today))
    if last < yesterday:
        raise Denied(f"วันสุดท้ายต้องไม่ก่อน {format_date_short(yesterday)} (เมื่อวาน) เพราะสิ่งที่ลงนามไปแล้วในวาระนี้ยังมีผล")
    planned = last_day(assignment.held)
    if planned is not None and last > planned:
        raise Denied(f"วาระนี้สิ้นสุดอยู่แล้วในวันที่ {format_date_short(planned)} จึงเลื่อนออกไปด้วยวิธีนี้ไม่ได้ โปรดแต่งตั้งวาระใหม่")
    assignment.held = ended(assignment.held, last=last)
    assignment.ended_by, assignment.ended_at = actor.user_id, at
    assignment.save(update_fields=["held", "ended_by", "ended_at"])
    _record(actor, at, "position.ended", assignment, place.path, {"last_day": last.isoformat()})
    return assignment


def _require_sound(role: RoleCode, term: Term) -> None:
    """A position needs a title and an order; a last day does not lie before the first."""
    if ROLES[role].held_as_position and not (term.position_title and term.order_number):
        raise Denied("การแต่งตั้งตำแหน่งผู้รับรองข้อมูลต้องมีชื่อตำแหน่งและเลขที่คำสั่ง")
    if term.last_day is not None and term.last_day < term.first_day:
        raise Denied("วันสิ้นสุดอยู่ก่อนวันเริ่มดำรงตำแหน่ง")


def _require_free(user: User, place: OrganisationVersion, role: RoleCode, term: Term) -> None:
    """Refuse, naming the other term, what the exclusion constraints of the table would refuse."""
    same = Q(user=user)
    if ROLES[role].held_as_position:
        same |= Q(is_acting=term.is_acting)
    other = (
        RoleAssignment.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(
            same, organisation=place.organisation_id, role=role, held__overlap=period(term.first_day, term.last_day)
        )
        .order_by("held", "pk")
        .first()
    )
    if other is None:
        return
    until = last_day(other.held)
    span = f"ตั้งแต่ {format_date_short(other.held.lower)} " + (f"ถึง {format_date_short(until)}" if until else "เป็นต้นไป")
    kind = "ผู้ปฏิบัติหน้าที่แทน" if other.is_acting else ROLES[role].name
    raise Denied(f"ช่วงเวลานี้ซ้อนกับ {other.user.display_name} ซึ่งเป็น{kind} {span} โปรดสิ้นสุดวาระเดิมก่อน หรือแก้วันที่")


def _record(
    actor: Actor, at: datetime, type: str, assignment: RoleAssignment, path: str, data: dict[str, object]
) -> None:
    until = last_day(assignment.held)
    audit.record(
        actor=actor,
        type=type,
        target_kind="assignment",
        target_id=assignment.pk,
        target_label=assignment.position_title or ROLES[RoleCode(assignment.role)].name,
        path=path,
        at=at,
        data=data
        | {
            "user_id": assignment.user_id,
            "role": assignment.role,
            "first_day": assignment.held.lower.isoformat() if assignment.held.lower else None,
            "until": until.isoformat() if until else None,
            "order_number": assignment.order_number,
            "is_acting": assignment.is_acting,
        },
    )
