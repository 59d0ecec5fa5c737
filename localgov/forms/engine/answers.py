"""Reads what came as JSON for a question into a typed value. Never raises: what can't be read says so in Thai.

Absent, null and blank text are "not answered". Numbers may be JSON numbers or what a person typed; choices come by slug
or Thai label; dates ISO or as Thais write them; a point as {"lat", "lon"}; a register as a list of objects;
{"missing": "NONE"} is ไม่มี and {"missing": "NO_DATA", "reason": …} is ไม่มีข้อมูล.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from localgov.forms.engine.model import Kind, Question, QuestionType, Register
from localgov.forms.engine.values import NONE, Answer, NoData, NoneHere, Unreadable
from localgov.lib.coordinates import Point, parse_point
from localgov.lib.emails import parse_email
from localgov.lib.money import parse_baht
from localgov.lib.numbers import decimal_text, parse_decimal, thai_digits_to_ascii
from localgov.lib.phones import parse_phone
from localgov.lib.refusals import Refusal, quoted
from localgov.lib.thai_calendar import parse_date
from localgov.lib.thai_text import clean_paragraphs
from localgov.lib.urls import parse_web_address

MAX_TEXT = 10_000
MAX_REASON = 500
MAX_DIGITS = 15
REMEMBERED_LENGTH = 120
FIRST_YEAR_BE = 2300
LAST_YEAR_BE = 2700
_LARGEST = Decimal(10) ** MAX_DIGITS
_TAMBON = re.compile(r"[1-9][0-9]{5}")
_NONE_WORDS = frozenset({"ไม่มี"})
_NO_DATA_WORDS = frozenset({"ไม่มีข้อมูล"})
_YES_WORDS = frozenset({"yes", "true", "มี", "ใช่"})
_NO_WORDS = frozenset({"no", "false", "ไม่มี", "ไม่ใช่"})

Reader = Callable[[Any], Answer]
Read = TypeVar("Read")


def _remembered(read: Callable[[str], Read]) -> Callable[[str], Read]:
    """The same reader with a memory for short texts: a sheet is judged again after each of its answers."""
    recall = lru_cache(maxsize=8_192)(read)
    return lambda text: recall(text) if len(text) <= REMEMBERED_LENGTH else read(text)


_clean = _remembered(clean_paragraphs)
_read_phone = _remembered(parse_phone)
_read_email = _remembered(parse_email)
_read_web_address = _remembered(parse_web_address)
_read_date = _remembered(parse_date)


def reader_of(question: Question) -> Reader:
    """The function that reads a raw JSON value for this question; build it once and keep it."""
    read_value = _value_reader(question)

    def read(raw: Any) -> Answer:
        if raw is None:
            return None
        try:
            if isinstance(raw, str):
                raw.encode("utf-8")
                return read_value(raw) if raw and not raw.isspace() else None
            if isinstance(raw, dict) and "missing" in raw:
                return _missing(raw, takes_none=question.takes_none)
            return read_value(raw)
        except Refusal as refusal:
            return Unreadable(refusal.message)
        except UnicodeEncodeError:
            return Unreadable("ข้อความมีอักขระที่เสีย พิมพ์ใหม่")

    return read


def read_register(register: Register, raw: Any) -> tuple[Mapping[str, Any], ...] | Answer:
    """The raw rows of a register (ไม่มี and [] are no rows), or why there are none to read."""
    if raw is None:
        return None
    if isinstance(raw, str):
        word = raw.strip()
        if not word:
            return None
        if word in _NONE_WORDS:
            return ()
    if isinstance(raw, dict) and "missing" in raw:
        found = _missing(raw, takes_none=True)
        return () if isinstance(found, NoneHere) else found
    if not isinstance(raw, list):
        return Unreadable("ทะเบียนต้องเป็นรายการของแถว เช่น [{…}, {…}] หรือ [] เมื่อไม่มี")
    if not all(isinstance(row, dict) for row in raw):
        place = next(number for number, row in enumerate(raw, 1) if not isinstance(row, dict))
        return Unreadable(f"แถวที่ {place} ต้องเป็นกลุ่มของคำตอบตามคอลัมน์ เช่น {{…}}")
    return tuple(raw)


def to_json(answer: Answer) -> object:
    """A read answer as the JSON that is stored: numbers whole as int, others as decimal text; dates ISO; yes/no as bool.

    What can't be read has no stored form: raises ValueError.
    """
    match answer:
        case None | bool() | str():
            return answer
        case Decimal():
            return number_json(answer)
        case dt.date():
            return answer.isoformat()
        case Point(lat=lat, lon=lon):
            return {"lat": decimal_text(lat), "lon": decimal_text(lon)}
        case NoneHere():
            return {"missing": "NONE"}
        case NoData(reason=reason):
            return {"missing": "NO_DATA", "reason": reason}
        case Unreadable(message=message):
            raise ValueError(message)


def number_json(number: Decimal) -> int | str:
    """A number for JSON without loss: an int when whole, else its decimal text."""
    return int(number) if number == number.to_integral_value() else decimal_text(number)


def _missing(raw: Mapping[str, Any], *, takes_none: bool) -> Answer:
    """The two kinds of missing."""
    kind = raw.get("missing")
    if kind == "NONE":
        if takes_none:
            return NONE
        return Unreadable("“ไม่มี” ใช้ได้กับคำถามที่เป็นตัวเลขและทะเบียน ข้อนี้ให้ตอบ เว้นว่าง หรือเลือก “ไม่มีข้อมูล” พร้อมเหตุผล")
    if kind == "NO_DATA":
        reason = raw.get("reason")
        if reason is not None and not isinstance(reason, str):
            return Unreadable("เหตุผลที่ไม่มีข้อมูลต้องเป็นข้อความ")
        try:
            (reason or "").encode("utf-8")
        except UnicodeEncodeError:
            return Unreadable("เหตุผลมีอักขระที่เสีย พิมพ์ใหม่")
        cleaned = _clean(reason or "")
        if len(cleaned) > MAX_REASON:
            return Unreadable(f"เหตุผลยาวเกิน {MAX_REASON} ตัวอักษร")
        return NoData(cleaned)
    return Unreadable("ไม่รู้จักคำตอบแบบนี้: missing ต้องเป็น NONE (ไม่มี) หรือ NO_DATA (ไม่มีข้อมูล) เท่านั้น")


def _value_reader(question: Question) -> Reader:
    match question.type:
        case QuestionType.INTEGER:
            return _year if question.kind is Kind.YEAR_BE else _integer
        case QuestionType.DECIMAL:
            return _money if question.kind is Kind.MONEY else _decimal_reader(question.decimals)
        case QuestionType.DATE:
            return _date
        case QuestionType.GEOPOINT:
            return _point
        case QuestionType.SELECT_ONE:
            return _choice_reader(question)
        case QuestionType.FILE:
            return _file
        case _:
            return _TEXT_READERS.get(question.kind, _text)


# numbers


def _word(raw: Any) -> Answer:
    """ไม่มี and ไม่มีข้อมูล typed into a number's box, None for anything else."""
    if isinstance(raw, str):
        word = "".join(raw.split())
        if word in _NONE_WORDS:
            return NONE
        if word in _NO_DATA_WORDS:
            return NoData("")
    return None


