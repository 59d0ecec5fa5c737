"""Receipts of addressees: opened, acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.audit import services as audit
from localgov.notices import policies
from localgov.notices.models import Addressee, Circular, Receipt
from localgov.notices.states import CircularState, ReceiptKind


@transaction.atomic
def circular_open(*, actor: Actor, at: datetime, circular: Circular) -> None:
    """Note that somebody of an addressee reads it, the first time. Who watches from above leaves no receipt; none for a draft."""
    if circular.state != CircularState.DRAFT:
        _note(actor, at, circular, ReceiptKind.OPENED)


@transaction.atomic
def circular_acknowledge(*, actor: Actor, at: datetime, circular_id: int) -> Circular:
    """รับทราบ, for the actor's own office or unit, once.

    Raises `Denied`: not addressed to it, acknowledged already, or ended.
    """
    circular = Circular.objects.get(pk=circular_id)
    own = Addressee.objects.of(actor).filter(circular=circular)
    pending = own.exclude(receipts__kind=ReceiptKind.ACKNOWLEDGED)
    addressed = list(own.values_list("pk", flat=True))
    left = list(pending.values_list("pk", flat=True)) if addressed else []
    policies.can_acknowledge(circular, is_addressed=bool(addressed), is_acknowledged=not left).require()
    _note(actor, at, circular, ReceiptKind.OPENED)
    written = _note(actor, at, circular, ReceiptKind.ACKNOWLEDGED)
    audit.record_many(
        *(
            audit.Act(
                actor=actor,
                type="circular.acknowledge",
                target_kind="circular",
                target_id=circular.pk,
                target_label=f"{circular.number} {circular.subject}",
                path=path,
                at=at,
            )
            for path in written
        )
    )
    return circular


def _note(actor: Actor, at: datetime, circular: Circular, kind: ReceiptKind) -> Sequence[str]:
    """Write what is not there yet; the paths of the addressees that got it. Two at once write one."""
    wanting = Addressee.objects.of(actor).filter(circular=circular).exclude(receipts__kind=kind)
    found = list(wanting.values_list("pk", "version__path"))
    Receipt.objects.bulk_create(
        (
            Receipt(
                circular=circular, addressee_id=pk, kind=kind, actor_id=actor.user_id, actor_label=actor.label, at=at
            )
            for pk, _ in found
        ),
        ignore_conflicts=True,
    )
    return [path for _, path in found]
