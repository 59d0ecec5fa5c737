"""Accounts as pages show them: the list, one account with its rights and history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES, RoleCode, Seat
from localgov.accounts.models import OneTimeCode, RoleAssignment, User
from localgov.accounts.policies import Subject
from localgov.accounts.selectors.places import place_of
from localgov.lib.domains import DOMAINS
from localgov.lib.thai_calendar import bangkok_date
from localgov.lib.thai_text import search_text
from localgov.organisations.models import Kind, OrganisationVersion


class Standing(StrEnum):
    """How far an account is in use."""

    IN_USE = "IN_USE"
    WAITING = "WAITING"
    EXPIRED = "EXPIRED"
    CLOSED = "CLOSED"

    @property
    def label(self) -> str:
        """Word for pages."""
        return _STANDING_LABELS[self]


_STANDING_LABELS = {
    Standing.IN_USE: "ใช้งานอยู่",
    Standing.WAITING: "รอเข้าใช้ครั้งแรก",
    Standing.EXPIRED: "รหัสหมดอายุหรือใช้แล้ว",
    Standing.CLOSED: "ปิดใช้",
}


@dataclass(frozen=True)
class Rights:
    """Sheets that a person may record and verify: codes, None = every sheet, empty = none."""

    recorder: frozenset[str] | None = frozenset()
    verifier: frozenset[str] | None = frozenset()

    def overlap(self) -> list[str]:
        """Titles of the domains that the person both records and verifies."""
        return [
            domain.title
            for domain in DOMAINS
            if _holds(self.recorder, domain.code) and _holds(self.verifier, domain.code)
        ]


@dataclass(frozen=True)
class PersonRecord:
    """One account as its page shows it. `assignments` holds the whole history, newest first."""

    user: User
    place: OrganisationVersion
    subject: Subject
    standing: Standing
    code_expires_at: datetime | None
    rights: Rights
    assignments: Sequence[RoleAssignment]


def people(*, actor: Actor, at: datetime, search: Mapping[str, Any], offices_only: bool = False) -> "QuerySet[User]":
    """Accounts that the actor may see, with office and roles of the day: handed-down first, then by name."""
    on = bangkok_date(at)
    permission = Permission.SEAT_OFFICER if offices_only else Permission.PEOPLE_VIEW
    place = OrganisationVersion.objects.in_force(on).filter(organisation=OuterRef("organisation"))
    in_force = Q(organisation__versions__in_force__contains=on)
    held = RoleAssignment.objects.in_force(on).filter(user=OuterRef("pk")).order_by("pk")
    users = (
        User.objects.visible_to(actor, on=on, permission=permission)
        .alias(place=FilteredRelation("organisation__versions", condition=in_force))
        .annotate(
            office=Subquery(place.values("full_name")[:1]),
            place_path=F("place__path"),
            roles=ArraySubquery(held.values("role")),
            code_open=Exists(OneTimeCode.objects.open().filter(user=OuterRef("pk"), expires_at__gt=at)),
        )
        .order_by("place_path", "-is_handed_down", "sort_key", "pk")
    )
    if offices_only:
        users = users.exclude(organisation__kind=Kind.UNIT)
    return _searched(users, search, on)


def role_words(roles: Sequence[str]) -> str:
    """Names of roles, for a cell."""
    return ", ".join(ROLES[RoleCode(role)].name for role in dict.fromkeys(roles))


def standing_of(*, is_active: bool, must_change: bool, code_open: bool) -> Standing:
    """How far an account is in use."""
    if not is_active:
        return Standing.CLOSED
    if not must_change:
        return Standing.IN_USE
    return Standing.WAITING if code_open else Standing.EXPIRED


def person_get(*, actor: Actor, at: datetime, user_id: int) -> PersonRecord:
    """One account, if the actor may see its people. Raises `Http404` otherwise."""
    on = bangkok_date(at)
    allowed = User.objects.visible_to(actor, on=on) | User.objects.visible_to(
        actor, on=on, permission=Permission.SEAT_OFFICER
    )
    user = allowed.filter(pk=user_id).order_by("pk").first()
    if user is None:
        raise Http404
    place = place_of(on=on, organisation_id=user.organisation_id)
    assignments = list(RoleAssignment.objects.filter(user=user).order_by("-pk").select_related("organisation"))
    code = OneTimeCode.objects.open().filter(user=user).order_by("-pk").first()
    code_open = code is not None and code.expires_at > at
    return PersonRecord(
        user=user,
        place=place,
        subject=subject_of(user=user, place=place, assignments=assignments, on=on),
        standing=standing_of(is_active=user.is_active, must_change=user.must_change_password, code_open=code_open),
        code_expires_at=code.expires_at if code else None,
        rights=rights_of(assignments, on=on),
        assignments=assignments,
    )


def subject_of(
    *, user: User, place: OrganisationVersion, assignments: Sequence[RoleAssignment] | None = None, on: date
) -> Subject:
    """What the policies ask about an account; a position that begins later counts already."""
    rows = RoleAssignment.objects.filter(user=user) if assignments is None else assignments
    return Subject(
        user_id=user.pk,
        path=place.path,
        seat=Seat(place.organisation.kind),
        is_handed_down=user.is_handed_down,
        is_active=user.is_active,
        roles=frozenset(RoleCode(row.role) for row in rows if not has_ended(row, on=on)),
    )


def has_ended(assignment: RoleAssignment, *, on: date) -> bool:
    """Whether a role is over on a day (one that begins later is not)."""
    held = assignment.held
    return bool(held.isempty) or (held.upper is not None and held.upper <= on)


def rights_of(assignments: Sequence[RoleAssignment], *, on: date) -> Rights:
    """Recorder and verifier rights in force on a day."""
    found: dict[str, frozenset[str] | None] = {}
    for row in assignments:
        if row.role in (RoleCode.RECORDER, RoleCode.VERIFIER) and not row.held.isempty and on in row.held:
            found[row.role] = None if row.sections is None else frozenset(row.sections)
    return Rights(
        recorder=found.get(RoleCode.RECORDER, frozenset()), verifier=found.get(RoleCode.VERIFIER, frozenset())
    )


def people_of_unit(*, organisation_id: int) -> "QuerySet[User]":
    """The open personal accounts of an organisation, by name: who may be given a right or a seat there."""
    users: QuerySet[User] = User.objects.filter(organisation=organisation_id, is_active=True, is_handed_down=False)
    return users.order_by("sort_key", "pk")


def _searched(users: "QuerySet[User]", search: Mapping[str, Any], on: date) -> "QuerySet[User]":
    if name := (search.get("name") or "").strip():
        users = users.filter(Q(display_name__icontains=name) | Q(username__icontains=name.lower()))
    if office := search_text(search.get("office") or ""):
        places = OrganisationVersion.objects.in_force(on).filter(search_text__contains=office)
        users = users.filter(organisation__in=places.values("organisation_id"))
    if role := search.get("role"):
        held = RoleAssignment.objects.in_force(on).filter(user=OuterRef("pk"), role=role)
        users = users.filter(Exists(held))
    if standing := search.get("standing"):
        users = users.filter(_STANDING_FILTERS[Standing(standing)])
    if province := search.get("province"):
        places = OrganisationVersion.objects.in_force(on).filter(province_code=province)
        users = users.filter(organisation__in=places.values("organisation_id"))
    return users


_STANDING_FILTERS = {
    Standing.IN_USE: Q(is_active=True, must_change_password=False),
    Standing.WAITING: Q(is_active=True, must_change_password=True, code_open=True),
    Standing.EXPIRED: Q(is_active=True, must_change_password=True, code_open=False),
    Standing.CLOSED: Q(is_active=False),
}


def _holds(sections: frozenset[str] | None, code: str) -> bool:
    return sections is None or code in sections
