"""Which sheets of a unit nobody has the right to record or to verify."""

from collections.abc import Sequence
from datetime import date

from localgov.access.roles import RoleCode
from localgov.accounts.models import RoleAssignment


def uncovered_sections(*, organisation_id: int, role: RoleCode, sections: Sequence[str], on: date) -> list[str]:
    """Sheets for which no open account of the unit holds `role` on a day. One query."""
    held = RoleAssignment.objects.in_force(on).filter(organisation=organisation_id, role=role, user__is_active=True)
    covered: set[str] = set()
    for limited in held.values_list("sections", flat=True):
        if limited is None:
            return []
        covered.update(limited)
    return [section for section in sections if section not in covered]
