"""Reminders by e-mail: on the days of a round's plan, only to units that have not done it, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.lib.thai_calendar import bangkok_date, days_left_text, format_date_long, last_day_before
from localgov.notices import policies
from localgov.notices.models import Mail, Reminder, ReminderPlan
from localgov.notices.selectors import reminders
from localgov.notices.selectors.reminders import DueUnit
from localgov.notices.services.mailing import Letter, mails_queue
from localgov.notices.states import MailKind, ReminderAbout
from localgov.rounds.models import Round

#: A day that was missed (nobody worked off the queue) is made up for within two more.
_GRACE = timedelta(days=2)
#: How long a reminder is worth sending.
_FRESH = timedelta(days=3)
_MOST_DAYS, _FARTHEST = 12, 366
_LOCK = 2_570_117

_WHAT = {
    ReminderAbout.WEBSITE: "การบันทึกเว็บไซต์ อปท.",
    ReminderAbout.ADMINISTRATOR: "การบันทึกผู้ดูแลระบบ INFO",
    ReminderAbout.ENTRIES: "การบันทึกข่าวประชาสัมพันธ์ สินค้าท้องถิ่น และสถานที่สำคัญของท้องถิ่น",
}
_BODY = """เรียน ผู้ดูแลระบบ INFO {name}

ขอแจ้งเตือน{what} ปีงบประมาณ {year}

หน่วยงาน: {name}
สถานะ: {done}
วันครบกำหนด: {due} ({left})

โปรดดำเนินการในระบบ INFO{site}
เมื่อดำเนินการครบแล้ว ระบบจะไม่แจ้งเตือนเรื่องนี้อีก

อีเมลนี้ส่งโดยอัตโนมัติจากระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO) โปรดอย่าตอบกลับ
"""


@dataclass(frozen=True)
class Reminded:
    """What one run did about one thing in one round: e-mails written, units without an address."""

    round_id: int
    title: str
    about: ReminderAbout
    mailed: int
    without_address: int


@transaction.atomic
def reminder_plan_set(
    *, actor: Actor, at: datetime, round_id: int, days: Mapping[ReminderAbout, Sequence[int]]
) -> None:
    """Say on which days the units of a round are reminded of each thing. Raises `Denied`."""
    policies.can_plan(actor).require()
    round = Round.objects.select_for_update().get(pk=round_id)
    for about, chosen in days.items():
        if len(set(chosen)) > _MOST_DAYS or any(abs(day) > _FARTHEST for day in chosen):
            raise Denied(f"กำหนดได้ไม่เกิน {_MOST_DAYS} วัน และห่างจากวันครบกำหนดไม่เกิน {_FARTHEST} วัน")
        ReminderPlan.objects.update_or_create(round=round, about=about, defaults={"days": sorted(set(chosen))})
    audit.record(
        actor=actor,
        type="reminder.plan",
        target_kind="round",
        target_id=round.pk,
        target_label=f"{round.title} {round.fiscal_year_be}",
        path="th.",
        at=at,
        data={about.value: sorted(set(chosen)) for about, chosen in days.items()},
    )


def reminders_send(*, actor: Actor, at: datetime) -> list[Reminded]:
    """Write what the day asks for into the outbox: rounds in which answers may still be changed, one after another.

    Run again on the same day it writes nothing more. Each thing of each round is a transaction of its own.
    """
    done = []
    for round in Round.objects.filter(last_edit_at__gt=at).order_by("pk"):
        for about, days in reminders.plan(round.pk).items():
            if days and (told := _remind(actor, at, round, about, days)):
                done.append(told)
    return done


@transaction.atomic
def _remind(actor: Actor, at: datetime, round: Round, about: ReminderAbout, days: Sequence[int]) -> Reminded | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, round.pk])  # two workers at the same minute
    today = bangkok_date(at)
    already = reminders.already(round.pk, about)
    chosen: list[tuple[DueUnit, int]] = []
    for unit in reminders.due_units(round, about, at=at):
        day = day_for(last_day_before(unit.due_at), days, today)
        if day is not None and (unit.entry_id, day, last_day_before(unit.due_at)) not in already:
            chosen.append((unit, day))
    if not chosen:
        return None
    addresses = reminders.addresses([unit.organisation_id for unit, _ in chosen])
    letters = {
        unit.entry_id: _letter(at, round, about, unit, day, addresses[unit.organisation_id])
        for unit, day in chosen
        if unit.organisation_id in addresses
    }
    mails_queue(actor=actor, at=at, letters=list(letters.values()))
    keys = [letter.cause_key for letter in letters.values()]
    mails = dict(Mail.objects.filter(cause_key__in=keys).values_list("cause_key", "pk"))
    Reminder.objects.bulk_create(
        [
            Reminder(
                round=round,
                entry_id=unit.entry_id,
                path=unit.path,
                about=about,
                days=day,
                due_on=last_day_before(unit.due_at),
                mail_id=mails[letters[unit.entry_id].cause_key] if unit.entry_id in letters else None,
                at=at,
            )
            for unit, day in chosen
        ],
        batch_size=1000,
    )
    told = Reminded(round.pk, round.title, about, len(letters), len(chosen) - len(letters))
    audit.record(
        actor=actor,
        type="reminder.send",
        target_kind="round",
        target_id=round.pk,
        target_label=f"{round.title} {round.fiscal_year_be}",
        path="th.",
        at=at,
        data={"about": about.value, "mailed": told.mailed, "without_address": told.without_address},
    )
    return told


def day_for(due_on: date, days: Sequence[int], today: date) -> int | None:
    """The rule that today asks for: the latest whose day has come, at most two days ago; None when there is none."""
    come = [day for day in days if timedelta(0) <= today - (due_on + timedelta(days=day)) <= _GRACE]
    return max(come, default=None)


def _letter(at: datetime, round: Round, about: ReminderAbout, unit: DueUnit, day: int, email: str) -> Letter:
    due_on = last_day_before(unit.due_at)
    what = _WHAT.get(about, f"การบันทึก{round.title}")
    left = days_left_text(unit.due_at, at)
    return Letter(
        kind=MailKind.REMINDER,
        cause_key=f"reminder:{unit.entry_id}:{about.value}:{day:+d}:{due_on.isoformat()}",
        to=email,
        to_label=unit.name,
        path=unit.path,
        subject=f"แจ้งเตือน{what} ปีงบประมาณ {round.fiscal_year_be} ({left})",
        body=_BODY.format(
            name=unit.name,
            what=what,
            year=round.fiscal_year_be,
            done=unit.done,
            due=format_date_long(due_on),
            left=left,
            site=f" {settings.SITE_URL}" if settings.SITE_URL else "",
        ),
        not_after=at + _FRESH,
    )
