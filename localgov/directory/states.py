"""What a background check can find of a website's address, and how it is said."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from localgov.lib.thai_calendar import bangkok_date, format_date_short


class CheckResult(models.TextChoices):
    """The newest finding. It accuses nobody: a site may be away for an hour, and officers alone see it."""

    ANSWERS = "ANSWERS", "ตอบ"
    MOVED = "MOVED", "ย้ายไปที่อื่น"
    BAD_CERTIFICATE = "BAD_CERTIFICATE", "ใบรับรองไม่ถูกต้อง"
    NO_ANSWER = "NO_ANSWER", "ไม่ตอบ"


def check_text(result: str, detail: str, moved_to: str, since: datetime | None) -> str:
    """`ไม่ตอบ ตั้งแต่ 3 พ.ย. 2569 (ไม่พบชื่อเว็บนี้ …)`; empty where nothing was found yet."""
    if not result or since is None:
        return ""
    if result == CheckResult.ANSWERS:
        return str(CheckResult.ANSWERS.label)
    if result == CheckResult.MOVED:
        return f"ย้ายไปที่ {moved_to}"
    told = f" ({detail})" if detail else ""
    return f"{CheckResult(result).label} ตั้งแต่ {format_date_short(bangkok_date(since))}{told}"
