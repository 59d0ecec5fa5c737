"""The three people of a demonstration unit, for filling it: they have no password, nobody signs in as them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.roles import ROLES, RoleCode
from localgov.accounts import selectors
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.periods import period
from localgov.accounts.services.demo import RealInstallation
from localgov.lib import thai_calendar
from localgov.organisations.models import OrganisationVersion, RegisterImport

_ROLES = {
    "r": (RoleCode.RECORDER, ""),
    "v": (RoleCode.VERIFIER, ""),
    "x": (RoleCode.EXECUTIVE, "ผู้บริหารท้องถิ่น"),
}


@dataclass(frozen=True)
class Crew:
    """Who records, verifies and certifies in one unit."""

    recorder: Actor
    verifier: Actor
    executive: Actor


@transaction.atomic
def demo_crew_make(*, at: datetime, place: OrganisationVersion) -> Crew:
    """Make (once) the people of a demonstration unit.

    Raises `RealInstallation` where the register is real.
    """
    newest = RegisterImport.objects.order_by("-pk").first()
    if newest is not None and newest.source == RegisterImport.Source.REAL:
        raise RealInstallation("ระบบนี้ใช้ทะเบียน อปท. จริง จึงไม่มีข้อมูลสาธิต")
    code = place.organisation.code
    actors = []
    for letter, (role, title) in _ROLES.items():
        user, made = User.objects.get_or_create(
            username=f"{letter}{code}",
            defaults={
                "display_name": f"{ROLES[role].name} ข้อมูลสาธิต",
                "organisation": place.organisation,
                "is_demo": True,
                "password": make_password(None),
            },
        )
        if made:
            RoleAssignment.objects.create(
                user=user,
                organisation=place.organisation,
                role=role,
                held=period(place.valid_from, None),
                position_title=title,
                order_number="ข้อมูลสาธิต" if title else "",
                granted_at=at,
            )
        actors.append(selectors.actor_for(user=user, on=thai_calendar.bangkok_date(at)))
    return Crew(*actors)
