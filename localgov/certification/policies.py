"""Who may certify, take back, return, amend and revoke, now."""

from __future__ import annotations

from datetime import datetime

from localgov.access.actor import Actor, Grant
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.certification.models import Level
from localgov.filings import policies as filings
from localgov.filings.models import Sheet
from localgov.filings.selectors.workspace import Workspace
from localgov.filings.states import CERTIFIED, TRANSITIONS, Action, Status

_PERMISSIONS = {Level.UNIT: Permission.CERTIFY_UNIT, Level.PROVINCE: Permission.CERTIFY_PROVINCE}


def applicable_sheets(space: Workspace) -> list[Sheet]:
    """The newest sheets of the unit that apply to its type, in the form's order; those not begun are missing."""
    return [space.sheets[section] for section in space.applicable if section in space.sheets]


def can_certify_unit(actor: Actor, *, space: Workspace, at: datetime) -> Decision:
    """All applicable sheets verified or certified, at least one waiting, and the executive neither recorded nor verified."""
    if not actor.can(Permission.CERTIFY_UNIT, at=space.entry.path):
        return Decision("การรับรองข้อมูลระดับ อปท. เป็นหน้าที่ของผู้บริหาร อปท. ที่จังหวัดแต่งตั้งเข้าระบบ")
    missing = [section for section in space.applicable if section not in space.sheets]
    sheets = applicable_sheets(space)
    unready = [sheet for sheet in sheets if sheet.status not in (Status.VERIFIED, *CERTIFIED)]
    if missing or unready:
        labels = [space.form.sheets[section].label for section in missing]
        labels += [f"{space.form.sheets[sheet.section].label} ({sheet.get_status_display()})" for sheet in unready]
        return Decision("ยังรับรองไม่ได้ ต้องตรวจสอบให้ครบทุกด้านก่อน ยังเหลือ: " + " · ".join(labels))
    ready = [sheet for sheet in sheets if sheet.status == Status.VERIFIED]
    if not ready:
        return Decision("ไม่มีด้านที่รอการรับรองระดับ อปท.")
    return _steps_allowed(actor, space=space, sheets=ready, action=Action.CERTIFY_LAO, at=at)


def can_certify_province(actor: Actor, *, space: Workspace, at: datetime) -> Decision:
    """At least one sheet that the unit has certified and the province not yet."""
    if not actor.can(Permission.CERTIFY_PROVINCE, at=space.entry.path):
        return Decision("การรับรองข้อมูลระดับจังหวัด เป็นหน้าที่ของผู้รับรองระดับจังหวัดที่กรมแต่งตั้งเข้าระบบ")
    ready = [sheet for sheet in applicable_sheets(space) if sheet.status == Status.CERTIFIED_LAO]
    if not ready:
        return Decision("ไม่มีด้านที่ อปท. รับรองแล้วและรอจังหวัดรับรอง")
    return _steps_allowed(actor, space=space, sheets=ready, action=Action.CERTIFY_PROVINCE, at=at)


def can_undo(actor: Actor, *, space: Workspace, sheet: Sheet, action: Action, at: datetime) -> Decision:
    """Whether a take-back, a return, an amendment or a revocation of this sheet may be done now."""
    step = TRANSITIONS.get((Status(sheet.status), action))
    if step is None:
        return Decision(f"ทำรายการ “{action.label}” ไม่ได้ในสถานะ “{sheet.get_status_display()}”")
    return filings.can_take(actor, entry=space.entry, round=space.round, sheet=sheet, step=step, at=at)


def certifying_grant(actor: Actor, *, level: Level, path: str) -> Grant | None:
    """The grant under which the actor certifies at a level: its position is what the certificate names."""
    return next(actor.matching(_PERMISSIONS[level], at=path), None)


def _steps_allowed(actor: Actor, *, space: Workspace, sheets: list[Sheet], action: Action, at: datetime) -> Decision:
    for sheet in sheets:
        decision = can_undo(actor, space=space, sheet=sheet, action=action, at=at)
        if not decision.allowed:
            return Decision(f"{space.form.sheets[sheet.section].label}: {decision.reason}")
    return ALLOW
