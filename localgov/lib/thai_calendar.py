"""Thai dates: the Buddhist Era, fiscal years, what people type and what they read (STYLE rule 7, domain.md §8).

The database holds C.E. dates and aware datetimes; people read the Buddhist Era (พ.ศ. = ค.ศ. + 543) and Asia/Bangkok.
Fiscal year N (พ.ศ.) runs from 1 October N−1 to 30 September N. The conversion is the plain 543 for every date, also
for those before 1941, when the Thai year began on 1 April.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final, Literal
from zoneinfo import ZoneInfo

from localgov.lib.numbers import ascii_digits_to_thai, thai_digits_to_ascii
from localgov.lib.refusals import Refusal, quoted

BANGKOK: Final = ZoneInfo("Asia/Bangkok")
ERA_OFFSET: Final = 543

MONTHS_LONG: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_SHORT: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip

_FIRST_CE, _LAST_CE = 1657, 2199  # what an INFO date can be; a year from 2200 on is Buddhist Era
_FIRST_CE_TYPED = 1800
_MAX_LENGTH = 80
_MONTH_NUMBERS = {
    name.replace(".", ""): number for names in (MONTHS_LONG, MONTHS_SHORT) for number, name in enumerate(names, start=1)
}
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_NUMERIC = re.compile(r"(?P<day>\d{1,2})\s*([/.-])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>\d{1,4})", re.ASCII)
_WORDED = re.compile(
    r"(?:วันที่\s*)?(?P<day>\d{1,2})\s*(?:เดือน\s*)?(?P<month>[ก-๎][ก-๎. ]*?)\s*"
    r"(?:ปี\s*)?(?P<era>พ\s*\.?\s*ศ\s*\.?|ค\s*\.?\s*ศ\s*\.?)?\s*(?P<year>\d{1,4})",
    re.ASCII,
)

Era = Literal["BE", "CE"]


class NotADate(Refusal):
    """The text is not a date that can be read without guessing."""

    default_code: ClassVar[str] = "not_a_date"


def be_year(ce_year: int) -> int:
    """ค.ศ. → พ.ศ.: 2026 → 2569."""
    return ce_year + ERA_OFFSET


def ce_year(be_year: int) -> int:
    """พ.ศ. → ค.ศ.: 2569 → 2026."""
    return be_year - ERA_OFFSET


def bangkok_date(moment: datetime) -> date:
    """The calendar day in Thailand at an aware moment. Raises ValueError for a naive one."""
    return _aware(moment).astimezone(BANGKOK).date()


def fiscal_year_of(day: date) -> int:
    """The fiscal year (พ.ศ.) of a day, or of an aware moment in Thailand: 2025-10-01 → 2569."""
    if isinstance(day, datetime):
        day = bangkok_date(day)
    return be_year(day.year) + (1 if day.month >= 10 else 0)


def fiscal_year_bounds(fiscal_year: int) -> tuple[date, date]:
    """First and last day (both inside) of a fiscal year (พ.ศ.): 2569 → 2025-10-01, 2026-09-30."""
    year = ce_year(fiscal_year)
    return date(year - 1, 10, 1), date(year, 9, 30)


def bangkok_day_start(day: date) -> datetime:
    """Midnight in Thailand at which the day begins."""
    return datetime.combine(day, time.min, tzinfo=BANGKOK)


def bangkok_day_end(day: date) -> datetime:
    """The moment in Thailand at which the day is over, exclusive: midnight of the next day. Deadlines are stored so."""
    return bangkok_day_start(day + timedelta(days=1))


def last_day_before(moment: datetime) -> date:
    """The last whole or part day in Thailand before an exclusive moment: the day to print for a stored deadline."""
    return bangkok_date(_aware(moment) - timedelta(microseconds=1))


def days_left(due: datetime, now: datetime) -> int:
    """Days from today to the last day before `due`: 0 on the last day, negative when it is past."""
    return (last_day_before(due) - bangkok_date(now)).days


def weekdays_after(first: date, last: date) -> int:
    """Mondays to Fridays after the first day, up to and with the last one: 0 on the day itself. Public holidays count too."""
    days = max((last - first).days, 0)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum(1 for step in range(1, rest + 1) if (first.weekday() + step) % 7 < 5)


def weekdays_text(days: int) -> str:
    """`3 วัน นับจันทร์–ศุกร์`: what `weekdays_after` counts, said as it is; working days would be fewer by the holidays."""
    return f"{days:,} วัน นับจันทร์–ศุกร์"


def days_left_text(due: datetime, now: datetime) -> str:
    """`days_left` in words: เหลือ 41 วัน · ครบกำหนดวันนี้ · เลยกำหนด 3 วัน."""
    left = days_left(due, now)
    if left > 0:
        return f"เหลือ {left:,} วัน"
    return "ครบกำหนดวันนี้" if left == 0 else f"เลยกำหนด {-left:,} วัน"


def format_date_long(day: date, *, thai_digits: bool = False) -> str:
    """`15 มิถุนายน 2569`; with `thai_digits`, as on a letter: `๑๕ มิถุนายน ๒๕๖๙`."""
    return _worded(day, MONTHS_LONG, thai_digits)


def format_date_short(day: date, *, thai_digits: bool = False) -> str:
    """`15 มิ.ย. 2569`; with `thai_digits`, `๑๕ มิ.ย. ๒๕๖๙`."""
    return _worded(day, MONTHS_SHORT, thai_digits)


def format_time(moment: datetime, *, thai_digits: bool = False) -> str:
    """The clock in Thailand at an aware moment: `10:42 น.`."""
    text = f"{_aware(moment).astimezone(BANGKOK):%H:%M} น."
    return ascii_digits_to_thai(text) if thai_digits else text


def format_datetime(moment: datetime, *, thai_digits: bool = False) -> str:
    """`15 มิถุนายน 2569 เวลา 10:42 น.` in Thailand, of an aware moment."""
    return f"{format_date_long(moment, thai_digits=thai_digits)} เวลา {format_time(moment, thai_digits=thai_digits)}"


def format_datetime_short(moment: datetime, *, thai_digits: bool = False) -> str:
    """`15 มิ.ย. 2569 10:42 น.` in Thailand, of an aware moment."""
    return f"{format_date_short(moment, thai_digits=thai_digits)} {format_time(moment, thai_digits=thai_digits)}"


def _worded(day: date, months: tuple[str, ...], thai_digits: bool) -> str:
    """Day, month name and Buddhist year of a day, or of a moment in Thailand."""
    if isinstance(day, datetime):
        day = bangkok_date(day)
    text = f"{day.day} {months[day.month - 1]} {be_year(day.year)}"
    return ascii_digits_to_thai(text) if thai_digits else text


def _aware(moment: datetime) -> datetime:
    """The moment itself, if it knows its zone; a naive one is a programming error."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment


