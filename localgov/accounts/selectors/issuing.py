"""Handed-down accounts by province: who has one, who has signed in, who still lacks one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.accounts.models import User
from localgov.organisations.models import Kind, OrganisationVersion

_COUNTS = """
SELECT v.province_code,
       max(v.name) FILTER (WHERE o.kind = 'PROVINCE') AS name,
       count(*) AS organisations,
       count(u.id) AS issued,
       count(u.id) FILTER (WHERE NOT u.must_change_password) AS in_use,
       count(u.id) FILTER (WHERE u.must_change_password AND c.id IS NOT NULL) AS waiting,
       count(u.id) FILTER (WHERE u.must_change_password AND c.id IS NULL) AS expired
FROM organisations_organisationversion v
JOIN organisations_organisation o ON o.id = v.organisation_id
LEFT JOIN accounts_user u ON u.organisation_id = v.organisation_id AND u.is_handed_down
LEFT JOIN accounts_onetimecode c
       ON c.user_id = u.id AND c.used_at IS NULL AND c.voided_at IS NULL AND c.expires_at > %(at)s
WHERE v.in_force @> %(on)s::date AND v.path LIKE ANY(%(below)s) AND v.path <> ALL(%(own)s) AND v.province_code <> ''
GROUP BY v.province_code
ORDER BY thai_key(coalesce(max(v.name) FILTER (WHERE o.kind = 'PROVINCE'), v.province_code)) COLLATE "C"
"""


@dataclass(frozen=True)
class ProvinceAccounts:
    """Counts of handed-down accounts in one province, below the actor's own office."""

    province_code: str
    name: str
    organisations: int
    issued: int
    in_use: int
    waiting: int
    expired: int

    @property
    def missing(self) -> int:
        """Organisations without an account."""
        return self.organisations - self.issued

    @property
    def not_in_use(self) -> int:
        """Accounts into which nobody has come yet."""
        return self.waiting + self.expired


def accounts_by_province(*, actor: Actor, at: datetime, on: date) -> Sequence[ProvinceAccounts]:
    """One row a province, in dictionary order. One query."""
    scopes = list(actor.scopes(Permission.ACCOUNTS_ISSUE))
    parameters: dict[str, Any] = {"at": at, "on": on, "below": [f"{scope}%" for scope in scopes], "own": scopes}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, parameters)
        rows = cursor.fetchall()
    names = dict(
        OrganisationVersion.objects.in_force(on)
        .filter(organisation__kind=Kind.PROVINCE)
        .values_list("province_code", "name")
    )
    return [ProvinceAccounts(code, name or names.get(code, code), *counts) for code, name, *counts in rows]


def organisations_below(*, actor: Actor, on: date, province_code: str = "") -> "QuerySet[OrganisationVersion]":
    """Offices and units to which the actor hands accounts down: below its own, all or of one province."""
    scopes = actor.scopes(Permission.ACCOUNTS_ISSUE)
    versions = OrganisationVersion.objects.in_force(on).under(*scopes).exclude(path__in=scopes)
    if province_code:
        versions = versions.filter(province_code=province_code)
    return versions.exclude(organisation__kind=Kind.DEPARTMENT).select_related("organisation").order_by("path", "pk")


def without_account(versions: "QuerySet[OrganisationVersion]") -> "QuerySet[OrganisationVersion]":
    """Those that have no handed-down account."""
    return versions.filter(~Exists(User.objects.filter(organisation=OuterRef("organisation"), is_handed_down=True)))
