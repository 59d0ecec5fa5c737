"""Attaching a file: the bytes are kept, and the file becomes the answer of its question through the one way in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.filings import policies, uploads
from localgov.filings.models import Attachment
from localgov.filings.selectors.workspace import workspace
from localgov.filings.services.changes import SetAnswer
from localgov.filings.services.saving import Saved, answers_save
from localgov.forms.engine.model import QuestionType
from localgov.rounds.models import RosterEntry


@transaction.atomic
def file_attach(
    *,
    actor: Actor,
    at: datetime,
    entry: RosterEntry,
    section: str,
    code: str,
    row: UUID | None,
    seq: int,
    name: str,
    content: bytes,
) -> Saved:
    """Keep a file and answer its question with it. The file's own name is never part of a path.

    Raises:
        Denied: the actor may not write this sheet now, or the question takes no file.
        uploads.NotAcceptable: too big, empty, or none of the kinds of file that questions take.
    """
    space = workspace(entry=entry, round=entry.round)
    sheet = space.sheets.get(section)
    policies.can_record(actor, entry=entry, round=entry.round, section=section, sheet=sheet, at=at).require()
    question = space.form.questions.get(code)
    if question is None or question.sheet != section or question.type is not QuestionType.FILE:
        raise Denied("ข้อนี้ไม่รับไฟล์")
    looked = uploads.look(content)
    attachment = Attachment(
        roster_entry=entry,
        question=code,
        name=uploads.clean_name(name, looked.suffix),
        content_type=looked.content_type,
        size=len(looked.content),
        sha256=hashlib.sha256(looked.content).hexdigest(),
        uploaded_by=actor.user_id,
        uploaded_label=actor.label,
        at=at,
    )
    attachment.file.save(f"{attachment.id.hex}{looked.suffix}", ContentFile(looked.content), save=False)
    attachment.save(force_insert=True)
    change = SetAnswer(code, attachment.answer, seq, question.register or "", row)
    return answers_save(actor=actor, at=at, entry=entry, section=section, batch=uuid4(), changes=[change])
