"""Which parts one person of a tiny unit may join, by the province's order (DESIGN §4, States). Pure Python."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Parts(StrEnum):
    """Two parts of the work on one sheet, never three."""

    RECORD_VERIFY = "RECORD_VERIFY"
    VERIFY_CERTIFY = "VERIFY_CERTIFY"
    RECORD_CERTIFY = "RECORD_CERTIFY"

    @property
    def label(self) -> str:
        """In the words of the screens."""
        return PARTS_NAMES[self]


PARTS_NAMES: dict[Parts, str] = {
    Parts.RECORD_VERIFY: "บันทึกและตรวจสอบ",
    Parts.VERIFY_CERTIFY: "ตรวจสอบและรับรองระดับ อปท.",
    Parts.RECORD_CERTIFY: "บันทึกและรับรองระดับ อปท.",
}


@dataclass(frozen=True)
class JoinedParts:
    """An exception in force: its row, the parts, the order, first and last day."""

    exception_id: int
    parts: Parts
    order_number: str
    first_day: date
    last_day: date
