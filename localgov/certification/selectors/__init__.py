"""Reading certificates: what is in force, what waits for a signature, what was signed when."""

from localgov.certification.selectors.in_force import certificate_of, sections_certified_by_both, sheet_in_force

__all__ = ["certificate_of", "sections_certified_by_both", "sheet_in_force"]
