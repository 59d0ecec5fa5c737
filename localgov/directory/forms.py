"""What people type on the pages of websites and administrators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from localgov.directory.models import AdministratorRecord, OfficeWebsite, WebsiteRecord
from localgov.directory.services.administrators import MOST, people_of
from localgov.directory.services.websites import website_address
from localgov.directory.states import CheckResult
from localgov.lib.emails import parse_email
from localgov.lib.phones import parse_phone
from localgov.lib.refusals import Refusal
from localgov.lib.thai_text import clean_line
from localgov.lib.unit_types import UNIT_TYPE_CHOICES, UnitType
from localgov.organisations import areas
from localgov.organisations.naming import type_name

HAS, HAS_NOT = "yes", "no"


class Seen(forms.Form):
    """The record that the page showed (0 = none): a hidden field of every form of the room."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class Website(Seen):
    """มี with an address, or ไม่มี."""

    has = forms.ChoiceField(
        label="เว็บไซต์ของ อปท.",
        choices=[(HAS, "มี"), (HAS_NOT, "ไม่มี")],
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือก “มี” หรือ “ไม่มี”", "invalid_choice": "โปรดเลือก “มี” หรือ “ไม่มี”"},
    )
    address = forms.CharField(
        label="ที่อยู่เว็บไซต์",
        required=False,
        max_length=2000,
        strip=False,
        help_text="กรอกเมื่อเลือก “มี” คัดลอกจากช่องที่อยู่ของเบราว์เซอร์ เช่น https://www.example.go.th",
        widget=forms.TextInput({"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(
        self, data: Any = None, *, standing: WebsiteRecord | OfficeWebsite | None, suggestion: str = ""
    ) -> None:
        initial: dict[str, Any] = {"seen": standing.pk if standing else 0}
        if standing is not None:
            initial |= {"has": HAS if standing.has_website else HAS_NOT, "address": standing.url}
        elif suggestion:
            initial["address"] = suggestion
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """`address` becomes the kept address, None for ไม่มี; a sentence where it is no address."""
        cleaned: dict[str, Any] = self.cleaned_data
        if cleaned.get("has") == HAS_NOT:
            cleaned["address"] = None
        elif cleaned.get("has") == HAS and "address" in cleaned:
            try:
                cleaned["address"] = website_address(cleaned["address"])
            except Refusal as refusal:
                self.add_error("address", refusal.message)
        return cleaned


class AdministratorPerson(forms.Form):
    """One person of the list; a row left wholly blank is not asked."""

    name = forms.CharField(label="ชื่อ-สกุล", max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    position = forms.CharField(label="ตำแหน่ง", max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    phone = forms.CharField(
        label="โทรศัพท์ของสำนักงาน", max_length=120, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"})
    )
    email = forms.CharField(
        label="อีเมล", max_length=254, widget=forms.TextInput({"inputmode": "email", "autocomplete": "off"})
    )

    def clean_name(self) -> str:
        """One clean line."""
        return clean_line(self.cleaned_data["name"])

    def clean_position(self) -> str:
        """One clean line."""
        return clean_line(self.cleaned_data["position"])

    def clean_phone(self) -> str:
        """The number as people read it."""
        return self._read(lambda: parse_phone(self.cleaned_data["phone"]).display)

    def clean_email(self) -> str:
        """The address, repaired."""
        return self._read(lambda: parse_email(self.cleaned_data["email"]))

    def _read(self, parse: Any) -> str:
        try:
            read: str = parse()
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None
        return read


_PEOPLE = forms.formset_factory(AdministratorPerson, extra=1, max_num=MOST, absolute_max=MOST + 1, can_delete=True)
_UNREADABLE = {"missing_management_form": "อ่านรายชื่อที่ส่งมาไม่ได้ โปรดเปิดหน้านี้ใหม่แล้วกรอกอีกครั้ง"}


def people_formset(data: Any = None, *, standing: AdministratorRecord | None) -> Any:
    """The list as a table of forms: those who stand, and a blank row for one more."""
    people = people_of(standing) if standing else []
    rows = [{"name": one.name, "position": one.position, "phone": one.phone, "email": one.email} for one in people]
    formset = _PEOPLE(data, initial=rows, prefix="people", error_messages=_UNREADABLE)
    for row in formset:
        row.fields["DELETE"].label = "ลบผู้นี้ออกจากรายชื่อ"
    return formset


class StatusSearch(forms.Form):
    """INFO11's filters, and the past moment that it is asked for."""

    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    unit_type = forms.MultipleChoiceField(
        label="ประเภท อปท.", required=False, choices=UNIT_TYPE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    date = forms.CharField(label="ณ วันที่ (เว้น = ปัจจุบัน)", required=False, max_length=40)
    time = forms.CharField(label="เวลา (เว้น = สิ้นวัน)", required=False, max_length=20)

    field_order = ("fiscal_year", "check", "date", "time", "unit_type")

    check = forms.ChoiceField(label="ผลตรวจที่อยู่เว็บไซต์", required=False, choices=[("", "ทั้งหมด"), *CheckResult.choices])

    def __init__(self, data: Any, *, years: Sequence[int], by_check: bool = False) -> None:
        super().__init__(data)
        if not by_check:
            del self.fields["check"]
        self.fields["fiscal_year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]


class WebsiteSearch(forms.Form):
    """What the public list is searched by."""

    province = forms.ChoiceField(
        label=_("จังหวัด"),
        required=False,
        choices=lambda: [("", _("ทุกจังหวัด")), *((one.code, areas.province_name(one.code)) for one in areas.provinces())],
    )
    unit_type = forms.ChoiceField(
        label=_("ประเภท อปท."),
        required=False,
        choices=lambda: [("", _("ทุกประเภท")), *((kind.value, type_name(kind)) for kind in UnitType)],
    )
    name = forms.CharField(label=_("ชื่อ อปท."), required=False, max_length=100)
