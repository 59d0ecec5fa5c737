"""Who may change the register."""

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission


def can_manage_register(actor: Actor) -> Decision:
    """Operators of the Department, and the commands that they run."""
    if actor.scopes(Permission.REGISTER_MANAGE):
        return ALLOW
    return Decision("การนำเข้าและแก้ไขทะเบียน อปท. เป็นหน้าที่ของผู้ปฏิบัติการระบบของกรม")
