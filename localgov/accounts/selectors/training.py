"""The accounts of a demonstration installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from localgov.access.roles import ROLES, RoleCode
from localgov.accounts.models import RoleAssignment
from localgov.organisations.selectors import full_names_on
from localgov.organisations.services.reset import installation_is_demo


@dataclass(frozen=True)
class TrainingAccount:
    """One account: what is typed at the entrance, what its role does, of which organisation."""

    username: str
    role: str
    holder: str
    organisation: str
    organisation_code: str


def training_accounts(*, on: date) -> list[TrainingAccount]:
    """Accounts with which one signs in for training, first made first; none where the register is real."""
    if not installation_is_demo():
        return []
    held = RoleAssignment.objects.filter(user__is_demo=True, user__is_active=True)
    held = held.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX).select_related("user", "organisation")
    roles = [(ROLES[RoleCode(one.role)], one) for one in held.order_by("user_id", "pk")]
    names = full_names_on(organisation_ids=[one.organisation_id for one in held], on=on)
    return [
        TrainingAccount(
            username=one.user.username,
            role=role.name,
            holder=role.holder,
            organisation=names.get(one.organisation_id, ""),
            organisation_code=one.organisation.code,
        )
        for role, one in roles
    ]
