"""Writing dated versions: a new one opens on the effective day and closes the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection

from localgov.organisations.models import Kind, Organisation, OrganisationVersion
from localgov.organisations.register.planning import Held, VersionPlan
from localgov.organisations.register.records import FIELDS, VersionRecord

#: From this many new rows on, the planner is told about them: it believes the tables to be empty until then.
_MANY = 500
_COPY_ORGANISATIONS = "COPY organisations_organisation (code, kind) FROM STDIN"
_COPY_VERSIONS = (
    f"COPY organisations_organisationversion (organisation_id, in_force, search_text, {', '.join(FIELDS)}) FROM STDIN"
)
_CLOSE = """
UPDATE organisations_organisationversion SET in_force = daterange(lower(in_force), %s) WHERE id = ANY(%s)
"""


def versions_held(*, kinds: Iterable[Kind], on: date) -> dict[str, Held]:
    """The versions in force on a day, by code. One query."""
    rows = OrganisationVersion.objects.in_force(on).filter(organisation__kind__in=list(kinds))
    columns = ("organisation__code", "organisation_id", "id", "in_force", *FIELDS)
    return {
        code: Held(organisation_id, version_id, period.lower, VersionRecord(code, *values))
        for code, organisation_id, version_id, period, *values in rows.values_list(*columns)
    }


def versions_apply(*, kind: Kind, plan: VersionPlan, effective: date) -> None:
    """Write a plan: close what changed, open what is new. In the caller's transaction.

    A version that began on the effective day itself was never in force before it: it is replaced (a corrected file).
    """
    replaced = [change.held.version_id for change in plan.changed if change.held.valid_from == effective]
    OrganisationVersion.objects.filter(pk__in=replaced).delete()
    versions_close(
        [change.held.version_id for change in plan.changed if change.held.valid_from < effective], on=effective
    )
    ids = _organisations(kind, plan.created)
    ids |= {change.record.code: change.held.organisation_id for change in plan.changed}
    _versions([*plan.created, *(change.record for change in plan.changed)], ids=ids, effective=effective)
    if len(plan.created) >= _MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE organisations_organisation, organisations_organisationversion")


def versions_close(version_ids: list[int], *, on: date) -> None:
    """End versions on a day (exclusive: the day itself no longer counts)."""
    if version_ids:
        with connection.cursor() as cursor:
            cursor.execute(_CLOSE, [on, version_ids])


def _organisations(kind: Kind, records: Iterable[VersionRecord]) -> dict[str, int]:
    """Ids by code of the organisations of new versions; those that never existed are made."""
    codes = [record.code for record in records]
    known = set(Organisation.objects.filter(code__in=codes).values_list("code", flat=True))
    with connection.cursor() as cursor, cursor.copy(_COPY_ORGANISATIONS) as copy:
        for code in codes:
            if code not in known:
                copy.write_row((code, kind.value))
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "pk"))


def _versions(records: Iterable[VersionRecord], *, ids: Mapping[str, int], effective: date) -> None:
    """Open a version for each record: by COPY, because a register is thousands of rows at once."""
    with connection.cursor() as cursor, cursor.copy(_COPY_VERSIONS) as copy:
        for record in records:
            values = (getattr(record, name) for name in FIELDS)
            copy.write_row((ids[record.code], f"[{effective.isoformat()},)", record.search_text, *values))