def _number(raw: Any) -> Answer:
    if type(raw) is int:
        if -(10**MAX_DIGITS) < raw < 10**MAX_DIGITS:
            return Decimal(raw)
        return Unreadable(f"ตัวเลขยาวเกิน {MAX_DIGITS} หลัก ตรวจว่าพิมพ์เกินหรือไม่")
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        return Unreadable("ต้องเป็นตัวเลข เช่น 3100 หรือ 3,100")
    if isinstance(raw, float) and not math.isfinite(raw):
        return Unreadable("ต้องเป็นตัวเลข เช่น 3100 หรือ 3,100")
    if (word := _word(raw)) is not None:
        return word
    number = parse_decimal(raw)
    if abs(number) >= _LARGEST:
        return Unreadable(f"ตัวเลขยาวเกิน {MAX_DIGITS} หลัก ตรวจว่าพิมพ์เกินหรือไม่")
    return number


def _integer(raw: Any) -> Answer:
    number = _number(raw)
    if isinstance(number, Decimal) and number != number.to_integral_value():
        return Unreadable(f"ต้องเป็นจำนวนเต็ม ไม่มีทศนิยม แต่ได้ {decimal_text(number)}")
    return number


def _year(raw: Any) -> Answer:
    number = _integer(raw)
    if isinstance(number, NoneHere):
        return Unreadable("ต้องเป็นปี พ.ศ. 4 หลัก เช่น 2569")
    if not isinstance(number, Decimal) or FIRST_YEAR_BE <= number <= LAST_YEAR_BE:
        return number
    shown = decimal_text(number)
    if 1800 <= number <= 2100:
        return Unreadable(f"ต้องเป็นปี พ.ศ. 4 หลัก แต่ได้ {shown} ถ้าหมายถึง ค.ศ. {shown} ให้พิมพ์ {int(number) + 543}")
    return Unreadable(f"ต้องเป็นปี พ.ศ. 4 หลัก เช่น 2569 แต่ได้ {shown}")


