"""Thai text as keyboards, old systems and copy-and-paste leave it, and as the database should hold it (domain.md §3).

Two texts that look the same must be the same characters before they are stored, compared or searched: "นํ้า" typed as
น + ํ + ้ + า becomes "น้ำ" (น + ้ + ำ), a tone mark stands after its vowel, marks are not doubled, nothing is invisible.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from localgov.lib.numbers import thai_digits_to_ascii

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile("[^\\S\n]+")
_ABOVE = "\u0e31\u0e34-\u0e3a"  # ั ิ ี ึ ื ุ ู ฺ
_TONE = "\u0e48-\u0e4c"  # ่ ้ ๊ ๋ ์

Repair = tuple[re.Pattern[str], str]
_REPAIRS: Final[tuple[Repair, ...]] = (
    (re.compile("\u0e40\u0e40"), "\u0e41"),  # two เ for แ
    (re.compile(f"\u0e4d([{_TONE}]*)\u0e32"), "\\1\u0e33"),  # ํ, a tone mark, า
    (re.compile(f"([{_TONE}])\u0e4d\u0e32"), "\\1\u0e33"),  # a tone mark, ํ, า
    (re.compile(f"\u0e33([{_TONE}])"), "\\1\u0e33"),  # a tone mark after ำ
    (re.compile(f"([{_TONE}])([{_ABOVE}])"), "\\2\\1"),  # a tone mark before its vowel
    (re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+"), "\\1"),  # a mark twice
)

_TITLES = re.compile(r"(?:จังหวัด|กิ่งอำเภอ|กิ่ง\s*อ\.|อำเภอ|เขต(?!รอุดมศักดิ์)|ตำบล|แขวง|[จอต]\.(?![ก-ฮ]\.))\s*(?=\S)")

_SHORT_FORMS: Final[tuple[tuple[str, str], ...]] = (
    ("อบจ", "องค์การบริหารส่วนจังหวัด"),
    ("อบต", "องค์การบริหารส่วนตำบล"),
    ("สถจ", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด"),
    ("สถอ", "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ"),
    ("ศพด", "ศูนย์พัฒนาเด็กเล็ก"),
    ("กทม", "กรุงเทพมหานคร"),
    ("ทน", "เทศบาลนคร"),
    ("ทม", "เทศบาลเมือง"),
    ("ทต", "เทศบาลตำบล"),
    ("รร", "โรงเรียน"),
    ("จ", "จังหวัด"),
    ("อ", "อำเภอ"),
    ("ต", "ตำบล"),
)
_FULL_FORMS = dict(_SHORT_FORMS)
_THREE = "|".join(short for short, _ in _SHORT_FORMS if len(short) == 3)
_TWO = "|".join(short for short, _ in _SHORT_FORMS if len(short) == 2)
_BEFORE = r"(?<![\u0e01-\u0e4e.])"
_ABBREVIATION = re.compile(
    rf"{_BEFORE}(?:(?P<three>{_THREE})\.?|(?P<two>{_TWO})(?:\.|(?=\s|$))|(?P<one>[จอต])\.(?![ก-ฮ]\.))"
)


def repair_thai(text: str) -> str:
    """The same text in NFC with its Thai marks in order, once each, and without invisible or control characters.

    Line breaks and blanks are kept. Repairing twice changes nothing more.
    """
    repaired = unicodedata.normalize("NFC", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    return _until_stable(_one_repair, repaired)


def _one_repair(text: str) -> str:
    """Every repair once."""
    for pattern, replacement in _REPAIRS:
        text = pattern.sub(replacement, text)
    return unicodedata.normalize("NFC", text)


def _until_stable(step: Callable[[str], str], text: str) -> str:
    """Repeat a step that only ever shortens or sorts the text until it changes nothing."""
    while (after := step(text)) != text:
        text = after
    return text


def clean_line(text: str) -> str:
    """Repaired text on one line, single blanks, none around: what a one-line box stores."""
    return " ".join(repair_thai(text).split())


def clean_paragraphs(text: str) -> str:
    """Repaired text whose line breaks are kept: what a many-line box stores. At most one empty line in a row."""
    unified = repair_thai(text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x85", "\n"))
    lines = [_BLANKS.sub(" ", line).strip() for line in unified.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def normalise_name(text: str) -> str:
    """The bare name of an area for comparing: clean, without blanks and without its title (จังหวัด, อำเภอ, ตำบล, …).

    `กิ่งอำเภอ นํ้าขุ่น` → `น้ำขุ่น`. A name that is nothing but a title stays, and so does ตำบลเขตรอุดมศักดิ์.
    """
    name = clean_line(text)
    if title := _TITLES.match(name):
        name = name[title.end() :]
    return name.replace(" ", "")


def search_text(text: str) -> str:
    """What search compares, for the stored name and the question alike: `อบต. กบินทร์` and `องค์การบริหารส่วนตำบลกบินทร์`
    give the same letters. Clean, small letters, Arabic digits, abbreviations in full, no blanks, no punctuation.
    """
    lowered = thai_digits_to_ascii(clean_line(text)).lower().replace("กรุงเทพฯ", "กรุงเทพมหานคร")
    expanded = _ABBREVIATION.sub(lambda found: _FULL_FORMS[found["three"] or found["two"] or found["one"]], lowered)
    return "".join(character for character in expanded if unicodedata.category(character)[0] in "LNM")
