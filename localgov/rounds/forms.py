"""What people type on the pages of rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms

from localgov.forms.models import FormVersion
from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.thai_calendar import bangkok_date, bangkok_day_end, bangkok_day_start, last_day_before
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.rounds import policies, selectors, services
from localgov.rounds.models import Profile, Round
from localgov.rounds.scopes import Reach, Scope
from localgov.ui.fields import ThaiDateField

_YEAR_WANTED = "ปีงบประมาณต้องเป็นปี พ.ศ. 4 หลัก เช่น 2571"
_NOT_LISTED = {"invalid_choice": "โปรดเลือกจากรายการ"}


class RosterSearch(forms.Form):
    """Searching a roster; provinces are those of the roster that the actor may see."""

    words = forms.CharField(label="ชื่อหรือรหัส อปท.", required=False, max_length=80)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    unit_type = forms.ChoiceField(label="ประเภท", required=False, choices=[("", "--ทุกประเภท--"), *UNIT_TYPE_CHOICES])
    standing = forms.ChoiceField(
        label="สถานะในรอบ",
        required=False,
        choices=[("", "--ทั้งหมด--"), ("due", "ต้องบันทึก"), ("excused", "พ้นหน้าที่"), ("extended", "ขยายเวลาแล้ว")],
    )

    def __init__(self, data: Any = None, *, provinces: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        province = self.fields["province"]
        assert isinstance(province, forms.ChoiceField)  # noqa: S101 - declared above
        province.choices = [("", "--ทุกจังหวัด--"), *provinces]


class DatesForm(forms.Form):
    """The three dates, typed as last days; `moments` are what is stored."""

    due = ThaiDateField(label="วันครบกำหนด", help_text="วันสุดท้ายที่นับว่าทันเวลา เช่น 15 มิ.ย. 2571")
    last_new = ThaiDateField(label="วันสุดท้ายที่เริ่มบันทึกได้", help_text="หลังวันนี้ ด้านที่ยังไม่เริ่มจะเริ่มบันทึกไม่ได้ เช่น 31 ส.ค. 2571")
    last_edit = ThaiDateField(
        label="วันสุดท้ายที่แก้ไขได้", help_text="หลังวันนี้แก้คำตอบไม่ได้ แต่ยังตรวจสอบและรับรองได้ เช่น 30 ก.ย. 2571"
    )

    def moments(self) -> dict[str, datetime]:
        """The dates as the services take them: exclusive midnights in Bangkok."""
        days: dict[str, date] = {name: self.cleaned_data[name] for name in ("due", "last_new", "last_edit")}
        return {f"{name}_at": bangkok_day_end(day) for name, day in days.items()}

    def has_dates(self) -> bool:
        """Whether all three could be read."""
        return all(self.cleaned_data.get(name) for name in ("due", "last_new", "last_edit"))


class RoundOpen(DatesForm):
    """Opening a fiscal year of a form."""

    form_version = forms.TypedChoiceField(label="แบบข้อมูลและรุ่น", coerce=int, error_messages=_NOT_LISTED)
    fiscal_year = forms.IntegerField(
        label="ปีงบประมาณ",
        help_text="ปี พ.ศ. 4 หลัก เช่น 2571",
        widget=forms.TextInput({"inputmode": "numeric"}),
        min_value=2500,
        max_value=2700,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _YEAR_WANTED),
    )
    profile = forms.ChoiceField(
        label="ขั้นตอนของรอบ",
        choices=Profile.choices,
        initial=Profile.PROVINCE,
        widget=forms.RadioSelect,
        error_messages=_NOT_LISTED,
    )
    field_order = ("form_version", "fiscal_year", "due", "last_new", "last_edit", "profile")

    def __init__(self, data: Any = None, *, versions: Sequence[FormVersion], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.versions = {version.pk: version for version in versions}
        choice = self.fields["form_version"]
        assert isinstance(choice, forms.TypedChoiceField)  # noqa: S101 - declared above
        choice.choices = [
            (pk, f"{one.title} รุ่น {one.version} (ปีงบประมาณ {one.fiscal_year_from}–{one.fiscal_year_to})")
            for pk, one in self.versions.items()
        ]

    @property
    def version(self) -> FormVersion:
        """The chosen version, of a valid form."""
        return self.versions[self.cleaned_data["form_version"]]

    def clean(self) -> dict[str, Any]:
        """What the service would refuse, beside the field that is meant."""
        cleaned = self.cleaned_data
        version, year = self.versions.get(cleaned.get("form_version", 0)), cleaned.get("fiscal_year")
        if version and year:
            fits = policies.year_fits(version, year)
            if not fits.allowed:
                self.add_error("fiscal_year", fits.reason)
            elif selectors.round_of(form_code=version.form_code, fiscal_year=year):
                self.add_error("fiscal_year", f"แบบนี้เปิดรอบปีงบประมาณ {year} ไปแล้ว หนึ่งปีเปิดได้รอบเดียว")
        if year and self.has_dates():
            fits = policies.dates_fit(fiscal_year=year, **self.moments())
            if not fits.allowed:
                self.add_error(None, fits.reason)
        return cleaned


class ReachForm(forms.Form):
    """Over which units, by what order, why. `key` is made with the page: the same page twice is one act."""

    scope = forms.ChoiceField(label="ขอบเขต", widget=forms.RadioSelect, error_messages=_NOT_LISTED)
    province = forms.ChoiceField(label="จังหวัด (เมื่อเลือกทั้งจังหวัด)", required=False, error_messages=_NOT_LISTED)
    district = forms.ChoiceField(label="อำเภอ (เมื่อเลือกทั้งอำเภอ)", required=False, error_messages=_NOT_LISTED)
    unit = forms.CharField(
        label="รหัส อปท. (เมื่อเลือกเฉพาะแห่ง)",
        required=False,
        max_length=12,
        help_text="รหัส 7 หลัก หรือกด “ขยายเวลา” ที่ชื่อ อปท. ในบัญชีรายชื่อของรอบ",
    )
    order_number = forms.CharField(
        label="เลขที่คำสั่งหรือหนังสือ", max_length=100, help_text="เช่น ที่ มท 0810.7/ว 1234 ลงวันที่ 1 มิ.ย. 2570"
    )
    reason = forms.CharField(label="เหตุผล", max_length=300, widget=forms.Textarea({"rows": 2}))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        provinces: Sequence[tuple[str, str]],
        districts: Mapping[str, Sequence[tuple[str, str]]],
        whole: bool,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial={"scope": Scope.ALL if whole else Scope.PROVINCE, "key": uuid4(), **initial})
        shown: dict[str, list[Any]] = {
            "scope": [(one.value, one.label) for one in Scope if whole or one is not Scope.ALL]
        }
        shown["province"] = [("", "--เลือกจังหวัด--"), *provinces]
        shown["district"] = [("", "--เลือกอำเภอ--"), *((name, list(group)) for name, group in districts.items())]
        for name, choices in shown.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(provinces) == 1:
            self.fields["province"].initial = provinces[0][0]
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (value, label if value == Scope.ALL else f"{'เฉพาะ' if value == Scope.UNIT else 'ทั้ง'}{label}")
            for value, label in shown["scope"]
        ]

    def clean(self) -> dict[str, Any]:
        """The chosen scope needs its place."""
        scope = self.cleaned_data.get("scope", "")
        field = scope.lower()
        if field in self.fields and not self.cleaned_data.get(field) and field not in self.errors:
            self.add_error(field, f"โปรดระบุ{Scope(scope).label} หรือเลือกขอบเขตอื่น")
        return self.cleaned_data

    def reach(self) -> Reach:
        """The chosen reach."""
        scope = Scope(self.cleaned_data["scope"])
        code = "" if scope is Scope.ALL else self.cleaned_data[scope.value.lower()]
        return Reach(scope, thai_digits_to_ascii(code).strip())

    def order(self) -> services.Order:
        """By what, and why."""
        return services.Order(self.cleaned_data["order_number"], self.cleaned_data["reason"])


class RoundExtend(DatesForm, ReachForm):
    """Moving the dates of units further out."""

    field_order = ("scope", "province", "district", "unit", "due", "last_new", "last_edit", "order_number", "reason")

    def __init__(self, data: Any = None, *, opened: Round, may_edit_longer: bool, initial: Any, **kwargs: Any) -> None:
        days = {name: last_day_before(getattr(opened, f"{name}_at")) for name in ("due", "last_new", "last_edit")}
        super().__init__(data, initial={**days, **initial}, **kwargs)
        if not may_edit_longer:
            self.fields["last_edit"].disabled = True
            self.fields["last_edit"].initial = days["last_edit"]
            self.fields["last_edit"].help_text = "เลื่อนได้เฉพาะกรม"


class RoundReopen(ReachForm):
    """Writing after the last day of editing."""

    sections = forms.MultipleChoiceField(
        label="ด้านที่เปิดให้แก้ไข",
        widget=forms.CheckboxSelectMultiple,
        error_messages={**_NOT_LISTED, "required": "โปรดเลือกอย่างน้อยหนึ่งด้าน"},
    )
    first_day = ThaiDateField(label="เปิดตั้งแต่วันที่")
    last_day = ThaiDateField(label="ถึงวันที่", help_text="วันสุดท้ายที่แก้ไขได้ หลังจากวันนี้ปิดเองโดยไม่ต้องทำรายการ")
    field_order = (
        "scope",
        "province",
        "district",
        "unit",
        "sections",
        "first_day",
        "last_day",
        "order_number",
        "reason",
    )

    def __init__(self, data: Any = None, *, labels: Mapping[str, str], initial: Any, **kwargs: Any) -> None:
        super().__init__(data, initial={"sections": list(labels), **initial}, **kwargs)
        self.labels = labels
        self.fields["sections"].choices = list(labels.items())  # type: ignore[attr-defined]

    def chosen(self) -> list[str] | None:
        """The chosen sheets, None for all."""
        ticked = self.cleaned_data["sections"]
        return None if len(ticked) == len(self.labels) else ticked

    def moments(self, at: datetime) -> dict[str, datetime]:
        """From the day's beginning, or from now when that is today; until the last day is over."""
        first: date = self.cleaned_data["first_day"]
        from_at = at if first == bangkok_date(at) else bangkok_day_start(first)
        return {"from_at": from_at, "until_at": bangkok_day_end(self.cleaned_data["last_day"])}


class ReopeningEnd(forms.Form):
    """Ending a re-opening before its day."""

    reason = forms.CharField(label="เหตุผลที่ปิดก่อนกำหนด", max_length=300, widget=forms.Textarea({"rows": 2}))


class RosterAdd(forms.Form):
    """A unit that joins."""

    organisation_code = forms.CharField(
        label="รหัส อปท.", max_length=12, help_text="รหัส 7 หลักตามทะเบียนของกรม หน่วยต้องอยู่ในทะเบียนวันนี้แล้ว"
    )


class RosterExcuse(forms.Form):
    """A unit that leaves."""

    excused_from = ThaiDateField(label="พ้นหน้าที่ตั้งแต่วันที่", help_text="วันที่ยุบรวมหรือยกเลิก เช่น 1 เม.ย. 2570")
    reason = forms.CharField(
        label="เหตุผล",
        max_length=300,
        help_text="เช่น ยุบรวมกับเทศบาลใด ตามประกาศฉบับใด",
        widget=forms.Textarea({"rows": 3}),
    )
