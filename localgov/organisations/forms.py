"""Search forms of the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from localgov.lib.unit_types import UNIT_TYPE_CHOICES

Choices = Sequence[tuple[str, str]]


class UnitSearchForm(forms.Form):
    """What the list of units is searched by; areas that leave no choice are not asked for."""

    text = forms.CharField(label="ชื่อหรือรหัส อปท.", required=False, max_length=100)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    unit_type = forms.ChoiceField(label="ประเภท อปท.", required=False, choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES])

    def __init__(self, data: Any, *, provinces: Choices, districts: Choices) -> None:
        super().__init__(data)
        for name, every, choices in (("province", "ทุกจังหวัด", provinces), ("district", "ทุกอำเภอ", districts)):
            if len(choices) > 1:
                self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]
            else:
                del self.fields[name]
