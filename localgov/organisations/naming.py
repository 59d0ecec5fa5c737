"""What units, types and areas are called in the language of the page: Thai, or on English pages what English there is.

English of areas is geothai's. No register holds an English name of a unit: it is made of its type and of the area whose
Thai name it carries (อบต.กบินทร์ → Kabin Subdistrict Administrative Organization); a name that no area near it carries
stays Thai, and its page marks it `lang="th"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import geothai
from django.utils.translation import get_language

from localgov.lib.thai_text import normalise_name
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas

_TYPES: Mapping[UnitType, tuple[str, str]] = {
    UnitType.PAO: ("Provincial Administrative Organization", "PAO"),
    UnitType.CITY: ("City Municipality", "City"),
    UnitType.TOWN: ("Town Municipality", "Town"),
    UnitType.SUBDISTRICT: ("Subdistrict Municipality", "Subdistrict Mun."),
    UnitType.SAO: ("Subdistrict Administrative Organization", "SAO"),
    UnitType.SPECIAL: ("Special Local Government", "Special"),
}
#: Special units have names of their own.
_SPECIAL = {"พัทยา": "Pattaya City", "เมืองพัทยา": "Pattaya City"}


def is_english() -> bool:
    """Whether the page is in English."""
    return get_language() == "en"


def type_name(unit_type: str) -> str:
    """`องค์การบริหารส่วนตำบล` or `Subdistrict Administrative Organization`."""
    kind = UnitType(unit_type)
    return _TYPES[kind][0] if is_english() else kind.label


def type_abbreviation(unit_type: str) -> str:
    """`อบต.` or `SAO`."""
    kind = UnitType(unit_type)
    return _TYPES[kind][1] if is_english() else kind.abbreviation


def unit_name(*, name: str, full_name: str, unit_type: str, province_code: str, district_code: str = "") -> str:
    """The unit's whole name in the language of the page; the Thai one where English knows none."""
    if not is_english():
        return full_name
    return english_unit_name(name, unit_type, province_code, district_code) or full_name


@lru_cache(maxsize=16_384)
def english_unit_name(name: str, unit_type: str, province_code: str, district_code: str = "") -> str:
    """Its English name, empty when no area of its province carries its Thai one or several do with different English."""
    kind = UnitType(unit_type)
    if kind is UnitType.SPECIAL:
        return _SPECIAL.get(normalise_name(name), "")
    place = _english_place(normalise_name(name), kind, province_code, district_code)
    return f"{place} {_TYPES[kind][0]}" if place else ""


def _english_place(name: str, kind: UnitType, province_code: str, district_code: str) -> str:
    if kind is UnitType.PAO:
        province = areas.province(province_code)
        return province.name_en if province and normalise_name(province.name) == name else ""
    near, far = _places(province_code).get((name, district_code), ""), _unambiguous(province_code).get(name, "")
    return near or far


@cache
def _places(province_code: str) -> Mapping[tuple[str, str], str]:
    """(Thai name, district) → English of its sub-districts and of itself."""
    return {(name, district): english for name, district, english in _named(province_code)}


@cache
def _unambiguous(province_code: str) -> Mapping[str, str]:
    """Thai name → English, where the whole province has but one English for it."""
    found: dict[str, set[str]] = {}
    for name, _district, english in _named(province_code):
        found.setdefault(name, set()).add(english)
    return {name: next(iter(english)) for name, english in found.items() if len(english) == 1}


def _named(province_code: str) -> Iterator[tuple[str, str, str]]:
    """Thai name, district code, English of the province, its districts and its sub-districts."""
    if province := areas.province(province_code):
        yield normalise_name(province.name), "", province.name_en
    for district in areas.districts(province_code) if province else ():
        for tambon in geothai.subdistricts(district.code):
            yield normalise_name(tambon.name_th), district.code, tambon.name_en
        yield normalise_name(district.name), district.code, district.name_en
