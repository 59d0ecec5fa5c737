"""Taking back and returning."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.certification import policies
from localgov.certification.models import Certificate, Lapse, Level
from localgov.certification.services.effects import certificate_end, refresh_certified_figures
from localgov.filings.models import Sheet
from localgov.filings.selectors.workspace import Workspace, workspace
from localgov.filings.services.workflow import Stale, Taking, steps_apply
from localgov.filings.states import TRANSITIONS, Action, Status
from localgov.rounds.models import RosterEntry

#: What a lapse says where no reason was asked for.
NO_REASON_GIVEN = "ถอนการรับรองโดยผู้รับรอง"

_TAKE_BACK: dict[Level, Action] = {
    Level.UNIT: Action.TAKE_BACK_LAO,
    Level.PROVINCE: Action.TAKE_BACK_PROVINCE,
}


@transaction.atomic
def unit_take_back(*, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str = "") -> Sheet:
    """The executive takes back his certification while the province has not certified."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    return _take_back(actor=actor, at=at, space=space, sheet=sheet, level=Level.UNIT, note=note)


@transaction.atomic
def province_take_back(
    *, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str = ""
) -> Sheet:
    """The province takes back its own certification within 7 days, while no amendment is open."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    return _take_back(actor=actor, at=at, space=space, sheet=sheet, level=Level.PROVINCE, note=note)


@transaction.atomic
def signature_take_back(
    *, actor: Actor, at: datetime, entry: RosterEntry, signature: UUID, note: str = ""
) -> list[Sheet]:
    """Take back every sheet of one signature whose certificate still stands; all of them or nothing.

    Raises:
        Denied: with the sheet that forbids, or because nothing of the signature stands any more.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    certificates = Certificate.objects.filter(
        signature=signature, sheet__filing__roster_entry=entry, lapse__isnull=True
    ).order_by("pk")
    taken = []
    for certificate in certificates:
        sheet = space.sheets.get(certificate.sheet.section)
        if sheet is None or sheet.pk != certificate.sheet_id:
            label = space.form.sheets[certificate.sheet.section].label
            raise Denied(f"{label}: มีฉบับแก้ไขใหม่กว่าแล้ว จึงถอนการรับรองทั้งหมดไม่ได้ โปรดถอนทีละด้าน")
        taken.append(
            _take_back(actor=actor, at=at, space=space, sheet=sheet, level=Level(certificate.level), note=note)
        )
    if not taken:
        raise Denied("การลงนามครั้งนี้ถูกถอนหรือสิ้นผลไปแล้ว ไม่มีใบรับรองที่ถอนได้")
    return taken


@transaction.atomic
def province_return(*, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str) -> Sheet:
    """The province returns one sheet with a reason: the revision closes, n+1 opens as a copy, which is returned."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    policies.can_undo(actor, space=space, sheet=sheet, action=Action.RETURN_BY_PROVINCE, at=at).require()
    certificate_end(
        actor=actor, at=at, space=space, sheet=sheet, level=Level.UNIT, kind=Lapse.Kind.RETURNED, reason=note
    )
    return act(actor=actor, at=at, space=space, sheet=sheet, action=Action.RETURN_BY_PROVINCE, note=note)


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


def act(*, actor: Actor, at: datetime, space: Workspace, sheet: Sheet, action: Action, note: str) -> Sheet:
    """Take the step and bring the certified figures in step with it."""
    step = TRANSITIONS[Status(sheet.status), action]
    (result,) = steps_apply(at=at, takings=[Taking(actor=actor, entry=space.entry, sheet=sheet, step=step, note=note)])
    refresh_certified_figures(space=space, section=sheet.section)
    return result


def _take_back(*, actor: Actor, at: datetime, space: Workspace, sheet: Sheet, level: Level, note: str) -> Sheet:
    action = _TAKE_BACK[level]
    policies.can_undo(actor, space=space, sheet=sheet, action=action, at=at).require()
    certificate_end(
        actor=actor,
        at=at,
        space=space,
        sheet=sheet,
        level=level,
        kind=Lapse.Kind.TAKEN_BACK,
        reason=note.strip() or NO_REASON_GIVEN,
    )
    return act(actor=actor, at=at, space=space, sheet=sheet, action=action, note=note)
