"""Reading certificates: what is in force, what waits for a signature, what was signed when."""

from localgov.certification.selectors.in_force import (
    certificate_of,
    certified_by_both,
    revisions_in_force,
    sections_certified_by_both,
    sheet_in_force,
    unit_certificates,
)

__all__ = [
    "certificate_of",
    "certified_by_both",
    "revisions_in_force",
    "sections_certified_by_both",
    "sheet_in_force",
    "unit_certificates",
]
