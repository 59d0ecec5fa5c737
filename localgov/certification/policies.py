"""Who may certify, take back, return, amend and revoke, now."""

from __future__ import annotations

from collections.abc import Collection
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

#: From which status each level certifies.
WAITING: dict[Level, Status] = {Level.UNIT: Status.VERIFIED, Level.PROVINCE: Status.CERTIFIED_LAO}

_NOT_A_PERSON = Decision("ผู้ลงนามรับรองต้องเป็นบุคคลที่มีบัญชีในระบบ คำสั่งของเครื่องรับรองแทนไม่ได้")


def applicable_sheets(space: Workspace) -> list[Sheet]:
    """The newest sheets of the unit that apply to its type, in the form's order; those not begun are missing."""
    return [space.sheets[section] for section in space.applicable if section in space.sheets]


def waiting_sheets(space: Workspace, *, level: Level) -> list[Sheet]:
    """The sheets that one signature at a level covers now, in the form's order."""
    return [sheet for sheet in applicable_sheets(space) if sheet.status == WAITING[level]]


def can_certify_unit(actor: Actor, *, space: Workspace, in_force: Collection[str], at: datetime) -> Decision:
    """All applicable sheets verified or certified, at least one waiting, and the executive neither recorded nor verified.

    `in_force`: sheets with a revision that both levels certified. They count as certified while an amendment is open, so
    that one amendment never waits for another (DESIGN §4, States).
    """
    if not actor.can(Permission.CERTIFY_UNIT, at=space.entry.path):
        return Decision("การรับรองข้อมูลระดับ อปท. เป็นหน้าที่ของผู้บริหาร อปท. ที่จังหวัดแต่งตั้งเข้าระบบ")
    if actor.user_id is None:
        return _NOT_A_PERSON
    remaining = remaining_sections(space, in_force=in_force)
    if remaining:
        return Decision("ยังรับรองไม่ได้ ต้องตรวจสอบให้ครบทุกด้านก่อน ยังเหลือ: " + " · ".join(remaining))
    ready = waiting_sheets(space, level=Level.UNIT)
    if not ready:
        return Decision("ไม่มีด้านที่รอการรับรองระดับ อปท.")
    return _steps_allowed(actor, space=space, sheets=ready, action=Action.CERTIFY_LAO, at=at)


def remaining_sections(space: Workspace, *, in_force: Collection[str]) -> list[str]:
    """The sheets that keep the executive waiting, in words: not begun, being recorded, or not verified yet."""
    labels = []
    for section in space.applicable:
        sheet = space.sheets.get(section)
        label = space.form.sheets[section].label
        if sheet is None:
            labels.append(f"{label} (ยังไม่เริ่ม)")
        elif sheet.status not in (Status.VERIFIED, *CERTIFIED) and section not in in_force:
            labels.append(f"{label} ({sheet.get_status_display()})")
    return labels


def can_certify_province(actor: Actor, *, space: Workspace, at: datetime) -> Decision:
    """At least one sheet that the unit has certified and the province not yet."""
    if not actor.can(Permission.CERTIFY_PROVINCE, at=space.entry.path):
        return Decision("การรับรองข้อมูลระดับจังหวัด เป็นหน้าที่ของผู้รับรองระดับจังหวัดที่กรมแต่งตั้งเข้าระบบ")
    if actor.user_id is None:
        return _NOT_A_PERSON
    ready = waiting_sheets(space, level=Level.PROVINCE)
    if not ready:
        return Decision("ไม่มีด้านที่ อปท. รับรองแล้วและรอจังหวัดรับรอง")
    return _steps_allowed(actor, space=space, sheets=ready, action=Action.CERTIFY_PROVINCE, at=at)


def can_undo(actor: Actor, *, space: Workspace, sheet: Sheet, action: Action, at: datetime) -> Decision:
    """Whether a take-back, a return, an amendment or a revocation of this sheet may be done now.

    A revocation reaches the revision in force even while an amendment is open: nobody escapes it by opening one.
    """
    step = TRANSITIONS.get((Status(sheet.status), action))
    if step is None:
        return Decision(f"ทำรายการ “{action.label}” ไม่ได้ในสถานะ “{sheet.get_status_display()}”")
    if action == Action.REVOKE and not sheet.is_newest:
        return _holds(actor, space=space, sheet=sheet)
    return filings.can_take(actor, entry=space.entry, round=space.round, sheet=sheet, step=step, at=at)


def certifying_grant(actor: Actor, *, level: Level, path: str) -> Grant | None:
    """The grant under which the actor certifies at a level: its position is what the certificate names."""
    return next(actor.matching(_PERMISSIONS[level], at=path), None)


def _holds(actor: Actor, *, space: Workspace, sheet: Sheet) -> Decision:
    if actor.can(Permission.CERTIFICATE_REVOKE, at=space.entry.path, section=sheet.section):
        return ALLOW
    return Decision("การเพิกถอนการรับรองเป็นหน้าที่ของกรม (สถ.)")


def _steps_allowed(actor: Actor, *, space: Workspace, sheets: list[Sheet], action: Action, at: datetime) -> Decision:
    for sheet in sheets:
        decision = can_undo(actor, space=space, sheet=sheet, action=action, at=at)
        if not decision.allowed:
            return Decision(f"{space.form.sheets[sheet.section].label}: {decision.reason}")
    return ALLOW
