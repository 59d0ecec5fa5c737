"""Reading the moment for which the past is asked."""

from datetime import date, datetime, timedelta

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.thai_calendar import BANGKOK, bangkok_date, bangkok_day_end

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


def read_day_time(day: date, time_text: str, *, now: datetime) -> datetime:
    """A Bangkok day with an hour and minute (the end of the day without one), clipped to the settled past.

    Raises:
        MomentRefused: the time is unreadable, or the day has not come.
    """
    cleaned = thai_digits_to_ascii(time_text).strip().removesuffix("น.").strip().replace(".", ":")
    if not cleaned:
        if day > bangkok_date(now):
            raise MomentRefused("วันที่ที่ระบุยังมาไม่ถึง โปรดเลือกวันในอดีตหรือวันนี้")
        return min(bangkok_day_end(day) - timedelta(seconds=1), now - SETTLED)
    try:
        clock = datetime.strptime(cleaned, "%H:%M").time()
    except ValueError:
        raise MomentRefused(f"อ่านเวลา “{time_text}” ไม่ได้ ใช้รูปแบบ 16:30") from None
    moment = datetime.combine(day, clock, tzinfo=BANGKOK)
    if moment > now:
        raise MomentRefused("วันและเวลาที่ระบุยังมาไม่ถึง โปรดเลือกเวลาในอดีต")
    return min(moment, now - SETTLED)
