"""What the pages of certification ask for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from localgov.access.duty import Parts
from localgov.certification.selectors.exceptions import STANDINGS
from localgov.lib.unit_types import UNIT_TYPE_CHOICES

Choices = Sequence[tuple[str, str]]


class SeenField(forms.CharField):
    """What the page had shown, as the page wrote it: a JSON object; cleans to a dict."""

    widget = forms.HiddenInput
    empty_values = (None, "")

    def to_python(self, value: Any) -> Any:
        """The object, or one sentence whatever is wrong with it."""
        try:
            found = json.loads(super().to_python(value) or "")
        except (ValueError, TypeError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ValidationError("ข้อมูลของหน้านี้ไม่ครบ โปรดเปิดหน้านี้ใหม่แล้วลงนามอีกครั้ง")
        return found


class Sign(forms.Form):
    """A signature: its id (pressing twice has one effect), what was seen, and the box under the declaration."""

    signature = forms.UUIDField(widget=forms.HiddenInput)
    seen = SeenField()
    declared = forms.BooleanField(label="ข้าพเจ้าได้อ่านข้อมูลและคำรับรองข้างต้นแล้ว และขอลงนามรับรอง")

    def clean_declared(self) -> bool:
        """The box must be ticked."""
        return bool(self.cleaned_data["declared"])


class Act(forms.Form):
    """An act on one certified sheet: the lock counter that the person saw, a reason, and for a revocation an order."""

    lock = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(
        label="เหตุผล", required=False, max_length=2000, strip=True, widget=forms.Textarea(attrs={"rows": 3})
    )
    order_number = forms.CharField(
        label="เลขที่คำสั่ง", required=False, max_length=100, strip=True, help_text="เช่น 123/2570 ลงวันที่ 5 ม.ค. 2570"
    )

    def __init__(self, *args: Any, needs_note: bool = False, needs_order: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = needs_note
        self.fields["note"].label = "เหตุผล" if needs_note else "เหตุผล (ถ้ามี)"
        if needs_order:
            self.fields["order_number"].required = True
        else:
            del self.fields["order_number"]


class TakeBack(forms.Form):
    """Taking back a whole signature."""

    note = forms.CharField(
        label="เหตุผล (ถ้ามี)", required=False, max_length=2000, strip=True, widget=forms.Textarea(attrs={"rows": 3})
    )


class QueueSearch(forms.Form):
    """Search of the province's queue; what offers no choice is left out."""

    name = forms.CharField(label="ชื่อหรือรหัส อปท.", required=False, max_length=100)
    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    unit_type = forms.ChoiceField(label="ประเภท อปท.", required=False, choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES])

    def __init__(self, data: Any, *, years: Iterable[int], provinces: Choices, districts: Choices) -> None:
        super().__init__(data)
        self._offer("fiscal_year", [(str(year), str(year)) for year in years])
        self._offer("province", [("", "ทุกจังหวัด"), *provinces])
        self._offer("district", [("", "ทุกอำเภอ"), *districts])
        if len(provinces) <= 1:
            del self.fields["province"]
        if len(districts) <= 1:
            del self.fields["district"]

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class CertificateSearch(forms.Form):
    """A certificate by its number, or by the check code printed on it."""

    text = forms.CharField(label="เลขที่ใบรับรอง หรือรหัสตรวจสอบ", required=False, max_length=80, strip=True)


class CertificateCheckSearch(forms.Form):
    """What a paper carries, typed by anyone: its number, and its check code or SHA-256; one of the two is enough."""

    number = forms.CharField(
        label=_("เลขที่ใบรับรอง"),
        required=False,
        max_length=40,
        strip=True,
        help_text=_("เช่น รบ.2570-0000012 พิมพ์เลขไทยก็ได้"),
    )
    code = forms.CharField(
        label=_("รหัสตรวจสอบ หรือ SHA-256"),
        required=False,
        max_length=120,
        strip=True,
        help_text=_("รหัส 16 ตัวใต้หัวข้อ “การตรวจสอบใบรับรองนี้” หรือ SHA-256 ทั้ง 64 ตัว"),
    )

    def clean(self) -> dict[str, Any]:
        """At least one of them."""
        cleaned = super().clean() or {}
        if not cleaned.get("number") and not cleaned.get("code"):
            raise ValidationError(_("โปรดกรอกเลขที่ใบรับรอง หรือรหัสตรวจสอบอย่างน้อยหนึ่งอย่าง"))
        return cleaned


def code_query(code: str) -> str:
    """The part of an address that carries a typed code."""
    return urlencode({"code": code})


def seen_text(seen: Mapping[str, Any]) -> str:
    """What a page shows, as its hidden field holds it."""
    return json.dumps(seen, sort_keys=True, ensure_ascii=False)


class ExceptionSearch(forms.Form):
    """The list of exceptions; province only where the actor sees more than one."""

    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=100)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    parts = forms.ChoiceField(
        label="สองหน้าที่", required=False, choices=[("", "--ทั้งหมด--"), *((one.value, one.label) for one in Parts)]
    )
    standing = forms.ChoiceField(label="สถานะ", required=False, choices=[("", "--ทั้งหมด--"), *STANDINGS.items()])

    def __init__(self, data: Any = None, *, provinces: Choices) -> None:
        super().__init__(data)
        if len(provinces) > 1:
            self.fields["province"].choices = [("", "--เลือกจังหวัด--"), *provinces]  # type: ignore[attr-defined]
        else:
            del self.fields["province"]
