"""A tiny unit's exceptions: granted by the province's order, from–to, and ended. Nothing is ever deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.duty import Parts
from localgov.accounts import policies, selectors
from localgov.accounts.models import DutyException, User
from localgov.accounts.periods import ended, last_day, period
from localgov.audit import services as audit
from localgov.lib.thai_calendar import bangkok_date, format_date_short

#: An exception is for a year's work; whoever still needs it is granted another.
LONGEST = timedelta(days=366)
_MAX_ORDER, _MAX_REASON = 100, 300


@transaction.atomic
def exception_grant(
    *,
    actor: Actor,
    at: datetime,
    user_id: int,
    parts: Parts,
    first_day: date,
    last: date,
    order_number: str,
    reason: str,
) -> DutyException:
    """Let one person of a unit do two parts from the first to the last day, by an order.

    Raises:
        Denied: not who seats the unit's executive, not a personal open account of a unit, dates before today, backwards or
            longer than a year, no order or reason, or another exception of the person overlaps.
    """
    today = bangkok_date(at)
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    place = selectors.place_of(on=today, organisation_id=user.organisation_id)
    subject = selectors.subject_of(user=user, place=place, on=today)
    policies.can_except(actor, subject).require()
    order, words = order_number.strip(), reason.strip()
    if not order or len(order) > _MAX_ORDER:
        raise Denied(f"โปรดระบุเลขที่คำสั่งจังหวัด ไม่เกิน {_MAX_ORDER} ตัวอักษร")
    if not words or len(words) > _MAX_REASON:
        raise Denied(f"โปรดระบุเหตุผล ไม่เกิน {_MAX_REASON} ตัวอักษร เช่น มีเจ้าหน้าที่คนเดียว")
    if first_day < today:
        raise Denied("วันเริ่มต้องไม่ก่อนวันนี้: ข้อยกเว้นไม่มีผลย้อนหลัง")
    if last < first_day:
        raise Denied("วันสิ้นสุดอยู่ก่อนวันเริ่ม")
    if last > first_day + LONGEST:
        raise Denied("ข้อยกเว้นกำหนดได้ครั้งละไม่เกิน 1 ปี: ตรวจปี พ.ศ. หรือออกคำสั่งใหม่เมื่อครบ")
    held = period(first_day, last)
    other = (
        user.duty_exceptions.filter(organisation_id=place.organisation_id, held__overlap=held).order_by("held").first()
    )
    if other is not None:
        until = last_day(other.held)
        raise Denied(
            f"{user.display_name} มีข้อยกเว้น “{Parts(other.parts).label}” อยู่แล้ว ตั้งแต่ {format_date_short(other.held.lower)} "
            f"ถึง {format_date_short(until) if until else ''} คนหนึ่งรวมได้สองหน้าที่ ไม่รวมสามหน้าที่ โปรดสิ้นสุดข้อยกเว้นเดิมก่อน"
        )
    found = DutyException.objects.create(
        organisation_id=place.organisation_id,
        user=user,
        parts=parts,
        held=held,
        order_number=order,
        reason=words,
        granted_by=actor.user_id,
        granted_label=actor.label,
        granted_at=at,
    )
    _record(actor, at, "exception.grant", found, place.path, {"reason": words, "person": selectors.user_label(user)})
    return found


@transaction.atomic
def exception_end(*, actor: Actor, at: datetime, exception_id: int, last: date) -> DutyException:
    """End an exception after its last day, today or later; what was done under it stays done and marked.

    One that has not begun by then is taken back whole.

    Raises:
        Denied: not who seats the unit's executive, over already, a past day, or a day after the planned end.
    """
    today = bangkok_date(at)
    found = DutyException.objects.select_for_update(of=("self",)).select_related("user").get(pk=exception_id)
    place = selectors.place_of(on=today, organisation_id=found.organisation_id)
    policies.can_grant_exceptions(actor, path=place.path).require()
    planned = last_day(found.held)
    if found.ended_at is not None or planned is None or planned < today:
        raise Denied("ข้อยกเว้นนี้สิ้นสุดไปแล้ว")
    if last < today:
        raise Denied(f"วันสุดท้ายต้องไม่ก่อนวันนี้ ({format_date_short(today)}) เพราะสิ่งที่ทำไปแล้วตามข้อยกเว้นยังมีผล")
    if last > planned:
        raise Denied(f"ข้อยกเว้นนี้สิ้นสุดอยู่แล้วในวันที่ {format_date_short(planned)} หากต้องการนานกว่านั้น ให้ออกข้อยกเว้นใหม่ตามคำสั่งใหม่")
    found.held = ended(found.held, last=last)
    found.ended_by, found.ended_label, found.ended_at = actor.user_id, actor.label, at
    found.save(update_fields=["held", "ended_by", "ended_label", "ended_at"])
    _record(actor, at, "exception.end", found, place.path, {"last_day": last.isoformat()})
    return found


def _record(actor: Actor, at: datetime, type: str, found: DutyException, path: str, data: dict[str, object]) -> None:
    until = last_day(found.held)
    audit.record(
        actor=actor,
        type=type,
        target_kind="exception",
        target_id=found.pk,
        target_label=f"{found.user.display_name}: {Parts(found.parts).label}",
        path=path,
        at=at,
        data=data
        | {
            "user_id": found.user_id,
            "parts": found.parts,
            "order_number": found.order_number,
            "first_day": found.held.lower.isoformat() if found.held.lower else None,
            "until": until.isoformat() if until else None,
        },
    )
