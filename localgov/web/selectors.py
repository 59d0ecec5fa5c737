"""What the frame of every page reads, and when what public pages show last changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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


#: Units of today with the day of the last act behind their page: their name, a certificate in force or ended, website, items.
_UNIT_CHANGES = """
SELECT o.code, v.province_code, greatest(
    lower(v.in_force), (greatest(filing.at, lapse.at, website.at, item.at) AT TIME ZONE 'Asia/Bangkok')::date
)
FROM organisations_organisationversion v JOIN organisations_organisation o ON o.id = v.organisation_id
LEFT JOIN (SELECT organisation_id, max(certified_at) AS at FROM filings_filing GROUP BY 1) filing USING (organisation_id)
LEFT JOIN (
    SELECT f.organisation_id, max(l.at) AS at FROM certification_lapse l
    JOIN certification_certificate c ON c.id = l.certificate_id JOIN filings_sheet s ON s.id = c.sheet_id
    JOIN filings_filing f ON f.id = s.filing_id GROUP BY 1
) lapse USING (organisation_id)
LEFT JOIN (SELECT organisation_id, max(at) AS at FROM directory_websiterecord GROUP BY 1) website USING (organisation_id)
LEFT JOIN (
    SELECT organisation_id, max(shown_at) AS at FROM publishing_item
    WHERE shown_id IS NOT NULL AND displayed AND deleted_at IS NULL GROUP BY 1
) item USING (organisation_id)
WHERE v.in_force @> %s::date AND v.unit_type <> '' ORDER BY o.code
"""
#: Domains with the day of their newest certificate, by sheet; older ones than the newest acts of the country are not told.
_DOMAIN_CHANGES = """
SELECT s.section, (max(newest.at) AT TIME ZONE 'Asia/Bangkok')::date
FROM (SELECT sheet_id, at FROM certification_certificate ORDER BY id DESC LIMIT 2000) newest
JOIN filings_sheet s ON s.id = newest.sheet_id GROUP BY 1
"""


@dataclass(frozen=True)
class PageChanges:
    """Days on which what pages show last changed: of units and provinces by code, of domains by sheet."""

    units: Mapping[str, date]
    provinces: Mapping[str, date]
    domains: Mapping[str, date]


@lru_cache(maxsize=1)
def page_changes(state: str, on: date) -> PageChanges:
    """Of the units of a day, read once for each `state` of the tables (two statements)."""
    provinces: dict[str, date] = {}
    units: dict[str, date] = {}
    with prepared_cursor() as cursor:
        cursor.execute(_UNIT_CHANGES, [on])
        for code, province, day in cursor.fetchall():
            units[code] = day
            provinces[province] = max(day, provinces.get(province, day))
        cursor.execute(_DOMAIN_CHANGES)
        domains = dict(cursor.fetchall())
    return PageChanges(units, provinces, domains)
