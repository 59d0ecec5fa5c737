"""Taking back and returning."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.certification import policies
from localgov.certification.models import Lapse, Level
from localgov.certification.services.effects import certificate_end, refresh_certified_figures
from localgov.filings.models import Sheet
from localgov.filings.selectors.workspace import Workspace, workspace
from localgov.filings.services.workflow import Stale, step_apply
from localgov.filings.states import TRANSITIONS, Action, Status
from localgov.rounds.models import RosterEntry


@transaction.atomic
def unit_take_back(*, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str = "") -> Sheet:
    """The executive takes back his certification while the province has not certified."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    policies.can_undo(actor, space=space, sheet=sheet, action=Action.TAKE_BACK_LAO, at=at).require()
    certificate_end(
        actor=actor, at=at, sheet=sheet, level=Level.UNIT, kind=Lapse.Kind.TAKEN_BACK, reason=note or "ถอนการรับรอง"
    )
    return act(actor=actor, at=at, space=space, sheet=sheet, action=Action.TAKE_BACK_LAO, note=note)


@transaction.atomic
def province_return(*, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str) -> Sheet:
    """The province returns one sheet with a reason: the revision closes, n+1 opens as a copy, which is returned."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    policies.can_undo(actor, space=space, sheet=sheet, action=Action.RETURN_BY_PROVINCE, at=at).require()
    certificate_end(actor=actor, at=at, sheet=sheet, level=Level.UNIT, kind=Lapse.Kind.RETURNED, reason=note)
    return act(actor=actor, at=at, space=space, sheet=sheet, action=Action.RETURN_BY_PROVINCE, note=note)


@transaction.atomic
def province_take_back(
    *, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str = ""
) -> Sheet:
    """The province takes back its own certification within 7 days, while no amendment is open."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    policies.can_undo(actor, space=space, sheet=sheet, action=Action.TAKE_BACK_PROVINCE, at=at).require()
    certificate_end(
        actor=actor, at=at, sheet=sheet, level=Level.PROVINCE, kind=Lapse.Kind.TAKEN_BACK, reason=note or "ถอนการรับรอง"
    )
    return act(actor=actor, at=at, space=space, sheet=sheet, action=Action.TAKE_BACK_PROVINCE, note=note)


def locked_sheet(*, entry: RosterEntry, section: str, lock: int) -> tuple[Workspace, Sheet]:
    """The newest sheet of a section with its filing locked.

    Raises:
        Denied: the sheet is not begun.
        Stale: it changed since the actor looked.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    sheet = space.sheets.get(section)
    if sheet is None:
        raise Denied("ด้านนี้ยังไม่เริ่มบันทึก จึงยังทำรายการนี้ไม่ได้")
    if sheet.lock != lock:
        raise Stale
    return space, sheet


def act(
    *,
    actor: Actor,
    at: datetime,
    space: Workspace,
    sheet: Sheet,
    action: Action,
    note: str,
    order_number: str = "",
) -> Sheet:
    """Take the step and bring the certified figures in step with it."""
    step = TRANSITIONS[Status(sheet.status), action]
    result = step_apply(
        actor=actor, at=at, entry=space.entry, sheet=sheet, step=step, note=note, order_number=order_number
    )
    refresh_certified_figures(space=space, section=sheet.section)
    return result
