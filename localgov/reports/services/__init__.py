"""Acts of the room."""

from localgov.reports.services.keeping import letterhead_save, template_save
from localgov.reports.services.making import RunOrder, letters_drafted, run_make
from localgov.reports.services.rendering import letter_render, run_render

__all__ = [
    "RunOrder",
    "letter_render",
    "letterhead_save",
    "letters_drafted",
    "run_make",
    "run_render",
    "template_save",
]
