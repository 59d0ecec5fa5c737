"""Taking in documents that go with news."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.filings.uploads import clean_name
from localgov.publishing import policies
from localgov.publishing.documents import document_looked, path_of
from localgov.publishing.models import Document
from localgov.publishing.services.items import unit_for
from localgov.publishing.services.pictures import store


@transaction.atomic
def document_add(*, actor: Actor, at: datetime, organisation_id: int, name: str, content: bytes) -> Document:
    """Keep a document that was sent for a unit; the same bytes again are the one that is kept.

    It is put into a piece of news by its id; put into none it is forgotten.

    Raises:
        uploads.NotAcceptable: no PDF, Word or Excel file without macros, empty or too big, with the reason.
        Denied: the actor is no recorder of the unit.
    """
    unit = unit_for(organisation_id=organisation_id, at=at)
    policies.can_record(actor, unit).require()
    looked = document_looked(content)
    digest = hashlib.sha256(looked.content).hexdigest()
    store(path_of(digest, looked.suffix), looked.content)
    document, _ = Document.objects.get_or_create(
        organisation_id=organisation_id,
        sha256=digest,
        defaults={
            "name": clean_name(name, looked.suffix),
            "content_type": looked.content_type,
            "suffix": looked.suffix,
            "size": len(looked.content),
            "uploaded_by": actor.user_id,
            "uploaded_label": actor.label,
            "at": at,
        },
    )
    return document
