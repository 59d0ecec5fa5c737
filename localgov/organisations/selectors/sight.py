"""Which areas an actor's scopes touch: the choices of search forms."""

from __future__ import annotations

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.organisations import areas
from localgov.organisations.areas import District, Province

_UNIT_CODE_LENGTH = 7


def provinces_in_sight(actor: Actor, permission: Permission = Permission.REGISTER_VIEW) -> list[Province]:
    """Provinces in which the actor sees something under a permission, in Thai order."""
    scopes = actor.scopes(permission)
    return [one for one in areas.provinces() if any(_meet(f"th.{one.code}.", scope) for scope in scopes)]


def districts_in_sight(
    actor: Actor, province_code: str, permission: Permission = Permission.REGISTER_VIEW
) -> list[District]:
    """Districts of a province in which the actor sees something, in Thai order; none for no province."""
    if not province_code:
        return []
    scopes = actor.scopes(permission)
    return [
        one
        for one in areas.districts(province_code)
        if any(_meet(f"th.{province_code}.{one.code}.", scope) for scope in scopes)
    ]


def is_unit_path(scope: str) -> bool:
    """Whether a scope is that of one unit, whose code has seven digits."""
    return len(scope.rstrip(".").rpartition(".")[2]) == _UNIT_CODE_LENGTH


def _meet(path: str, scope: str) -> bool:
    """Whether a place lies under a scope or the scope under the place."""
    return path.startswith(scope) or scope.startswith(path)
