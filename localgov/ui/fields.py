"""Form fields of this product that Django does not have."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import format_date_short, parse_date


class ThaiDateField(forms.CharField):
    """A day as Thais write it (15 มิ.ย. 2570, 15/6/2570, Thai digits); cleans to a C.E. `date`, None when blank."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "เช่น 15 มิ.ย. 2570 หรือ 15/6/2570")
        super().__init__(max_length=80, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The date; a sentence of `lib.thai_calendar` when it can't be read."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None

    def run_validators(self, value: Any) -> None:
        """None of the text's validators: the value is a date."""

    def prepare_value(self, value: Any) -> Any:
        """A date as Thais read it; what was typed as it was."""
        return format_date_short(value) if isinstance(value, date) else value
