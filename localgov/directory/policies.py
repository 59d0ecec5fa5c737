"""Who may record a unit's website and administrators."""

from localgov.access.actor import Actor
from localgov.access.decision import ALLOW, Decision
from localgov.access.permissions import Permission
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import RosterEntry


def can_record(actor: Actor, entry: RosterEntry) -> Decision:
    """Whether the actor may record for the unit in the year of its roster: its recorders and its administrator.

    No date closes it: what the other menu asks may be recorded after the domain was certified (R4.4).
    """
    if not actor.can(Permission.DIRECTORY_RECORD, at=entry.path):
        return Decision("ผู้บันทึกและผู้ดูแลระบบ INFO ของ อปท. นั้นเท่านั้นที่บันทึกได้")
    if entry.excused_from is not None:
        return Decision("อปท. นี้พ้นหน้าที่ในปีงบประมาณนี้แล้ว จึงบันทึกไม่ได้")
    return ALLOW


def can_record_office(actor: Actor, office: OrganisationVersion) -> Decision:
    """Whether the actor may tell the website of a provincial office: its own officers."""
    if not actor.can(Permission.OFFICE_RECORD, at=office.path):
        return Decision("เจ้าหน้าที่ของ สถจ. นั้นเท่านั้นที่บันทึกได้")
    return ALLOW
