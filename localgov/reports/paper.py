"""Letters as PDF: what `papers/letter.typ` lays out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Final

from localgov.reports.composing import Composition
from localgov.reports.wording import TOGETHER
from localgov.ui import paper

CONTENT_TYPE: Final = paper.CONTENT_TYPE
_TEMPLATE: Final = "reports/papers/letter.typ"
AUTHOR: Final = "INFO ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น กรมส่งเสริมการปกครองท้องถิ่น"


def letter_pdf(composition: Composition, *, at: datetime) -> bytes:
    """One letter with its list as PDF/A-2b, dated `at`. The same composition gives the same bytes."""
    letter = asdict(composition)
    enclosed = letter.pop("list")
    data = {
        "title": composition.title,
        "author": AUTHOR,
        "demo": composition.demo,
        "together": TOGETHER,
        "letter": letter | {"form": composition.form.value},
        "lists": [enclosed] if enclosed else [],
    }
    return paper.render(_TEMPLATE, data, at=at)
