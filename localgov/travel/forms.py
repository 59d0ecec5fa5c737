"""What is typed about a problem: by the reader, and by the officer who answers."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from localgov.lib.thai_text import clean_line, clean_paragraphs
from localgov.travel.states import ANSWERED, ProblemKind, ProblemState


class Problem(forms.Form):
    """แจ้งปัญหา. `website` is no question: a person never sees it, a program that fills everything does."""

    kind = forms.ChoiceField(label=_("พบปัญหาอะไร"), choices=ProblemKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("รายละเอียด"),
        min_length=5,
        max_length=1000,
        help_text=_("บอกว่าตรงไหนผิดและที่ถูกคืออะไร ไม่เกิน 1,000 ตัวอักษร ข้อความนี้ไม่แสดงบนเว็บไซต์"),
        widget=forms.Textarea({"rows": 5}),
        error_messages={
            "min_length": _("รายละเอียดสั้นเกินไป โปรดเขียนให้เจ้าหน้าที่เข้าใจ"),
            "max_length": _("รายละเอียดยาวเกินไป เขียนได้ไม่เกิน 1,000 ตัวอักษร"),
            "required": _("โปรดกรอก “รายละเอียด”"),
        },
    )
    contact = forms.CharField(
        label=_("อีเมลหรือโทรศัพท์ของท่าน (ถ้าต้องการให้ติดต่อกลับ)"),
        required=False,
        max_length=200,
        help_text=_("เห็นเฉพาะเจ้าหน้าที่ของ อปท. และจังหวัด ลบออกจากระบบภายใน 90 วัน"),
        widget=forms.TextInput({"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("โปรดเว้นว่าง"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_text(self) -> str:
        """Repaired, its paragraphs kept."""
        return clean_paragraphs(self.cleaned_data["text"])

    def clean_contact(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["contact"])

    def clean_website(self) -> str:
        """Empty, or a sentence."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("ช่องที่ซ่อนไว้ต้องเว้นว่าง โปรดลบข้อความในช่องนั้นแล้วส่งใหม่"))
        return ""


class ProblemSearch(forms.Form):
    """Searching the reports."""

    state = forms.ChoiceField(label="สถานะ", required=False, choices=[("", "--ทุกสถานะ--"), *ProblemState.choices])
    words = forms.CharField(label="ชื่อรายการ", required=False, max_length=80)


class ProblemAnswer(forms.Form):
    """What an officer did about a report."""

    state = forms.ChoiceField(
        label="ผลการตรวจสอบ",
        choices=[(state.value, state.label) for state in ANSWERED],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="สิ่งที่ตรวจพบและได้ทำไป",
        max_length=1000,
        help_text="เก็บไว้เป็นหลักฐานของหน่วยงาน ไม่แสดงต่อประชาชน",
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_answer(self) -> str:
        """Repaired, its paragraphs kept."""
        return clean_paragraphs(self.cleaned_data["answer"])
