"""Recording the website of a provincial office (R10.1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.audit import services as audit
from localgov.directory import policies
from localgov.directory.models import OfficeWebsite
from localgov.directory.selectors.offices import office_website
from localgov.directory.services.recording import OutOfDate
from localgov.directory.services.websites import website_address
from localgov.organisations.models import Organisation, OrganisationVersion


@transaction.atomic
def office_website_record(
    *, actor: Actor, at: datetime, office: OrganisationVersion, address: str | None, seen: int
) -> OfficeWebsite:
    """Record the office's address (repaired) or, for None, that it has none. The same again changes nothing.

    `office` is the office's version in force today; `seen` the id of the statement that the page showed, 0 for none.

    Raises:
        NotAWebAddress: what was typed is no address, with the reason.
        Denied: the actor is no officer of this office.
        OutOfDate: another statement stands by now.
    """
    url = "" if address is None else website_address(address)
    policies.can_record_office(actor, office).require()
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=office.organisation_id)
    standing = office_website(office.organisation_id)
    if (standing.pk if standing else 0) != seen:
        raise OutOfDate.since(standing)
    if standing is not None and standing.url == url:
        return standing
    record = OfficeWebsite.objects.create(
        organisation_id=office.organisation_id, url=url, actor_id=actor.user_id, actor_label=actor.label, at=at
    )
    audit.record(
        actor=actor,
        type="office.website",
        role=actor.role_for(Permission.OFFICE_RECORD, at=office.path) or "",
        target_kind="website",
        target_id=record.pk,
        target_label=office.full_name,
        path=office.path,
        at=at,
        data={"before": standing.url if standing else None, "after": url},
    )
    return record
