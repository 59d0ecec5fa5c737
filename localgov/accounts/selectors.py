"""Reading accounts, roles and positions."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from localgov.access.actor import STRANGER, Actor, Grant
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.accounts.models import User
from localgov.lib.unit_types import UnitType
from localgov.organisations.models import OrganisationVersion

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_GRANTS = """
SELECT a.role, v.path, a.organisation_id, a.sections, a.position_title
FROM accounts_roleassignment a
JOIN organisations_organisationversion v ON v.organisation_id = a.organisation_id AND v.in_force @> %(on)s::date
WHERE a.user_id = %(user)s AND a.held @> %(on)s::date
ORDER BY a.id
"""


def actor_for(*, user: "User | AnonymousUser", on: date) -> Actor:
    """The actor that a signed-in account is on a day: its roles in force, scoped by today's paths. One query."""
    if not isinstance(user, User) or not user.is_active:
        return STRANGER
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, {"on": on, "user": user.pk})
        rows = cursor.fetchall()
    grants = tuple(
        Grant(
            role=RoleCode(role),
            scope=path,
            organisation_id=organisation_id,
            sections=None if sections is None else frozenset(sections),
            position_title=position_title,
        )
        for role, path, organisation_id, sections, position_title in rows
    )
    return Actor(
        user_id=user.pk, label=user.display_name or user.username, grants=grants, organisation_id=user.organisation_id
    )


def place_of(*, on: date, organisation_id: int | None = None, code: str = "") -> OrganisationVersion:
    """The version of an organisation in force on a day, by its id or code. Raises `Denied` when there is none."""
    versions = OrganisationVersion.objects.in_force(on).select_related("organisation")
    if organisation_id is not None:
        versions = versions.filter(organisation_id=organisation_id)
    else:
        versions = versions.filter(organisation__code=code)
    place = versions.order_by("pk").first()
    if place is None:
        raise Denied("หน่วยงานนี้ไม่มีอยู่ในทะเบียน ณ วันนี้")
    return place


def first_demo_unit(*, province_code: str, on: date) -> OrganisationVersion | None:
    """The first อบต. of a province by code: where the demo accounts work."""
    return (
        OrganisationVersion.objects.in_force(on)
        .units()
        .filter(province_code=province_code, unit_type=UnitType.SAO)
        .order_by("organisation__code")
        .first()
    )
