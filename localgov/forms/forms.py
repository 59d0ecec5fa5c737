"""What people type on the pages of forms."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from localgov.forms.workbooks import MAX_BYTES
from localgov.lib.phones import parse_phone
from localgov.lib.refusals import Refusal
from localgov.lib.thai_text import clean_line, clean_paragraphs
from localgov.lib.unit_types import UNIT_TYPE_CHOICES


class FormSearch(forms.Form):
    """Searching the list of forms."""

    words = forms.CharField(label="ชื่อหรือรหัสแบบ", required=False, max_length=60)


class ReadingFilter(forms.Form):
    """Narrowing what is shown of a form."""

    words = forms.CharField(label="ค้นหาในแบบ", required=False, max_length=80)
    unit_type = forms.ChoiceField(label="ดูอย่าง", required=False, choices=[("", "--ทุกประเภท--"), *UNIT_TYPE_CHOICES])
    sheet = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class WorkbookUpload(forms.Form):
    """A form's workbook."""

    workbook = forms.FileField(
        label="สมุดงานของแบบ",
        help_text="ไฟล์ .xlsx ที่มีแผ่นงาน survey choices rules settings ไม่เกิน 5 MB",
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={"empty": "ไฟล์ว่าง ไม่มีข้อมูล", "invalid": "ไม่ได้รับไฟล์ โปรดเลือกไฟล์อีกครั้ง"},
    )

    def clean_workbook(self) -> UploadedFile:
        """Small enough to read at all."""
        workbook: UploadedFile = self.cleaned_data["workbook"]
        if workbook.size and workbook.size > MAX_BYTES:
            raise forms.ValidationError("ไฟล์ใหญ่เกิน 5 MB ลบรูปภาพและแผ่นงานที่ไม่ใช้ออก")
        return workbook


class NoteWriting(forms.Form):
    """The text of a note, the office that answers, its telephone. `seen` is the version that the writer began from."""

    text = forms.CharField(
        label="ข้อความ",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        help_text="วิธีบันทึกและข้อควรทราบ ขึ้นบรรทัดใหม่ได้ ที่อยู่เว็บ (https://…) กลายเป็นลิงก์ให้เอง",
    )
    office = forms.CharField(
        label="สำนักหรือกองที่ตอบข้อสงสัย",
        required=False,
        max_length=200,
        help_text="ชื่อหน่วยงาน เช่น สำนักบริหารการคลังท้องถิ่น ส่วนนโยบายการคลังและพัฒนารายได้ ไม่ใส่ชื่อบุคคล",
    )
    telephone = forms.CharField(
        label="โทรศัพท์สอบถาม",
        required=False,
        max_length=120,
        help_text="เว้นว่างได้ หน้าแบบข้อมูลจะใช้หมายเลขของหน้าแรก",
    )
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Paragraphs without stray marks."""
        return clean_paragraphs(self.cleaned_data["text"])

    def clean_office(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["office"])

    def clean_telephone(self) -> str:
        """As offices write it on letterheads; a Thai sentence when it is no number."""
        typed = self.cleaned_data["telephone"].strip()
        try:
            return parse_phone(typed).display if typed else ""
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from None
