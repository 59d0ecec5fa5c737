"""Opening revision n+1 of a sheet that both levels have certified, and revoking."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.certification import policies
from localgov.certification.models import Lapse, Level
from localgov.certification.services.effects import certificate_end
from localgov.certification.services.undoing import act, locked_sheet
from localgov.filings.models import Sheet
from localgov.filings.states import Action
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
    """The Department revokes both certificates of a sheet by an order; n+1 opens as a copy."""
    space, sheet = locked_sheet(entry=entry, section=section, lock=lock)
    policies.can_undo(actor, space=space, sheet=sheet, action=Action.REVOKE, at=at).require()
    for level in (Level.UNIT, Level.PROVINCE):
        certificate_end(
            actor=actor,
            at=at,
            sheet=sheet,
            level=level,
            kind=Lapse.Kind.REVOKED,
            reason=note,
            order_number=order_number,
        )
    return act(actor=actor, at=at, space=space, sheet=sheet, action=Action.REVOKE, note=note, order_number=order_number)
