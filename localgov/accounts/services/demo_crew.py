"""The people of a demonstration who fill it: they have no password, nobody signs in as them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from localgov.access.actor import Actor, system_actor
from localgov.access.decision import Denied
from localgov.access.roles import ROLES, RoleCode
from localgov.accounts import selectors
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.periods import period
from localgov.accounts.services.demo import RealInstallation
from localgov.audit import services as audit
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.models import Organisation, OrganisationVersion, RegisterImport

_RECORDER, _VERIFIER, _EXECUTIVE, _OFFICER = "r", "v", "x", "c"


@dataclass(frozen=True)
class _Part:
    """One person of a crew; the username is `letter` and the organisation's code."""

    letter: str
    role: RoleCode
    title: str = ""


_UNIT = (
    _Part(_RECORDER, RoleCode.RECORDER),
    _Part(_VERIFIER, RoleCode.VERIFIER),
    _Part(_EXECUTIVE, RoleCode.EXECUTIVE, "ผู้บริหารท้องถิ่น"),
)
_OFFICE = {
    RoleCode.PROVINCE_CERTIFIER: _Part(_OFFICER, RoleCode.PROVINCE_CERTIFIER, "ท้องถิ่นจังหวัด"),
    RoleCode.DEPARTMENT_OFFICER: _Part(_OFFICER, RoleCode.DEPARTMENT_OFFICER),
}


@dataclass(frozen=True)
class Crew:
    """Who records, verifies and certifies in one unit."""

    recorder: Actor
    verifier: Actor
    executive: Actor


@transaction.atomic
def demo_crews_make(*, at: datetime, places: Sequence[OrganisationVersion]) -> None:
    """Make (once) the three people of each demonstration unit, in the order of `places`.

    Raises `RealInstallation` where the register is real.
    """
    _make([(place, part) for place in places for part in _UNIT], at)


def crews_of(*, codes: Sequence[str], on: date) -> Mapping[str, Crew]:
    """The crews of units by unit code, as they are on a day (2 queries)."""
    names = [f"{part.letter}{code}" for code in codes for part in _UNIT]
    users = list(User.objects.filter(username__in=names))
    actors = selectors.actors_for(users=users, on=on)
    by_name = {user.username: actors[user.pk] for user in users}
    return {
        code: Crew(*(by_name[f"{part.letter}{code}"] for part in _UNIT))
        for code in codes
        if f"{_EXECUTIVE}{code}" in by_name
    }


@transaction.atomic
def demo_officer_make(*, at: datetime, office: Organisation, role: RoleCode) -> Actor:
    """The person who holds a role at a demonstration office: who holds it already, else one made for it.

    Raises `RealInstallation` where the register is real, `Denied` where the office is not in force.
    """
    on = bangkok_date(at)
    held = RoleAssignment.objects.in_force(on).filter(role=role, organisation=office).order_by("pk")
    if not held.exists():
        place = OrganisationVersion.objects.in_force(on).filter(organisation=office).first()
        if place is None:
            raise Denied(f"สำนักงานรหัส {office.code} ยังไม่มีในทะเบียนของวันนั้น")
        _make([(place, _OFFICE[role])], at)
    return selectors.actor_for(user=User.objects.get(pk=held.values("user_id")[:1]), on=on)


def _make(wanted: Sequence[tuple[OrganisationVersion, _Part]], at: datetime) -> None:
    newest = RegisterImport.objects.order_by("-pk").first()
    if newest is None or newest.source == RegisterImport.Source.REAL:
        raise RealInstallation("ระบบนี้ไม่ได้ใช้ทะเบียนสาธิต จึงไม่มีข้อมูลสาธิต")
    plans = {f"{part.letter}{place.organisation.code}".lower(): (place, part) for place, part in wanted}
    there = set(User.objects.filter(username__in=plans).values_list("username", flat=True))
    missing = [(name, *plan) for name, plan in plans.items() if name not in there]
    if not missing:
        return
    users = User.objects.bulk_create(
        User(
            username=name,
            display_name=f"{ROLES[part.role].name} ข้อมูลสาธิต",
            organisation_id=place.organisation_id,
            is_demo=True,
            password=make_password(None),
        )
        for name, place, part in missing
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            user=user,
            organisation_id=place.organisation_id,
            role=part.role,
            held=period(place.valid_from),
            position_title=part.title,
            order_number="คำสั่งสาธิต" if part.title else "",
            granted_at=at,
        )
        for user, (_, place, part) in zip(users, missing, strict=True)
    )
    audit.record(
        actor=system_actor("ข้อมูลสาธิต"),
        type="account.demo_made",
        target_kind="installation",
        target_id="demo",
        at=at,
        data={"accounts": len(missing), "first": missing[0][0]},
    )
