"""What the frame of every page reads."""

from dataclasses import dataclass
from datetime import date

from config.statements import prepared_cursor
from localgov.forms.models import HOME
from localgov.organisations.models import RegisterImport

_OFFICE = """
SELECT (
    SELECT coalesce(v.full_name, o.code) FROM organisations_organisation o
    LEFT JOIN organisations_organisationversion v ON v.organisation_id = o.id AND v.in_force @> %(on)s::date
    WHERE o.id = %(organisation)s
), (SELECT source FROM organisations_registerimport ORDER BY id DESC LIMIT 1)
"""


@dataclass(frozen=True)
class Office:
    """The office whose account is in use, and whether this installation is a demo."""

    name: str
    is_demo: bool


def office_of(*, organisation_id: int | None, on: date) -> Office:
    """Name of the actor's office on a day, and the kind of installation. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(_OFFICE, {"organisation": organisation_id, "on": on})
        name, source = cursor.fetchone()
    return Office(name=name or "", is_demo=source == RegisterImport.Source.DEMO)


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
