"""What people type on the pages of forms."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from localgov.forms.workbooks import MAX_BYTES
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
