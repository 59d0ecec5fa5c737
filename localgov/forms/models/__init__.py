"""Tables of the room."""

from localgov.forms.models.form_draft import FormDraft
from localgov.forms.models.form_version import FormVersion
from localgov.forms.models.note import HOME, Note
from localgov.forms.models.question_code import QuestionCode

__all__ = ["HOME", "FormDraft", "FormVersion", "Note", "QuestionCode"]
