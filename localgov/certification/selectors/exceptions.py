"""Exceptions of tiny units, with how many certificates rest on each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.accounts.models import DutyException
from localgov.lib.thai_text import search_text
from localgov.organisations.models import OrganisationVersion

#: What the list may be narrowed to.
STANDINGS = {"NOW": "มีผลวันนี้", "LATER": "ยังไม่เริ่ม", "OVER": "สิ้นสุดแล้ว"}


def exceptions(*, actor: Actor, on: date, search: Mapping[str, Any]) -> QuerySet[DutyException]:
    """Exceptions of the units whose people the actor sees, newest first, each with `unit_name`, `unit_code`, `province_code`
    and `certificate_count`. `search`: name, province, parts, standing (a key of `STANDINGS`)."""
    places = OrganisationVersion.objects.in_force(on).visible_to(actor, Permission.PEOPLE_VIEW)
    if words := search_text(search.get("name") or ""):
        places = places.filter(search_text__contains=words)
    if province := search.get("province"):
        places = places.filter(province_code=province)
    place = places.filter(organisation=OuterRef("organisation"))
    found = (
        DutyException.objects.filter(organisation__in=places.values("organisation_id"))
        .select_related("user")
        .annotate(
            unit_name=Subquery(place.values("full_name")[:1]),
            unit_code=F("organisation__code"),
            unit_path=Subquery(place.values("path")[:1]),
            province_code=Subquery(place.values("province_code")[:1]),
            certificate_count=Count("certificates"),
        )
    )
    if parts := search.get("parts"):
        found = found.filter(parts=parts)
    if standing := search.get("standing"):
        found = found.filter(_standing(standing, on))
    return found.order_by("-granted_at", "-pk")


def standing_of(found: DutyException, *, on: date) -> str:
    """In words, on a day."""
    if found.held.isempty or found.held.upper <= on:
        return STANDINGS["OVER"]
    return STANDINGS["NOW" if found.held.lower <= on else "LATER"]


def _standing(standing: str, on: date) -> Q:
    now, later = Q(held__contains=on), Q(held__startswith__gt=on)
    return {"NOW": now, "LATER": later}.get(standing, ~now & ~(later & Q(held__isempty=False)))
