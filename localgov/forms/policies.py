"""Who may publish a form."""

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission


def can_publish(actor: Actor) -> Decision:
    """Form owners of the Department, and the system itself when it sets up."""
    if actor.scopes(Permission.FORM_PUBLISH):
        return ALLOW
    return Decision("การเผยแพร่แบบข้อมูลเป็นหน้าที่ของเจ้าของแบบข้อมูลของกรม")
