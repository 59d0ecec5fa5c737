"""What every statement of a unit begins with: the right, the order of writers, and what the writer had seen."""

from __future__ import annotations

from typing import TypeVar

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.directory import policies
from localgov.directory.models import OfficeWebsite
from localgov.directory.models.unit_record import UnitRecord
from localgov.directory.selectors.records import earlier, newest
from localgov.organisations.models import Organisation
from localgov.rounds.models import RosterEntry

Record = TypeVar("Record", bound=UnitRecord)


class OutOfDate(Denied):
    """Somebody recorded while the writer had the page open: it shows what stands now, nothing was overwritten."""

    @classmethod
    def since(cls, standing: UnitRecord | OfficeWebsite | None) -> OutOfDate:
        """Who recorded what stands by now, and what to do."""
        by = standing.actor_label if standing else ""
        return cls(f"{by} บันทึกไว้แล้วระหว่างที่ท่านเปิดหน้านี้ สิ่งที่ท่านกรอกยังไม่ได้บันทึก โปรดตรวจค่าปัจจุบันแล้วบันทึกอีกครั้ง")


def begin(kind: type[Record], *, actor: Actor, entry: RosterEntry, seen: int) -> Record | None:
    """Make sure that the actor may record and saw what stands, and let writers of one unit wait for each other.

    `seen` is the id of the record that the page showed, 0 for none. Returns the record that stands.

    Raises:
        Denied: not a recorder or the administrator of the unit, or the unit is excused.
        OutOfDate: another record stands by now.
    """
    policies.can_record(actor, entry).require()
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.organisation_id)
    standing = newest(kind, entry=entry)
    if (standing.pk if standing else 0) != seen:
        raise OutOfDate.since(standing)
    return standing


def to_confirm(kind: type[Record], *, entry: RosterEntry, standing: Record | None) -> Record:
    """The record of an earlier year that is confirmed for this one. Raises `Denied` where there is nothing to confirm."""
    found = earlier(kind, entry=entry) if standing is None else None
    if found is None:
        raise Denied("ไม่มีข้อมูลของปีก่อนให้ยืนยัน หรือปีงบประมาณนี้บันทึกไว้แล้ว")
    return found
