"""One unit: what it is today, what it was, who watches it, what the register's import found doubtful."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from config import statements
from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.organisations.models import Kind, OrganisationVersion
from localgov.organisations.register.checking import Remark
from localgov.organisations.register.planning import Change, Held
from localgov.organisations.register.records import FIELDS, VersionRecord

_DOUBTS = """
SELECT jsonb_path_query_array(report, '$.doubtful[*] ? (@.code == $code)', jsonb_build_object('code', %s::text))
FROM organisations_registerimport ORDER BY id DESC LIMIT 1
"""
#: Every version of a unit, the oldest first.
_VERSIONS = "WHERE organisations_organisation.code = %s AND organisations_organisation.kind = %s ORDER BY in_force"
_SUCCESSIONS = """
SELECT predecessor_id, successor_id FROM organisations_succession WHERE predecessor_id = %s OR successor_id = %s ORDER BY id
"""


@dataclass(frozen=True)
class HistoryLine:
    """One version of the unit and how it differed from the one before it."""

    version: OrganisationVersion
    what: str
    is_current: bool
    is_future: bool


@dataclass(frozen=True)
class UnitStory:
    """A unit as everyone may know it: its version of the day (of one that is no more, the last), and what it was."""

    version: OrganisationVersion
    ended_on: date | None
    history: tuple[HistoryLine, ...]
    successor: OrganisationVersion | None
    predecessors: tuple[OrganisationVersion, ...]


@dataclass(frozen=True)
class UnitPage(UnitStory):
    """Everything the unit's page prints. `supervisors` run from the Department down to the nearest office."""

    supervisors: tuple[OrganisationVersion, ...]
    doubts: tuple[Remark, ...]


def full_names_on(*, organisation_ids: Collection[int], on: date) -> dict[int, str]:
    """Full names of organisations on a day; the newest before that of one that is no more; what is unknown is missing."""
    versions = OrganisationVersion.objects.filter(organisation__in=organisation_ids, in_force__startswith__lte=on)
    latest = versions.order_by("organisation_id", "-in_force").distinct("organisation_id")
    return dict(latest.values_list("organisation_id", "full_name"))


def unit_story(*, code: str, on: date) -> UnitStory | None:
    """A unit, also one that is no more; None for a code that never was one's. At most three queries."""
    if not code.isalnum():
        return None
    versions = statements.read(OrganisationVersion, _VERSIONS, [code, Kind.UNIT.value], related=["organisation"])
    begun = [one for one in versions if one.valid_from <= on] or versions[:1]
    if not begun:
        return None
    version = begun[-1]
    successor, predecessors = _successions(version.organisation_id)
    return UnitStory(
        version=version,
        ended_on=version.valid_to if version.valid_to is not None and version.valid_to <= on else None,
        history=_history(versions, on=on),
        successor=successor,
        predecessors=predecessors,
    )


def unit_page(*, actor: Actor, code: str, on: date) -> UnitPage | None:
    """The page of a unit, also of one that is no more; None where it is not one that the actor may see. Five queries."""
    story = unit_story(code=code, on=on)
    if story is None or not actor.can(Permission.REGISTER_VIEW, at=story.version.path):
        return None
    return UnitPage(**vars(story), supervisors=_supervisors(story.version, on=on), doubts=_doubts(code))


def _history(versions: list[OrganisationVersion], *, on: date) -> tuple[HistoryLine, ...]:
    """Newest first."""
    lines = []
    for index, version in enumerate(versions):
        before = versions[index - 1] if index else None
        lines.append(
            HistoryLine(
                version=version,
                what=_what_happened(before, version),
                is_current=version.valid_from <= on and (version.valid_to is None or on < version.valid_to),
                is_future=version.valid_from > on,
            )
        )
    return tuple(reversed(lines))


def _what_happened(before: OrganisationVersion | None, version: OrganisationVersion) -> str:
    if before is None:
        return "เริ่มมีในทะเบียน"
    held = Held(before.organisation_id, before.pk, before.valid_from, _record(before))
    return ", ".join(kind.label for kind in Change(held, _record(version)).kinds())


def _record(version: OrganisationVersion) -> VersionRecord:
    return VersionRecord(version.organisation.code, **{name: getattr(version, name) for name in FIELDS})


def _supervisors(version: OrganisationVersion, *, on: date) -> tuple[OrganisationVersion, ...]:
    """The offices whose path the unit's path begins with."""
    steps = version.path.rstrip(".").split(".")[:-1]
    paths = [".".join(steps[: depth + 1]) + "." for depth in range(len(steps))]
    return tuple(
        OrganisationVersion.objects.in_force(on)
        .filter(path__in=paths)
        .exclude(organisation__kind=Kind.UNIT)
        .select_related("organisation")
        .order_by("path")
    )


def _successions(organisation_id: int) -> tuple[OrganisationVersion | None, tuple[OrganisationVersion, ...]]:
    """The unit that took this one in, and those that it took in, each with its newest name. At most two queries."""
    with statements.prepared_cursor() as cursor:
        cursor.execute(_SUCCESSIONS, [organisation_id, organisation_id])
        pairs = cursor.fetchall()
    others = {one for pair in pairs for one in pair} - {organisation_id}
    newest: dict[int, OrganisationVersion] = {}
    if others:
        rows = OrganisationVersion.objects.filter(organisation_id__in=others).select_related("organisation")
        newest = {row.organisation_id: row for row in rows.order_by("in_force")}
    into = [newest[successor] for predecessor, successor in pairs if predecessor == organisation_id]
    taken_in = tuple(newest[predecessor] for predecessor, successor in pairs if successor == organisation_id)
    return (into[0] if into else None), taken_in


def _doubts(code: str) -> tuple[Remark, ...]:
    """What the newest import found doubtful in this unit's row."""
    with connection.cursor() as cursor:
        cursor.execute(_DOUBTS, [code])
        row = cursor.fetchone()
    found = row[0] if row else []
    return tuple(Remark(**one) for one in (json.loads(found) if isinstance(found, str) else found))
