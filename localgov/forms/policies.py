"""Who may publish a form, and write the notes on it."""

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.forms.models import HOME


def can_publish(actor: Actor) -> Decision:
    """Form owners of the Department, and the system itself when it sets up."""
    if actor.scopes(Permission.FORM_PUBLISH):
        return ALLOW
    return Decision("การเผยแพร่แบบข้อมูลเป็นหน้าที่ของเจ้าของแบบข้อมูลของกรม")


def can_write_note(actor: Actor, subject: str) -> Decision:
    """The note on the home page is the Department's; those on forms are their owners' too (MISSION R2.7)."""
    if subject == HOME and not actor.scopes(Permission.NOTE_HOME):
        return Decision("หมายเหตุของหน้าแรกเขียนโดยเจ้าหน้าที่กรม")
    if subject != HOME and not actor.scopes(Permission.NOTE_FORM):
        return Decision("หมายเหตุของแบบข้อมูลเขียนโดยเจ้าของแบบข้อมูลหรือเจ้าหน้าที่กรม")
    return ALLOW
