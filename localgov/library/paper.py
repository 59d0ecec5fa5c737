"""A guide as PDF: the role's own part, then what all roles have in common."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from localgov.library.guides import COMMON, guide, guide_blocks
from localgov.ui import paper

_TEMPLATE = "localgov/library/papers/guide.typ"
_AUTHOR = "INFO ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น กรมส่งเสริมการปกครองท้องถิ่น"


def guide_pdf(code: str, *, at: datetime) -> bytes:
    """The paper of a guide, dated `at`. The same text, pictures and moment give the same bytes."""
    parts = [code] if code == COMMON else [code, COMMON]
    return paper.render(
        _TEMPLATE,
        {
            "title": f"คู่มือการใช้งาน INFO: {guide(code).title}" if code != COMMON else guide(code).title,
            "author": _AUTHOR,
            "parts": [guide_blocks(part) for part in parts],
        },
        at=at,
        root=settings.BASE_DIR,
    )
