"""Thai text as keyboards, old systems and copy-and-paste leave it, and as the database should hold it (domain.md §3).

Two texts that look the same must be the same characters before they are stored, compared or searched: "นํ้า" typed as
น + ํ + ้ + า becomes "น้ำ" (น + ้ + ำ), a tone mark stands after its vowel, marks are not doubled, nothing is invisible.
"""

import re
import unicodedata
from typing import Final

from localgov.lib.numbers import thai_digits_to_ascii

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile("[^\\S\n]+")
_AM, _AA, _NIKHAHIT = "\u0e33", "\u0e32", "\u0e4d"
_TONES: Final = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")  # ่ ้ ๊ ๋ ์
_MARK = "[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
_PILE_OF_MARKS = re.compile(f"({_MARK}{{8}}){_MARK}+")  # no syllable carries eight
_TWO_E = re.compile("\u0e40\u0e40")
_CLUSTER = re.compile("[\u0e31-\u0e3a\u0e47-\u0e4e]+")  # marks above and below, with า and ำ
_CLUSTER_PARTS = re.compile("([^\u0e32\u0e33]*)([\u0e32\u0e33]?)")

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
    visible = _CONTROL.sub("", _INVISIBLE.sub("", text))
    repaired = unicodedata.normalize("NFC", _PILE_OF_MARKS.sub(r"\1", visible))
    while (after := _one_repair(repaired)) != repaired:
        repaired = after
    return repaired


def _one_repair(text: str) -> str:
    """Two เ become แ, and every cluster of marks is put in order. It only shortens or sorts, so repeating it ends."""
    clusters = _CLUSTER.sub(lambda found: _ordered_cluster(found[0]), _TWO_E.sub("\u0e41", text))
    return unicodedata.normalize("NFC", clusters)


def _ordered_cluster(cluster: str) -> str:
    """Marks in order around each า or ำ: ํ before า makes ำ, a tone mark after the last ำ moves before it."""
    parts: list[tuple[str, str]] = [(found[1], found[2]) for found in _CLUSTER_PARTS.finditer(cluster) if found[0]]
    for index, (marks, vowel) in enumerate(parts):
        if vowel == _AA and _NIKHAHIT in marks:
            parts[index] = (marks.replace(_NIKHAHIT, "", 1), _AM)
    ending = parts[-2:]
    if len(ending) == 2 and ending[0][1] == _AM and not ending[1][1] and set(ending[1][0]) <= _TONES:
        parts[-2:] = [(ending[0][0] + ending[1][0], _AM)]
    return "".join(_ordered_marks(marks) + vowel for marks, vowel in parts)


def _ordered_marks(marks: str) -> str:
    """Vowels before tone marks, otherwise as typed; the same mark twice in a row is one."""
    ordered = sorted(marks, key=_TONES.__contains__)
    return "".join(mark for mark, before in zip(ordered, ["", *ordered], strict=False) if mark != before)


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
