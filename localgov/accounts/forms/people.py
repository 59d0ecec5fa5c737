"""Searching, making and changing personal accounts; rights by domain; terms of positions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from localgov.access.roles import ROLES, RoleCode
from localgov.accounts.selectors import Rights, Standing
from localgov.accounts.services import NewPerson, Term
from localgov.lib.domains import DOMAINS
from localgov.lib.emails import parse_email
from localgov.lib.refusals import Refusal
from localgov.lib.thai_text import clean_line
from localgov.ui.fields import ThaiDateField

_NEW = "new"


class PeopleSearch(forms.Form):
    """The list of accounts; office and province only where the actor sees more than one."""

    name = forms.CharField(label="ชื่อที่แสดง หรือชื่อผู้ใช้", required=False, max_length=100)
    office = forms.CharField(label="หน่วยงาน", required=False, max_length=100)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    role = forms.ChoiceField(
        label="บทบาท",
        required=False,
        choices=[("", "--เลือกบทบาท--"), *((role.value, ROLES[role].name) for role in RoleCode)],
    )
    standing = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[("", "--เลือกสถานะ--"), *((standing.value, standing.label) for standing in Standing)],
    )

    def __init__(
        self, *args: Any, provinces: Sequence[tuple[str, str]] = (), one_unit: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if one_unit:
            del self.fields["office"]
        if len(provinces) > 1:
            self.fields["province"].choices = [("", "--เลือกจังหวัด--"), *provinces]  # type: ignore[attr-defined]
        else:
            del self.fields["province"]


class PersonFields(forms.Form):
    """Shown name and e-mail."""

    display_name = forms.CharField(
        label="ชื่อที่แสดง", max_length=150, help_text="ชื่อและนามสกุลของเจ้าหน้าที่ ตามที่จะปรากฏในประวัติการบันทึก"
    )
    email = forms.CharField(label="อีเมล", max_length=254, required=False)

    def clean_display_name(self) -> str:
        """One clean line."""
        return clean_line(self.cleaned_data["display_name"])

    def clean_email(self) -> str:
        """The address, repaired; a sentence of `lib.emails` when it can't be read."""
        typed: str = self.cleaned_data["email"]
        if not typed:
            return ""
        try:
            return parse_email(typed)
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None


