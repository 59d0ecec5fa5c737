"""Exceptions of tiny units: who may join two parts where, now and before."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.accounts.models import DutyException
from localgov.organisations.models import OrganisationVersion


def exceptions_of(*, organisation_id: int, on: date | None = None) -> Sequence[DutyException]:
    """Every exception of a unit, newest first; with a day, those that hold on it (1 query)."""
    found = DutyException.objects.filter(organisation_id=organisation_id)
    if on is not None:
        found = found.in_force(on)
    return list(found.select_related("user").order_by("-pk"))


def exception_get(*, actor: Actor, on: date, exception_id: int) -> DutyException:
    """An exception of a unit whose executive the actor seats. Raises `Http404`."""
    places = OrganisationVersion.objects.in_force(on).visible_to(actor, Permission.SEAT_UNIT_EXECUTIVE)
    found = (
        DutyException.objects.filter(pk=exception_id, organisation__in=places.values("organisation_id"))
        .select_related("user", "organisation")
        .first()
    )
    if found is None:
        raise Http404
    return found
