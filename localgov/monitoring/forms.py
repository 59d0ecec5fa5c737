"""Search forms of the boards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from localgov.filings.selectors.standings import NOT_BEGUN
from localgov.filings.states import Status
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.monitoring.selectors import TimeStatus
from localgov.monitoring.selectors.activity import WorkKind
from localgov.monitoring.selectors.idle import Use
from localgov.monitoring.selectors.pace import Outlook
from localgov.organisations import areas

STATES = [("", "ทุกสถานะ"), (NOT_BEGUN, "ยังไม่เริ่ม"), *((s.value, s.label) for s in Status if s != Status.CLOSED)]
TIMES = [("", "ทั้งหมด"), (TimeStatus.LATE.value, "เลยกำหนดแล้ว"), (TimeStatus.EXTENDED.value, "ได้ขยายเวลา")]
BY = [
    ("", "ตามพื้นที่"),
    ("province", "รายจังหวัด"),
    ("region", "รายภาค"),
    ("district", "รายอำเภอ"),
    ("type", "รายประเภท อปท."),
]
Choices = Sequence[tuple[str, str]]


class RoundSearch(forms.Form):
    """Which round: a form and a fiscal year. A field with one choice alone is left out."""

    form = forms.ChoiceField(label="แบบข้อมูล", required=False)
    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, round_forms: Choices, years: Sequence[int]) -> None:
        super().__init__(data)
        self.choose("form", round_forms)
        self.choose("fiscal_year", [(str(year), str(year)) for year in years])
        if len(round_forms) <= 1:
            del self.fields["form"]

    def choose(self, name: str, choices: Choices) -> None:
        """Give a field its choices."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


#: What the map can show: shares of the units of a province, in percent.
FIGURES = [
    ("complete_percent", "ครบทุกขั้น"),
    ("certified_percent", "อปท. รับรองครบ"),
    ("submitted_percent", "ส่งครบ"),
    ("begun_percent", "เริ่มบันทึกแล้ว"),
    ("late_percent", "เลยกำหนด ยังไม่เสร็จ"),
]


class AreaSearch(RoundSearch):
    """Filters of the board by area. `places` are the provinces and districts that the actor sees."""

    by = forms.ChoiceField(label="แจกแจง", required=False, choices=BY)
    region = forms.ChoiceField(
        label="ภาค", required=False, choices=[("", "ทุกภาค"), *((one, one) for one in areas.REGIONS)]
    )
    province = forms.ChoiceField(label="จังหวัด", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    unit_type = forms.ChoiceField(label="ประเภท อปท.", required=False, choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES])
    section = forms.ChoiceField(label="ด้าน", required=False)
    figure = forms.ChoiceField(label="แผนที่แสดงร้อยละที่", required=False, choices=FIGURES)
    date = forms.CharField(label="ณ วันที่ (เว้น = ปัจจุบัน)", required=False, max_length=40)
    time = forms.CharField(label="เวลา (เว้น = สิ้นวัน)", required=False, max_length=20)

    def __init__(
        self,
        data: Any,
        *,
        round_forms: Choices,
        years: Sequence[int],
        provinces: Choices,
        districts: Choices,
        sections: Choices,
    ) -> None:
        super().__init__(data, round_forms=round_forms, years=years)
        self.choose("province", [("", "ทุกจังหวัด"), *provinces])
        self.choose("district", [("", "ทุกอำเภอ"), *districts])
        self.choose("section", [("", "ทั้งหมด"), *sections])
        if len(provinces) <= 1:
            del self.fields["province"], self.fields["region"], self.fields["figure"]
        if len(districts) <= 1:
            del self.fields["district"]


class UnitSearch(AreaSearch):
    """Filters of the list of units."""

    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=100)
    status = forms.ChoiceField(label="มีด้านที่อยู่ในสถานะ", required=False, choices=STATES)
    time_status = forms.ChoiceField(label="กำหนดเวลา", required=False, choices=TIMES)
    days = forms.IntegerField(label="ค้างนานกว่า (วัน)", required=False, min_value=1, max_value=1000)

    field_order = (
        "name",
        "form",
        "fiscal_year",
        "region",
        "province",
        "district",
        "unit_type",
        "section",
        "status",
        "time_status",
        "days",
        "date",
        "time",
    )

    def __init__(self, data: Any, **choices: Any) -> None:
        super().__init__(data, **choices)
        for name in ("by", "figure"):
            self.fields.pop(name, None)


class PlaceSearch(forms.Form):
    """Where: what lists of units without a round are narrowed by."""

    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=100)
    region = forms.ChoiceField(
        label="ภาค", required=False, choices=[("", "ทุกภาค"), *((one, one) for one in areas.REGIONS)]
    )
    province = forms.ChoiceField(label="จังหวัด", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    unit_type = forms.ChoiceField(label="ประเภท อปท.", required=False, choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES])

    def __init__(self, data: Any, *, provinces: Choices, districts: Choices) -> None:
        super().__init__(data)
        self.fields["province"].choices = [("", "ทุกจังหวัด"), *provinces]  # type: ignore[attr-defined]
        self.fields["district"].choices = [("", "ทุกอำเภอ"), *districts]  # type: ignore[attr-defined]
        if len(provinces) <= 1:
            del self.fields["province"], self.fields["region"]
        if len(districts) <= 1:
            del self.fields["district"]


class IdleSearch(PlaceSearch):
    """Filters of the list of units where nobody has signed in."""

    use = forms.ChoiceField(
        label="การเข้าใช้", required=False, choices=[("", "ทั้งหมด"), *((u.value, u.label) for u in Use)]
    )


class LaggingSearch(UnitSearch):
    """Filters of the list of who has not."""

    cause = forms.ChoiceField(label="เรื่องที่ยังค้าง", required=False)

    def __init__(self, data: Any, *, causes: Choices, **choices: Any) -> None:
        super().__init__(data, **choices)
        self.order_fields(["cause", *self.fields])
        for name in ("section", "status", "days"):
            del self.fields[name]
        self.choose("cause", causes)
        self.choose("time_status", TIMES[:2])


class PaceSearch(AreaSearch):
    """Filters of the pace: places, and which outlook is listed."""

    outlook = forms.ChoiceField(label="รายการที่แสดง", required=False, choices=Outlook.choices)

    def __init__(self, data: Any, **choices: Any) -> None:
        super().__init__(data, **choices)
        for name in ("by", "section", "figure", "date", "time"):
            self.fields.pop(name, None)


class ProvinceSearch(forms.Form):
    """One province and a fiscal year, at a moment."""

    province = forms.ChoiceField(label="จังหวัด", required=False)
    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    unit_type = forms.ChoiceField(label="ประเภท อปท.", required=False, choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES])
    date = forms.CharField(label="ณ วันที่ (เว้น = ปัจจุบัน)", required=False, max_length=40)
    time = forms.CharField(label="เวลา (เว้น = สิ้นวัน)", required=False, max_length=20)

    def __init__(self, data: Any, *, years: Sequence[int], provinces: Choices) -> None:
        super().__init__(data)
        self.fields["province"].choices = list(provinces)  # type: ignore[attr-defined]
        self.fields["fiscal_year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
        if len(provinces) <= 1:
            del self.fields["province"]


class WorkSearch(forms.Form):
    """Filters of what a unit did."""

    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="เรื่อง", required=False, choices=[("", "ทุกเรื่อง"), *WorkKind.choices])

    def __init__(self, data: Any, *, years: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["fiscal_year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
