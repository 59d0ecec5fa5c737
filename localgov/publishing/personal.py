"""What in a free text may concern a person: mobile numbers and names with a title. Pointed out, never refused. Pure.

A title is followed by words that are no names as often as by a name (นายกเทศมนตรี, นางรำ, นกนางแอ่น): those are known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from localgov.lib.numbers import thai_digits_to_ascii

_MOBILE = re.compile(r"(?<![0-9])(?:\+?66[\s().-]{0,2}|0)[689](?:[\s().-]{0,2}[0-9]){8}(?![0-9])")
_LETTERS = "[\u0e01-\u0e3a\u0e40-\u0e4e]"
_NO_NAMES = "|".join(
    ("ก(?:เทศ|อบ|องค์|ฯ|รัฐ|สมาคม|สภา|สโมสร|กอง|เมือง|คน|ท่าน|[\\s,.)]|$)",
     "อำเภอ", "ทะเบียน", "แพทย์", "สัตว", "ช่าง", "จ้าง", "หน้า", "ท่า", "ทหาร", "ตำรวจ", "ประกัน", "ทุน", "พราน", "ท้าย", "ตรวจ",
     "แอ่น", "ฟ้า", "รำ", "พญา", "นวล", "กวัก", "งาม", "แบบ", "เลิ้ง", "รอง", "สาวไทย", "สงกรานต์", "นพมาศ", "เงือก", "บวช", "ไม้",
     "ตะเคียน", "ยักษ์", "เอก", "พิม", "ร้าย", "ครวญ", "แลว", "พยาบาล", "บุญ(?:ใจ)?(?=ม่วง)", "โลม", "นาค", "อาย", "แก้ว(?=ป่า)")
)  # fmt: skip
_NAME = re.compile(
    rf"(?:นางสาว|น\.\s?ส\.|ด\.\s?[ชญ]\.|เด็กชาย|เด็กหญิง|นาง(?!สาว)|นาย)(?!{_NO_NAMES})\s?{_LETTERS}{{2,}}(?:\s{{1,2}}{_LETTERS}{{2,}})?"
)
_BEFORE_NAME = re.compile("(?:นก|แม่|เจ้า|ลูก|บ้าน|ควาย)$")


@dataclass(frozen=True)
class Found:
    """A thing that was found: in which field, what it is (`เบอร์โทรศัพท์เคลื่อนที่`, `ชื่อบุคคล`), and its words."""

    field: str
    what: str
    words: str


def pointed_out(texts: Iterable[tuple[str, str]]) -> tuple[Found, ...]:
    """Everything found in texts given as (label of the field, text), each once, in order."""
    found = (one for label, text in texts for one in _in_text(label, text))
    return tuple(dict.fromkeys(found))


def _in_text(label: str, text: str) -> Iterator[Found]:
    for number in _MOBILE.finditer(thai_digits_to_ascii(text)):
        yield Found(label, "เบอร์โทรศัพท์เคลื่อนที่", text[number.start() : number.end()].strip())
    for name in _NAME.finditer(text):
        if not _BEFORE_NAME.search(text[: name.start()]):
            yield Found(label, "ชื่อบุคคล", name[0].strip())
