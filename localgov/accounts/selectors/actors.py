"""The actor that a signed-in account is."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from localgov.access.actor import STRANGER, Actor, Grant
from localgov.access.roles import RoleCode
from localgov.accounts.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_GRANTS = """
SELECT a.role, v.path, a.organisation_id, a.sections, a.position_title
FROM accounts_roleassignment a
JOIN organisations_organisationversion v ON v.organisation_id = a.organisation_id AND v.in_force @> %(on)s::date
WHERE a.user_id = %(user)s AND a.held @> %(on)s::date
ORDER BY a.id
"""


def actor_for(*, user: "User | AnonymousUser", on: date) -> Actor:
    """The actor that a signed-in account is on a day: its roles in force, scoped by today's paths. One query."""
    if not isinstance(user, User) or not user.is_active:
        return STRANGER
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, {"on": on, "user": user.pk})
        rows = cursor.fetchall()
    grants = tuple(
        Grant(
            role=RoleCode(role),
            scope=path,
            organisation_id=organisation_id,
            sections=None if sections is None else frozenset(sections),
            position_title=position_title,
        )
        for role, path, organisation_id, sections, position_title in rows
    )
    return Actor(
        user_id=user.pk, label=user.display_name or user.username, grants=grants, organisation_id=user.organisation_id
    )


def user_label(user: User) -> str:
    """How pages and records name an account: the shown name with the username."""
    return f"{user.display_name} ({user.username})"
