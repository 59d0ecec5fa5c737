"""A unit as search engines read it (schema.org, JSON-LD)."""

from __future__ import annotations

from typing import Any

from localgov.organisations.areas import area_name
from localgov.organisations.naming import english_unit_name
from localgov.organisations.selectors import UnitStory
from localgov.portal.views.unit_facts import office_address


def structured_unit(story: UnitStory, *, page: str, website: str) -> dict[str, Any]:
    """The unit as plain data; `page` is the address of its page, `website` its own, empty for none told."""
    unit = story.version
    address = {
        "@type": "PostalAddress",
        "addressCountry": "TH",
        "addressRegion": area_name(unit.province_code) or None,
        "addressLocality": area_name(unit.district_code) or None,
        "postalCode": unit.postcode or None,
        "streetAddress": office_address(unit) or None,
    }
    former = [line.version.full_name for line in story.history if line.version.full_name != unit.full_name]
    english = english_unit_name(unit.name, unit.unit_type, unit.province_code, unit.district_code)
    found: dict[str, Any] = {
        "@type": "GovernmentOrganization",
        "name": unit.full_name,
        "alternateName": [name for name in dict.fromkeys([unit.short_name, english, *former]) if name],
        "identifier": unit.organisation.code,
        "url": page,
        "sameAs": website or None,
        "address": {key: value for key, value in address.items() if value},
    }
    if unit.latitude is not None:
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(unit.latitude),
            "longitude": float(unit.longitude or 0),
        }
    if story.ended_on:
        found["dissolutionDate"] = story.ended_on.isoformat()
    return {key: value for key, value in found.items() if value}
