"""What people type on the pages of letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from localgov.lib.emails import parse_email
from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.refusals import Refusal
from localgov.lib.thai_text import clean_line, clean_paragraphs
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.monitoring.selectors.lagging import Cause
from localgov.reports import wording
from localgov.reports.kinds import LetterKind, Numbering, Urgency
from localgov.reports.models import Letterhead
from localgov.reports.wording import Wording, WordingRefused
from localgov.ui.fields import ThaiDateField

Choices = Sequence[tuple[str, str]]
_NOT_LISTED = {"invalid_choice": "โปรดเลือกจากรายการ"}
_NUMBER_WANTED = "เลขที่ต้องเป็นจำนวนเต็ม 1 ถึง 999,999"
#: What a prefix of official numbers is made of: ปจ 0023.3/ว
_PREFIX = re.compile(r"[ก-๎0-9๐-๙ ./()-]*")
_PHONE = re.compile(r"[0-9 ,/()+-]*(?:ต่อ [0-9 ,-]+)?")


class QuestionForm(forms.Form):
    """Who has not: cause, round, kind of letter, area and type."""

    cause = forms.ChoiceField(label="เรื่องที่ติดตาม", choices=Cause.choices, error_messages=_NOT_LISTED)
    round = forms.TypedChoiceField(
        label="รอบการบันทึก", coerce=int, empty_value=None, required=False, error_messages=_NOT_LISTED
    )
    kind = forms.ChoiceField(label="แบบหนังสือและผู้รับ", error_messages=_NOT_LISTED)
    province = forms.ChoiceField(label="จังหวัด", required=False, error_messages=_NOT_LISTED)
    district = forms.ChoiceField(label="อำเภอ", required=False, error_messages=_NOT_LISTED)
    unit_type = forms.ChoiceField(
        label="ประเภท อปท.",
        required=False,
        choices=[("", "ทุกประเภท"), *UNIT_TYPE_CHOICES],
        error_messages=_NOT_LISTED,
    )

    def __init__(
        self, data: Any, *, rounds: Choices, kinds: Sequence[LetterKind], provinces: Choices, districts: Choices
    ) -> None:
        super().__init__(data)
        self._offer("round", rounds)
        self._offer("kind", [(kind.value, kind.label) for kind in kinds])
        self._offer("province", [("", "ทุกจังหวัด"), *provinces])
        self._offer("district", [("", "ทุกอำเภอ"), *districts])
        for name, choices in (("province", provinces), ("district", districts)):
            if len(choices) <= 1:
                del self.fields[name]

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """One run of letters: number, dates, words, addressees."""

    urgency = forms.ChoiceField(label="ชั้นความเร็ว", choices=Urgency.choices, required=False, error_messages=_NOT_LISTED)
    number_prefix = forms.CharField(
        label="รหัสและเลขประจำของเจ้าของเรื่อง",
        required=False,
        max_length=60,
        help_text="ส่วนหน้าของเลขที่หนังสือ เช่น ปจ 0023.3/",
    )
    numbering = forms.ChoiceField(label="เลขทะเบียนหนังสือส่ง", choices=Numbering.choices, widget=forms.RadioSelect)
    first_number = forms.CharField(
        label="เลขที่เริ่มต้น", required=False, max_length=12, widget=forms.TextInput({"inputmode": "numeric"})
    )
    letter_date = ThaiDateField(
        label="วันที่ของหนังสือ", required=False, help_text="เว้นไว้เพื่อเขียนวันที่ด้วยปากกาเมื่อลงนาม เช่น 15 มิ.ย. 2570"
    )
    finish_by = ThaiDateField(label="ขอให้แล้วเสร็จภายในวันที่")
    references = forms.CharField(
        label="อ้างถึง",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="หนังสือที่เคยมีมา บรรทัดละหนึ่งฉบับ เช่น หนังสือกรมส่งเสริมการปกครองท้องถิ่น ที่ มท 0810.6/ว 123 ลงวันที่ 1 ตุลาคม 2569",
    )
    subject = forms.CharField(label="เรื่อง", max_length=300)
    body = forms.CharField(
        label="เนื้อความ",
        max_length=6000,
        widget=forms.Textarea({"rows": 12}),
        help_text="เว้นหนึ่งบรรทัดระหว่างภาคเหตุ ภาคความประสงค์ และภาคสรุป เลขในหนังสือเป็นเลขไทยให้เอง",
    )
    keep_words = forms.BooleanField(label="เก็บเรื่องและเนื้อความนี้เป็นแบบของสำนักงานสำหรับครั้งต่อไป", required=False)
    to = forms.MultipleChoiceField(
        label="ผู้รับหนังสือ",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "โปรดเลือกผู้รับหนังสืออย่างน้อยหนึ่งราย",
            "invalid_choice": "มีผู้รับที่ไม่อยู่ในรายการแล้ว โปรดตรวจรายการใหม่",
        },
    )
    as_of = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: LetterKind,
        has_round: bool,
        addressees: Choices,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"key": uuid4(), "to": [code for code, _ in addressees], **(initial or {})})
        self.kind, self.has_round = kind, has_round
        self.fields["to"].choices = list(addressees)  # type: ignore[attr-defined]

    def clean_number_prefix(self) -> str:
        """Thai letters, digits and the signs of official numbers."""
        prefix = clean_line(thai_digits_to_ascii(self.cleaned_data["number_prefix"]))
        if not _PREFIX.fullmatch(prefix):
            raise ValidationError("เลขที่หนังสือมีได้เฉพาะอักษรไทย ตัวเลข จุด ทับ ขีด และวงเล็บ เช่น ปจ 0023.3/")
        return prefix

    def clean_first_number(self) -> int | None:
        """A whole number, in Thai or Arabic digits; None where the pen writes it."""
        typed = thai_digits_to_ascii(self.cleaned_data["first_number"]).strip()
        if not typed or self.cleaned_data.get("numbering") == Numbering.BLANK:
            return None
        if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= 999_999:
            raise ValidationError(_NUMBER_WANTED)
        return int(typed)

    def clean_subject(self) -> str:
        """One line with fields that mean something."""
        return self._worded(clean_line(self.cleaned_data["subject"]))

    def clean_body(self) -> str:
        """Paragraphs with fields that mean something."""
        return self._worded(clean_paragraphs(self.cleaned_data["body"]))

    def clean_references(self) -> str:
        """Lines, repaired."""
        lines = clean_paragraphs(self.cleaned_data["references"]).splitlines()
        return "\n".join(line for line in lines if line)

    def _worded(self, text: str) -> str:
        try:
            wording.require_fields(text, kind=self.kind, has_round=self.has_round)
        except WordingRefused as refused:
            raise ValidationError(refused.reason) from None
        return text

    @property
    def words(self) -> Wording:
        """Subject and body."""
        return Wording(self.cleaned_data["subject"], self.cleaned_data["body"])

    @property
    def finish(self) -> date:
        """The day to finish by."""
        day: date = self.cleaned_data["finish_by"]
        return day


class LetterheadForm(forms.Form):
    """What an office prints on all its letters; nothing of it is invented by the system."""

    agency = forms.CharField(label="ส่วนราชการเจ้าของหนังสือ", max_length=300)
    address = forms.CharField(
        label="ที่ตั้ง",
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 2}),
        help_text="พิมพ์ใต้ชื่อส่วนราชการในหนังสือภายนอก เช่น ศาลากลางจังหวัด ถนน จังหวัด รหัสไปรษณีย์",
    )
    number_prefix = forms.CharField(
        label="รหัสและเลขประจำของเจ้าของเรื่อง", required=False, max_length=60, help_text="เช่น ปจ 0023.3/"
    )
    section = forms.CharField(
        label="ส่วนราชการเจ้าของเรื่อง", required=False, max_length=200, help_text="กลุ่มงานหรือฝ่ายที่ตอบคำถามเรื่องนี้ ไม่ใส่ชื่อบุคคล"
    )
    telephone = forms.CharField(label="โทรศัพท์ของสำนักงาน", required=False, max_length=60)
    email = forms.CharField(label="ไปรษณีย์อิเล็กทรอนิกส์ของสำนักงาน", required=False, max_length=200)
    signer_position = forms.CharField(
        label="ตำแหน่งของผู้ลงนาม",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="พิมพ์ใต้ชื่อผู้ลงนาม บรรทัดละหนึ่งส่วน เช่น ท้องถิ่นจังหวัด แล้วตามด้วย ปฏิบัติราชการแทน",
    )
    district_title = forms.ChoiceField(
        label="คำขึ้นต้นหนังสือถึงอำเภอ", choices=Letterhead.DistrictTitle.choices, error_messages=_NOT_LISTED
    )

    def __init__(self, data: Any = None, *, asks_district_title: bool, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        if not asks_district_title:
            del self.fields["district_title"]

    def clean(self) -> dict[str, Any]:
        """One-line boxes in one clean line, the others in lines."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                many = isinstance(self.fields[name].widget, forms.Textarea)
                cleaned[name] = clean_paragraphs(value) if many else clean_line(value)
        return cleaned

    def clean_number_prefix(self) -> str:
        """As on a letter."""
        prefix = clean_line(thai_digits_to_ascii(self.cleaned_data["number_prefix"]))
        if not _PREFIX.fullmatch(prefix):
            raise ValidationError("เลขที่หนังสือมีได้เฉพาะอักษรไทย ตัวเลข จุด ทับ ขีด และวงเล็บ เช่น ปจ 0023.3/")
        return prefix

    def clean_telephone(self) -> str:
        """Digits and how they are joined; several lines of an office may stand together."""
        phone = clean_line(thai_digits_to_ascii(self.cleaned_data["telephone"]))
        if not _PHONE.fullmatch(phone):
            raise ValidationError("หมายเลขโทรศัพท์มีได้เฉพาะตัวเลข ช่องว่าง ขีด และคำว่า ต่อ เช่น 0 0000 0000 ต่อ 00")
        return phone

    def clean_email(self) -> str:
        """One address, empty when there is none."""
        typed = self.cleaned_data["email"]
        if not typed.strip():
            return ""
        try:
            return parse_email(typed)
        except Refusal as refusal:
            raise ValidationError(refusal.message) from None


class RunSearch(forms.Form):
    """Searching the letters that were made."""

    words = forms.CharField(label="เรื่อง เลขที่ หรือสำนักงาน", required=False, max_length=100)
    kind = forms.ChoiceField(label="แบบหนังสือ", required=False, choices=[("", "ทุกแบบ"), *LetterKind.choices])
    cause = forms.ChoiceField(label="เรื่องที่ติดตาม", required=False, choices=[("", "ทุกเรื่อง"), *Cause.choices])
    fiscal_year = forms.IntegerField(label="ปีงบประมาณ", required=False, min_value=2500, max_value=2700)
