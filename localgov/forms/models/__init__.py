"""Tables of the room."""

from localgov.forms.models.form_version import FormVersion
from localgov.forms.models.question_code import QuestionCode

__all__ = ["FormVersion", "QuestionCode"]
