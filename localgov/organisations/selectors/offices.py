"""Offices: the Department, its provinces, their districts, with the units that answer to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from localgov.access.actor import Actor
from localgov.organisations.models import Kind, OrganisationVersion

_LAST = "\uffff"
_PROVINCE_PATH, _DISTRICT_PATH = len("th.25."), len("th.25.2501.")


@dataclass(frozen=True)
class OfficeLine:
    """An office below another, and how many units of each type stand under it."""

    code: str
    kind: str
    short_name: str
    sort_key: str
    counts: dict[str, int]

    @property
    def units(self) -> int:
        """All units under the office."""
        return sum(self.counts.values())


def office_of(*, actor: Actor, code: str, kinds: Collection[Kind], on: date) -> OrganisationVersion | None:
    """The office of one of these kinds with this code, None where it is not one that the actor may see."""
    return (
        OrganisationVersion.objects.visible_to(actor)
        .in_force(on)
        .filter(organisation__code=code, organisation__kind__in=kinds)
        .select_related("organisation")
        .first()
    )


def offices_under(office: OrganisationVersion, *, on: date) -> list[OfficeLine]:
    """The offices next below an office (provinces of the Department, districts of a province), in Thai order.

    Units that answer to the office itself are its last line, without a code. Two queries.
    """
    below = Kind.PROVINCE if office.organisation.kind == Kind.DEPARTMENT else Kind.DISTRICT
    length = _PROVINCE_PATH if below is Kind.PROVINCE else _DISTRICT_PATH
    counts: dict[str, dict[str, int]] = {}
    grouped = (
        OrganisationVersion.objects.in_force(on)
        .units()
        .under(office.path)
        .annotate(above=Substr("path", 1, length))
        .values_list("above", "unit_type")
        .annotate(found=Count("pk"))
        .order_by("above", "unit_type")
    )
    for above, unit_type, found in grouped:
        counts.setdefault(above, {})[unit_type] = found
    offices = (
        OrganisationVersion.objects.in_force(on)
        .under(office.path)
        .filter(organisation__kind=below)
        .select_related("organisation")
        .order_by("sort_key", "pk")
    )
    lines = [
        OfficeLine(
            code=one.organisation.code,
            kind=one.organisation.kind,
            short_name=one.short_name,
            sort_key=one.sort_key,
            counts=counts.pop(one.path, {}),
        )
        for one in offices
    ]
    own: dict[str, int] = {}
    for rest in counts.values():
        for unit_type, found in rest.items():
            own[unit_type] = own.get(unit_type, 0) + found
    if own:
        label = f"ขึ้นตรงกับ {office.short_name}"
        lines.append(OfficeLine(code="", kind="", short_name=label, sort_key=_LAST, counts=own))
    return lines


def units_under(office: OrganisationVersion, *, on: date) -> QuerySet[OrganisationVersion]:
    """The units that an office watches, in Thai order."""
    rows = OrganisationVersion.objects.in_force(on).units().under(office.path).select_related("organisation")
    return rows.order_by("sort_key", "pk")
