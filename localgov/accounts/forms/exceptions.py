"""Granting and ending a tiny unit's exception."""

from collections.abc import Sequence
from typing import Any

from django import forms

from localgov.access.duty import Parts
from localgov.ui.fields import ThaiDateField

_NOT_LISTED = {"invalid_choice": "โปรดเลือกจากรายการ"}


class ExceptionGrant(forms.Form):
    """Which person of the unit, which two parts, from when till when, by what order."""

    person = forms.TypedChoiceField(label="บัญชี", coerce=int, error_messages=_NOT_LISTED)
    parts = forms.TypedChoiceField(
        label="สองหน้าที่ที่ทำได้โดยคนเดียว",
        coerce=Parts,
        choices=[(one.value, one.label) for one in Parts],
        widget=forms.RadioSelect,
        error_messages=_NOT_LISTED,
    )
    first_day = ThaiDateField(label="ตั้งแต่วันที่")
    last = ThaiDateField(label="ถึงวันที่", help_text="ไม่เกิน 1 ปี เช่น 30 ก.ย. 2570")
    order_number = forms.CharField(label="เลขที่คำสั่งจังหวัด", max_length=100, help_text="เช่น คำสั่งจังหวัด ที่ 123/2569")
    reason = forms.CharField(
        label="เหตุผล", max_length=300, help_text="เช่น มีเจ้าหน้าที่ปฏิบัติงานสองคน", widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, data: Any = None, *, people: Sequence[tuple[int, str]], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["person"].choices = [("", "--เลือกบัญชี--"), *people]  # type: ignore[attr-defined]


class ExceptionEnd(forms.Form):
    """The last day of an exception."""

    last = ThaiDateField(label="วันสุดท้ายที่มีผล")
