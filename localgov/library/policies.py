"""Who keeps the download box, and for whom its things are."""

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES, Seat


def can_keep(actor: Actor) -> Decision:
    """Officers of the Department (MISSION R2.6)."""
    if actor.scopes(Permission.DOWNLOAD_KEEP):
        return ALLOW
    return Decision("การเพิ่มและเปลี่ยนเอกสารดาวน์โหลดเป็นหน้าที่ของเจ้าหน้าที่กรม")


def seats_of(actor: Actor) -> frozenset[Seat]:
    """The seats at which the actor holds a role."""
    return frozenset(ROLES[grant.role].seat for grant in actor.grants)
