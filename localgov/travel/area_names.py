"""Names of areas in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from localgov.organisations import areas
from localgov.organisations.areas import District, Province


def named_provinces() -> list[tuple[str, str]]:
    """Code and name of every province, in the order of the reader's language."""
    found = [(one.code, area_label(one)) for one in areas.provinces()]
    return sorted(found, key=lambda one: one[1]) if get_language() == "en" else found


def named_districts(province_code: str) -> list[tuple[str, str]]:
    """Code and name of every district of a province, in the order of the reader's language; none for no province."""
    found = [(one.code, area_label(one)) for one in areas.districts(province_code)] if province_code else []
    return sorted(found, key=lambda one: one[1]) if get_language() == "en" else found


def province_label(code: str) -> str:
    """Name of a province in the reader's language; empty for none."""
    found = areas.province(code)
    return area_label(found) if found else ""


def district_label(code: str) -> str:
    """Name of a district in the reader's language; empty for none."""
    found = areas.district(code)
    return area_label(found) if found else ""


def area_label(area: Province | District) -> str:
    """Name of an area in the reader's language."""
    return area.name_en if get_language() == "en" else area.name
