"""Reading the register."""

from datetime import date

from localgov.organisations.models import OrganisationVersion


def full_name_on(*, organisation_id: int, on: date) -> str:
    """The full name of an organisation on a day; its newest before that when it is no more; empty when unknown."""
    version = (
        OrganisationVersion.objects.filter(organisation_id=organisation_id, in_force__startswith__lte=on)
        .order_by("-in_force")
        .first()
    )
    return version.full_name if version else ""
