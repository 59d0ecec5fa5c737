"""Reading the moment for which the past is asked."""

from datetime import datetime, timedelta

#: The past begins this long ago: what was committed until then no longer changes (DESIGN §4, Truth).
SETTLED = timedelta(seconds=5)


class MomentRefused(ValueError):
    """The text is no moment of the past; `reason` is a Thai sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_moment(text: str, *, now: datetime) -> datetime:
    """An ISO 8601 moment with its zone, clipped to a few seconds ago so that its answer never changes.

    Raises:
        MomentRefused: unreadable, without a zone, or in the future.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise MomentRefused(f"อ่านเวลา “{text}” ไม่ได้ ใช้รูปแบบ 2027-06-15T16:30:00+07:00") from None
    if moment.tzinfo is None:
        raise MomentRefused(f"เวลา “{text}” ไม่ระบุเขตเวลา โปรดต่อท้ายด้วย +07:00 (เวลาไทย) หรือ Z (UTC)")
    if moment > now:
        raise MomentRefused(f"เวลา “{text}” ยังมาไม่ถึง ระบุเวลาในอดีต หรือไม่ต้องระบุเพื่อดูปัจจุบัน")
    return min(moment, now - SETTLED)
