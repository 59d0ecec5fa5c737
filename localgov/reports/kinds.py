"""Kinds of letters: who writes them to whom and on which official form. Pure data."""

from __future__ import annotations

from django.db import models

from localgov.organisations.models import Kind


class PaperForm(models.TextChoices):
    """The two forms of the regulation on correspondence that chase: within the Department, and from office to office."""

    MEMO = "MEMO", "บันทึกข้อความ"
    EXTERNAL = "EXTERNAL", "หนังสือภายนอก"


class LetterKind(models.TextChoices):
    """To whom one run of letters goes: the addressees of the letters, and how many letters there are."""

    PROVINCES = "PROVINCES", "บันทึกข้อความถึงท้องถิ่นจังหวัด ฉบับเดียว แนบบัญชีรายชื่อจังหวัด"
    PROVINCE = "PROVINCE", "บันทึกข้อความถึงท้องถิ่นจังหวัด จังหวัดละฉบับ"
    DISTRICT = "DISTRICT", "หนังสือภายนอกถึงอำเภอ อำเภอละฉบับ (ทต. อบต.)"
    DIRECT = "DIRECT", "หนังสือภายนอกถึงนายก อบจ. ทน. ทม. แห่งละฉบับ"
    UNIT = "UNIT", "หนังสือภายนอกถึงนายกทุกแห่ง แห่งละฉบับ"

    @property
    def form(self) -> PaperForm:
        """The official form."""
        return PaperForm.MEMO if self in (LetterKind.PROVINCES, LetterKind.PROVINCE) else PaperForm.EXTERNAL

    @property
    def to_unit(self) -> bool:
        """Whether each letter goes to the นายก of one unit and speaks of it alone, without an enclosed list."""
        return self in (LetterKind.DIRECT, LetterKind.UNIT)


class Urgency(models.TextChoices):
    """ชั้นความเร็ว, word for word as it is printed."""

    NONE = "", "ไม่ระบุ"
    URGENT = "ด่วน", "ด่วน"
    VERY_URGENT = "ด่วนมาก", "ด่วนมาก"
    MOST_URGENT = "ด่วนที่สุด", "ด่วนที่สุด"


class Numbering(models.TextChoices):
    """How the letters of a run get their numbers after the office's prefix."""

    BLANK = "BLANK", "เว้นไว้ให้เขียนด้วยปากกา"
    SAME = "SAME", "เลขเดียวกันทุกฉบับ (หนังสือเวียน)"
    RUNNING = "RUNNING", "เลขเรียงต่อกันทีละฉบับ"


#: What each kind of office may write: the Department to its provinces, a province within itself, a district to its ทต. and อบต.
KINDS_OF_OFFICE: dict[str, tuple[LetterKind, ...]] = {
    Kind.DEPARTMENT: (LetterKind.PROVINCES, LetterKind.PROVINCE),
    Kind.PROVINCE: (LetterKind.DISTRICT, LetterKind.DIRECT, LetterKind.UNIT),
    Kind.DISTRICT: (LetterKind.UNIT,),
}
