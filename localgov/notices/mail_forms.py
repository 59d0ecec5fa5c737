"""What people type on the pages of e-mails and reminders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.notices.states import MailKind, MailState, ReminderAbout

_DAYS_WANTED = "พิมพ์จำนวนวันเป็นเลขจำนวนเต็ม คั่นด้วยจุลภาค เช่น -30, -7, -1, 1, 7 (ลบ = ก่อนวันครบกำหนด)"


class MailSearch(forms.Form):
    """The outbox."""

    words = forms.CharField(label="ผู้รับ หรืออีเมล", required=False, max_length=100)
    state = forms.ChoiceField(label="สถานะ", required=False, choices=[("", "--ทุกสถานะ--"), *MailState.choices])
    kind = forms.ChoiceField(label="เรื่อง", required=False, choices=[("", "--ทุกเรื่อง--"), *MailKind.choices])


class ReminderSearch(forms.Form):
    """Reminders of one round."""

    round = forms.ChoiceField(label="รอบการบันทึก", required=False)
    name = forms.CharField(label="ชื่อหรือรหัส อปท.", required=False, max_length=80)
    about = forms.ChoiceField(label="เรื่อง", required=False, choices=[("", "--ทุกเรื่อง--"), *ReminderAbout.choices])
    address = forms.ChoiceField(
        label="ที่อยู่อีเมล",
        required=False,
        choices=[("", "--ทั้งหมด--"), ("mailed", "มีที่อยู่อีเมล"), ("none", "ไม่มีที่อยู่อีเมล")],
    )

    def __init__(self, data: Any = None, *, rounds: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.fields["round"].choices = [("", "--รอบล่าสุด--"), *rounds]  # type: ignore[attr-defined]


class DaysField(forms.CharField):
    """Days from the due date, by commas; cleans to a list of whole numbers, empty when blank."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=120, help_text=_DAYS_WANTED, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The numbers; a sentence for anything else."""
        text = thai_digits_to_ascii(super().to_python(value) or "").replace("\u2212", "-").replace("–", "-")
        parts = [part for part in re.split(r"[,\s]+", text) if part]
        if not all(re.fullmatch(r"[+-]?\d{1,3}", part) for part in parts):
            raise forms.ValidationError(_DAYS_WANTED)
        return [int(part) for part in parts]

    def run_validators(self, value: Any) -> None:
        """None of the text's validators: the value is a list."""

    def prepare_value(self, value: Any) -> Any:
        """Numbers as a person types them; what was typed as it was."""
        return ", ".join(f"{day}" for day in value) if isinstance(value, list | tuple) else value


class PlanForm(forms.Form):
    """The days of one round's reminders, one field for each thing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for about in ReminderAbout:
            self.fields[about.value] = DaysField(label=about.label)

    def days(self) -> dict[ReminderAbout, list[int]]:
        """The days by thing."""
        return {about: self.cleaned_data[about.value] for about in ReminderAbout}


class AddressForm(forms.Form):
    """The address of a province's office."""

    email = forms.CharField(
        label="อีเมลทางการของ สถจ.",
        max_length=254,
        help_text="ที่อยู่ของสำนักงาน ไม่ใช่ของบุคคล ระบบจะส่งรหัสเข้าใช้ของทั้งจังหวัดไปที่นี่",
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "off"}),
    )
