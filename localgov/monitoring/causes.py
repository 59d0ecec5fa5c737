"""For what a unit can be chased. Pure data."""

from __future__ import annotations

from django.db import models

from localgov.publishing.states import PublishedKind
from localgov.rounds.models import Profile

#: Days without a sign-in after which a unit counts as idle [ours].
IDLE_DAYS = 90


class Cause(models.TextChoices):
    """What a unit has not done. The first four are about a round, the others about the unit in a fiscal year or today."""

    NOT_BEGUN = "NOT_BEGUN", "ยังไม่เริ่มบันทึก"
    NOT_SUBMITTED = "NOT_SUBMITTED", "ยังส่งไม่ครบ"
    NOT_CERTIFIED_UNIT = "NOT_CERTIFIED_UNIT", "อปท. ยังรับรองไม่ครบ"
    NOT_CERTIFIED_PROVINCE = "NOT_CERTIFIED_PROVINCE", "จังหวัดยังรับรองไม่ครบ"
    WEBSITE = "WEBSITE", "ยังไม่บันทึกเว็บไซต์ประจำปี"
    ADMINISTRATOR = "ADMINISTRATOR", "ยังไม่บันทึกผู้ดูแลระบบ INFO ประจำปี"
    ENTRIES = "ENTRIES", "ยังบันทึกข่าว สินค้า และสถานที่ของปีไม่ครบ"
    NEWS = "NEWS", "ยังไม่มีข่าวประชาสัมพันธ์ของปี"
    PRODUCT = "PRODUCT", "ยังไม่มีสินค้าท้องถิ่นของปี"
    PLACE = "PLACE", "ยังไม่มีสถานที่สำคัญของปี"
    IDLE = "IDLE", f"ไม่มีผู้เข้าใช้ระบบเกิน {IDLE_DAYS} วัน"


ROUND_CAUSES = (Cause.NOT_BEGUN, Cause.NOT_SUBMITTED, Cause.NOT_CERTIFIED_UNIT, Cause.NOT_CERTIFIED_PROVINCE)

#: Asked of the units on the roster of the eight domains of a fiscal year; `directory` keeps what they recorded.
DIRECTORY_CAUSES = (Cause.WEBSITE, Cause.ADMINISTRATOR)

#: Asked of the same units; `publishing` keeps what they entered, how many are asked for and until when.
ENTRY_CAUSES: dict[Cause, tuple[PublishedKind, ...]] = {
    Cause.ENTRIES: tuple(PublishedKind),
    Cause.NEWS: (PublishedKind.NEWS,),
    Cause.PRODUCT: (PublishedKind.PRODUCT,),
    Cause.PLACE: (PublishedKind.PLACE,),
}

#: What belongs to the year of the eight domains, whatever their round asks.
YEAR_CAUSES = (*DIRECTORY_CAUSES, *ENTRY_CAUSES)

_LAST = {
    Profile.RECORD: Cause.NOT_SUBMITTED,
    Profile.UNIT: Cause.NOT_CERTIFIED_UNIT,
    Profile.PROVINCE: Cause.NOT_CERTIFIED_PROVINCE,
}


def causes_of(profile: str) -> tuple[Cause, ...]:
    """The causes that a round with this profile knows, in the order of the work."""
    return ROUND_CAUSES[: ROUND_CAUSES.index(_LAST[Profile(profile)]) + 1]
