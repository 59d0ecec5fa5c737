"""Keeping a roster in mid-year: units join or are excused, paths follow the register. Rows are never removed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.lib.refusals import quoted
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.models import OrganisationVersion
from localgov.rounds import policies, selectors
from localgov.rounds.models import RosterEntry, Round

_MAX_REASON = 300

_FOLLOW = """
UPDATE rounds_rosterentry e SET path = v.path
FROM organisations_organisationversion v
WHERE v.organisation_id = e.organisation_id AND v.in_force @> %s::date AND v.path <> e.path
"""


@transaction.atomic
def roster_add_unit(*, actor: Actor, at: datetime, round_id: int, organisation_code: str) -> RosterEntry:
    """Put a unit that was founded in mid-year on the roster, as the register has it on the day of `at`.

    Its dates are those of the round and of the extensions that reach its place.

    Raises:
        Denied: no right, no such unit in force, or it is on the roster already.
    """
    policies.can_open(actor).require()
    joined = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    version = (
        OrganisationVersion.objects.in_force(bangkok_date(at))
        .units()
        .filter(organisation__code=organisation_code)
        .select_related("organisation")
        .first()
    )
    if version is None:
        raise Denied(f"ทะเบียนวันนี้ไม่มี อปท. รหัส {quoted(organisation_code)}: ตรวจรหัส 7 หลักในหน้าทะเบียน อปท.")
    if joined.roster.filter(organisation_id=version.organisation_id).exists():
        raise Denied(f"{version.full_name} อยู่ในบัญชีรายชื่อของรอบนี้แล้ว")
    entry = RosterEntry(
        round=joined,
        organisation_id=version.organisation_id,
        code=version.organisation.code,
        name=version.name,
        full_name=version.full_name,
        short_name=version.short_name,
        unit_type=version.unit_type,
        province_code=version.province_code,
        district_code=version.district_code,
        path=version.path,
        search_text=version.search_text,
    )
    dates = selectors.dates_of(entry)
    entry.due_at, entry.last_new_at, entry.last_edit_at = dates.due_at, dates.last_new_at, dates.last_edit_at
    entry.save(force_insert=True)
    audit.record(
        actor=actor,
        type="roster.add",
        target_kind="roster_entry",
        target_id=entry.pk,
        target_label=f"{entry.full_name} ปีงบประมาณ {joined.fiscal_year_be}",
        path=entry.path,
        at=at,
    )
    return entry


@transaction.atomic
def roster_excuse(*, actor: Actor, at: datetime, entry_id: int, excused_from: date, reason: str) -> RosterEntry:
    """Excuse a unit that was merged or abolished, from a day on: it stays on the roster and leaves the denominators.

    Raises:
        Denied: no right, excused before, a day after the round's last edit, no reason or one longer than 300
            characters.
    """
    entry = RosterEntry.objects.select_for_update(of=("self",)).select_related("round").get(pk=entry_id)
    policies.can_excuse(actor, entry).require()
    policies.excuse_fits(entry.round, excused_from).require()
    words = reason.strip()
    if not words or len(words) > _MAX_REASON:
        raise Denied(f"โปรดระบุเหตุผล ไม่เกิน {_MAX_REASON} ตัวอักษร เช่น ยุบรวมกับ อปท. ใด ตามประกาศฉบับใด")
    entry.excused_from, entry.excused_reason = excused_from, words
    entry.save(update_fields=["excused_from", "excused_reason"])
    audit.record(
        actor=actor,
        type="roster.excuse",
        target_kind="roster_entry",
        target_id=entry.pk,
        target_label=f"{entry.full_name} ปีงบประมาณ {entry.round.fiscal_year_be}",
        path=entry.path,
        at=at,
        data={"excused_from": excused_from.isoformat(), "reason": words},
    )
    return entry


@transaction.atomic
def roster_follow_paths(*, actor: Actor, at: datetime) -> int:
    """Bring the paths of all rosters up to the register of the day (access follows today's path). Returns how many changed.

    Called after every change of the register; reads nothing else of it: names and types of a roster stay.

    Raises:
        Denied: the actor keeps neither the register nor rounds.
    """
    policies.can_follow_register(actor).require()
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [bangkok_date(at)])
        changed: int = cursor.rowcount
    if changed:
        audit.record(
            actor=actor,
            type="roster.follow_paths",
            target_kind="roster",
            target_id="all",
            at=at,
            data={"changed": changed},
        )
    return changed
