"""What people type on the pages of circulars."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.unit_types import UNIT_TYPE_CHOICES, UnitType
from localgov.notices import services, uploads
from localgov.notices.models import Circular
from localgov.notices.selectors import reading
from localgov.notices.selectors.addressing import OFFICE_KINDS
from localgov.notices.states import CircularState
from localgov.rounds.models import Round
from localgov.ui.fields import ThaiDateField

_NOT_LISTED = {"invalid_choice": "โปรดเลือกจากรายการ"}
_MOST_UNITS = 500
_CHECKS = forms.CheckboxSelectMultiple


class InboxSearch(forms.Form):
    """Searching what one has received."""

    words = forms.CharField(label="เลขที่หนังสือหรือเรื่อง", required=False, max_length=100)
    standing = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[
            ("", "--ทุกสถานะ--"),
            (reading.UNACKNOWLEDGED, "ยังไม่รับทราบ"),
            (reading.UNOPENED, "ยังไม่เปิดอ่าน"),
            (reading.ACKNOWLEDGED, "รับทราบแล้ว"),
            (reading.ENDED, "ยกเลิกหรือมีฉบับแก้ไขแทน"),
        ],
    )


class SentSearch(forms.Form):
    """Searching what offices have sent."""

    words = forms.CharField(label="เลขที่หนังสือหรือเรื่อง", required=False, max_length=100)
    state = forms.ChoiceField(label="สถานะ", required=False, choices=[("", "--ทุกสถานะ--"), *CircularState.choices])


class AddresseeSearch(forms.Form):
    """Searching the addressees of a circular."""

    words = forms.CharField(label="ชื่อหน่วยงาน", required=False, max_length=100)
    province = forms.ChoiceField(label="จังหวัด", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    unit_type = forms.ChoiceField(label="ประเภท", required=False, choices=[("", "--ทุกประเภท--"), *UNIT_TYPE_CHOICES])
    standing = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[
            ("", "--ทั้งหมด--"),
            ("not_opened", "ยังไม่เปิดอ่าน"),
            ("not_acknowledged", "ยังไม่รับทราบ"),
            ("acknowledged", "รับทราบแล้ว"),
        ],
    )

    def __init__(
        self, data: Any, *, provinces: Sequence[tuple[str, str]], districts: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["province"].choices = [("", "--ทุกจังหวัด--"), *provinces]  # type: ignore[attr-defined]
        self.fields["district"].choices = [("", "--ทุกอำเภอ--"), *districts]  # type: ignore[attr-defined]
        if len(provinces) <= 1:
            del self.fields["province"]
        if len(districts) <= 1:
            del self.fields["district"]


class WriteCircular(forms.Form):
    """The text of a circular and to whom it goes."""

    number = forms.CharField(label="เลขที่หนังสือ", max_length=100, help_text="เช่น มท 0810.7/ว 1234")
    dated = ThaiDateField(label="ลงวันที่")
    subject = forms.CharField(label="เรื่อง", max_length=300)
    body = forms.CharField(
        label="เนื้อความ",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text="พิมพ์เนื้อความ หรือเว้นว่างแล้วแนบไฟล์หนังสือในขั้นถัดไป ที่อยู่เว็บจะกดได้เอง",
    )
    change_note = forms.CharField(
        label="ฉบับนี้แก้ไขเรื่องใด", max_length=500, widget=forms.Textarea({"rows": 2}), help_text="ผู้รับทุกแห่งจะเห็นข้อความนี้"
    )
    finish_on = ThaiDateField(label="ให้แล้วเสร็จภายในวันที่", required=False)
    round = forms.TypedChoiceField(
        label="เกี่ยวกับรอบการบันทึก",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages=_NOT_LISTED,
        help_text="เลือกแล้วจะติดตามได้ว่าแห่งใดบันทึกหลังได้รับหนังสือ",
    )
    unit_types = forms.MultipleChoiceField(
        label="ประเภท อปท. ที่ได้รับ",
        required=False,
        widget=_CHECKS,
        choices=UNIT_TYPE_CHOICES,
        initial=[one.value for one in UnitType],
        error_messages=_NOT_LISTED,
    )
    office_kinds = forms.MultipleChoiceField(
        label="สำนักงานที่ได้รับ", required=False, widget=_CHECKS, error_messages=_NOT_LISTED
    )
    reach = forms.ChoiceField(
        label="พื้นที่",
        widget=forms.RadioSelect,
        choices=[("all", "ทุกแห่งในสังกัด"), ("some", "เฉพาะจังหวัด อำเภอ หรือแห่งที่ระบุ")],
        initial="all",
        error_messages=_NOT_LISTED,
    )
    provinces = forms.MultipleChoiceField(
        label="จังหวัด", required=False, widget=forms.SelectMultiple({"size": 8}), error_messages=_NOT_LISTED
    )
    districts = forms.MultipleChoiceField(
        label="อำเภอ", required=False, widget=forms.SelectMultiple({"size": 8}), error_messages=_NOT_LISTED
    )
    units = forms.CharField(
        label="รหัสหน่วยงานเฉพาะแห่ง",
        required=False,
        max_length=8_000,
        widget=forms.Textarea({"rows": 2}),
        help_text="รหัส 7 หลัก คั่นด้วยช่องว่างหรือบรรทัดใหม่ ได้รับทุกแห่งโดยไม่ดูประเภท",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        rounds: Sequence[Round],
        provinces: Sequence[tuple[str, str]],
        districts: Mapping[str, Sequence[tuple[str, str]]],
        office_kinds: Sequence[str],
        is_correction: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        choices: dict[str, list[Any]] = {
            "round": [("", "--ไม่เกี่ยวกับรอบใด--")]
            + [(one.pk, f"{one.title} ปีงบประมาณ {one.fiscal_year_be}") for one in rounds],
            "provinces": list(provinces),
            "districts": [(name, list(group)) for name, group in districts.items()],
            "office_kinds": [(code, OFFICE_KINDS[code]) for code in office_kinds],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        several = "กด Ctrl ค้างไว้เพื่อเลือกหลายแห่ง"
        self.fields["provinces"].help_text = f"{several} ได้รับทุกแห่งในจังหวัดตามประเภทที่เลือก"
        self.fields["districts"].help_text = f"{several} อำเภอหมายถึงแห่งที่ขึ้นกับอำเภอ (ทต. และ อบต.)"
        gone = [name for name, kept in (("change_note", is_correction), ("office_kinds", office_kinds)) if not kept]
        gone += ["provinces"] if len(provinces) <= 1 else []
        gone += ["districts"] if sum(len(group) for group in districts.values()) <= 1 else []
        for name in gone:
            del self.fields[name]

    def clean_units(self) -> list[str]:
        """Codes without what stands between them."""
        typed = re.split(r"[\s,;]+", thai_digits_to_ascii(self.cleaned_data["units"]).strip())
        codes = [code for code in dict.fromkeys(typed) if code]
        if len(codes) > _MOST_UNITS:
            raise forms.ValidationError(f"ระบุได้ไม่เกิน {_MOST_UNITS} แห่ง เลือกเป็นอำเภอหรือจังหวัดแทน")
        if wrong := [code for code in codes if len(code) > 12]:
            raise forms.ValidationError(f"รหัส “{wrong[0][:20]}…” ยาวเกินไป รหัสหน่วยงานมี 7 หลัก")
        return codes

    def text(self) -> services.Text:
        """What it says."""
        cleaned = self.cleaned_data
        names = ("number", "dated", "subject", "body", "finish_on")
        return services.Text(
            **{name: cleaned[name] for name in names},
            round_id=cleaned["round"],
            change_note=cleaned.get("change_note", ""),
        )

    def audience(self) -> services.Audience:
        """To whom."""
        cleaned = self.cleaned_data
        names = ("unit_types", "office_kinds", "provinces", "districts", "units")
        return services.Audience(
            everywhere=cleaned["reach"] == "all", **{name: cleaned.get(name) or [] for name in names}
        )

    @staticmethod
    def values_of(circular: Circular) -> dict[str, Any]:
        """A draft as the form shows it."""
        names = ("number", "dated", "subject", "body", "change_note", "finish_on", "unit_types", "office_kinds")
        shown = {name: getattr(circular, name) for name in (*names, "provinces", "districts")}
        return shown | {
            "round": circular.round_id or "",
            "reach": "all" if circular.everywhere else "some",
            "units": " ".join(circular.units),
        }


class AttachFile(forms.Form):
    """One file for a draft."""

    file = forms.FileField(
        label="เพิ่มไฟล์แนบ",
        help_text=f"{uploads.ACCEPTED} ไม่เกิน {uploads.LARGEST // 1024 // 1024} MB ต่อไฟล์",
        error_messages={"empty": "ไฟล์ว่างเปล่า เลือกไฟล์อื่น", "required": "โปรดเลือกไฟล์"},
    )


class Withdraw(forms.Form):
    """Why a circular is withdrawn."""

    reason = forms.CharField(label="เหตุผลที่ยกเลิก", max_length=500, widget=forms.Textarea({"rows": 2}))
