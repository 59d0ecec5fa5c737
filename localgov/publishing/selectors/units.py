"""The unit that publishes, as the register has it on a day."""

from __future__ import annotations

from datetime import date

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.organisations.models import OrganisationVersion


def unit_in_force(*, organisation_id: int, on: date) -> OrganisationVersion | None:
    """The unit on a day; None before it began or after it ended."""
    return (
        OrganisationVersion.objects.in_force(on)
        .units()
        .filter(organisation_id=organisation_id)
        .select_related("organisation")
        .first()
    )


def own_unit(*, actor: Actor, on: date) -> OrganisationVersion | None:
    """The unit for which the actor may record; None for an office, and for who records nowhere."""
    return (
        OrganisationVersion.objects.in_force(on)
        .units()
        .visible_to(actor, Permission.PUBLISH_RECORD)
        .select_related("organisation")
        .order_by("pk")
        .first()
    )
