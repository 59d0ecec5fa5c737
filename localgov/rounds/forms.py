"""What people type on the pages of rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import bangkok_day_end, last_day_before
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.rounds import policies, selectors
from localgov.rounds.models import Profile, Round
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
        choices=[("", "--ทั้งหมด--"), ("due", "ต้องบันทึก"), ("excused", "พ้นหน้าที่")],
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


class RoundExtend(DatesForm):
    """Moving the dates of a round further out."""

    reason = forms.CharField(
        label="หนังสือหรือเหตุผลที่ขยายเวลา",
        max_length=300,
        help_text="เช่น หนังสือกรมฯ ที่และวันที่",
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Any = None, *, opened: Round) -> None:
        days = {name: last_day_before(getattr(opened, f"{name}_at")) for name in ("due", "last_new", "last_edit")}
        super().__init__(data, initial=days)


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