class PersonAdd(PersonFields):
    """A new personal account of a unit."""

    username = forms.CharField(
        label="ชื่อผู้ใช้",
        max_length=60,
        help_text="อักษรอังกฤษตัวเล็ก ตัวเลข หรือ . _ - ขึ้นต้นด้วยตัวอักษร เช่น recorder1",
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = ["display_name", "username", "email"]


class RightsForm(forms.Form):
    """ผู้บันทึก and ผู้ตรวจสอบ by domain; the box ทุกด้าน stands for every sheet, also of later forms."""

    recorder_all = forms.BooleanField(label="ทุกด้าน", required=False)
    verifier_all = forms.BooleanField(label="ทุกด้าน", required=False)
    recorder = forms.MultipleChoiceField(required=False, choices=[(one.code, one.title) for one in DOMAINS])
    verifier = forms.MultipleChoiceField(required=False, choices=[(one.code, one.title) for one in DOMAINS])

    def rights(self) -> Rights:
        """What was ticked."""
        data = self.cleaned_data
        return Rights(
            recorder=None if data["recorder_all"] else frozenset(data["recorder"]),
            verifier=None if data["verifier_all"] else frozenset(data["verifier"]),
        )


class TermFields(forms.Form):
    """What an order says."""

    position_title = forms.CharField(label="ชื่อตำแหน่ง", max_length=200, required=False)
    order_number = forms.CharField(
        label="เลขที่คำสั่งหรือหนังสือ", max_length=100, required=False, help_text="เช่น คำสั่งจังหวัด ที่ 123/2569"
    )
    first_day = ThaiDateField(label="ตั้งแต่วันที่")
    last_day = ThaiDateField(label="ถึงวันที่", required=False, help_text="เว้นว่างไว้ถ้ายังไม่กำหนดวันสิ้นสุด")
    is_acting = forms.BooleanField(
        label="ปฏิบัติหน้าที่แทน (รักษาราชการแทน/รักษาการ)",
        required=False,
        help_text="เช่น ปลัด อปท. ปฏิบัติหน้าที่นายก ระหว่างที่ไม่มีผู้ดำรงตำแหน่งหรือผู้ดำรงตำแหน่งปฏิบัติหน้าที่ไม่ได้",
    )

    def clean_position_title(self) -> str:
        """One clean line."""
        return clean_line(self.cleaned_data["position_title"])

    def term(self) -> Term:
        """The typed order."""
        data = self.cleaned_data
        return Term(
            first_day=data["first_day"],
            last_day=data["last_day"],
            position_title=data["position_title"],
            order_number=data["order_number"],
            is_acting=data["is_acting"],
        )


class SeatForm(TermFields):
    """Seating the account of a unit, or a new one, as its executive."""

    person = forms.ChoiceField(
        label="บัญชีของผู้บริหาร", required=False, help_text="เลือกบัญชีที่มีอยู่แล้ว หรือกรอกชื่อและชื่อผู้ใช้ในสองช่องถัดไปเพื่อสร้างบัญชีใหม่"
    )
    display_name = forms.CharField(label="ชื่อที่แสดง (บัญชีใหม่)", max_length=150, required=False)
    username = forms.CharField(
        label="ชื่อผู้ใช้ (บัญชีใหม่)",
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = ["person", "display_name", "username", "position_title", "order_number", "first_day", "last_day"]

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", "--เลือกบัญชี--"),
            *((str(pk), label) for pk, label in people),
            (_NEW, "สร้างบัญชีใหม่ (กรอกสองช่องถัดไป)"),
        ]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        for name in ("position_title", "order_number"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """An account of the list, or both fields of a new one: filling them is choosing it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        typed = [name for name in ("display_name", "username") if data.get(name)]
        if not data.get("person") and typed:
            data["person"] = _NEW
        if data.get("person") == _NEW:
            for name in ("display_name", "username"):
                if not data.get(name):
                    self.add_error(name, f"โปรดกรอก “{self.fields[name].label}” หรือเลือกบัญชีที่มีอยู่แล้ว")
        elif typed and data.get("person"):
            self.add_error("person", "เลือกบัญชีที่มีอยู่แล้วและกรอกบัญชีใหม่พร้อมกัน โปรดเลือกอย่างใดอย่างหนึ่ง แล้วล้างอีกอย่าง")
        elif "person" not in self.errors and not data.get("person"):
            self.add_error("person", "โปรดเลือกบัญชี หรือกรอกชื่อและชื่อผู้ใช้ของบัญชีใหม่")
        return data

    def chosen(self) -> int | NewPerson:
        """The chosen account's id, or the account to make."""
        data = self.cleaned_data
        if data["person"] == _NEW:
            return NewPerson(username=data["username"], display_name=clean_line(data["display_name"]))
        return int(data["person"])


class ExecutiveSearch(forms.Form):
    """Units with and without a seated executive."""

    name = forms.CharField(label="ชื่อ อปท.", required=False, max_length=100)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    unit_type = forms.ChoiceField(label="ประเภท", required=False)
    seated = forms.ChoiceField(
        label="ผู้บริหารในระบบ",
        required=False,
        choices=[("", "--ทั้งหมด--"), ("NO", "ยังไม่มี"), ("YES", "มีแล้ว")],
    )
    verifying = forms.ChoiceField(
        label="ผู้ตรวจสอบ", required=False, choices=[("", "--ทั้งหมด--"), ("NO", "ยังไม่มี"), ("YES", "มีแล้ว")]
    )
    on = ThaiDateField(label="ณ วันที่", required=False, help_text="เว้นว่างคือวันนี้ เช่น วันครบกำหนด 15 มิ.ย. 2570")

    def __init__(
        self, *args: Any, provinces: Sequence[tuple[str, str]], unit_types: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_type"].choices = [("", "--เลือกประเภท--"), *unit_types]  # type: ignore[attr-defined]
        if len(provinces) > 1:
            self.fields["province"].choices = [("", "--เลือกจังหวัด--"), *provinces]  # type: ignore[attr-defined]
        else:
            del self.fields["province"]


class TermEnd(forms.Form):
    """The last day of a term."""

    last_day = ThaiDateField(label="วันสุดท้ายที่ดำรงตำแหน่ง")


class OfficerSeat(TermFields):
    """A role at an office for an account of it."""

    role = forms.ChoiceField(label="บทบาท")
    field_order = [
        "role",
        "position_title",
        "order_number",
        "first_day",
        "last_day",
        "is_acting",
    ]

    def __init__(self, *args: Any, roles: Sequence[RoleCode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "--เลือกบทบาท--"), *((role.value, ROLES[role].name) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        help_text = "ต้องกรอกเมื่อเป็นผู้รับรองระดับจังหวัด เช่น ท้องถิ่นจังหวัด"
        self.fields["position_title"].help_text = help_text


class OfficerAdd(OfficerSeat):
    """A new officer: office, account and role in one act."""

    office = forms.ChoiceField(label="หน่วยงาน")
    display_name = forms.CharField(label="ชื่อที่แสดง", max_length=150)
    username = forms.CharField(
        label="ชื่อผู้ใช้",
        max_length=60,
        help_text="อักษรอังกฤษตัวเล็ก ตัวเลข หรือ . _ - ขึ้นต้นด้วยตัวอักษร",
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = [
        "office",
        "display_name",
        "username",
        "role",
        "position_title",
        "order_number",
        "first_day",
        "last_day",
        "is_acting",
    ]

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [("", "--เลือกหน่วยงาน--"), *offices]  # type: ignore[attr-defined]

    def person(self) -> NewPerson:
        """The account to make."""
        data = self.cleaned_data
        return NewPerson(username=data["username"], display_name=clean_line(data["display_name"]))
