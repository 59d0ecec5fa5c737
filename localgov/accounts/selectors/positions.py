"""Executives of units: who is seated, where nobody is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES, RoleCode
from localgov.accounts.models import RoleAssignment
from localgov.accounts.models.role_assignment import POSITION_ROLES
from localgov.lib.thai_text import search_text
from localgov.organisations.models import OrganisationVersion

_BY_SEATING = frozenset({Permission.SEAT_OFFICER, Permission.SEAT_UNIT_EXECUTIVE})


def units_with_executives(
    *, actor: Actor, on: date, search: Mapping[str, Any], seats_on: date | None = None
) -> "QuerySet[OrganisationVersion]":
    """Units whose executive the actor seats, with the one of the day (the holder before who acts for him).

    `seats_on`: the day whose executives and verifiers are told, such as the due day; else `on`, the day of the register.
    Closed accounts don't count: nobody can act with them. `search`: name, unit_type, province, seated and verifying (YES, NO).
    """
    held = RoleAssignment.objects.in_force(seats_on or on).filter(
        organisation=OuterRef("organisation"), user__is_active=True
    )
    seated = held.filter(role=RoleCode.EXECUTIVE).order_by("is_acting", "-pk")
    verifying = held.filter(role=RoleCode.VERIFIER).order_by().values("organisation").annotate(n=Count("pk"))
    units = (
        OrganisationVersion.objects.in_force(on)
        .units()
        .visible_to(actor, Permission.SEAT_UNIT_EXECUTIVE)
        .select_related("organisation")
        .annotate(
            executive_name=Subquery(seated.values("user__display_name")[:1]),
            executive_title=Subquery(seated.values("position_title")[:1]),
            executive_held=Subquery(seated.values("held")[:1]),
            verifier_count=Coalesce(Subquery(verifying.values("n"), output_field=IntegerField()), Value(0)),
        )
        .order_by("path", "pk")
    )
    if name := search_text(search.get("name") or ""):
        units = units.filter(search_text__contains=name)
    if unit_type := search.get("unit_type"):
        units = units.filter(unit_type=unit_type)
    if province := search.get("province"):
        units = units.filter(province_code=province)
    if seat := search.get("seated"):
        units = units.filter(executive_name__isnull=seat == "NO")
    if verifier := search.get("verifying"):
        units = units.filter(verifier_count=0) if verifier == "NO" else units.filter(verifier_count__gt=0)
    return units


_UNITS_WITHOUT = """
WITH place AS MATERIALIZED (
    SELECT v.organisation_id
    FROM organisations_organisationversion v JOIN organisations_organisation o ON o.id = v.organisation_id AND o.kind = 'UNIT'
    WHERE v.in_force @> %(on)s::date AND v.path LIKE ANY(%(prefixes)s)
)
SELECT {lacking}
FROM (
    SELECT {seats}
    FROM place JOIN accounts_roleassignment a ON a.organisation_id = place.organisation_id AND a.role = ANY(%(roles)s)
    JOIN accounts_user u ON u.id = a.user_id AND u.is_active
    GROUP BY a.organisation_id
) one
"""


def units_without(*, actor: Actor, on: date, days: Sequence[date]) -> dict[tuple[str, date], int]:
    """How many units whose executive the actor seats have nobody who can certify (`seated`) or verify (`verifying`) on each day.

    Counted as `units_with_executives` finds them. One query, and one pass over who holds the roles.
    """
    asked = [(lack, day) for lack in _SEATS for day in dict.fromkeys(days)]
    scopes = actor.scopes(Permission.SEAT_UNIT_EXECUTIVE)
    parameters: dict[str, Any] = {"on": on, "prefixes": [f"{scope}%" for scope in scopes], "roles": [*_SEATS.values()]}
    seats, lacking = [], []
    for place, (lack, day) in enumerate(asked):
        seats.append(f"bool_or(a.role = %(role_{place})s AND a.held @> %(day_{place})s::date) AS seat_{place}")
        lacking.append(f"(SELECT count(*) FROM place) - count(*) FILTER (WHERE one.seat_{place})")  # noqa: S608
        parameters |= {f"role_{place}": _SEATS[lack], f"day_{place}": day}
    with connection.cursor() as cursor:
        cursor.execute(_UNITS_WITHOUT.format(lacking=", ".join(lacking), seats=", ".join(seats)), parameters)
        return dict(zip(asked, cursor.fetchone(), strict=True))


_SEATS = {"seated": RoleCode.EXECUTIVE, "verifying": RoleCode.VERIFIER}


def executives_of(*, organisation_id: int, on: date | None = None) -> Sequence[RoleAssignment]:
    """Everyone who was, is or will be executive of a unit, newest first; with a day, who is on that day."""
    terms = RoleAssignment.objects.filter(organisation=organisation_id, role=RoleCode.EXECUTIVE)
    if on is not None:
        terms = terms.in_force(on)
    return list(terms.select_related("user").order_by("-held", "-pk"))


def position_holder(*, organisation_id: int, on: date) -> RoleAssignment | None:
    """Who holds the position of an office on a day (the holder before who acts for him); None where nobody is seated."""
    held = RoleAssignment.objects.in_force(on).filter(
        organisation=organisation_id, role__in=POSITION_ROLES, user__is_active=True
    )
    return held.select_related("user").order_by("is_acting", "-pk").first()


def seat_get(*, actor: Actor, on: date, assignment_id: int) -> RoleAssignment:
    """One term of a role that is given by seating, at an organisation that the actor may see. Raises `Http404`."""
    places = OrganisationVersion.objects.in_force(on).visible_to(actor, Permission.PEOPLE_VIEW)
    seats = [code for code, role in ROLES.items() if role.given_by in _BY_SEATING]
    terms = RoleAssignment.objects.filter(
        organisation__in=places.values("organisation_id"), role__in=seats, user__is_handed_down=False
    )
    term = terms.select_related("user", "organisation").filter(pk=assignment_id).order_by("pk").first()
    if term is None:
        raise Http404
    return term
