"""Opening a round: a form for a fiscal year, asked of the units of that day."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import bangkok_date
from localgov.rounds import policies
from localgov.rounds.models import Profile, Round

_FREEZE = """
INSERT INTO rounds_rosterentry
    (round_id, organisation_id, code, name, full_name, short_name, unit_type, province_code, district_code, path,
     search_text, excused_reason, due_at, last_new_at, last_edit_at)
SELECT r.id, o.id, o.code, v.name, v.full_name, v.short_name, v.unit_type, v.province_code, v.district_code, v.path,
       v.search_text, '', r.due_at, r.last_new_at, r.last_edit_at
FROM organisations_organisationversion v
JOIN rounds_round r ON r.id = %(round)s
JOIN organisations_organisation o ON o.id = v.organisation_id
WHERE o.kind = 'UNIT' AND v.in_force @> %(on)s::date
ORDER BY o.code
"""


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
    """Open a form for a fiscal year (พ.ศ.): the roster is frozen from the register in force on the day of `at`.

    The dates are exclusive moments: 16 June 00:00 in Bangkok means that 15 June is the last day.

    Raises:
        Denied: no right, the form does not cover the year, the year is open already, the dates are out of order, no units.
    """
    policies.can_open(actor).require()
    policies.year_fits(form_version, fiscal_year).require()
    policies.dates_fit(
        fiscal_year=fiscal_year, due_at=due_at, last_new_at=last_new_at, last_edit_at=last_edit_at
    ).require()
    with (
        connection.cursor() as cursor
    ):  # two officers opening the same year at once: the second waits, then reads the first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"round {form_version.form_code} {fiscal_year}"])
    if Round.objects.filter(form_code=form_version.form_code, fiscal_year_be=fiscal_year).exists():
        raise Denied(f"แบบนี้เปิดรอบปีงบประมาณ {fiscal_year} ไปแล้ว หนึ่งปีเปิดได้รอบเดียว")
    opened = Round.objects.create(
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
    units = _roster_freeze(opened, at)
    audit.record(
        actor=actor,
        type="round.open",
        target_kind="round",
        target_id=opened.pk,
        target_label=f"{title} ปีงบประมาณ {fiscal_year}",
        at=at,
        data={
            "units": units,
            "form_version": form_version.version,
            "profile": profile,
            "due_at": due_at.isoformat(),
            "last_new_at": last_new_at.isoformat(),
            "last_edit_at": last_edit_at.isoformat(),
        },
    )
    return opened


def _roster_freeze(opened: Round, at: datetime) -> int:
    """Copy the units of the day into the roster; returns how many. Raises Denied when the register holds none."""
    with connection.cursor() as cursor:
        cursor.execute(_FREEZE, {"round": opened.pk, "on": bangkok_date(at)})
        units: int = cursor.rowcount
    if not units:
        raise Denied("ทะเบียนยังไม่มี อปท. ที่ใช้อยู่ในวันนี้ โปรดนำเข้าทะเบียน อปท. ก่อนเปิดรอบ")
    return units
