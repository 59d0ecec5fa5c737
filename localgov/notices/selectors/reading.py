"""Circulars as addressees read them: the list, what waits to be acknowledged, one circular."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from localgov.access.actor import Actor
from localgov.access.decision import Decision
from localgov.lib.thai_text import search_text
from localgov.notices import policies
from localgov.notices.models import Addressee, Circular, CircularFile, Receipt
from localgov.notices.selectors import addressing
from localgov.notices.states import CircularState, ReceiptKind

#: What a list may be asked for: how far one's own office or unit is with a circular.
UNACKNOWLEDGED, UNOPENED, ACKNOWLEDGED, ENDED = "unacknowledged", "unopened", "acknowledged", "ended"
_ENDED = (CircularState.REPLACED, CircularState.WITHDRAWN)


def receipt_at(kind: ReceiptKind, addressee: str = "pk") -> Subquery:
    """When an addressee opened or acknowledged; None if it has not."""
    return Subquery(Receipt.objects.filter(addressee=OuterRef(addressee), kind=kind).values("at"))


def inbox(*, actor: Actor, words: str = "", standing: str = "") -> QuerySet[Addressee]:
    """What was addressed to the actor's office or unit, newest first, with `opened_at` and `acknowledged_at`."""
    rows = Addressee.objects.of(actor).select_related("circular")
    rows = rows.annotate(opened_at=receipt_at(ReceiptKind.OPENED), acknowledged_at=receipt_at(ReceiptKind.ACKNOWLEDGED))
    if wanted := search_text(words):
        rows = rows.filter(circular__search_text__contains=wanted)
    standings = {
        UNOPENED: Q(circular__state=CircularState.PUBLISHED, opened_at__isnull=True),
        UNACKNOWLEDGED: Q(circular__state=CircularState.PUBLISHED, acknowledged_at__isnull=True),
        ACKNOWLEDGED: Q(acknowledged_at__isnull=False),
        ENDED: Q(circular__state__in=_ENDED),
    }
    if standing in standings:
        rows = rows.filter(standings[standing])
    return rows.order_by("-circular__published_at", "-pk")


def unacknowledged(*, actor: Actor) -> QuerySet[Addressee]:
    """What waits for รับทราบ of the actor's office or unit, the earliest day to finish first; `opened_at` with each."""
    rows = Addressee.objects.of(actor).filter(circular__state=CircularState.PUBLISHED)
    rows = rows.exclude(receipts__kind=ReceiptKind.ACKNOWLEDGED).select_related("circular")
    rows = rows.annotate(opened_at=receipt_at(ReceiptKind.OPENED))
    return rows.order_by(F("circular__finish_on").asc(nulls_last=True), "circular__published_at", "pk")


@dataclass(frozen=True)
class CircularPage:
    """One circular as its page shows it to somebody.

    `own` is the addressee that the reader belongs to (None for who watches), with `acknowledged`: the receipt and by whom.
    """

    circular: Circular
    files: list[CircularFile]
    to: str
    own: Addressee | None
    acknowledged: Receipt | None
    may_acknowledge: Decision
    may_end: Decision
    older: Circular | None
    newer: Circular | None


def circular_page(*, actor: Actor, circular_id: int) -> CircularPage | None:
    """The page of a circular that the actor may read; None for any other. Four queries."""
    circular = (
        Circular.objects.visible_to(actor)
        .select_related("round", "replaces", "replaced_by")
        .filter(pk=circular_id)
        .first()
    )
    if circular is None:
        return None
    own = Addressee.objects.of(actor).filter(circular=circular).order_by("pk").first()
    receipt = Receipt.objects.filter(addressee=own, kind=ReceiptKind.ACKNOWLEDGED).first() if own else None
    newer: Circular | None = getattr(circular, "replaced_by", None)
    return CircularPage(
        circular=circular,
        files=list(circular.files.order_by("at", "pk")),
        to=addressing.wording(circular),
        own=own,
        acknowledged=receipt,
        may_acknowledge=policies.can_acknowledge(
            circular, is_addressed=own is not None, is_acknowledged=receipt is not None
        ),
        may_end=policies.can_end(actor, circular),
        older=circular.replaces,
        newer=newer if newer and newer.state != CircularState.DRAFT else None,
    )


def file_visible(*, actor: Actor, file_id: UUID) -> CircularFile | None:
    """A file of a circular that the actor may read."""
    return CircularFile.objects.filter(pk=file_id, circular__in=Circular.objects.visible_to(actor)).first()
