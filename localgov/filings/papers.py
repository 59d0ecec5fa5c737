"""Looking at a paper of an office: a PDF, a picture, a Word, Excel or PowerPoint file, known by what it holds. Pure functions."""

from __future__ import annotations

import io
import zipfile

from localgov.filings.uploads import LARGEST, Looked, NotAcceptable, look

#: For people and for the browser's own chooser.
ACCEPTED = "PDF, Word, Excel, PowerPoint, JPG, PNG หรือ GIF"

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
#: The part that makes a package a document of its kind → what it is, how its name ends.
_OFFICE_PARTS: dict[str, tuple[str, str]] = {
    "word/document.xml": (f"{_OPEN_XML}wordprocessingml.document", ".docx"),
    "xl/workbook.xml": (f"{_OPEN_XML}spreadsheetml.sheet", ".xlsx"),
    "xl/workbook.bin": ("application/vnd.ms-excel.sheet.binary.macroEnabled.12", ""),
    "ppt/presentation.xml": (f"{_OPEN_XML}presentationml.presentation", ".pptx"),
}
_MACROS = "vbaproject.bin"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def look_at_paper(content: bytes) -> Looked:
    """Know a file by its content: a PDF, a picture, or a Word, Excel or PowerPoint file without macros. Raises `NotAcceptable`."""
    if content.startswith(_OLD_OFFICE):
        raise NotAcceptable(
            "ไฟล์เป็น Word/Excel/PowerPoint รุ่นเก่า (.doc .xls .ppt) โปรดบันทึกเป็น .docx .xlsx .pptx หรือ PDF แล้วแนบใหม่"
        )
    if not content.startswith(b"PK\x03\x04") or len(content) > LARGEST:
        try:
            return look(content)
        except NotAcceptable as refusal:
            if len(content) > LARGEST or not content:
                raise
            raise NotAcceptable(f"รับเฉพาะไฟล์ {ACCEPTED} (ดูจากเนื้อไฟล์ ไม่ใช่ชื่อไฟล์)") from refusal
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile as error:
        raise NotAcceptable("ไฟล์เสียหรือไม่ครบ เปิดและบันทึกไฟล์ใหม่แล้วแนบอีกครั้ง") from error
    found = next((_OFFICE_PARTS[part] for part in _OFFICE_PARTS if part in names), None)
    if any(name.lower().endswith(_MACROS) for name in names) or (found and not found[1]):
        raise NotAcceptable("ไฟล์มีแมโครหรือเป็นแบบไบนารี โปรดบันทึกเป็น .docx .xlsx .pptx หรือ PDF ที่ไม่มีแมโครแล้วแนบใหม่")
    if found is None:
        raise NotAcceptable(f"รับเฉพาะไฟล์ {ACCEPTED} (ดูจากเนื้อไฟล์ ไม่ใช่ชื่อไฟล์)")
    return Looked(found[0], found[1], content)
