"""What is typed on the pages of news, products and places. Fields are read by the services (`contents`), not here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from localgov.publishing.contents import FIELDS, REQUIRED, content_of
from localgov.publishing.models import Item
from localgov.publishing.showing import LABELS, words_of
from localgov.publishing.states import CATEGORIES, CheckState, PublishedKind

_YES_NO = [("yes", "แสดง"), ("no", "ไม่แสดง")]
_HELP = {
    "phone": "เบอร์โทรของหน่วยงานหรือจุดติดต่อ เช่น 0-3721-1000 ต่อ 12",
    "email": "อีเมลของหน่วยงาน เช่น info@example.go.th",
    "url": "คัดลอกจากช่องที่อยู่ของเบราว์เซอร์",
    "facebook": "ที่อยู่ของหน้า Facebook",
    "longitude": "เว้นว่างได้เมื่อวางพิกัดทั้งคู่ในช่องละติจูด",
    "event_from": "ถ้าเป็นงานหรือกิจกรรม เช่น 25 พ.ย. 2569 จะขึ้นในปฏิทินงาน",
    "event_to": "เว้นว่างถ้าจัดวันเดียว",
    "price_from": "บาท เว้นว่างได้",
    "price_to": "เว้นว่างถ้ามีราคาเดียว",
    "price_unit": "เช่น กระบอก ชิ้น กิโลกรัม คืน",
    "contact": "ชื่อสำนัก/กอง เช่น กองการศึกษา",
    "latitude": "พิมพ์ 14.0509 หรือวางพิกัดจาก Google Maps (14.0509, 101.3717) หรือองศา ลิปดา ฟิลิปดา",
}
_KEYBOARDS = {"phone": "tel", "email": "email", "price_from": "decimal", "price_to": "decimal"}


class _AsTyped(forms.CharField):
    """A box whose text goes to the service as it was typed; `required` only puts the star."""

    def clean(self, value: Any) -> str:
        """The text."""
        return str(value or "")


class _Chosen(forms.ChoiceField):
    """A choice that goes to the service as it was made."""

    def clean(self, value: Any) -> str:
        """The code."""
        return str(value or "")


class ItemForm(forms.Form):
    """One item of a kind, and whether it is displayed."""

    use_required_attribute = False

    def __init__(self, kind: PublishedKind, data: Any = None, *, item: Item | None = None) -> None:
        super().__init__(data)
        self.kind = kind
        for name in FIELDS[kind]:
            self.fields[name] = _field(kind, name)
        self.fields["displayed"] = forms.ChoiceField(
            label="สถานะการแสดง",
            choices=_YES_NO,
            widget=forms.RadioSelect,
            help_text="เลือก “ไม่แสดง” เมื่อไม่ต้องการให้เผยแพร่รายการนี้อีก",
            error_messages={"required": "โปรดเลือกสถานะการแสดง", "invalid_choice": "โปรดเลือกสถานะการแสดง"},
        )
        self.fields["confirmed"] = forms.BooleanField(label="ตรวจสอบแล้ว ยืนยันให้เผยแพร่ข้อความเหล่านี้", required=False)
        self.fields["seen"] = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
        self.initial = {"displayed": "yes"} if item is None else _known(kind, item)

    @property
    def typed(self) -> dict[str, str]:
        """The fields of the content, as typed."""
        return {name: self.cleaned_data[name] for name in FIELDS[self.kind]}

    def refuse(self, errors: dict[str, str]) -> None:
        """Put the sentences of the service at their fields; what stands at no field (the pictures) is the page's."""
        for name, sentence in errors.items():
            if name in self.fields:
                self.add_error(name, sentence)


class ItemSearch(forms.Form):
    """What a list is searched by (R6.2)."""

    displayed = forms.ChoiceField(
        label="สถานะการแสดง", required=False, choices=[("", "--เลือกสถานะการแสดง--"), *_YES_NO]
    )
    check_state = forms.ChoiceField(
        label="สถานะการตรวจสอบ", required=False, choices=[("", "--เลือกสถานะการตรวจสอบ--"), *CheckState.choices]
    )
    deleted = forms.ChoiceField(
        label="รายการ", required=False, choices=[("", "รายการที่ใช้อยู่"), ("yes", "รายการที่ลบ (คืนได้ภายใน 30 วัน)")]
    )

    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณที่บันทึก", required=False, coerce=int, empty_value=None)

    def __init__(
        self, kind: PublishedKind, data: Any = None, *, years: Sequence[int] = (), one_unit: bool = True
    ) -> None:
        super().__init__(data)
        if not one_unit:
            self.fields["unit"] = forms.CharField(label="ชื่อหรือรหัส อปท.", required=False, max_length=100)
        self.fields["fiscal_year"].choices = [("", "ทุกปี"), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]
        labels = LABELS[kind]
        choices = [("", f"--เลือก{labels['category']}--"), *((one.value, str(one.label)) for one in CATEGORIES[kind])]
        self.fields["category"] = forms.ChoiceField(label=labels["category"], required=False, choices=choices)
        self.fields["title"] = forms.CharField(label=labels["title"], required=False, max_length=100)
        self.order_fields(["category", "title", "unit", "displayed", "check_state", "fiscal_year", "deleted"])


def _field(kind: PublishedKind, name: str) -> forms.Field:
    label, required, help_text = LABELS[kind][name], name in REQUIRED[kind], _HELP.get(name, "")
    if name == "category":
        choices = [("", f"--เลือก{label}--"), *((one.value, str(one.label)) for one in CATEGORIES[kind])]
        return _Chosen(label=label, required=required, choices=choices)
    if name in ("body", "how_to_order"):
        rows = 8 if name == "body" else 3
        return _AsTyped(label=label, required=required, help_text=help_text, widget=forms.Textarea({"rows": rows}))
    keyboard = {"inputmode": _KEYBOARDS[name]} if name in _KEYBOARDS else {}
    return _AsTyped(label=label, required=required, help_text=help_text, widget=forms.TextInput(keyboard))


def _known(kind: PublishedKind, item: Item) -> dict[str, Any]:
    """What stands now."""
    newest = item.newest
    known: dict[str, Any] = {"displayed": "yes" if item.displayed else "no"}
    if newest is not None:
        content = content_of(newest)
        known |= {name: words_of(content, name) for name in FIELDS[kind] if name != "category"}
        known |= {"category": newest.category, "confirmed": newest.confirmed, "seen": newest.number}
    return known
