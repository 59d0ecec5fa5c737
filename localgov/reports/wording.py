"""The words of letters: fields of templates, the texts that the Department proposes, and how they are filled in. Pure text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from localgov.lib.numbers import ascii_digits_to_thai
from localgov.lib.thai_calendar import MONTHS_LONG
from localgov.reports.kinds import LetterKind

_ALL: Final = frozenset(LetterKind)
_ONE_PROVINCE: Final = _ALL - {LetterKind.PROVINCES}
_TO_UNIT: Final = frozenset(kind for kind in LetterKind if kind.to_unit)


@dataclass(frozen=True)
class Field:
    """One field of a template: what it becomes, in which kinds of letters it has a meaning, whether only with a round."""

    meaning: str
    kinds: frozenset[LetterKind] = _ALL
    of_round: bool = False


FIELDS: Final[Mapping[str, Field]] = {
    "สำนักงาน": Field("ส่วนราชการที่ออกหนังสือ"),
    "ผู้รับ": Field("ผู้รับหนังสือฉบับนั้น"),
    "จังหวัด": Field("ชื่อจังหวัด ไม่มีคำว่าจังหวัด", _ONE_PROVINCE),
    "อำเภอ": Field("ชื่ออำเภอ ไม่มีคำว่าอำเภอ", frozenset({LetterKind.DISTRICT, *_TO_UNIT})),
    "หน่วยงาน": Field("ชื่อเต็มของ อปท.", _TO_UNIT),
    "สถานะ": Field("สิ่งที่ อปท. ทำแล้วถึงวันที่ข้อมูล", _TO_UNIT),
    "จำนวน": Field("จำนวน อปท. ในหนังสือฉบับนั้น"),
    "จำนวนจังหวัด": Field("จำนวนจังหวัดในบัญชีแนบ", frozenset({LetterKind.PROVINCES})),
    "วันที่ครบกำหนด": Field("วันที่ขอให้แล้วเสร็จ"),
    "วันที่ข้อมูล": Field("วันเวลาของข้อมูลที่ใช้ทำรายชื่อ"),
    "ปีงบประมาณ": Field("ปี พ.ศ."),
    "แบบข้อมูล": Field("ชื่อแบบข้อมูลของรอบ", of_round=True),
    "กำหนดของรอบ": Field("วันครบกำหนดที่ประกาศไว้", of_round=True),
}

_FIELD = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True)
class Wording:
    """Subject and body of a letter, with fields."""

    subject: str
    body: str


class WordingRefused(ValueError):
    """A template can't be used; `reason` is a Thai sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def require_fields(text: str, *, kind: LetterKind, has_round: bool) -> None:
    """Raise `WordingRefused` for a field that is not known, has no meaning in this letter, or has a brace too few."""
    for found in _FIELD.finditer(text):
        name = found[1]
        field = FIELDS.get(name)
        if field is None:
            usable = " ".join(f"{{{{{one}}}}}" for one in fields_for(kind, has_round=has_round))
            raise WordingRefused(f"ไม่รู้จักช่อง {{{{{name[:60]}}}}} ช่องที่ใช้ได้: {usable}")
        if kind not in field.kinds:
            raise WordingRefused(f"ช่อง {{{{{name}}}}} ใช้กับ{kind.label}ไม่ได้")
        if field.of_round and not has_round:
            raise WordingRefused(f"ช่อง {{{{{name}}}}} ใช้ได้เฉพาะเรื่องที่เกี่ยวกับรอบการบันทึก")
    if _STRAY.search(_FIELD.sub("", text)):
        raise WordingRefused("มีวงเล็บปีกกาคู่ที่เปิดหรือปิดไม่ครบ ช่องต้องเขียนแบบ {{จำนวน}}")


