"""What reaches a whole unit in a round: extensions and re-openings of its dates, exceptions of its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from localgov.access.duty import Parts
from localgov.accounts import selectors as accounts
from localgov.accounts.models import DutyException
from localgov.accounts.periods import last_day
from localgov.lib.thai_calendar import format_date_short
from localgov.rounds import selectors as rounds
from localgov.rounds.models import RosterEntry


@dataclass(frozen=True)
class UnitAct:
    """One act in words."""

    recorded_at: datetime
    at: datetime
    title: str
    icon: str
    who: str
    note: str


def unit_acts(entry: RosterEntry, *, past: datetime | None = None) -> tuple[UnitAct, ...]:
    """Acts upon the unit's dates, and the exceptions granted until the round's last day of editing was over (3 queries).

    With `past` those recorded by then, without what may have become of them since.
    """
    times = (
        UnitAct(
            recorded_at=one.act.recorded_at,
            at=one.act.at,
            title=f"{one.kind}: {one.what}",
            icon="calendar",
            who=one.act.actor_label,
            note=f"{one.act.scope_label} · {one.act.order_number}: {one.act.reason}",
        )
        for one in rounds.time_acts_of(entry, as_of=past)
    )
    granted = (
        UnitAct(
            recorded_at=one.recorded_at,
            at=one.granted_at,
            title=f"ให้ข้อยกเว้น: {exception_words(one) if past is None else _granted_words(one)}",
            icon="users",
            who=one.granted_label,
            note=one.reason,
        )
        for one in accounts.exceptions_of(organisation_id=entry.organisation_id)
        if entry.round.opened_at <= one.granted_at
        and (one.granted_at < entry.last_edit_at if past is None else one.recorded_at <= past)
    )
    return (*times, *granted)


def _granted_words(found: DutyException) -> str:
    """What can't have changed since an exception was granted: neither the person's name nor its last day."""
    return f"{Parts(found.parts).label} โดยคนเดียว คำสั่งเลขที่ {found.order_number}"


def exception_words(found: DutyException) -> str:
    """Who may do which two parts alone, by which order, from when till when."""
    until = last_day(found.held)
    if found.held.isempty or until is None:
        span = "(ยกเลิกก่อนเริ่ม)"
    else:
        span = f"ตั้งแต่ {format_date_short(found.held.lower)} ถึง {format_date_short(until)}"
    return f"{found.user.display_name} {Parts(found.parts).label} โดยคนเดียว คำสั่งเลขที่ {found.order_number} {span}"
