"""Writing: answers and steps."""

from localgov.filings.services.attaching import file_attach
from localgov.filings.services.carrying import answers_carry_forward
from localgov.filings.services.saving import Saved, answers_save
from localgov.filings.services.workflow import NotClean, Stale, sheet_take_action

__all__ = ["NotClean", "Saved", "Stale", "answers_carry_forward", "answers_save", "file_attach", "sheet_take_action"]
