"""Provinces, districts and sub-districts of Thailand (geothai, DOPA codes), and where a point lies.

Bangkok is known as a province but is outside the register: the Department watches 76 provinces (MISSION §1).
Shapes of provinces are in `organisations.boundaries`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import geothai
from django.utils.translation import get_language

from localgov.lib.coordinates import Point
from localgov.lib.thai_sort import thai_key
from localgov.lib.thai_text import normalise_name
from localgov.organisations import boundaries

BANGKOK: Final = "10"
_REGIONS: Final[Mapping[str, str]] = {
    "1": "ภาคกลาง",
    "2": "ภาคกลาง",
    "3": "ภาคตะวันออกเฉียงเหนือ",
    "4": "ภาคตะวันออกเฉียงเหนือ",
    "5": "ภาคเหนือ",
    "6": "ภาคเหนือ",
    "7": "ภาคกลาง",
    "8": "ภาคใต้",
    "9": "ภาคใต้",
}


#: The four regions in the order in which the National Statistical Office lists them.
REGIONS: Final = ("ภาคกลาง", "ภาคเหนือ", "ภาคตะวันออกเฉียงเหนือ", "ภาคใต้")


@dataclass(frozen=True)
class Province:
    """One province: two-digit code, names, the Thai sort key of its name."""

    code: str
    name: str
    name_en: str
    sort_key: str

    @property
    def region(self) -> str:
        """One of the four regions of the National Statistical Office; they follow the first digit of the code."""
        return _REGIONS[self.code[0]]


@dataclass(frozen=True)
class District:
    """One district (อำเภอ): four-digit code, the first two of which are its province's."""

    code: str
    name: str
    name_en: str
    sort_key: str

    @property
    def province_code(self) -> str:
        """Code of the province it lies in."""
        return self.code[:2]


@cache
def provinces() -> tuple[Province, ...]:
    """The 76 provinces of the register, as a Thai dictionary orders them."""
    found = (
        Province(one.code, one.name_th, one.name_en, thai_key(one.name_th))
        for one in geothai.provinces()
        if one.code != BANGKOK
    )
    return tuple(sorted(found, key=lambda one: one.sort_key))


@cache
def districts(province_code: str = "") -> tuple[District, ...]:
    """The districts of one province, or of all 76 without a code, as a Thai dictionary orders them."""
    codes = [province_code] if province_code else [one.code for one in provinces()]
    found = (
        District(one.code, one.name_th, one.name_en, thai_key(one.name_th))
        for code in codes
        for one in geothai.districts(code)
    )
    return tuple(sorted(found, key=lambda one: (one.sort_key, one.code)))


def province(code: str) -> Province | None:
    """The province of the register with this code."""
    return _provinces_by_code().get(code)


def district(code: str) -> District | None:
    """The district of the register with this code."""
    return _districts_by_code().get(code)


def province_name(code: str) -> str:
    """Name of a province in the language of the page, empty for a code that is none."""
    return _shown(province(code))


def district_name(code: str) -> str:
    """Name of a district in the language of the page, empty for a code that is none."""
    return _shown(district(code))


def area_name(code: str) -> str:
    """Name of a province (two digits) or district (four) in the language of the page, empty for a code that is none."""
    return area_names().get(code, "")


def area_names() -> Mapping[str, str]:
    """The same for all of them: for who asks for many."""
    return _names(get_language() == "en")


@cache
def _names(in_english: bool) -> dict[str, str]:
    found: tuple[Province | District, ...] = (*provinces(), *districts())
    return {one.code: one.name_en if in_english else one.name for one in found}


def place_of(code: str) -> tuple[int, str]:
    """Where a province or district stands in Thai order (provinces first); codes that are none come last."""
    return _places().get(code, len(_places())), code


def _shown(area: Province | District | None) -> str:
    if area is None:
        return ""
    return area.name_en if get_language() == "en" else area.name


def province_named(name: str) -> Province | None:
    """The province that a person wrote: with or without its title, with the usual disorder of Thai marks."""
    return _provinces_by_name().get(normalise_name(name))


def district_named(name: str, *, province_code: str) -> District | None:
    """The district of a province that a person wrote; `เมือง` alone is the capital's district."""
    written = normalise_name(name)
    if written == "เมือง":
        capital_of = province(province_code)
        written += capital_of.name if capital_of else ""
    return _districts_by_name().get((province_code, written))


@cache
def _places() -> dict[str, int]:
    codes = [one.code for one in provinces()] + [one.code for one in districts()]
    return {code: place for place, code in enumerate(codes)}


@cache
def _provinces_by_code() -> dict[str, Province]:
    return {one.code: one for one in provinces()}


@cache
def _districts_by_code() -> dict[str, District]:
    return {one.code: one for one in districts()}


@cache
def _provinces_by_name() -> dict[str, Province]:
    return {normalise_name(one.name): one for one in provinces()}


@cache
def _districts_by_name() -> dict[tuple[str, str], District]:
    return {(one.province_code, normalise_name(one.name)): one for one in districts()}


class RegisterAreas:
    """What the form engine asks about areas (its `Areas` protocol); None = not known, which never gives a finding."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        """Whether a point lies in a province, within the tolerance of the boundaries' data."""
        return boundaries.contains(point, province_code=province_code)

    def tambon_exists(self, code: str) -> bool | None:
        """Whether a six-digit sub-district code is in use."""
        return geothai.subdistrict(code) is not None

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        """Whether the sub-district lies in the province; not known for a code that is not in use (its own finding)."""
        tambon = geothai.subdistrict(code)
        return None if tambon is None or not province_code else tambon.province_code == province_code


AREAS: Final = RegisterAreas()
