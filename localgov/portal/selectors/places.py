"""The places of the public pages: the country, its four regions, 76 provinces, their districts; each knows what it lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from localgov.organisations import areas

#: Addresses of the regions, in the order of `areas.REGIONS`.
_SLUGS: Final = ("central", "north", "northeast", "south")
_REGION_NAMES: Final = (
    gettext_noop("ภาคกลาง"),
    gettext_noop("ภาคเหนือ"),
    gettext_noop("ภาคตะวันออกเฉียงเหนือ"),
    gettext_noop("ภาคใต้"),
)


class PlaceKind(StrEnum):
    """How large a place is."""

    COUNTRY = "COUNTRY"
    REGION = "REGION"
    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"


@dataclass(frozen=True)
class Place:
    """One place; `code` is empty for the country, a slug for a region, the DOPA code for a province or district."""

    kind: PlaceKind
    code: str
    thai_name: str
    english_name: str = ""

    @property
    def name(self) -> str:
        """The bare name in the reader's language."""
        if self.kind in {PlaceKind.COUNTRY, PlaceKind.REGION}:
            return _(self.thai_name)
        return self.english_name if get_language() == "en" and self.english_name else self.thai_name

    @property
    def title(self) -> str:
        """The name with what it is: `จังหวัดน่าน`, `อำเภอปัว`."""
        if self.kind is PlaceKind.PROVINCE:
            return _("จังหวัด%(name)s") % {"name": self.name}
        if self.kind is PlaceKind.DISTRICT:
            return _("อำเภอ%(name)s") % {"name": self.name}
        return self.name

    @property
    def url(self) -> str:
        """Its page, in the reader's language."""
        return _url(self.kind, self.code, get_language() or "")

    @property
    def province_codes(self) -> tuple[str, ...]:
        """The provinces that it is made of or lies in; all for the country."""
        if self.kind is PlaceKind.REGION:
            return tuple(one.code for one in areas.provinces() if one.region == self.thai_name)
        if self.kind is PlaceKind.COUNTRY:
            return tuple(one.code for one in areas.provinces())
        return (self.code[:2],)

    @property
    def way(self) -> tuple[Place, ...]:
        """What it lies in, the country first, without itself."""
        if self.kind is PlaceKind.COUNTRY:
            return ()
        if self.kind is PlaceKind.REGION:
            return (COUNTRY,)
        above = region_of(self.code[:2])
        own = province(self.code[:2]) if self.kind is PlaceKind.DISTRICT else None
        return (COUNTRY, above, own) if own else (COUNTRY, above)

    def condition(self) -> tuple[str, list[Any]]:
        """SQL over roster entries `e` that lie in it, and its parameters."""
        if self.kind is PlaceKind.COUNTRY:
            return "true", []
        if self.kind is PlaceKind.REGION:
            return "e.province_code = ANY(%s)", [list(self.province_codes)]
        if self.kind is PlaceKind.PROVINCE:
            return "e.province_code = %s", [self.code]
        return "e.province_code = %s AND e.district_code = %s", [self.code[:2], self.code]


COUNTRY: Final = Place(PlaceKind.COUNTRY, "", gettext_noop("ทั้งประเทศ"))


@cache
def regions() -> tuple[Place, ...]:
    """The four regions, as the National Statistical Office lists them."""
    return tuple(Place(PlaceKind.REGION, slug, name) for slug, name in zip(_SLUGS, areas.REGIONS, strict=True))


def region(slug: str) -> Place | None:
    """The region of an address."""
    return next((one for one in regions() if one.code == slug), None)


def region_of(province_code: str) -> Place:
    """The region in which a province of the register lies."""
    found = areas.province(province_code)
    return next(one for one in regions() if found is not None and one.thai_name == found.region)


@cache
def provinces() -> tuple[Place, ...]:
    """The 76 provinces, in Thai order."""
    return tuple(Place(PlaceKind.PROVINCE, one.code, one.name, one.name_en) for one in areas.provinces())


def province(code: str) -> Place | None:
    """The province of the register with this code."""
    return _by_code().get(code) if len(code) == 2 else None


@cache
def districts(province_code: str) -> tuple[Place, ...]:
    """The districts of a province, in Thai order."""
    return tuple(Place(PlaceKind.DISTRICT, one.code, one.name, one.name_en) for one in areas.districts(province_code))


def district(code: str) -> Place | None:
    """The district of the register with this code."""
    found = areas.district(code)
    return next((one for one in districts(found.province_code) if one.code == code), None) if found else None


def below(place: Place) -> Sequence[Place]:
    """The areas next smaller than a place; none below a district, whose units are a list of their own."""
    if place.kind is PlaceKind.COUNTRY:
        return regions()
    if place.kind is PlaceKind.REGION:
        codes = set(place.province_codes)
        return [one for one in provinces() if one.code in codes]
    return districts(place.code) if place.kind is PlaceKind.PROVINCE else ()


@lru_cache(maxsize=4096)
def _url(kind: PlaceKind, code: str, language: str) -> str:
    """Addresses are many on a page and each takes long to make."""
    if kind is PlaceKind.COUNTRY:
        return reverse("portal:home")
    return reverse(f"portal:{kind.value.lower()}", kwargs={"slug" if kind is PlaceKind.REGION else "code": code})


@cache
def _by_code() -> dict[str, Place]:
    return {one.code: one for one in provinces()}
