"""Who may write what a unit publishes, and who checks it (R6.4)."""

from __future__ import annotations

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.organisations.models import OrganisationVersion
from localgov.publishing.models import ItemVersion
from localgov.publishing.states import CheckState


def can_record(actor: Actor, unit: OrganisationVersion) -> Decision:
    """Any recorder of the unit, whatever the domains of his rights. `unit` is its version in force today."""
    if actor.can(Permission.PUBLISH_RECORD, at=unit.path):
        return ALLOW
    return Decision("ผู้บันทึกของ อปท. นั้นเท่านั้นที่บันทึกข่าว สินค้า และสถานที่ได้")


def can_check(actor: Actor, unit: OrganisationVersion, version: ItemVersion) -> Decision:
    """An officer of the unit's province, never who wrote the version. Only the newest version of an item is checked.

    A version that was checked may still be sent back: that takes the item off the public's pages.
    """
    if not actor.can(Permission.PUBLISH_CHECK, at=unit.path):
        return Decision("เจ้าหน้าที่ สถจ. ของจังหวัดนั้นเท่านั้นที่ตรวจสอบก่อนเผยแพร่ได้")
    if actor.user_id is not None and actor.user_id == version.actor_id:
        return Decision("ผู้บันทึกตรวจสอบข้อมูลที่ตนบันทึกไม่ได้")
    if version.check_state == CheckState.RETURNED:
        return Decision("ฉบับนี้ส่งกลับไปแล้ว รอ อปท. แก้ไขเป็นฉบับใหม่")
    return ALLOW


def can_ask_for_entries(actor: Actor) -> Decision:
    """Who opens the rounds of the country says what is to be entered by when."""
    if actor.can(Permission.ROUND_OPEN, at="th."):
        return ALLOW
    return Decision("การกำหนดวันครบกำหนดของข่าว สินค้า และสถานที่เป็นหน้าที่ของเจ้าหน้าที่กรม")
