"""Which domains of a unit are certified in a year, in which revision, when and by both whom: by their position, never a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from config.statements import prepared_cursor
from localgov.certification.models import Level
from localgov.certification.models.certificate import NUMBER_PREFIX
from localgov.lib.thai_calendar import bangkok_date

#: In force are both-certified revisions before those of the unit alone, newer before older (DESIGN §4, States).
_CERTIFICATES = """
SELECT s.section, s.revision, c.level, c.number, c.at, c.signer_position
FROM rounds_rosterentry e
JOIN filings_filing f ON f.roster_entry_id = e.id
JOIN filings_sheet s ON s.filing_id = f.id AND s.status IN ('CERTIFIED_LAO', 'CERTIFIED_PROVINCE')
JOIN certification_certificate c ON c.sheet_id = s.id
WHERE e.round_id = %s AND e.organisation_id = %s
    AND NOT EXISTS (SELECT 1 FROM certification_lapse l WHERE l.certificate_id = c.id)
ORDER BY s.section, (s.status = 'CERTIFIED_PROVINCE') DESC, s.revision DESC, c.id
"""


@dataclass(frozen=True)
class Signed:
    """One certificate: its number as paper and as addresses write it, when, and in which position it was signed."""

    number: str
    address: str
    at: datetime
    position: str

    @property
    def day(self) -> date:
        """The day of it in Thailand."""
        return bangkok_date(self.at)


@dataclass(frozen=True)
class CertifiedDomain:
    """What is in force of a domain: the revision with its certificate of the unit and, if given, of the province."""

    section: str
    revision: int
    unit: Signed | None = None
    province: Signed | None = None

    @property
    def by_both(self) -> bool:
        """Whether both levels certified it."""
        return self.province is not None

    @property
    def at(self) -> datetime | None:
        """When the last of them did."""
        return max((one.at for one in (self.unit, self.province) if one is not None), default=None)


def certified_domains(*, organisation_id: int, round_id: int) -> dict[str, CertifiedDomain]:
    """What is in force of each domain that has anything in force (one statement)."""
    with prepared_cursor() as cursor:
        cursor.execute(_CERTIFICATES, [round_id, organisation_id])
        rows = cursor.fetchall()
    found: dict[str, CertifiedDomain] = {}
    for section, revision, level, number, at, position in rows:
        domain = found.setdefault(section, CertifiedDomain(section, revision))
        if domain.revision != revision:
            continue
        signed = Signed(number, number.removeprefix(NUMBER_PREFIX), at, position)
        found[section] = replace(domain, province=signed) if level == Level.PROVINCE else replace(domain, unit=signed)
    return found
