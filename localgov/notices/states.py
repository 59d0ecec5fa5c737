"""Where a circular stands, and what its receipts say. Pure data."""

from django.db import models


class CircularState(models.TextChoices):
    """A circular is written as a draft; from its publication on nothing of it changes but how it ended."""

    DRAFT = "DRAFT", "ร่าง"
    PUBLISHED = "PUBLISHED", "เผยแพร่แล้ว"
    REPLACED = "REPLACED", "มีฉบับแก้ไขแทนแล้ว"
    WITHDRAWN = "WITHDRAWN", "ยกเลิกแล้ว"


class MailKind(models.TextChoices):
    """What an e-mail is about."""

    REMINDER = "REMINDER", "แจ้งเตือนการบันทึก"
    ACCOUNTS = "ACCOUNTS", "บัญชีผู้ใช้ของจังหวัด"


class MailState(models.TextChoices):
    """What became of an e-mail."""

    QUEUED = "QUEUED", "รอส่ง"
    SENDING = "SENDING", "กำลังส่ง"
    SENT = "SENT", "ส่งแล้ว"
    FAILED = "FAILED", "ส่งไม่สำเร็จ"
    UNKNOWN = "UNKNOWN", "ไม่ทราบผล"


class ReminderAbout(models.TextChoices):
    """What a unit is reminded of."""

    ROUND = "ROUND", "แบบข้อมูลของรอบ"
    WEBSITE = "WEBSITE", "เว็บไซต์ อปท."
    ADMINISTRATOR = "ADMINISTRATOR", "ผู้ดูแลระบบ INFO"
    ENTRIES = "ENTRIES", "ข่าว สินค้า และสถานที่"


class ReceiptKind(models.TextChoices):
    """What an addressee did with a circular, each once."""

    OPENED = "OPENED", "เปิดอ่าน"
    ACKNOWLEDGED = "ACKNOWLEDGED", "รับทราบ"
