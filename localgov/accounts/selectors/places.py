"""Where accounts belong: the organisations of the register on a day."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.lib.unit_types import UnitType
from localgov.organisations.models import Kind, OrganisationVersion


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


def visible_place(*, actor: Actor, permission: Permission, code: str, on: date) -> OrganisationVersion:
    """The organisation with this code, if the actor holds the permission there. Raises `Http404` otherwise."""
    versions = OrganisationVersion.objects.in_force(on).visible_to(actor, permission)
    place = versions.select_related("organisation").filter(organisation__code=code).order_by("pk").first()
    if place is None:
        raise Http404
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


def provinces(*, actor: Actor, permission: Permission, on: date) -> list[tuple[str, str]]:
    """Code and name of the provinces in which the actor holds a permission, in dictionary order."""
    offices = OrganisationVersion.objects.in_force(on).filter(organisation__kind=Kind.PROVINCE)
    return list(offices.visible_to(actor, permission).order_by("sort_key").values_list("province_code", "name"))


def offices(*, actor: Actor, permission: Permission, on: date) -> Sequence[OrganisationVersion]:
    """The Department, province and district offices in which the actor holds a permission, from the top down."""
    versions = OrganisationVersion.objects.in_force(on).visible_to(actor, permission).select_related("organisation")
    return list(versions.exclude(organisation__kind=Kind.UNIT).order_by("path"))
