"""Circulars in งานของฉัน: what waits for รับทราบ here, and what one's own office sent and others have not acknowledged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from localgov.access.actor import Actor
from localgov.access.permissions import Permission as P
from localgov.lib.thai_calendar import bangkok_date, bangkok_day_end, days_left_text, format_date_short
from localgov.notices.models import Addressee
from localgov.notices.selectors import reading, watching
from localgov.web.work_item import WorkItem

#: So many are lines of their own; the rest is one line.
_SHOWN = 5
#: Days before the day to finish from which the sender is told who has not acknowledged.
_NEAR = timedelta(days=7)


def letter_items(actor: Actor, at: datetime) -> Iterator[WorkItem]:
    """Received, then sent; two queries at most."""
    if actor.organisation_id is None or not actor.scopes(P.NOTICE_VIEW):
        return
    waiting = list(reading.unacknowledged(actor=actor)[: _SHOWN + 1])
    for row in waiting[:_SHOWN]:
        yield _received(row, at)
    if len(waiting) > _SHOWN:
        yield WorkItem(
            3,
            "ยังมีหนังสือแจ้งเวียนอื่นที่รอรับทราบ",
            "เปิดดูทั้งหมดในรายการหนังสือแจ้งเวียน",
            f"{reverse('notices:circular-list')}?standing={reading.UNACKNOWLEDGED}",
            icon="bell",
        )
    if actor.scopes(P.NOTICE_PUBLISH):
        yield from _sent(actor, at)


def _received(row: Addressee, at: datetime) -> WorkItem:
    circular = row.circular
    due = bangkok_day_end(circular.finish_on) if circular.finish_on else None
    opened = getattr(row, "opened_at", None) is not None
    return WorkItem(
        _rank(circular.finish_on, bangkok_date(at)),
        f"{'รอรับทราบ' if opened else 'หนังสือใหม่'}: {circular.subject}",
        f"{circular.number} จาก {circular.office_name}{_until(circular.finish_on, at)}",
        reverse("notices:circular-detail", args=[circular.pk]),
        due,
        "bell",
    )


def _rank(finish_on: date | None, today: date) -> int:
    if finish_on is None:
        return 2
    return 0 if (finish_on - today).days <= 7 else 1


def _sent(actor: Actor, at: datetime) -> Iterator[WorkItem]:
    for circular, acknowledged in watching.overdue(actor=actor, until=bangkok_date(at) + _NEAR, most=_SHOWN):
        left = circular.addressee_count - acknowledged
        yield WorkItem(
            3,
            f"ยังไม่รับทราบ {left:,} แห่ง จาก {circular.addressee_count:,} แห่ง: {circular.subject}",
            f"หนังสือ {circular.number}{_until(circular.finish_on, at)}",
            f"{reverse('notices:addressee-list', args=[circular.pk])}?standing=not_acknowledged",
            icon="send",
            count=left,
        )


def _until(day: date | None, at: datetime) -> str:
    if day is None:
        return ""
    return f" · ให้แล้วเสร็จภายใน {format_date_short(day)} ({days_left_text(bangkok_day_end(day), at)})"
