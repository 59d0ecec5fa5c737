"""Opening revision n+1 of a sheet that both levels have certified, and revoking."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.certification import policies
from localgov.certification.models import Lapse, Level
from localgov.certification.services.effects import certificate_end, refresh_certified_figures
from localgov.certification.services.undoing import act, locked_sheet
from localgov.filings.models import Sheet
from localgov.filings.selectors.workspace import workspace
from localgov.filings.services.workflow import Stale, Taking, steps_apply
from localgov.filings.states import TRANSITIONS, Action, Status
from localgov.rounds.models import RosterEntry


@transaction.atomic
def amend(*, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str) -> Sheet:
    """The unit opens an amendment with a reason; the certified revision stays in force, public and scored."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    policies.can_undo(actor, space=space, sheet=sheet, action=Action.AMEND, at=at).require()
    return act(actor=actor, at=at, space=space, sheet=sheet, action=Action.AMEND, note=note)


@transaction.atomic
def order_amendment(*, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str) -> Sheet:
    """The province orders an amendment with a reason; until it is certified again the data count as not current."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    policies.can_undo(actor, space=space, sheet=sheet, action=Action.ORDER_AMENDMENT, at=at).require()
    return act(actor=actor, at=at, space=space, sheet=sheet, action=Action.ORDER_AMENDMENT, note=note)


@transaction.atomic
def revoke(
    *, actor: Actor, at: datetime, entry: RosterEntry, section: str, lock: int, note: str, order_number: str
) -> Sheet:
    """The Department revokes a sheet's certification by an order: the revision in force and every one that it superseded.

    Revision n+1 opens as a copy, unless an amendment is open already: then that one goes on. `lock` is of the revision in
    force. Returns the sheet to go on with.

    Raises:
        Denied: nothing is in force with both signatures, the right is missing, reason or order number is blank.
        Stale: it changed since the actor looked.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    standing = list(
        Sheet.objects.filter(filing=space.filing, section=section, status=Status.CERTIFIED_PROVINCE).order_by(
            "-revision"
        )
    )
    if not standing:
        raise Denied("ด้านนี้ไม่มีฉบับที่ทั้งสองระดับรับรองแล้ว จึงไม่มีการรับรองให้เพิกถอน")
    if standing[0].lock != lock:
        raise Stale
    policies.can_undo(actor, space=space, sheet=standing[0], action=Action.REVOKE, at=at).require()
    going_on = space.sheets[section]
    for sheet in standing:
        for level in (Level.UNIT, Level.PROVINCE):
            certificate_end(
                actor=actor,
                at=at,
                space=space,
                sheet=sheet,
                level=level,
                kind=Lapse.Kind.REVOKED,
                reason=note.strip(),
                order_number=order_number.strip(),
            )
        step = replace(TRANSITIONS[Status(sheet.status), Action.REVOKE], opens_revision=sheet.is_newest)
        taking = Taking(actor=actor, entry=entry, sheet=sheet, step=step, note=note, order_number=order_number)
        (result,) = steps_apply(at=at, takings=[taking])
        going_on = result if step.opens_revision else going_on
    refresh_certified_figures(space=space, section=section)
    return going_on
