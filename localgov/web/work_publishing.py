"""News, products and places on the home page: what came back to the unit and why, what waits for the province."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from localgov.access.actor import Actor
from localgov.access.permissions import Permission as P
from localgov.lib.thai_calendar import (
    bangkok_date,
    days_left,
    days_left_text,
    format_date_short,
    last_day_before,
    weekdays_after,
    weekdays_text,
)
from localgov.publishing.selectors import duties, queue
from localgov.publishing.states import PublishedKind
from localgov.rounds.models import RosterEntry
from localgov.web.work_item import WorkItem, url_of


def publishing_items(actor: Actor, entry: RosterEntry | None, at: datetime) -> Iterator[WorkItem]:
    """A handful of statements for who records, one for who checks, none for others. `entry`: the unit in its newest open year."""
    on = bangkok_date(at)
    if entry is not None and actor.can(P.PUBLISH_RECORD, at=entry.path):
        yield from _duty_items(entry, at)
    if actor.scopes(P.PUBLISH_RECORD):
        for item in queue.to_mend(actor=actor, on=on):
            if item.newest is None or item.newest.checked_at is None:
                continue
            since = format_date_short(bangkok_date(item.newest.checked_at))
            yield WorkItem(
                0,
                f"สถจ. ส่งกลับ{PublishedKind(item.kind).label} “{item.newest.title}” ให้แก้ไข",
                f"เหตุผล: {' · '.join(item.newest.reason.split(chr(10)))} · ส่งกลับเมื่อ {since}",
                url_of("publishing:item-detail", pk=item.pk),
                icon="undo-2",
            )
    if actor.scopes(P.PUBLISH_CHECK):
        count, since_at = queue.waiting_counts(actor=actor, on=on)
        if count and since_at is not None:
            days = weekdays_after(bangkok_date(since_at), on)
            yield WorkItem(
                1 if days >= _LONG else 2,
                f"ข่าว สินค้า และสถานที่รอตรวจสอบก่อนเผยแพร่ {count:,} รายการ",
                f"รายการแรกรอตั้งแต่ {format_date_short(bangkok_date(since_at))}{f' รอ {weekdays_text(days)}' if days else ''}",
                url_of("publishing:queue"),
                icon="search",
                count=count,
            )


def _duty_items(entry: RosterEntry, at: datetime) -> Iterator[WorkItem]:
    """What the year still asks for, once the Department has said by when."""
    year = entry.round.fiscal_year_be
    asked = duties.asked_of(year)
    if asked.due_at is None:
        return
    entered = duties.entered_by(entry.organisation_id, fiscal_year=year)
    lacking = [kind for kind, have in zip(PublishedKind, entered, strict=True) if have < asked.counts[kind]]
    if lacking:
        yield WorkItem(
            1 if asked.due_at <= at else 2 if days_left(asked.due_at, at) <= 60 else 4,
            f"บันทึก{' '.join(duties.SHORT[kind] for kind in lacking)}ของปีงบประมาณ {year} ให้ครบ",
            f"{duties.done_words(entered, asked, lacking)} · ครบกำหนด "
            f"{format_date_short(last_day_before(asked.due_at))} ({days_left_text(asked.due_at, at)})",
            url_of(f"publishing:{lacking[0].value.lower()}-list"),
            asked.due_at,
            "pencil-line",
        )


#: Weekdays after which what waits is urgent [ours].
_LONG = 5
