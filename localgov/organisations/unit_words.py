"""What a person who looks for a unit may have meant: `อบต กบินทร์`, `เทศบาล ต. หนองบัว ขอนแก่น`, `Khon Kaen city`, `5810401`.

Pure reading, no database. A text has several readings where Thai leaves it open (`เทศบาลเมืองเก่า` is the เทศบาลเมือง of เก่า, or
a เทศบาล called เมืองเก่า), likelier ones first; the search takes all of them and ranks what it finds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import geothai

from localgov.lib.numbers import thai_digits_to_ascii
from localgov.lib.thai_fold import thai_fold
from localgov.lib.thai_text import clean_line
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas

#: More letters than any name of a unit has; what follows them asks nothing.
LONGEST: Final = 100
_CITY, _TOWN, _SUBDISTRICT = UnitType.CITY.value, UnitType.TOWN.value, UnitType.SUBDISTRICT.value
_MUNICIPAL: Final = (_CITY, _TOWN, _SUBDISTRICT)
_PAO, _SAO = (UnitType.PAO.value,), (UnitType.SAO.value,)

#: How types are written, longest first; the second part names types, the third what may belong to the name instead.
_TYPE_WORDS: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    (r"องค์?กา?ร(?:ปกครอง|บริหาร)?ส่?วนจังหวัด|อ\.?\s?บ\.?\s?จ(?:\.|(?![ัิีึืุู็์]))", _PAO, ""),
    (r"องค์?กา?ร(?:บริหาร)?(?:ส่?วน)?ตำบล|อ\.?\s?บ\.?\s?ต(?:\.|(?![ัิีึืุู็์]))", _SAO, ""),
    (r"เทศ?บา?ลนคร|เทศบาล\s?น\.|ท\.\s?น\.|ทน(?:\.|(?=\s))", (_CITY,), "นคร"),
    (r"เทศ?บา?ลเมือง|เทศบาล\s?ม\.|ท\.\s?ม\.|ทม(?:\.|(?=\s))", (_TOWN,), "เมือง"),
    (r"เทศ?บา?ล\s?ตำบล|เทศบาล\s?ต\.|ท\.\s?ต\.|ทต(?:\.|(?=\s))", (_SUBDISTRICT,), ""),
    (r"เท[ศสษ]บาล|เทศบาน", _MUNICIPAL, ""),
    (r"(?:sub-?district|tambon)\s+administrative?\s+organi[sz]ation|\b[st]ao\b", _SAO, ""),
    (r"provincial\s+administrative?\s+organi[sz]ation|\bpao\b", _PAO, ""),
    (r"city\s+municipality|\bcity\b|thesaban\s+nakhon", (_CITY,), ""),
    (r"town\s+municipality|\btown\b|thesaban\s+mueang", (_TOWN,), ""),
    (r"(?:sub-?district|tambon)\s+municipality|thesaban\s+tambon", (_SUBDISTRICT,), ""),
    (r"\bmunicipality\b|\bthesaban\b", _MUNICIPAL, ""),
)
_TYPES = tuple((re.compile(words), types, inside) for words, types, inside in _TYPE_WORDS)
_AREA = re.compile(r"(?:^|\s)(จังหวัด|จ\.|กิ่งอำเภอ|อำเภอ|อ\.|ตำบล|ต\.)\s*(\S+)")
_LATIN = re.compile(r"[a-z]")
_CODE, _POSTCODE = re.compile(r"\d{7}"), re.compile(r"\d{5}")

#: Names in daily use that are no official ones.
_NICKNAMES: Final = {
    "โคราช": "นครราชสีมา", "อยุธยา": "พระนครศรีอยุธยา", "กรุงเก่า": "พระนครศรีอยุธยา", "แปดริ้ว": "ฉะเชิงเทรา", "เมืองคอน": "นครศรีธรรมราช",
    "นครศรีฯ": "นครศรีธรรมราช", "นครศรี": "นครศรีธรรมราช", "สุพรรณ": "สุพรรณบุรี", "ปราจีน": "ปราจีนบุรี", "กาญจน์": "กาญจนบุรี",
    "กาญ": "กาญจนบุรี", "ประจวบ": "ประจวบคีรีขันธ์", "สุราษฎร์": "สุราษฎร์ธานี", "สุราษ": "สุราษฎร์ธานี", "อุบล": "อุบลราชธานี", "อุบลฯ": "อุบลราชธานี",
    "อุดร": "อุดรธานี", "สารคาม": "มหาสารคาม", "เมืองนนท์": "นนทบุรี", "นนท์": "นนทบุรี", "ปทุม": "ปทุมธานี", "แม่กลอง": "สมุทรสงคราม",
    "มหาชัย": "สมุทรสาคร", "ปากน้ำ": "สมุทรปราการ", "เมืองกาญจน์": "กาญจนบุรี", "เมืองชล": "ชลบุรี", "พิดโลก": "พิษณุโลก", "สองแคว": "พิษณุโลก",
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """One reading: a name (as typed, and folded), of these types (none = any), in these areas (none = anywhere).

    `code` is a unit's code, `postcode` that of its office; either stands alone. A reading without a name asks for every unit
    of the types or areas.
    """

    name: str = ""
    types: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    code: str = ""
    postcode: str = ""

    @property
    def folded(self) -> str:
        """The name as the register's column `folded` holds it."""
        return thai_fold(self.name)

    @property
    def letters(self) -> str:
        """The name as typed, without blanks."""
        return self.name.replace(" ", "")


