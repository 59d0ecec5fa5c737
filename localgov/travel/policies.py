"""Who may answer a report, and how many reports one sender and one item may have."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.travel.models import ProblemReport
from localgov.travel.states import ProblemState

#: Reports from one network address within a window: a family or a school may find five things in an hour.
PER_SENDER: Final = ((5, timedelta(hours=1)), (20, timedelta(days=1)))
#: Reports about one item within a day: the unit needs no thirty-first to know of it.
PER_ITEM: Final = (30, timedelta(days=1))
#: How long what a reader left of himself is kept, in days from the report.
KEPT_DAYS: Final = 90


def can_answer(actor: Actor, report: ProblemReport, *, path: str) -> Decision:
    """The unit's recorders and the province's officers, once; `path` is where the unit stands today."""
    if not actor.can(Permission.PROBLEM_ANSWER, at=path):
        return Decision("การตอบเรื่องที่ประชาชนแจ้งเป็นหน้าที่ของผู้บันทึกของ อปท. และเจ้าหน้าที่ สถจ.")
    if report.state != ProblemState.NEW:
        return Decision(f"เรื่องนี้มีผู้ตอบแล้ว: {report.get_state_display()}")
    return ALLOW
