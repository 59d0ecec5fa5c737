"""Looking at an uploaded file: what it truly is, and its bytes without the traces that cameras leave. Pure functions."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from localgov.lib.refusals import Refusal

LARGEST = 10 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
#: JPEG segments that may hold where and by whom a picture was taken (Exif, XMP, IPTC, comments).
_JPEG_TRACES = frozenset({0xE1, 0xED, 0xFE})
_PNG_TRACES = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


class NotAcceptable(Refusal):
    """The file is not one that a question takes; the message says what to do."""


@dataclass(frozen=True)
class Looked:
    """A file by its content."""

    content_type: str
    suffix: str
    content: bytes


def look(content: bytes) -> Looked:
    """Know a PDF, JPEG, PNG or GIF by its first bytes, whatever its name says. Raises `NotAcceptable`."""
    if not content:
        raise NotAcceptable("ไฟล์ว่างเปล่า เลือกไฟล์อื่น")
    if len(content) > LARGEST:
        raise NotAcceptable(f"ไฟล์ใหญ่เกิน {LARGEST // 1024 // 1024} MB ย่อไฟล์หรือแยกเป็นส่วนก่อนแนบ")
    if content.startswith(b"%PDF-"):
        return Looked("application/pdf", ".pdf", content)
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return Looked("image/jpeg", ".jpg", _jpeg_without_traces(content))
        if content.startswith(_PNG):
            return Looked("image/png", ".png", _png_without_traces(content))
    except (struct.error, IndexError, ValueError) as error:
        raise NotAcceptable("ไฟล์ภาพเสียหรือไม่ครบ บันทึกภาพใหม่แล้วแนบอีกครั้ง") from error
    if content.startswith((b"GIF87a", b"GIF89a")):
        return Looked("image/gif", ".gif", content)
    raise NotAcceptable("รับเฉพาะไฟล์ PDF, JPG, PNG หรือ GIF (ดูจากเนื้อไฟล์ ไม่ใช่ชื่อไฟล์)")


def _jpeg_without_traces(content: bytes) -> bytes:
    """The picture without the segments of traces; the picture data itself is left byte for byte."""
    kept = [content[:2]]
    place = 2
    while True:
        if content[place] != 0xFF:
            raise ValueError("no JPEG segment")
        marker = content[place + 1]
        if marker == 0xDA:  # the picture data follows to the end
            return b"".join([*kept, content[place:]])
        (length,) = struct.unpack_from(">H", content, place + 2)
        if length < 2 or place + 2 + length > len(content):
            raise ValueError("broken JPEG segment")
        if marker not in _JPEG_TRACES:
            kept.append(content[place : place + 2 + length])
        place += 2 + length


def _png_without_traces(content: bytes) -> bytes:
    """The picture without the chunks of traces."""
    kept = [_PNG]
    place = len(_PNG)
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        kind = content[place + 4 : place + 8]
        end = place + 12 + length
        if len(kind) < 4 or end > len(content):
            raise ValueError("broken PNG chunk")
        if kind not in _PNG_TRACES:
            kept.append(content[place:end])
        if kind == b"IEND":
            return b"".join(kept)
        place = end
    raise ValueError("PNG without end")


def clean_name(name: str, suffix: str) -> str:
    """A short name without folders and control characters, with the ending that the content has."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = base.rsplit(".", 1)[0] if "." in base else base
    printable = "".join(character for character in stem if character.isprintable() and character not in '<>:"|?*')
    return f"{' '.join(printable.split())[:100] or 'เอกสาร'}{suffix}"
