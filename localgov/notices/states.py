"""Where a circular stands, and what its receipts say. Pure data."""

from django.db import models


class CircularState(models.TextChoices):
    """A circular is written as a draft; from its publication on nothing of it changes but how it ended."""

    DRAFT = "DRAFT", "ร่าง"
    PUBLISHED = "PUBLISHED", "เผยแพร่แล้ว"
    REPLACED = "REPLACED", "มีฉบับแก้ไขแทนแล้ว"
    WITHDRAWN = "WITHDRAWN", "ยกเลิกแล้ว"


class ReceiptKind(models.TextChoices):
    """What an addressee did with a circular, each once."""

    OPENED = "OPENED", "เปิดอ่าน"
    ACKNOWLEDGED = "ACKNOWLEDGED", "รับทราบ"
