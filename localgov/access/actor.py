"""The person (or command) that acts, with what it may do and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from localgov.access.duty import JoinedParts
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES, RoleCode


@dataclass(frozen=True)
class Grant:
    """One role held at one place. `scope` is an organisation path ending in a dot; `sections` limits sheet rights (None = all).

    `joined`: the exception of a tiny unit that the person holds at this place.
    """

    role: RoleCode
    scope: str
    organisation_id: int | None = None
    sections: frozenset[str] | None = None
    position_title: str = ""
    joined: JoinedParts | None = None

    def allows(self, permission: Permission) -> bool:
        """Whether the role of this grant carries the permission."""
        return permission in ROLES[self.role].permissions


@dataclass(frozen=True)
class Actor:
    """Who acts: `user_id` None is a stranger. `label` is what the record of an act shows."""

    user_id: int | None
    label: str = ""
    grants: tuple[Grant, ...] = field(default=())
    organisation_id: int | None = None

    def matching(self, permission: Permission, *, at: str | None = None, section: str | None = None) -> Iterator[Grant]:
        """Grants that carry the permission, at a path and for a sheet if these are given."""
        for grant in self.grants:
            if not grant.allows(permission):
                continue
            if at is not None and not at.startswith(grant.scope):
                continue
            if section is not None and grant.sections is not None and section not in grant.sections:
                continue
            yield grant

    def can(self, permission: Permission, *, at: str, section: str | None = None) -> bool:
        """Whether the actor holds the permission at the organisation with this path (and for this sheet)."""
        return next(self.matching(permission, at=at, section=section), None) is not None

    def joined_at(self, path: str) -> JoinedParts | None:
        """The exception under which the actor may do two parts at the unit with this path."""
        return next((grant.joined for grant in self.grants if grant.joined and path.startswith(grant.scope)), None)

    def scopes(self, permission: Permission) -> tuple[str, ...]:
        """The path prefixes under which the actor holds the permission; empty = nowhere."""
        return tuple(dict.fromkeys(grant.scope for grant in self.matching(permission)))

    def role_for(self, permission: Permission, *, at: str, section: str | None = None) -> RoleCode | None:
        """The role in which the actor uses a permission here: what the record of the act names."""
        grant = next(self.matching(permission, at=at, section=section), None)
        return grant.role if grant else None


STRANGER = Actor(user_id=None)


def system_actor(label: str, *roles: RoleCode) -> Actor:
    """The actor of a management command: it holds the given roles over the whole country and is named in the record."""
    return Actor(user_id=None, label=label, grants=tuple(Grant(role=role, scope="th.") for role in roles))
