"""What the frame of every page reads."""

from dataclasses import dataclass
from datetime import date

from config.statements import prepared_cursor
from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.forms.models import HOME
from localgov.organisations.models import RegisterImport

_OFFICE = """
SELECT (
    SELECT coalesce(v.full_name, o.code) FROM organisations_organisation o
    LEFT JOIN organisations_organisationversion v ON v.organisation_id = o.id AND v.in_force @> %(on)s::date
    WHERE o.id = %(organisation)s
), (SELECT source FROM organisations_registerimport ORDER BY id DESC LIMIT 1), (
    SELECT count(*) FROM notices_addressee a JOIN notices_circular c ON c.id = a.circular_id AND c.state = 'PUBLISHED'
    WHERE a.organisation_id = ANY(%(readers)s)
    AND NOT EXISTS (SELECT 1 FROM notices_receipt r WHERE r.addressee_id = a.id AND r.kind = 'OPENED')
)
"""


@dataclass(frozen=True)
class Office:
    """The office whose account is in use, whether this installation is a demo, and how many circulars wait unread."""

    name: str
    is_demo: bool
    unread: int


def office_of(*, actor: Actor, on: date) -> Office:
    """Name of the actor's office on a day, the kind of installation, what was addressed to it and never opened. One query."""
    readers = {grant.organisation_id for grant in actor.matching(Permission.NOTICE_VIEW)} - {None}
    with prepared_cursor() as cursor:
        cursor.execute(_OFFICE, {"organisation": actor.organisation_id, "on": on, "readers": list(readers)})
        name, source, unread = cursor.fetchone()
    return Office(name=name or "", is_demo=source == RegisterImport.Source.DEMO, unread=unread)


_SITE = """
SELECT (SELECT source FROM organisations_registerimport ORDER BY id DESC LIMIT 1), note.office, note.telephone
FROM (VALUES (1)) one LEFT JOIN LATERAL (
    SELECT office, telephone FROM forms_note WHERE subject = %s ORDER BY version DESC LIMIT 1
) note ON true
"""


@dataclass(frozen=True)
class SiteState:
    """What the public frame shows from data: demo or real, and who answers questions."""

    is_demo: bool
    office: str
    telephone: str


def site_state() -> SiteState:
    """One query."""
    with prepared_cursor() as cursor:
        cursor.execute(_SITE, [HOME])
        source, office, telephone = cursor.fetchone()
    return SiteState(source == RegisterImport.Source.DEMO, office or "", telephone or "")
