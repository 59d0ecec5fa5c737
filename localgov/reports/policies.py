"""Who may write letters in the name of which office."""

from __future__ import annotations

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.reports.kinds import KINDS_OF_OFFICE, LetterKind


def can_write(actor: Actor, *, path: str) -> Decision:
    """Whether the actor may write in the name of the office with this path: an officer of that very office."""
    if any(grant.scope == path for grant in actor.matching(Permission.LETTER_WRITE)):
        return ALLOW
    return Decision("ทำหนังสือได้ในนามสำนักงานของท่านเท่านั้น")


def can_send(kind: LetterKind, *, office_kind: str) -> Decision:
    """Whether an office of this kind writes letters of this kind."""
    if kind in KINDS_OF_OFFICE.get(office_kind, ()):
        return ALLOW
    return Decision(f"สำนักงานของท่านไม่ได้ออก{kind.label}")
