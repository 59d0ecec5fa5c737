"""What the frame of every page reads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from localgov.organisations.models import Organisation, OrganisationVersion, RegisterImport


@dataclass(frozen=True)
class Office:
    """The office whose account is in use, and whether this installation is a demo."""

    name: str
    is_demo: bool


def office_of(*, organisation_id: int | None, on: date) -> Office:
    """Name of the actor's office on a day, and the kind of installation. One query."""
    newest_source = RegisterImport.objects.order_by("-pk").values("source")[:1]
    if organisation_id is None:
        source = newest_source.values_list("source", flat=True).first()
        return Office(name="", is_demo=source == RegisterImport.Source.DEMO)
    name = OrganisationVersion.objects.filter(organisation=OuterRef("pk")).in_force(on).values("full_name")[:1]
    row = (
        Organisation.objects.filter(pk=organisation_id)
        .annotate(name=Subquery(name), source=Subquery(newest_source))
        .values_list("code", "name", "source")
        .get()
    )
    return Office(name=row[1] or row[0], is_demo=row[2] == RegisterImport.Source.DEMO)
