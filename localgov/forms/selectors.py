"""Reading forms: compiled versions, kept in memory (a FormVersion never changes)."""

from __future__ import annotations

from functools import lru_cache

from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import Form
from localgov.forms.engine.progress import applicable
from localgov.forms.engine.source import from_json
from localgov.forms.models import FormVersion


@lru_cache(maxsize=32)
def compiled(form_version_id: int) -> Form:
    """The form of a published version, compiled once per process."""
    version = FormVersion.objects.get(pk=form_version_id)
    return build_form(from_json(version.source), check_xlsform=False)


@lru_cache(maxsize=512)
def applicable_sheets(form_version_id: int, unit_type: str) -> tuple[str, ...]:
    """Codes of the sheets that a type of unit must record, in order; the others are NOT_APPLICABLE (DESIGN §4, States)."""
    form = compiled(form_version_id)
    return tuple(code for code in form.sheets if applicable(form, code, unit_type))


def sheet_labels(form_version_id: int) -> dict[str, str]:
    """Thai titles of the sheets by code, in order."""
    return {code: sheet.label for code, sheet in compiled(form_version_id).sheets.items()}
