"""Search forms of the score pages: strings to typed values, nothing else."""

from __future__ import annotations

from typing import Any

from django import forms

from localgov.lib.unit_types import UNIT_TYPE_CHOICES

MARKS = (("", "ทุกคะแนน"), ("5", "5 คะแนน"), ("3", "3 คะแนน"), ("1", "1 คะแนน"), ("0", "0 คะแนน"))


class ScoreSearch(forms.Form):
    """Filters of the score list. Years, provinces and districts depend on who asks."""

    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=100)
    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    unit_type = forms.ChoiceField(label="ประเภท", required=False, choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES])
    date = forms.CharField(label="ณ วันที่ (เว้น = ปัจจุบัน)", required=False, max_length=40)
    time = forms.CharField(label="เวลา (เว้น = สิ้นวัน)", required=False, max_length=20)
    marks = forms.TypedChoiceField(label="คะแนน", required=False, choices=MARKS, coerce=int, empty_value=None)

    def __init__(
        self, data: Any, *, years: list[int], provinces: list[tuple[str, str]], districts: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["fiscal_year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["province"].choices = [("", "ทุกจังหวัด"), *provinces]  # type: ignore[attr-defined]
        self.fields["district"].choices = [("", "ทุกอำเภอ"), *districts]  # type: ignore[attr-defined]
        if len(provinces) <= 1:
            del self.fields["province"]
        if len(districts) <= 1:
            del self.fields["district"]
