"""Reports as the officers of the unit and of its province read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.organisations.models import OrganisationVersion
from localgov.travel.models import ProblemReport


@dataclass(frozen=True)
class Waiting:
    """How many reports wait for an actor's answer, and since when the oldest does."""

    count: int
    since: datetime


def problems_found(*, actor: Actor, on: date, state: str = "", words: str = "") -> QuerySet[ProblemReport]:
    """The reports that an actor may answer, those that wait first, oldest first; each with `unit_name` and `unit_path`."""
    unit = OrganisationVersion.objects.in_force(on).filter(organisation=OuterRef("organisation"))
    found = ProblemReport.objects.visible_to(actor, on=on)
    if state:
        found = found.filter(state=state)
    if words:
        found = found.filter(item_title__icontains=words)
    return found.annotate(
        unit_name=Subquery(unit.values("full_name")[:1]), unit_path=Subquery(unit.values("path")[:1])
    ).order_by(F("answered_at").asc(nulls_first=True), "at", "pk")


def problems_waiting(*, actor: Actor, on: date) -> Waiting | None:
    """What waits for the actor; None for who answers none, and where nothing waits."""
    if not actor.scopes(Permission.PROBLEM_ANSWER):
        return None
    found = ProblemReport.objects.visible_to(actor, on=on).waiting().aggregate(count=Count("pk"), since=Min("at"))
    return Waiting(found["count"], found["since"]) if found["count"] else None