def _money(raw: Any) -> Answer:
    number = _word(raw) if isinstance(raw, str) else _number(raw)
    if number is None or isinstance(number, Decimal):
        return parse_baht(raw)
    return number


def _decimal_reader(decimals: int) -> Reader:
    def read(raw: Any) -> Answer:
        number = _number(raw)
        if isinstance(number, Decimal) and number != (shorter := round(number, decimals)):
            return Unreadable(
                f"มีทศนิยมได้ไม่เกิน {decimals} ตำแหน่ง เช่น {decimal_text(shorter)} แต่ได้ {decimal_text(number)}"
            )
        return number

    return read


# choices


def _choice_reader(question: Question) -> Reader:
    choices = question.choices
    assert choices is not None  # noqa: S101 - the builder refuses a choice without its list
    accepted = ", ".join(choices.labels.values())

    if question.kind is Kind.BOOLEAN:

        def read_boolean(raw: Any) -> Answer:
            if isinstance(raw, bool):
                return raw
            slug = choices.find(raw) if isinstance(raw, str) else None
            if slug is None and isinstance(raw, str):
                word = "".join(raw.split()).casefold()
                slug = "yes" if word in _YES_WORDS else "no" if word in _NO_WORDS else None
            return Unreadable(f"ต้องเลือก {accepted}") if slug is None else slug == "yes"

        return read_boolean

    def read_choice(raw: Any) -> Answer:
        slug = choices.find(raw) if isinstance(raw, str) else None
        if slug is not None:
            return slug
        shown = f" แต่ได้ {quoted(raw)}" if isinstance(raw, str) else ""
        return Unreadable(f"ต้องเลือกข้อใดข้อหนึ่ง: {accepted}{shown}")

    return read_choice


# texts


def _as_text(raw: Any) -> str:
    """The text of a JSON string or whole number (a telephone number in a workbook's cell). Raises Refusal."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**MAX_DIGITS:
        return str(raw)
    raise Refusal("ต้องเป็นข้อความ")


def _text(raw: Any) -> Answer:
    cleaned = _clean(_as_text(raw))
    if len(cleaned) > MAX_TEXT:
        return Unreadable(f"ข้อความยาวเกิน {MAX_TEXT:,} ตัวอักษร (พิมพ์มา {len(cleaned):,})")
    return cleaned or None


def _phone(raw: Any) -> Answer:
    return _read_phone(_as_text(raw)).display


def _email(raw: Any) -> Answer:
    return _read_email(_as_text(raw))


def _url(raw: Any) -> Answer:
    return _read_web_address(_as_text(raw)).url


def _tambon(raw: Any) -> Answer:
    digits = "".join(thai_digits_to_ascii(_as_text(raw)).split())
    if _TAMBON.fullmatch(digits):
        return digits
    return Unreadable(f"ต้องเป็นรหัสตำบล 6 หลัก เช่น 250101 แต่ได้ {quoted(_as_text(raw))}")


def _file(raw: Any) -> Answer:
    if isinstance(raw, str) and len(raw) <= MAX_TEXT:
        return raw.strip()
    return Unreadable("ต้องเป็นรหัสของไฟล์ที่ส่งเข้าระบบแล้ว")


_TEXT_READERS: dict[Kind, Reader] = {Kind.PHONE: _phone, Kind.EMAIL: _email, Kind.URL: _url, Kind.TAMBON: _tambon}


# dates and points


def _date(raw: Any) -> Answer:
    if isinstance(raw, str):
        return _read_date(raw)
    if isinstance(raw, dt.date):
        return raw.date() if isinstance(raw, dt.datetime) else raw
    return Unreadable("ต้องเป็นวันที่ เช่น 15/06/2569")


def _point(raw: Any) -> Answer:
    if isinstance(raw, str):
        return parse_point(raw, None)
    if not isinstance(raw, dict):
        return Unreadable('พิกัดต้องมีละติจูดและลองจิจูด เช่น {"lat": 14.05, "lon": 101.37}')
    unknown = set(raw) - {"lat", "lon"}
    if unknown:
        return Unreadable(f"พิกัดมีได้เฉพาะ lat และ lon แต่พบ {quoted(sorted(map(str, unknown))[0])}")
    parts = raw.get("lat"), raw.get("lon")
    for part in parts:
        if isinstance(part, bool) or not isinstance(part, int | float | str | None):
            return Unreadable("ละติจูดและลองจิจูดต้องเป็นตัวเลข เช่น 14.05 และ 101.37")
        if isinstance(part, str):
            part.encode("utf-8")
        if isinstance(part, float) and not math.isfinite(part):
            return Unreadable("ละติจูดและลองจิจูดต้องเป็นตัวเลข เช่น 14.05 และ 101.37")
    return parse_point(*parts)
