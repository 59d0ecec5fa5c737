"""Which questions stand for the whole: of the country, and of each domain. A form that lacks one shows its first instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from localgov.lib.domains import DOMAINS
from localgov.portal.policies import Measure, OpenQuestion

#: The country in five numbers (MISSION R10.1), all of domain 6.
HEADLINES: Final = ("population_total", "household_count", "village_count", "community_count", "area_km2")
#: Two telling figures of each domain.
TELLING: Final[Mapping[str, tuple[str, str]]] = {
    "domain_1": ("waste_generated_tpd", "village_health_volunteer_count"),
    "domain_2": ("child_centre_count", "student_total"),
    "domain_3": ("fire_vehicle_count", "opapor_member_count"),
    "domain_4": ("road_length_total_km", "street_light_count"),
    "domain_5": ("water_system_count", "household_tap_water_count"),
    "domain_6": ("staff_total", "council_member_count"),
    "domain_7": ("elderly_count", "religious_place_total"),
    "domain_8": ("community_enterprise_count", "tourist_thai_count"),
}


def headlines(questions: Mapping[str, OpenQuestion]) -> list[str]:
    """The headline questions that a form has, else its first sums."""
    return [code for code in HEADLINES if code in questions] or _first_sums(questions, "")[:2]


def telling(questions: Mapping[str, OpenQuestion]) -> dict[str, Sequence[str]]:
    """The telling questions by domain, of the domains that a form has."""
    found: dict[str, Sequence[str]] = {}
    for domain in DOMAINS:
        codes = [code for code in TELLING[domain.code] if code in questions] or _first_sums(questions, domain.code)[:2]
        if codes:
            found[domain.code] = codes
    return found


def _first_sums(questions: Mapping[str, OpenQuestion], sheet: str) -> list[str]:
    return [code for code, one in questions.items() if one.measure is Measure.SUM and (not sheet or one.sheet == sheet)]
