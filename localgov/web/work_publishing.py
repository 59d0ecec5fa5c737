"""News, products and places on the home page: what came back to the unit and why, what waits for the province."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from localgov.access.actor import Actor
from localgov.access.permissions import Permission as P
from localgov.lib.thai_calendar import bangkok_date, format_date_short, weekdays_after
from localgov.publishing.selectors import queue
from localgov.publishing.states import PublishedKind
from localgov.web.work_item import WorkItem, url_of


def publishing_items(actor: Actor, at: datetime) -> Iterator[WorkItem]:
    """One statement for who records, one for who checks, none for others."""
    on = bangkok_date(at)
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
                f"รายการแรกรอตั้งแต่ {format_date_short(bangkok_date(since_at))}{f' ({days:,} วันทำการ)' if days else ''}",
                url_of("publishing:queue"),
                icon="search",
                count=count,
            )


#: Working days after which what waits is urgent [ours].
_LONG = 5
