"""Files of a draft: the bytes are kept apart from any name that a person gave."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.notices import policies, uploads
from localgov.notices.models import Circular, CircularFile


@transaction.atomic
def file_attach(*, actor: Actor, at: datetime, circular_id: int, name: str, content: bytes) -> CircularFile:
    """Keep a file with a draft.

    Raises:
        Denied: not a draft of the actor's office, or it has as many files as it may.
        uploads.NotAcceptable: too big, empty, or none of the kinds that a letter carries.
    """
    circular = Circular.objects.select_for_update(of=("self",)).get(pk=circular_id)
    policies.can_edit(actor, circular).require()
    if circular.files.count() >= uploads.MOST_FILES:
        raise Denied(f"แนบได้ไม่เกิน {uploads.MOST_FILES} ไฟล์ รวมไฟล์หรือลบไฟล์เดิมก่อน")
    looked = uploads.look_at_paper(content)
    attached = CircularFile(
        circular=circular,
        name=uploads.clean_name(name, looked.suffix),
        content_type=looked.content_type,
        size=len(looked.content),
        sha256=hashlib.sha256(looked.content).hexdigest(),
        added_by=actor.user_id,
        added_label=actor.label,
        at=at,
    )
    attached.file.save(f"{attached.id.hex}{looked.suffix}", ContentFile(looked.content), save=False)
    attached.save(force_insert=True)
    return attached


@transaction.atomic
def file_remove(*, actor: Actor, file_id: UUID) -> Circular:
    """Take a file from a draft. Its bytes stay: the version before may hold the same. Raises `Denied`."""
    attached = CircularFile.objects.select_related("circular").get(pk=file_id)
    circular = Circular.objects.select_for_update(of=("self",)).get(pk=attached.circular_id)
    policies.can_edit(actor, circular).require()
    attached.delete()
    return circular
