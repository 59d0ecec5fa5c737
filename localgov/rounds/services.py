"""Opening rounds and keeping rosters."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.models import Kind, OrganisationVersion
from localgov.rounds import policies
from localgov.rounds.models import Profile, RosterEntry, Round


@transaction.atomic
def round_open(
    *,
    actor: Actor,
    at: datetime,
    form_version: FormVersion,
    fiscal_year: int,
    title: str,
    profile: Profile,
    due_at: datetime,
    last_new_at: datetime,
    last_edit_at: datetime,
) -> Round:
    """Open a form for a fiscal year (พ.ศ.): the roster is frozen from the register in force on that day.

    Raises:
        Denied: no right, the year is open already, the dates are out of order, the form does not cover the year, no units.
    """
    policies.can_open(actor).require()
    if not form_version.fiscal_year_from <= fiscal_year <= form_version.fiscal_year_to:
        raise Denied(
            f"แบบรุ่น {form_version.version} ใช้กับปีงบประมาณ {form_version.fiscal_year_from}–{form_version.fiscal_year_to} "
            f"ไม่ครอบคลุมปี {fiscal_year} โปรดเลือกแบบรุ่นอื่น"
        )
    if not due_at <= last_new_at <= last_edit_at:
        raise Denied("วันที่ต้องเรียงตามลำดับ: ครบกำหนด ≤ เริ่มบันทึกได้ถึง ≤ แก้ไขได้ถึง")
    if Round.objects.filter(form_code=form_version.form_code, fiscal_year_be=fiscal_year).exists():
        raise Denied(f"เปิดรอบของแบบนี้ในปีงบประมาณ {fiscal_year} ไปแล้ว")
    round = Round.objects.create(
        form_version=form_version,
        form_code=form_version.form_code,
        fiscal_year_be=fiscal_year,
        title=title,
        profile=profile,
        due_at=due_at,
        last_new_at=last_new_at,
        last_edit_at=last_edit_at,
        opened_by=actor.user_id,
        opened_at=at,
    )
    units = _roster_freeze(round, at)
    if not units:
        raise Denied("ทะเบียนยังไม่มี อปท. ที่ใช้อยู่ในวันนี้ โปรดนำเข้าทะเบียนก่อน")
    audit.record(
        actor=actor,
        type="round.open",
        target_kind="round",
        target_id=round.pk,
        target_label=f"{title} ปีงบประมาณ {fiscal_year}",
        at=at,
        data={"units": units, "due_at": due_at.isoformat(), "profile": profile},
    )
    return round


def _roster_freeze(round: Round, at: datetime) -> int:
    versions = (
        OrganisationVersion.objects.in_force(bangkok_date(at)).filter(organisation__kind=Kind.UNIT).order_by("pk")
    )
    entries = [
        RosterEntry(
            round=round,
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
        for version in versions.select_related("organisation")
    ]
    RosterEntry.objects.bulk_create(entries, batch_size=2000)
    return len(entries)


@transaction.atomic
def roster_follow_paths(*, actor: Actor, at: datetime) -> int:
    """Bring the paths of all rosters up to the register of today (access follows today's path). Returns how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE rounds_rosterentry e SET path = v.path
            FROM organisations_organisationversion v
            WHERE v.organisation_id = e.organisation_id AND v.in_force @> %s::date AND v.path <> e.path
            """,
            [bangkok_date(at)],
        )
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
