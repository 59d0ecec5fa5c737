"""What readers of the public site reported, in งานของฉัน of who answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from localgov.access.actor import Actor
from localgov.lib.thai_calendar import bangkok_date, format_date_short, weekdays_after, weekdays_text
from localgov.travel.selectors.problems import problems_waiting
from localgov.travel.states import ProblemState
from localgov.web.work_item import WorkItem, url_of

#: Weekdays after which a report that nobody answered is more urgent than most work.
_LONG = 7


def problem_items(actor: Actor, at: datetime) -> Iterator[WorkItem]:
    """One line for all that wait, with how long the oldest has; one query, none for who answers no reports."""
    waiting = problems_waiting(actor=actor, on=bangkok_date(at))
    if waiting is None:
        return
    days = weekdays_after(bangkok_date(waiting.since), bangkok_date(at))
    yield WorkItem(
        1 if days >= _LONG else 2,
        f"ประชาชนแจ้งปัญหา {waiting.count:,} เรื่อง ยังไม่ได้ตอบ",
        f"เรื่องเก่าที่สุดแจ้งเมื่อ {format_date_short(bangkok_date(waiting.since))} (รอ {weekdays_text(days)})",
        f"{url_of('problems:problem-list')}?state={ProblemState.NEW}",
        icon="message-circle-warning",
        count=waiting.count,
    )
