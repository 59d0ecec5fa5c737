"""Areas in the order of the reader's language, for lists and choices."""

from __future__ import annotations

from django.utils.translation import get_language

from localgov.organisations import areas
from localgov.organisations.areas import area_name


def named_provinces() -> list[tuple[str, str]]:
    """Code and name of every province, in the order of the reader's language."""
    found = [(one.code, area_name(one.code)) for one in areas.provinces()]
    return sorted(found, key=lambda one: one[1]) if get_language() == "en" else found


def named_districts(province_code: str) -> list[tuple[str, str]]:
    """Code and name of every district of a province, in the order of the reader's language; none for no province."""
    found = [(one.code, area_name(one.code)) for one in areas.districts(province_code)] if province_code else []
    return sorted(found, key=lambda one: one[1]) if get_language() == "en" else found