def readings(text: str) -> tuple[Wanted, ...]:
    """Every reading of a search, likeliest first, each once; none for a text that says nothing."""
    typed = thai_digits_to_ascii(clean_line(text[: LONGEST * 4]))[:LONGEST].lower().strip(" \"'“”‘’()[],;:?!*%_\\")
    digits = re.sub(r"\D", "", typed)
    if digits and not re.search(r"[a-zก-๎]", typed):
        return _numbers(digits)
    found = dict.fromkeys(_of_names(typed))
    return tuple(
        one for one in found if one != Wanted() and (one.folded or one.types or one.provinces or one.districts)
    )


def _numbers(digits: str) -> tuple[Wanted, ...]:
    """A code of seven digits or its beginning, or a postcode."""
    if _POSTCODE.fullmatch(digits):
        return Wanted(postcode=digits), Wanted(code=digits)
    return (Wanted(code=digits[:7]),) if len(digits) <= 7 else ()


def _of_names(typed: str) -> Iterator[Wanted]:
    for types, rest in _type_readings(typed):
        for wanted in _area_readings(rest):
            names = _thai_names(wanted.name) if _LATIN.search(wanted.name) else _names(wanted.name)
            for name in names:
                yield replace(wanted, name=name, types=types)


def _type_readings(typed: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The type at the beginning or the end, and the rest; then the text without a type where it may be part of the name."""
    for pattern, types, inside in _TYPES:
        found = pattern.match(typed)
        if found is None:
            found = next((one for one in pattern.finditer(typed) if one.end() == len(typed) and one.start()), None)
        if found is None:
            continue
        rest = f"{typed[: found.start()]} {typed[found.end() :]}".strip(" .")
        yield types, rest
        if inside and rest:
            yield _MUNICIPAL, f"{inside}{rest}"
        if _LATIN.search(found[0]) or len(found[0]) <= 3:
            yield (), typed  # ตำบลทมนางาม begins with ทม
        return
    yield (), typed


def _area_readings(rest: str) -> Iterator[Wanted]:
    """The province and district that the words name, with a title or by standing last; and the words as one name."""
    marked, name = _marked_areas(rest)
    words = name.split()
    if marked is None:  # it has a title and is no area of the register: part of the name after all
        yield Wanted(name=rest)
        return
    if not (marked.provinces or marked.districts):
        for head in range(1, len(words)):
            if place := _areas_of(words[head:]):
                yield replace(place, name=" ".join(words[:head]))
        if len(words) == 1:
            yield from _glued(name)
    yield replace(marked, name=name)
    if len(words) == 1 and marked == Wanted() and (place := _areas_of(words)):
        yield place  # `อบต. ขอนแก่น`: those of the province


def _marked_areas(text: str) -> tuple[Wanted | None, str]:
    """จ.… อ.… ต.… in the text, and what is left of it as the name (a ตำบล is the name where nothing else is)."""
    place, tambon = Wanted(), ""
    for found in _AREA.finditer(text):
        title, word = found[1], found[2]
        if title in ("ตำบล", "ต."):
            tambon = word
            continue
        level = _provinces_called(word) if title in ("จังหวัด", "จ.") else _districts_called(word, place.provinces)
        if not level:
            return None, text
        is_province = title in ("จังหวัด", "จ.")
        place = replace(place, provinces=level) if is_province else replace(place, districts=level)
    return place, _AREA.sub(" ", text).strip() or tambon


def _areas_of(words: list[str]) -> Wanted | None:
    """The last words as `province`, `district` or `district province`; None where they are neither."""
    whole = "".join(words)
    if provinces := _provinces_called(whole):
        return Wanted(provinces=provinces)
    if districts := _districts_called(whole, ()):
        return Wanted(districts=districts)
    for head in range(1, len(words)):
        provinces = _provinces_called("".join(words[head:]))
        districts = _districts_called("".join(words[:head]), provinces) if provinces else ()
        if districts:
            return Wanted(provinces=provinces, districts=districts)
    return None


def _glued(name: str) -> Iterator[Wanted]:
    """`หนองบัวขอนแก่น`, `หนองบัวจังหวัดขอนแก่น`: a province's name at the end of the word."""
    for province in areas.provinces():
        for ending in (f"จังหวัด{province.name}", f"จ.{province.name}", province.name):
            if name.endswith(ending) and len(name) > len(ending) + 1:
                yield Wanted(name=name.removesuffix(ending), provinces=(province.code,))
                break


def _names(name: str) -> tuple[str, ...]:
    """The name, behind the official one where people have another for it."""
    official = _NICKNAMES.get(name.replace(" ", ""))
    return (official, name) if official else (name,)


@cache
def _province_codes() -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {thai_fold(one.name): (one.code,) for one in areas.provinces()}
    codes |= {_latin(one.name_en): (one.code,) for one in areas.provinces()}
    return codes | {thai_fold(nick): codes[thai_fold(name)] for nick, name in _NICKNAMES.items()}


@cache
def _district_codes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in areas.districts():
        for key in {thai_fold(one.name), _latin(one.name_en)}:
            found[key] = (*found.get(key, ()), one.code)
    return found


def _provinces_called(word: str) -> tuple[str, ...]:
    return _province_codes().get(thai_fold(word) if not _LATIN.search(word) else _latin(word), ())


def _districts_called(word: str, provinces: tuple[str, ...]) -> tuple[str, ...]:
    """Districts of that name (in these provinces, if any are meant); เมือง is that of the capital."""
    folded = thai_fold(word) if not _LATIN.search(word) else _latin(word)
    if provinces and folded == thai_fold("เมือง"):
        capitals = (f"เมือง{province.name}" for one in provinces if (province := areas.province(one)))
        return tuple(code for capital in capitals for code in _district_codes().get(thai_fold(capital), ()))
    return tuple(code for code in _district_codes().get(folded, ()) if not provinces or code[:2] in provinces)


# --- names in Latin letters --------------------------------------------------------------------------------------------


def _latin(text: str) -> str:
    """A romanised name as people vary it: no blanks, no h after a consonant, u for ue, single letters."""
    letters = re.sub(r"[^a-z]", "", text.lower())
    letters = re.sub(r"(?<=[ptkc])h", "", letters).replace("ue", "u").replace("ae", "e").replace("oe", "o")
    return re.sub(r"(.)\1+", r"\1", letters.replace("ph", "p").replace("j", "c").replace("v", "w"))


@cache
def _romanised() -> dict[str, tuple[str, ...]]:
    """Thai names of provinces, districts and sub-districts by their romanised ones."""
    found: dict[str, dict[str, None]] = {}
    districts = areas.districts()
    named = [(one.name_en, one.name) for one in areas.provinces()] + [(one.name_en, one.name) for one in districts]
    tambons = itertools.chain.from_iterable(geothai.subdistricts(one.code) for one in districts)
    for name_en, name in (*named, *((one.name_en, one.name_th) for one in tambons)):
        found.setdefault(_latin(name_en), {})[name] = None
    return {key: tuple(names) for key, names in found.items()} | {
        _latin("Pattaya"): ("เมืองพัทยา",),
        _latin("Korat"): ("นครราชสีมา",),
    }


def _thai_names(name: str) -> tuple[str, ...]:
    """The Thai names that a romanised one may stand for; itself where none is known."""
    key = _latin(name)
    exact = _romanised().get(key, ())
    if exact or len(key) < 4:
        return exact or (name,)
    beginning = [names for other, names in _romanised().items() if other.startswith(key)]
    return tuple(itertools.islice(dict.fromkeys(itertools.chain.from_iterable(beginning)), 8)) or (name,)
