"""The unit that publishes, as the register has it on a day, and the years that boards know."""

from __future__ import annotations

from datetime import date

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.filings.selectors.filing_page import FORM_CODE
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import Round


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


def years_opened() -> list[int]:
    """The fiscal years of which there is a roster to count by, newest first."""
    found = Round.objects.filter(form_code=FORM_CODE).order_by("-fiscal_year_be")
    return list(found.values_list("fiscal_year_be", flat=True))
