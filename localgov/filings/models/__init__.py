"""Tables of the room."""

from localgov.filings.models.attachment import Attachment
from localgov.filings.models.change import Change, Via
from localgov.filings.models.filing import Filing
from localgov.filings.models.linked_value import LinkedValue
from localgov.filings.models.presence import Presence
from localgov.filings.models.register_row import RegisterRow
from localgov.filings.models.sheet import Sheet
from localgov.filings.models.step import StepTaken
from localgov.filings.models.step_exception import StepException

__all__ = [
    "Attachment",
    "Change",
    "Filing",
    "LinkedValue",
    "Presence",
    "RegisterRow",
    "Sheet",
    "StepException",
    "StepTaken",
    "Via",
]
