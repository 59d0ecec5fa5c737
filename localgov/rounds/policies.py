"""Who may open a round and change its roster."""

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission


def can_open(actor: Actor) -> Decision:
    """Officers of the Department."""
    if actor.scopes(Permission.ROUND_OPEN):
        return ALLOW
    return Decision("การเปิดรอบบันทึกข้อมูลเป็นหน้าที่ของเจ้าหน้าที่กรม")
