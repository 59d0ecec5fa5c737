"""Attached files, for those who may read the filing that they belong to."""

from __future__ import annotations

from uuid import UUID

from localgov.access.actor import Actor
from localgov.filings.models import Attachment
from localgov.rounds.models import RosterEntry


def attachment_visible(*, actor: Actor, attachment_id: UUID) -> Attachment | None:
    """The file with this id if the actor may read its unit's filing; None otherwise."""
    return Attachment.objects.filter(pk=attachment_id, roster_entry__in=RosterEntry.objects.visible_to(actor)).first()
