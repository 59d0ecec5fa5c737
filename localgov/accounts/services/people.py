"""Personal accounts: making, renaming, closing, giving codes and rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode, Seat
from localgov.accounts import policies, selectors
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.periods import ended, period
from localgov.accounts.selectors import Rights
from localgov.accounts.services.codes import IssuedCode, codes_issue
from localgov.accounts.usernames import NotAUsername, read_username
from localgov.audit import services as audit
from localgov.lib import thai_calendar
from localgov.lib.domains import DOMAIN_CODES
from localgov.organisations.models import OrganisationVersion


@dataclass(frozen=True)
class _Held:
    """A locked account with what the policies ask about it."""

    user: User
    place: OrganisationVersion
    subject: policies.Subject


@transaction.atomic
def person_create(
    *, actor: Actor, at: datetime, organisation_id: int, username: str, display_name: str, email: str = ""
) -> IssuedCode:
    """Make a personal account without any right and hand its code to the actor.

    Raises `Denied`, and `Refusal` for a username that can't be used or is taken.
    """
    place = selectors.place_of(on=thai_calendar.bangkok_date(at), organisation_id=organisation_id)
    policies.can_add_person(actor, path=place.path, seat=Seat(place.organisation.kind)).require()
    user = account_make(place=place, username=username, display_name=display_name, email=email)
    _record(actor, at, "account.created", user, place.path, {"display_name": display_name})
    return codes_issue(actor=actor, at=at, users=[user])[0]


def account_make(*, place: OrganisationVersion, username: str, display_name: str, email: str = "") -> User:
    """The row of a new personal account. For the room's own services, in their transaction. Raises `Refusal`."""
    name = read_username(username)
    if User.objects.filter(username=name).exists():
        raise NotAUsername(f"มีผู้ใช้ชื่อ “{name}” อยู่แล้ว โปรดใช้ชื่ออื่น", code="taken")
    user = User(
        username=name,
        display_name=display_name,
        email=email,
        organisation_id=place.organisation_id,
        must_change_password=True,
    )
    user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def person_rename(*, actor: Actor, at: datetime, user_id: int, display_name: str, email: str) -> User:
    """Change the shown name and the e-mail. Raises `Denied`."""
    held = _hold(user_id, at)
    policies.can_control(actor, held.subject).require()
    user = held.user
    before = {"display_name": user.display_name, "email": user.email}
    user.display_name, user.email = display_name, email
    user.save(update_fields=["display_name", "email"])
    after = {"display_name": display_name, "email": email}
    _record(actor, at, "account.renamed", user, held.place.path, {"before": before, "after": after})
    return user


@transaction.atomic
def person_set_active(*, actor: Actor, at: datetime, user_id: int, is_active: bool) -> User:
    """Close an account (its sessions end at once) or open it again. Its rights and history stay. Raises `Denied`."""
    held = _hold(user_id, at)
    policies.can_control(actor, held.subject).require()
    user = held.user
    if user.is_active is not is_active:
        user.is_active = is_active
        user.save(update_fields=["is_active"])
        _record(actor, at, "account.opened" if is_active else "account.closed", user, held.place.path, {})
    return user


@transaction.atomic
def person_give_code(*, actor: Actor, at: datetime, user_id: int) -> IssuedCode:
    """Void the password and code of an account and hand its new code to the actor; its sessions end. Raises `Denied`."""
    held = _hold(user_id, at)
    policies.can_control(actor, held.subject).require()
    if not held.user.is_active:
        raise Denied("บัญชีนี้ถูกปิดใช้ โปรดเปิดใช้ก่อนออกรหัส")
    return code_give(actor=actor, at=at, user=held.user, path=held.place.path)


def code_give(*, actor: Actor, at: datetime, user: User, path: str) -> IssuedCode:
    """Void an account's password and give it a new code. For the room's own services, in their transaction."""
    user.set_unusable_password()
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    issued = codes_issue(actor=actor, at=at, users=[user])[0]
    _record(actor, at, "account.code_given", user, path, {"expires_at": issued.expires_at.isoformat()})
    return issued


@transaction.atomic
def rights_set(*, actor: Actor, at: datetime, user_id: int, rights: Rights) -> User:
    """Make these the recorder and verifier rights of a person from today on. Raises `Denied`.

    What changes is ended and begun anew, so that the past keeps the rights that it had.
    """
    held = _hold(user_id, at)
    policies.can_set_rights(actor, held.subject).require()
    for role, sections in ((RoleCode.RECORDER, rights.recorder), (RoleCode.VERIFIER, rights.verifier)):
        if sections is not None and sections - DOMAIN_CODES:
            raise Denied("มีด้านที่ไม่มีอยู่ในข้อมูล อปท. 8 ด้าน โปรดเปิดหน้านี้ใหม่แล้วกำหนดสิทธิอีกครั้ง")
        _right_set(actor, at, held, role, sections)
    return held.user


def _right_set(actor: Actor, at: datetime, held: _Held, role: RoleCode, sections: frozenset[str] | None) -> None:
    today = thai_calendar.bangkok_date(at)
    current = (
        RoleAssignment.objects.in_force(today)
        .filter(user=held.user, organisation=held.user.organisation_id, role=role)
        .order_by("pk")
        .first()
    )
    wanted = None if sections is None else sorted(sections)
    before = [] if current is None else current.sections
    if wanted == (None if before is None else sorted(before)):
        return
    if current is not None:
        assignment_end(current, actor=actor, at=at)
    if wanted is None or wanted:
        RoleAssignment.objects.create(
            user=held.user,
            organisation_id=held.user.organisation_id,
            role=role,
            sections=wanted,
            held=period(today),
            granted_by=actor.user_id,
            granted_at=at,
        )
    data = {"role": role.value, "before": before, "after": wanted}
    _record(actor, at, "right.set", held.user, held.place.path, data)


def assignment_end(assignment: RoleAssignment, *, actor: Actor, at: datetime) -> None:
    """End a role so that it is gone at once: yesterday was its last day. For the room's own services."""
    yesterday = thai_calendar.last_day_before(thai_calendar.bangkok_day_start(thai_calendar.bangkok_date(at)))
    assignment.held = ended(assignment.held, last=yesterday)
    assignment.ended_by, assignment.ended_at = actor.user_id, at
    assignment.save(update_fields=["held", "ended_by", "ended_at"])


def _hold(user_id: int, at: datetime) -> _Held:
    """Lock an account and read what decides about it."""
    today = thai_calendar.bangkok_date(at)
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    place = selectors.place_of(on=today, organisation_id=user.organisation_id)
    return _Held(user, place, selectors.subject_of(user=user, place=place, on=today))


def _record(actor: Actor, at: datetime, type: str, user: User, path: str, data: Mapping[str, object]) -> None:
    audit.record(
        actor=actor,
        type=type,
        target_kind="user",
        target_id=user.pk,
        target_label=selectors.user_label(user),
        path=path,
        at=at,
        data=data,
    )
