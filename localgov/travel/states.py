"""What a report of a problem may be about, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProblemKind(models.TextChoices):
    """What a reader found wrong with an item [ours]."""

    WRONG = "WRONG", _("ข้อมูลไม่ถูกต้อง")
    PICTURE = "PICTURE", _("รูปภาพไม่เหมาะสมหรือไม่ตรงกับเรื่อง")
    CLOSED = "CLOSED", _("ปิดหรือเลิกแล้ว")
    OTHER = "OTHER", _("เรื่องอื่น")


class ProblemState(models.TextChoices):
    """Whose desk it lies on: the unit's while it is new, nobody's once it was answered."""

    NEW = "NEW", "ใหม่"
    FIXED = "FIXED", "แก้ไขแล้ว"
    NOT_FOUND = "NOT_FOUND", "ไม่พบปัญหา"


#: The states that an answer gives.
ANSWERED = (ProblemState.FIXED, ProblemState.NOT_FOUND)
