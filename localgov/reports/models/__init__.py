"""Tables of the room."""

from localgov.reports.models.letter import Letter
from localgov.reports.models.letter_pdf import LetterPdf
from localgov.reports.models.letter_run import LetterRun
from localgov.reports.models.letter_template import LetterTemplate
from localgov.reports.models.letterhead import Letterhead

__all__ = ["Letter", "LetterPdf", "LetterRun", "LetterTemplate", "Letterhead"]
