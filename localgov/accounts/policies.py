"""Who may make, change and seat whom. Each answer is a `Decision`: the page shows its reason, the service requires it."""

from dataclasses import dataclass

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES, RoleCode, Seat


@dataclass(frozen=True)
class Subject:
    """The account that is acted upon: where it belongs today and which roles it holds today."""

    user_id: int
    path: str
    seat: Seat
    is_handed_down: bool
    is_active: bool
    roles: frozenset[RoleCode]

    @property
    def positions(self) -> frozenset[RoleCode]:
        """The roles that it holds as a position."""
        return frozenset(role for role in self.roles if ROLES[role].held_as_position)


def can_add_person(actor: Actor, *, path: str, seat: Seat) -> Decision:
    """Whether the actor may make a personal account in an organisation."""
    if actor.can(_keeper(seat), at=path):
        return ALLOW
    if seat is Seat.UNIT:
        return Decision("เฉพาะผู้ดูแลระบบ INFO ของ อปท. นั้นที่สร้างบัญชีบุคคลได้")
    return Decision("เฉพาะกรมที่สร้างบัญชีเจ้าหน้าที่ สถจ. สถอ. และส่วนกลางได้")


def can_set_rights(actor: Actor, subject: Subject) -> Decision:
    """Whether the actor may give or take recorder and verifier rights."""
    if subject.seat is not Seat.UNIT:
        return Decision("สิทธิบันทึกและตรวจสอบมีเฉพาะบัญชีบุคคลใน อปท.")
    if not actor.can(Permission.PEOPLE_MANAGE, at=subject.path):
        return Decision("เฉพาะผู้ดูแลระบบ INFO ของ อปท. นั้นที่กำหนดสิทธิได้")
    if subject.is_handed_down or RoleCode.UNIT_ADMINISTRATOR in subject.roles:
        return Decision("บัญชีผู้ดูแลระบบ INFO ใช้สร้างบัญชีบุคคลและกำหนดสิทธิเท่านั้น จะบันทึกหรือตรวจสอบข้อมูลไม่ได้")
    if not subject.is_active:
        return Decision("บัญชีนี้ถูกปิดใช้ โปรดเปิดใช้ก่อนกำหนดสิทธิ")
    return ALLOW


def can_control(actor: Actor, subject: Subject) -> Decision:
    """Whether the actor may give an account a new code, rename, close or reopen it.

    Who controls an account could act as it, so control belongs to who could have given its weightiest role: of a position
    the one who seats, of a handed-down account the office above, of anyone else the keeper of the organisation's people.
    """
    if subject.user_id == actor.user_id:
        return Decision("นี่คือบัญชีของท่านเอง เปลี่ยนรหัสผ่านได้ที่เมนูบัญชีด้านบน")
    if subject.is_handed_down:
        return _from_above(actor, subject.path)
    if subject.positions:
        needed = {ROLES[role].given_by for role in subject.positions}
        if all(actor.can(permission, at=subject.path) for permission in needed):
            return ALLOW
        return Decision("บัญชีนี้ดำรงตำแหน่งผู้รับรองข้อมูล เฉพาะผู้ที่แต่งตั้งตำแหน่งนั้น (สถจ. หรือกรม) ที่ทำรายการนี้ได้")
    if actor.can(_keeper(subject.seat), at=subject.path):
        return ALLOW
    return Decision("บัญชีของท่านไม่มีสิทธิจัดการบัญชีนี้")


def can_seat(actor: Actor, *, role: RoleCode, path: str, seat: Seat) -> Decision:
    """Whether the actor may seat somebody in a role at an organisation, or end such a term."""
    if role in (RoleCode.UNIT_ADMINISTRATOR, RoleCode.RECORDER, RoleCode.VERIFIER):
        return Decision("บทบาทนี้ไม่ได้ให้โดยการแต่งตั้ง")
    if ROLES[role].seat is not seat:
        return Decision(f"บทบาท “{ROLES[role].name}” ใช้กับหน่วยงานประเภทนี้ไม่ได้")
    if not actor.can(ROLES[role].given_by, at=path):
        return Decision(f"บัญชีของท่านไม่มีสิทธิแต่งตั้ง “{ROLES[role].name}” ของหน่วยงานนี้")
    return ALLOW


def can_be_seated(subject: Subject, *, path: str) -> Decision:
    """Whether an existing account may take a seat at the organisation with this path."""
    if subject.path != path:
        return Decision("บัญชีนี้ไม่ได้สังกัดหน่วยงานนี้")
    if subject.is_handed_down:
        return Decision("บัญชีที่ส่งมอบให้หน่วยงานไม่ใช่บัญชีของบุคคล จึงแต่งตั้งไม่ได้ โปรดเลือกหรือสร้างบัญชีบุคคล")
    if not subject.is_active:
        return Decision("บัญชีนี้ถูกปิดใช้ โปรดเลือกบัญชีอื่น")
    return ALLOW


def can_grant_exceptions(actor: Actor, *, path: str) -> Decision:
    """Whether the actor may let a person of the unit with this path do two parts: who seats its executive."""
    if actor.can(Permission.SEAT_UNIT_EXECUTIVE, at=path):
        return ALLOW
    return Decision("ข้อยกเว้นของ อปท. ขนาดเล็กเป็นอำนาจของจังหวัด ทำได้โดยเจ้าหน้าที่ สถจ. ของจังหวัดนั้น หรือกรม")


def can_except(actor: Actor, subject: Subject) -> Decision:
    """Whether the actor may grant this account an exception."""
    may = can_grant_exceptions(actor, path=subject.path)
    if not may.allowed:
        return may
    if subject.seat is not Seat.UNIT or subject.is_handed_down or RoleCode.UNIT_ADMINISTRATOR in subject.roles:
        return Decision("ข้อยกเว้นให้ได้เฉพาะบัญชีบุคคลของ อปท. ไม่ให้บัญชีที่ส่งมอบให้หน่วยงาน")
    if not subject.is_active:
        return Decision("บัญชีนี้ถูกปิดใช้ โปรดเลือกบัญชีอื่น")
    return ALLOW


def can_issue(actor: Actor) -> Decision:
    """Whether the actor may hand accounts down to the organisations below its own."""
    if actor.scopes(Permission.ACCOUNTS_ISSUE):
        return ALLOW
    return Decision("บัญชีของท่านไม่มีสิทธิออกบัญชีให้หน่วยงาน")


def _from_above(actor: Actor, path: str) -> Decision:
    """An office hands down to those below it, never to itself."""
    if any(path.startswith(scope) and path != scope for scope in actor.scopes(Permission.ACCOUNTS_ISSUE)):
        return ALLOW
    return Decision("บัญชีที่ส่งมอบให้หน่วยงาน จัดการได้โดยหน่วยงานที่อยู่เหนือขึ้นไปเท่านั้น")


def _keeper(seat: Seat) -> Permission:
    """The permission of who keeps the people of an organisation of this kind."""
    return Permission.PEOPLE_MANAGE if seat is Seat.UNIT else Permission.SEAT_OFFICER