def parse_date(text: str) -> date:
    """The C.E. date that a person typed.

    Understood, in Thai or Arabic digits: `2026-06-15` (always C.E.), `15/6/2569` and `15/6/2026` (also with `.` or
    `-`), `15 มิ.ย. 69` (two digits after a Thai month are พ.ศ. 25xx), `15 มิถุนายน พ.ศ. 2569`. A bare year from 2200 on
    is พ.ศ., from 1800 to 2199 ค.ศ. Refused: two-digit years among numbers (26 may be 2026 or 2526). Raises `NotADate`.
    """
    if len(text.strip()) > _MAX_LENGTH:
        raise NotADate(f"วันที่ยาวเกินไป ให้พิมพ์ไม่เกิน {_MAX_LENGTH} ตัวอักษร เช่น 15 มิถุนายน 2569", code="too_long")
    typed = " ".join(thai_digits_to_ascii(text).replace("\u00a0", " ").replace("\u200b", "").split())
    if not typed:
        raise NotADate("ยังไม่ได้พิมพ์วันที่", code="blank")
    if iso := _ISO.fullmatch(typed):
        return _day(int(iso["day"]), int(iso["month"]), _iso_year(int(iso["year"]), typed), typed)
    if numeric := _NUMERIC.fullmatch(typed):
        if len(numeric["year"]) != 4:
            raise NotADate(f"{quoted(text)} มีปีไม่ครบสี่หลัก ให้พิมพ์ปีเต็ม เช่น 15/6/2569", code="short_year")
        return _day(int(numeric["day"]), int(numeric["month"]), _typed_year(numeric["year"], None, typed), typed)
    worded = _WORDED.fullmatch(typed)
    month = _MONTH_NUMBERS.get(re.sub(r"[. ]", "", worded["month"])) if worded else None
    if worded is None or month is None:
        raise NotADate(f"{quoted(text)} ไม่ใช่วันที่ที่อ่านได้ ให้พิมพ์ เช่น 15/6/2569 หรือ 15 มิถุนายน 2569")
    era: Era | None = None if worded["era"] is None else ("BE" if worded["era"].startswith("พ") else "CE")
    return _day(int(worded["day"]), month, _typed_year(worded["year"], era, typed), typed)


def _iso_year(year: int, typed: str) -> int:
    """The year of an ISO date, which is C.E. by definition."""
    if not _FIRST_CE <= year <= _LAST_CE:
        raise NotADate(
            f"{quoted(typed)} แบบ ปี-เดือน-วัน ต้องใช้ปี ค.ศ. ถ้าเป็น พ.ศ. ให้พิมพ์แบบ วัน/เดือน/ปี เช่น 15/6/2569", code="year"
        )
    return year


def _typed_year(digits: str, era: Era | None, typed: str) -> int:
    """The C.E. year of what was typed after the month."""
    year = int(digits)
    if len(digits) == 2 and era != "CE":
        return ce_year(2500 + year)
    if len(digits) == 4:
        if era == "BE" or (era is None and year > _LAST_CE):
            year = ce_year(year)
            if _FIRST_CE <= year <= _LAST_CE:
                return year
        elif _FIRST_CE_TYPED <= year <= _LAST_CE:
            return year
    raise NotADate(f"{quoted(typed)} ปีไม่ถูกต้อง ให้พิมพ์ปี พ.ศ. สี่หลัก เช่น 2569", code="year")


def _day(day: int, month: int, year: int, typed: str) -> date:
    """The date, or the sentence that says which part does not exist."""
    if not 1 <= month <= 12:
        raise NotADate(f"{quoted(typed)} เดือนต้องเป็น 1 ถึง 12 และพิมพ์วันก่อนเดือน เช่น 15/6/2569", code="month")
    try:
        return date(year, month, day)
    except ValueError:
        sentence = f"{quoted(typed)} ไม่มีวันที่ {day} ในเดือน{MONTHS_LONG[month - 1]} พ.ศ. {be_year(year)}"
        raise NotADate(sentence, code="day") from None
