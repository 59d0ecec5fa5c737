"""Writing: answers and steps."""

from localgov.filings.services.attaching import file_attach
from localgov.filings.services.carrying import answers_carry_forward
from localgov.filings.services.linking import linked_values_put
from localgov.filings.services.presence import SPEAKS_FOR, WITHOUT_SCRIPT, Heard, presence_speak
from localgov.filings.services.saving import Saved, SheetBatch, answers_save, answers_save_many
from localgov.filings.services.workflow import NotClean, Stale, StepAsked, sheet_take_action, sheets_take_action

__all__ = [
    "SPEAKS_FOR",
    "WITHOUT_SCRIPT",
    "Heard",
    "NotClean",
    "Saved",
    "SheetBatch",
    "Stale",
    "StepAsked",
    "answers_carry_forward",
    "answers_save",
    "answers_save_many",
    "file_attach",
    "linked_values_put",
    "presence_speak",
    "sheet_take_action",
    "sheets_take_action",
]
