"""What writes in this room."""

from localgov.forms.services.notes import NoteStale, note_write, notes_begin
from localgov.forms.services.publishing import (
    FORMS_FOLDER,
    Published,
    form_draft_discard,
    form_draft_publish,
    form_draft_save,
    form_publish,
    form_publish_from_folder,
)

__all__ = [
    "FORMS_FOLDER",
    "NoteStale",
    "Published",
    "form_draft_discard",
    "form_draft_publish",
    "form_draft_save",
    "form_publish",
    "form_publish_from_folder",
    "note_write",
    "notes_begin",
]
