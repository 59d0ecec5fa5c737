"""Who may write, publish, end and answer a circular, and what a circular must be before it goes out."""

from __future__ import annotations

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.notices.models import Circular, Mail
from localgov.notices.models.circular import publishing_offices
from localgov.notices.states import CircularState, MailState


def can_write(actor: Actor) -> Decision:
    """Officers of the Department, a province or a district, for their office."""
    if publishing_offices(actor):
        return ALLOW
    return Decision("การออกหนังสือแจ้งเวียนเป็นหน้าที่ของเจ้าหน้าที่กรม สถจ. และ สถอ.")


def can_manage(actor: Actor, circular: Circular) -> Decision:
    """Officers of the very office that sends it; those above read it."""
    if circular.office_id in publishing_offices(actor):
        return ALLOW
    return Decision("หนังสือฉบับนี้เป็นของหน่วยงานอื่น ท่านจึงอ่านได้อย่างเดียว")


def can_edit(actor: Actor, circular: Circular) -> Decision:
    """A draft of one's own office."""
    if not (managing := can_manage(actor, circular)).allowed:
        return managing
    if circular.state != CircularState.DRAFT:
        return Decision("หนังสือที่เผยแพร่แล้วแก้ไขไม่ได้ ให้ออกฉบับแก้ไขหรือยกเลิกหนังสือ")
    return ALLOW


def can_publish(actor: Actor, circular: Circular, *, addressees: int, files: int) -> Decision:
    """A draft that says something to somebody."""
    if not (editing := can_edit(actor, circular)).allowed:
        return editing
    if not circular.body.strip() and not files:
        return Decision("หนังสือยังไม่มีเนื้อความและไม่มีไฟล์แนบ โปรดเพิ่มอย่างน้อยหนึ่งอย่าง")
    if circular.replaces_id is not None and not circular.change_note:
        return Decision("โปรดระบุว่าฉบับนี้แก้ไขเรื่องใดจากฉบับก่อน")
    if not addressees:
        return Decision("ยังไม่มีหน่วยงานที่จะได้รับหนังสือนี้ โปรดเลือกผู้รับใหม่")
    return ALLOW


def can_end(actor: Actor, circular: Circular) -> Decision:
    """Withdrawing or correcting: what is published and has not ended."""
    if not (managing := can_manage(actor, circular)).allowed:
        return managing
    if circular.state != CircularState.PUBLISHED:
        return Decision(f"ทำได้เฉพาะหนังสือที่เผยแพร่อยู่ ฉบับนี้{circular.get_state_display()}")
    return ALLOW


def can_acknowledge(circular: Circular, *, is_addressed: bool, is_acknowledged: bool) -> Decision:
    """Somebody of an addressee, once, while it stands."""
    if not is_addressed:
        return Decision("หนังสือฉบับนี้ไม่ได้ส่งถึงหน่วยงานของท่าน")
    if circular.state != CircularState.PUBLISHED:
        return Decision(f"ไม่ต้องรับทราบ เพราะหนังสือฉบับนี้{circular.get_state_display()}")
    if is_acknowledged:
        return Decision("หน่วยงานของท่านรับทราบแล้ว")
    return ALLOW


def can_retry(actor: Actor, mail: Mail) -> Decision:
    """The Department's officers and operators: what failed, or what nobody knows of."""
    if not actor.can(Permission.MAIL_MANAGE, at=mail.path):
        return Decision("การสั่งส่งอีเมลใหม่เป็นหน้าที่ของเจ้าหน้าที่กรมและผู้ปฏิบัติการระบบ")
    if mail.state not in (MailState.FAILED, MailState.UNKNOWN):
        return Decision(f"สั่งส่งใหม่ได้เฉพาะอีเมลที่ส่งไม่สำเร็จหรือไม่ทราบผล ฉบับนี้{mail.get_state_display()}")
    return ALLOW


def can_plan(actor: Actor) -> Decision:
    """Who opens rounds says when their units are reminded."""
    if actor.can(Permission.ROUND_OPEN, at="th."):
        return ALLOW
    return Decision("การกำหนดวันแจ้งเตือนเป็นหน้าที่ของเจ้าหน้าที่กรมที่เปิดรอบการบันทึก")


def can_mail_accounts(actor: Actor) -> Decision:
    """Who hands accounts down to the whole country."""
    if actor.can(Permission.ACCOUNTS_ISSUE, at="th."):
        return ALLOW
    return Decision("การส่งบัญชีให้จังหวัดเป็นหน้าที่ของเจ้าหน้าที่กรม")
