"""What is typed on the pages of the download box."""

from __future__ import annotations

from typing import Any

from django import forms

from localgov.access.roles import SEAT_NAMES, Seat
from localgov.lib.refusals import Refusal
from localgov.lib.thai_text import clean_line
from localgov.lib.urls import parse_web_address
from localgov.library.models import ItemKind
from localgov.notices.uploads import ACCEPTED

_SEATS = [(seat.value, f"สำหรับ {name}") for seat, name in SEAT_NAMES.items()]
_MOST_PARTS = 50


class ItemSearch(forms.Form):
    """Searching the box."""

    words = forms.CharField(label="ชื่อหรือคำอธิบาย", required=False, max_length=80)
    kind = forms.ChoiceField(label="ประเภท", required=False, choices=[("", "--ทุกประเภท--"), *ItemKind.choices])
    seat = forms.ChoiceField(label="สำหรับ", required=False, choices=[("", "--ทุกหน่วยงาน--"), *SEAT_NAMES.items()])


class ItemChange(forms.Form):
    """What a thing is called and for whom it is."""

    title = forms.CharField(label="ชื่อ", max_length=200, help_text="เช่น คู่มือการรายงานข้อมูลสถิติการคลัง รายรับ-รายจ่าย")
    description = forms.CharField(label="คำอธิบาย", required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
    audience = forms.MultipleChoiceField(label="สำหรับ", choices=_SEATS, widget=forms.CheckboxSelectMultiple)

    def clean_title(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["title"])

    def clean_description(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["description"])

    def clean_audience(self) -> list[Seat]:
        """As seats."""
        return [Seat(code) for code in self.cleaned_data["audience"]]


class FileSending(forms.Form):
    """One file."""

    file = forms.FileField(
        label="ไฟล์",
        help_text=f"{ACCEPTED} ไม่เกิน 10 MB",
        error_messages={"empty": "ไฟล์ว่างเปล่า เลือกไฟล์อื่น", "required": "โปรดเลือกไฟล์"},
    )


class VideoParts(forms.Form):
    """The parts of a video, one a line: its title, then its address."""

    parts = forms.CharField(
        label="ตอนของวีดิทัศน์",
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
        help_text="บรรทัดละหนึ่งตอน: ชื่อตอน เว้นวรรค แล้วตามด้วยที่อยู่ https://…",
    )

    def clean_parts(self) -> tuple[tuple[str, str], ...]:
        """Title and address of each line; the sentence names the line that can't be read."""
        lines = [line for line in map(clean_line, self.cleaned_data["parts"].splitlines()) if line]
        if len(lines) > _MOST_PARTS:
            raise forms.ValidationError(f"ไม่เกิน {_MOST_PARTS} ตอน แยกเป็นหลายรายการ")
        return tuple(_part(number, line) for number, line in enumerate(lines, start=1))


class ChangeNote(forms.Form):
    """What a new version changes; `seen` is the version that the keeper looked at."""

    change_note = forms.CharField(label="สิ่งที่เปลี่ยน", required=False, max_length=300, help_text="เช่น เพิ่มวิธีบันทึกปี 2570")
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean_change_note(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["change_note"])


class FileVersion(FileSending, ChangeNote):
    """A new version of a file."""


class VideoVersion(VideoParts, ChangeNote):
    """A new version of a video."""


class PaperAdd(ItemChange, FileSending):
    """A new manual or paper."""

    kind = forms.ChoiceField(
        label="ประเภท", choices=[choice for choice in ItemKind.choices if choice[0] != ItemKind.VIDEO]
    )
    field_order = ["kind", "title", "description", "audience", "file"]


class VideoAdd(ItemChange, VideoParts):
    """A new video."""

    field_order = ["title", "description", "audience", "parts"]


def _part(number: int, line: str) -> tuple[str, str]:
    title, _, address = line.rpartition(" ")
    if not title.strip():
        raise forms.ValidationError(f"บรรทัดที่ {number}: ต้องมีชื่อตอน เว้นวรรค แล้วตามด้วยที่อยู่ https://…")
    try:
        read: Any = parse_web_address(address)
    except Refusal as refusal:
        raise forms.ValidationError(f"บรรทัดที่ {number}: {refusal.message}") from None
    if not read.url.startswith("https://"):
        raise forms.ValidationError(f"บรรทัดที่ {number}: ที่อยู่ของวีดิทัศน์ต้องขึ้นต้นด้วย https://")
    return clean_line(title)[:200], read.url
