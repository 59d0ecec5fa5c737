"""Search forms of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from localgov.audit.models import RowChange
from localgov.inspection.acts import ACT_NAMES, TABLE_NAMES
from localgov.inspection.selectors.entries import KINDS
from localgov.ui.fields import ThaiDateField

Choices = Sequence[tuple[str, str]]


class _Between(forms.Form):
    """From a day to the end of another; with the second alone, the record as it stood at that day's end."""

    first = ThaiDateField(label="ตั้งแต่วันที่", required=False, help_text="")
    last = ThaiDateField(label="ถึงวันที่", required=False, help_text="")


class ActSearch(_Between):
    """What the list of acts is searched by."""

    who = forms.CharField(label="ผู้กระทำ (ชื่อหรือชื่อผู้ใช้)", required=False, max_length=100)
    unit = forms.CharField(label="หน่วยงาน (ชื่อหรือรหัส)", required=False, max_length=100)
    type = forms.ChoiceField(label="การกระทำ", required=False, choices=[("", "ทุกการกระทำ"), *ACT_NAMES.items()])

    field_order = ("who", "unit", "type", "first", "last")


class RowSearch(_Between):
    """What the list of rows is searched by."""

    table = forms.ChoiceField(label="ตาราง", required=False, choices=[("", "ทุกตาราง"), *TABLE_NAMES.items()])
    op = forms.ChoiceField(label="สิ่งที่เกิดขึ้น", required=False, choices=[("", "ทุกอย่าง"), *RowChange.Op.choices])
    row = forms.CharField(label="เลขแถว", required=False, max_length=60)
    past = forms.ChoiceField(
        label="การกระทำกำกับ", required=False, choices=[("", "มีหรือไม่มี"), ("1", "ไม่มีการกระทำของโปรแกรมกำกับ")]
    )

    field_order = ("table", "op", "row", "past", "first", "last")


class FilingSearch(forms.Form):
    """Which filing's story."""

    text = forms.CharField(label="ชื่อหรือรหัส อปท.", required=False, max_length=100)
    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    receipt = forms.CharField(label="เลขที่ใบรับ", required=False, max_length=40, help_text="เช่น 2570-004512")

    def __init__(self, data: Any, *, years: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["fiscal_year"].choices = [("", "ทุกปี"), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]


class PersonSearch(_Between):
    """What a person's story is searched by."""

    kind = forms.ChoiceField(label="ประเภท", required=False)

    field_order: Sequence[str] = ("kind", "first", "last")

    def __init__(self, data: Any, *, kinds: Sequence[str] = ("ACT", "ANSWERS", "STEP")) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", "ทุกประเภท"), *((kind, KINDS[kind]) for kind in kinds)]  # type: ignore[attr-defined]


class StorySearch(PersonSearch):
    """What a filing's story is searched by."""

    section = forms.ChoiceField(label="ด้าน", required=False)
    who = forms.CharField(label="ผู้กระทำ", required=False, max_length=100)

    field_order = ("section", "kind", "who", "first", "last")

    def __init__(self, data: Any, *, sections: Choices) -> None:
        super().__init__(data, kinds=("ANSWERS", "STEP", "CERTIFICATE", "LAPSE"))
        self.fields["section"].choices = [("", "ทุกด้าน"), *sections]  # type: ignore[attr-defined]