def fields_for(kind: LetterKind, *, has_round: bool) -> dict[str, str]:
    """The fields that a letter may use, with their meanings."""
    return {
        name: field.meaning
        for name, field in FIELDS.items()
        if kind in field.kinds and (has_round or not field.of_round)
    }


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in; a field without a value raises `KeyError` (`require_fields` came before)."""
    return _FIELD.sub(lambda found: values[found[1]], text)


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a body: divided by empty lines, their own line breaks being blanks."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", body) if part.strip()]


def thai(text: str) -> str:
    """Thai digits everywhere but in words with Latin letters, such as an e-mail address or INFO11."""
    return re.sub(
        r"\S+", lambda word: word[0] if re.search("[A-Za-z]", word[0]) else ascii_digits_to_thai(word[0]), text
    )


#: What is read in one breath stays on one line, in the PDF and in Word: a year with its era, a date, a count with its noun, a
#: telephone number; and words that breaking by dictionary takes apart. A pattern for Python and for Typst alike.
TOGETHER: Final = "|".join(
    (
        "พ\\.ศ\\. [๐-๙]{4}",
        f"[๐-๙]{{1,2}} (?:{'|'.join(MONTHS_LONG)}) [๐-๙]{{4}}",
        "[๐-๙,]+ (?:แห่ง|ด้าน|วัน|ฉบับ|ชุด|จังหวัด)",
        "(?:โทร\\. )?[๐-๙]+(?: [๐-๙]{3,4})+(?: ต่อ [๐-๙]+)?",
        "(?:ปี)?งบประมาณ|ถูกต้อง|ท้องถิ่น|รายชื่อ|ครบถ้วน|ปัจจุบัน|จังหวัด|รายละเอียด|ดังกล่าว|เพื่อให้",
    )
)
_TOGETHER = re.compile(TOGETHER)


def together(text: str) -> str:
    """The text with unbreaking blanks in what stays on one line, for Word; the PDF does it by `TOGETHER` itself."""
    return _TOGETHER.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


@dataclass(frozen=True)
class _Matter:
    """A cause in the words of letters: the subject, what units have not done, what they are asked to do.

    `because`: what the letter begins with, where that is not the round.
    """

    subject: str
    lack: str
    ask: str
    province_ask: str = ""
    because: str = ""


_OF_YEAR: Final = "ประจำปีงบประมาณ พ.ศ. {{ปีงบประมาณ}}"
_HEART: Final = "ท้องถิ่นไทย หัวใจพอเพียง"
_ENTRIES_BECAUSE: Final = (
    "ตามที่กรมส่งเสริมการปกครองท้องถิ่นกำหนดให้องค์กรปกครองส่วนท้องถิ่นบันทึกข่าวประชาสัมพันธ์ สินค้าท้องถิ่น และสถานที่สำคัญของท้องถิ่น "
    f"ในระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO) เพื่อเผยแพร่ทางเว็บไซต์{_HEART} {_OF_YEAR} นั้น"
)


def _entries(what: str) -> _Matter:
    return _Matter(
        f"เร่งรัดการบันทึก{what} {_OF_YEAR}",
        f"ยังไม่ได้บันทึก{what} {_OF_YEAR} ให้ครบตามจำนวนที่กำหนด",
        f"บันทึก{what}ให้ครบตามจำนวนที่กำหนด และปรับปรุงให้เป็นปัจจุบัน",
        because=_ENTRIES_BECAUSE,
    )


_OF_ROUND: Final = "{{แบบข้อมูล}} ประจำปีงบประมาณ พ.ศ. {{ปีงบประมาณ}}"
_MATTERS: Final[Mapping[str, _Matter]] = {
    "NOT_BEGUN": _Matter(f"เร่งรัดการบันทึก{_OF_ROUND}", f"ยังไม่เริ่มบันทึก{_OF_ROUND}", "บันทึกข้อมูลให้ครบถ้วน ถูกต้อง และเป็นปัจจุบัน"),
    "NOT_SUBMITTED": _Matter(
        f"เร่งรัดการบันทึก{_OF_ROUND}", f"ยังบันทึกและส่ง{_OF_ROUND} ไม่ครบถ้วน", "บันทึกและส่งข้อมูลให้ครบถ้วน ถูกต้อง และเป็นปัจจุบัน"
    ),
    "NOT_CERTIFIED_UNIT": _Matter(
        f"เร่งรัดการรับรอง{_OF_ROUND}",
        f"ยังไม่ได้รับรอง{_OF_ROUND} ระดับองค์กรปกครองส่วนท้องถิ่นให้ครบถ้วน",
        "ตรวจสอบและรับรองข้อมูลระดับองค์กรปกครองส่วนท้องถิ่นให้ครบถ้วน",
    ),
    "NOT_CERTIFIED_PROVINCE": _Matter(
        f"เร่งรัดการรับรอง{_OF_ROUND} ระดับจังหวัด",
        f"มี{_OF_ROUND} ที่ยังไม่ได้รับการรับรองระดับจังหวัดครบถ้วน",
        "ดำเนินการให้ข้อมูลครบถ้วน ถูกต้อง และพร้อมรับการรับรองระดับจังหวัด",
        "ตรวจสอบและรับรองข้อมูลระดับจังหวัดให้ครบถ้วน",
    ),
    "WEBSITE": _Matter(
        "การบันทึกเว็บไซต์ อปท. ในระบบ INFO ประจำปีงบประมาณ พ.ศ. {{ปีงบประมาณ}}",
        "ยังไม่ได้บันทึกเว็บไซต์ อปท. ประจำปีงบประมาณ พ.ศ. {{ปีงบประมาณ}}",
        "บันทึกเว็บไซต์ อปท. ทั้งนี้ อปท. ที่ไม่มีเว็บไซต์ให้บันทึกข้อมูลในช่องไม่มี",
    ),
    "ADMINISTRATOR": _Matter(
        "การบันทึกผู้ดูแลระบบ INFO ประจำปีงบประมาณ พ.ศ. {{ปีงบประมาณ}}",
        "ยังไม่ได้บันทึกผู้ดูแลระบบ INFO ประจำปีงบประมาณ พ.ศ. {{ปีงบประมาณ}}",
        "บันทึกผู้ดูแลระบบ INFO",
    ),
    "ENTRIES": _entries("ข่าวประชาสัมพันธ์ สินค้าท้องถิ่น และสถานที่สำคัญของท้องถิ่น"),
    "NEWS": _entries("ข่าวประชาสัมพันธ์"),
    "PRODUCT": _entries("สินค้าท้องถิ่น"),
    "PLACE": _entries("สถานที่สำคัญของท้องถิ่น"),
    "IDLE": _Matter(
        "การเข้าใช้ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO)",
        "ไม่มีผู้เข้าใช้ระบบเกินกว่า 90 วัน",
        "เข้าใช้ระบบและปรับปรุงข้อมูลให้เป็นปัจจุบันอย่างต่อเนื่อง",
    ),
}

_SYSTEM: Final = "ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO)"
_AIM: Final = "เพื่อให้ข้อมูลในระบบครบถ้วน ถูกต้อง และเป็นปัจจุบัน"
_BECAUSE: Final = (
    "ตามที่กรมส่งเสริมการปกครองท้องถิ่นกำหนดให้องค์กรปกครองส่วนท้องถิ่นบันทึก{{แบบข้อมูล}} ประจำปีงบประมาณ พ.ศ. {{ปีงบประมาณ}} "
    f"ใน{_SYSTEM} " + "ให้แล้วเสร็จภายในวันที่ {{กำหนดของรอบ}} นั้น"
)
_FOUND: Final[Mapping[LetterKind, str]] = {
    LetterKind.PROVINCES: (
        "{{สำนักงาน}}ได้ตรวจสอบข้อมูลในระบบ เมื่อวันที่ {{วันที่ข้อมูล}} พบว่ามีองค์กรปกครองส่วนท้องถิ่น จำนวน {{จำนวน}} แห่ง ใน {{จำนวนจังหวัด}} จังหวัด "
        "[lack] รายละเอียดปรากฏตามบัญชีรายชื่อจังหวัดที่แนบมาพร้อมนี้"
    ),
    LetterKind.PROVINCE: (
        "{{สำนักงาน}}ได้ตรวจสอบข้อมูลในระบบ เมื่อวันที่ {{วันที่ข้อมูล}} พบว่ามีองค์กรปกครองส่วนท้องถิ่นในเขตจังหวัด{{จังหวัด}} จำนวน {{จำนวน}} แห่ง "
        "[lack] รายละเอียดปรากฏตามบัญชีรายชื่อที่แนบมาพร้อมนี้"
    ),
    LetterKind.DISTRICT: (
        "{{สำนักงาน}}ได้ตรวจสอบข้อมูลในระบบ เมื่อวันที่ {{วันที่ข้อมูล}} "
        "พบว่ามีเทศบาลตำบลและองค์การบริหารส่วนตำบลในเขตอำเภอ{{อำเภอ}} จำนวน {{จำนวน}} แห่ง "
        "[lack] รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย"
    ),
    LetterKind.UNIT: (
        "{{สำนักงาน}}ได้ตรวจสอบข้อมูลในระบบ เมื่อวันที่ {{วันที่ข้อมูล}} พบว่า{{หน่วยงาน}} [lack] (สถานะในระบบ: {{สถานะ}})"
    ),
}
_ASKED: Final[Mapping[LetterKind, str]] = {
    LetterKind.PROVINCES: "จึงขอให้จังหวัดตามบัญชีรายชื่อ[ask] ให้แล้วเสร็จภายในวันที่ {{วันที่ครบกำหนด}}",
    LetterKind.PROVINCE: "จึงขอให้จังหวัด[ask] ให้แล้วเสร็จภายในวันที่ {{วันที่ครบกำหนด}}",
    LetterKind.DISTRICT: "จึงขอให้อำเภอ[ask] ให้แล้วเสร็จภายในวันที่ {{วันที่ครบกำหนด}}",
    LetterKind.UNIT: "จึงขอให้ท่าน[ask] ให้แล้วเสร็จภายในวันที่ {{วันที่ครบกำหนด}}",
}
_END: Final[Mapping[bool, str]] = {True: "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ", False: "จึงเรียนมาเพื่อโปรดทราบและดำเนินการต่อไป"}


def proposed(*, kind: LetterKind, cause: str, cause_label: str, has_round: bool) -> Wording:
    """The text that every office begins with: ภาคเหตุ, ภาคความประสงค์, ภาคสรุป.

    A cause without words of its own is named by its label.
    """
    matter = _MATTERS.get(cause) or _Matter(f"การติดตามองค์กรปกครองส่วนท้องถิ่นที่{cause_label}", cause_label, "ดำเนินการ")
    form = LetterKind.UNIT if kind.to_unit else kind
    if kind.to_unit:
        ask = matter.ask
    elif matter.province_ask and kind in (LetterKind.PROVINCES, LetterKind.PROVINCE):
        ask = matter.province_ask
    else:
        ask = f"แจ้งและกำกับติดตามองค์กรปกครองส่วนท้องถิ่นดังกล่าวให้{matter.ask}"
    parts = [matter.because or _BECAUSE] if has_round else []
    found = _FOUND[form].replace("[lack]", matter.lack)
    parts.append(found if has_round else f"ด้วย{found}".replace("ข้อมูลในระบบ", f"ข้อมูลใน{_SYSTEM}", 1))
    parts.append(f"{_AIM} {_ASKED[form].replace('[ask]', ask)}")
    parts.append(_END[kind.to_unit])
    return Wording(matter.subject, "\n\n".join(parts))


def lack_of(*, cause: str, cause_label: str) -> str:
    """What the units of a list have not done, after “องค์กรปกครองส่วนท้องถิ่นที่”."""
    matter = _MATTERS.get(cause)
    return matter.lack if matter else cause_label
