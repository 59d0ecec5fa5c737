"""Search forms of the boards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from localgov.filings.selectors.standings import NOT_BEGUN
from localgov.filings.states import Status
from localgov.lib.unit_types import UNIT_TYPE_CHOICES

STATES = [("", "ทุกสถานะ"), (NOT_BEGUN, "ยังไม่เริ่ม"), *((s.value, s.label) for s in Status if s != Status.CLOSED)]
Choices = Sequence[tuple[str, str]]


class AreaSearch(forms.Form):
    """Filters of the board by area."""

    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    unit_type = forms.ChoiceField(label="ประเภท อปท.", required=False, choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES])
    section = forms.ChoiceField(label="ด้าน", required=False)
    date = forms.CharField(label="ณ วันที่ (เว้น = ปัจจุบัน)", required=False, max_length=40)
    time = forms.CharField(label="เวลา (เว้น = สิ้นวัน)", required=False, max_length=20)

    def __init__(self, data: Any, *, years: Sequence[int], provinces: Choices, sections: Choices) -> None:
        super().__init__(data)
        self._choices("fiscal_year", [(str(year), str(year)) for year in years])
        self._choices("province", [("", "ทุกจังหวัด"), *provinces])
        self._choices("section", [("", "ทุกด้าน"), *sections])
        if len(provinces) <= 1:
            del self.fields["province"]

    def _choices(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class UnitSearch(AreaSearch):
    """Filters of the list of units."""

    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=100)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    status = forms.ChoiceField(label="มีด้านที่อยู่ในสถานะ", required=False, choices=STATES)
    days = forms.IntegerField(label="ค้างนานกว่า (วัน)", required=False, min_value=1, max_value=1000)

    field_order = (
        "name",
        "fiscal_year",
        "province",
        "district",
        "unit_type",
        "section",
        "status",
        "days",
        "date",
        "time",
    )

    def __init__(
        self, data: Any, *, years: Sequence[int], provinces: Choices, districts: Choices, sections: Choices
    ) -> None:
        super().__init__(data, years=years, provinces=provinces, sections=sections)
        self._choices("district", [("", "ทุกอำเภอ"), *districts])
        if len(districts) <= 1:
            del self.fields["district"]
