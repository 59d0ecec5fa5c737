"""What people type on the boards of what units publish, in the province's queue, and to set what a year asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.publishing.models.duty import MOST_ASKED
from localgov.publishing.states import PublishedKind
from localgov.ui.fields import ThaiDateField

Choices = Sequence[tuple[str, str]]
_KINDS = [("", "ทุกประเภท"), *((kind.value, str(kind.label)) for kind in PublishedKind)]


class StatusSearch(forms.Form):
    """The board by province."""

    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    unit_type = forms.ChoiceField(label="ประเภท อปท.", required=False, choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES])
    kind = forms.ChoiceField(label="การเผยแพร่และการตรวจของ", required=False, choices=_KINDS)
    date = forms.CharField(label="ณ วันที่ (เว้น = ปัจจุบัน)", required=False, max_length=40)
    time = forms.CharField(label="เวลา (เว้น = สิ้นวัน)", required=False, max_length=20)

    def __init__(self, data: Any, *, years: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["fiscal_year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]


class UnitStatusSearch(StatusSearch):
    """The units of a province."""

    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=100)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    lacking = forms.ChoiceField(
        label="รายการที่แสดง",
        required=False,
        choices=[
            ("", "ทุก อปท."),
            ("ANY", "ยังไม่ครบ"),
            ("NOTHING", "ไม่มีรายการเลย"),
            ("NEWS", "ขาดข่าว"),
            ("PRODUCT", "ขาดสินค้า"),
            ("PLACE", "ขาดสถานที่"),
        ],
    )
    field_order = ("fiscal_year", "name", "district", "unit_type", "lacking", "kind", "date", "time")

    def __init__(self, data: Any, *, years: Sequence[int], districts: Choices) -> None:
        super().__init__(data, years=years)
        self.fields["district"].choices = [("", "ทุกอำเภอ"), *districts]  # type: ignore[attr-defined]
        if len(districts) <= 1:
            del self.fields["district"]


class QueueSearch(forms.Form):
    """The province's queue."""

    kind = forms.ChoiceField(label="ประเภทรายการ", required=False, choices=_KINDS)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=100)
    version = forms.ChoiceField(
        label="ฉบับ",
        required=False,
        choices=[("", "ทุกฉบับ"), ("first", "ใหม่ ยังไม่เคยเผยแพร่"), ("change", "แก้ไขรายการที่เผยแพร่อยู่")],
    )

    def __init__(self, data: Any, *, provinces: Choices, districts: Choices) -> None:
        super().__init__(data)
        self.fields["province"].choices = [("", "ทุกจังหวัด"), *provinces]  # type: ignore[attr-defined]
        self.fields["district"].choices = [("", "ทุกอำเภอ"), *districts]  # type: ignore[attr-defined]
        if len(provinces) <= 1:
            del self.fields["province"]

    def asked(self) -> dict[str, str]:
        """What is searched for, for links that keep it; nothing where a value can't be used."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


#: What is written again and again to a unit whose item goes back.
COMMON_REASONS = (
    "โปรดเพิ่มรายละเอียดให้ชัดเจนขึ้น",
    "รูปไม่ชัดหรือไม่ตรงกับเนื้อหา โปรดเปลี่ยนรูป",
    "ประเภทไม่ตรงกับเนื้อหา โปรดเลือกประเภทใหม่",
    "มีเบอร์โทรศัพท์หรือชื่อบุคคลที่ไม่ควรเผยแพร่ โปรดลบออก",
    "พิกัดหรือสถานที่ตั้งไม่ถูกต้อง โปรดตรวจสอบ",
    "ซ้ำกับรายการอื่นของ อปท.",
    "พิมพ์ผิดหรือใช้ถ้อยคำไม่เหมาะสม โปรดแก้ไข",
)


class ReturnForm(forms.Form):
    """Why an item goes back: common reasons, and words of one's own."""

    common = forms.MultipleChoiceField(
        label="เหตุผลที่พบบ่อย",
        required=False,
        choices=[(str(place), words) for place, words in enumerate(COMMON_REASONS)],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="เหตุผลอื่นหรือคำอธิบายเพิ่มเติม",
        required=False,
        max_length=800,
        widget=forms.Textarea({"rows": 3}),
        help_text="อปท. จะเห็นข้อความนี้ที่หน้าแรกและที่รายการ",
    )

    def words(self) -> str:
        """All of it, a reason a line; empty where nothing was said."""
        chosen = [COMMON_REASONS[int(place)] for place in self.cleaned_data["common"]]
        return "\n".join([*chosen, self.cleaned_data["reason"].strip()]).strip()


class DutyForm(forms.Form):
    """The last day of a fiscal year's entries, and how many of each kind."""

    due_on = ThaiDateField(label="วันครบกำหนด (นับถึงสิ้นวัน)", required=True)
    news = forms.IntegerField(label="ข่าวประชาสัมพันธ์อย่างน้อย (รายการ)", min_value=0, max_value=MOST_ASKED)
    products = forms.IntegerField(label="สินค้าท้องถิ่นอย่างน้อย (รายการ)", min_value=0, max_value=MOST_ASKED)
    places = forms.IntegerField(label="สถานที่สำคัญของท้องถิ่นอย่างน้อย (รายการ)", min_value=0, max_value=MOST_ASKED)
    reference = forms.CharField(
        label="หนังสือแจ้งเวียนที่อ้างถึง",
        required=False,
        max_length=200,
        help_text="เช่น ที่ มท 0816.4/ว 123 ลงวันที่ 1 ธ.ค. 2569 เว้นว่างได้",
    )

    def counts(self) -> dict[PublishedKind, int]:
        """By kind."""
        names = {PublishedKind.NEWS: "news", PublishedKind.PRODUCT: "products", PublishedKind.PLACE: "places"}
        return {kind: self.cleaned_data[name] for kind, name in names.items()}
