"""Websites of the provincial offices (สถจ.): one office's statements, and the public list of all 76."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.audit.state import state_of
from localgov.directory.models import OfficeWebsite
from localgov.organisations import areas
from localgov.organisations.models import Kind, OrganisationVersion

_LISTED = """
SELECT v.province_code, v.full_name, w.url, w.at
FROM organisations_organisationversion v
JOIN organisations_organisation o ON o.id = v.organisation_id AND o.kind = %(kind)s
LEFT JOIN LATERAL (
    SELECT url, at FROM directory_officewebsite WHERE organisation_id = v.organisation_id ORDER BY id DESC LIMIT 1
) w ON true
WHERE v.in_force @> %(on)s::date
"""


@dataclass(frozen=True, slots=True)
class ListedOffice:
    """One office; `url` is empty where it told that it has no website, None while it has told nothing."""

    province_code: str
    full_name: str
    url: str | None
    at: datetime | None

    @property
    def province_name(self) -> str:
        """Its province, in the language of the page."""
        return areas.province_name(self.province_code)


def own_office(actor: Actor, *, on: date) -> OrganisationVersion | None:
    """The provincial office whose website the actor records; None for whoever is no officer of one."""
    offices = OrganisationVersion.objects.in_force(on).filter(organisation__kind=Kind.PROVINCE)
    return offices.visible_to(actor, Permission.OFFICE_RECORD).order_by("path").first()


def office_website(organisation_id: int) -> OfficeWebsite | None:
    """What the office told last; None while it has told nothing."""
    return OfficeWebsite.objects.filter(organisation_id=organisation_id).order_by("-pk").first()


def office_websites(organisation_id: int) -> list[OfficeWebsite]:
    """Everything that the office ever told, newest first."""
    return list(OfficeWebsite.objects.filter(organisation_id=organisation_id).order_by("-pk"))


def listed_offices(*, on: date) -> list[ListedOffice]:
    """Every office of the register of a day with what it told last, in the dictionary's order of the provinces."""
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, {"kind": Kind.PROVINCE, "on": on})
        found = {row[0]: ListedOffice(*row) for row in cursor.fetchall()}
    return [found[one.code] for one in areas.provinces() if one.code in found]


def office_state() -> str:
    """The state of what the list is made of (one statement)."""
    return state_of("directory_officewebsite", watched=("organisations_organisationversion",))
