"""Documents that go with a piece of news: what is taken, under which name it goes out. Pure functions."""

from __future__ import annotations

from typing import Final

from localgov.filings.papers import look_at_paper
from localgov.filings.uploads import Looked, NotAcceptable

#: Documents of one piece of news.
MOST: Final = 5
LONGEST_NAME: Final = 150
#: What readers of the public site can open; how a file ends → what it is called to them.
TAKEN: Final = {".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel"}

_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
#: … and to browsers.
TYPES: Final = {
    ".pdf": "application/pdf",
    ".docx": f"{_OPEN_XML}.wordprocessingml.document",
    ".xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
}


def document_looked(content: bytes) -> Looked:
    """Know a PDF, Word or Excel file by its content. Raises `NotAcceptable`."""
    looked = look_at_paper(content)
    if looked.suffix not in TAKEN:
        what = "รูปให้แนบในส่วนรูป" if looked.content_type.startswith("image/") else "บันทึกเป็น PDF แล้วแนบใหม่"
        raise NotAcceptable(f"เอกสารแนบรับเฉพาะ PDF, Word (.docx) และ Excel (.xlsx) {what}")
    return looked


def path_of(sha256: str, suffix: str) -> str:
    """Where the bytes of a document lie in the store."""
    return f"documents/{sha256[:2]}/{sha256}{suffix}"
