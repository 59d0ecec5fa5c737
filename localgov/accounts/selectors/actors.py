"""The actor that a signed-in account is."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from config.statements import prepared_cursor
from localgov.access.actor import STRANGER, Actor, Grant
from localgov.access.duty import JoinedParts, Parts
from localgov.access.roles import RoleCode
from localgov.accounts.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_GRANTS = """
SELECT a.user_id, a.role, v.path, a.organisation_id, a.sections, a.position_title, x.id, x.parts, x.order_number,
    lower(x.held), upper(x.held) - 1
FROM accounts_roleassignment a
JOIN organisations_organisationversion v ON v.organisation_id = a.organisation_id AND v.in_force @> %(on)s::date
LEFT JOIN accounts_dutyexception x
    ON x.user_id = a.user_id AND x.organisation_id = a.organisation_id AND x.held @> %(on)s::date
WHERE a.user_id = ANY(%(users)s) AND a.held @> %(on)s::date
ORDER BY a.id
"""


def actor_for(*, user: "User | AnonymousUser", on: date) -> Actor:
    """The actor that a signed-in account is on a day: its roles in force, scoped by today's paths. One query."""
    if not isinstance(user, User) or not user.is_active:
        return STRANGER
    return actors_for(users=[user], on=on)[user.pk]


def actors_for(*, users: Sequence[User], on: date) -> dict[int, Actor]:
    """The same for many accounts, by account number: one query for all of them."""
    with prepared_cursor() as cursor:
        cursor.execute(_GRANTS, {"on": on, "users": [user.pk for user in users]})
        rows = cursor.fetchall()
    grants: dict[int, list[Grant]] = {user.pk: [] for user in users}
    for user_id, role, path, organisation_id, sections, position_title, *joined in rows:
        grants[user_id].append(
            Grant(
                role=RoleCode(role),
                scope=path,
                organisation_id=organisation_id,
                sections=None if sections is None else frozenset(sections),
                position_title=position_title,
                joined=JoinedParts(joined[0], Parts(joined[1]), *joined[2:]) if joined[0] is not None else None,
            )
        )
    return {
        user.pk: Actor(
            user_id=user.pk,
            label=user.display_name or user.username,
            grants=tuple(grants[user.pk]),
            organisation_id=user.organisation_id,
        )
        if user.is_active
        else STRANGER
        for user in users
    }


def user_label(user: User) -> str:
    """How pages and records name an account: the shown name with the username."""
    return f"{user.display_name} ({user.username})"
