"""The register as open data: one line for each unit in force on a day, in Thai order (one statement)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from config.statements import prepared_cursor
from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.organisations.naming import english_unit_name

COLUMNS: Final = (
    "code", "name", "name_en", "short_name", "type", "type_name", "province_code", "province", "province_en",
    "district_code", "district", "district_en", "postcode", "latitude", "longitude", "area_km2", "website_status",
    "website", "page",
)  # fmt: skip
"""Names of the columns, fixed for ever. `area_km2` is the register's; `website_status` recorded, none or not_recorded."""

_UNITS = """
SELECT o.code, v.name, v.full_name, v.short_name, v.unit_type, v.province_code, v.district_code, v.postcode,
    v.latitude, v.longitude, v.area_km2, w.url
FROM organisations_organisationversion v
JOIN organisations_organisation o ON o.id = v.organisation_id AND o.kind = 'UNIT'
LEFT JOIN (
    SELECT DISTINCT ON (organisation_id) organisation_id, url FROM directory_websiterecord
    ORDER BY organisation_id, fiscal_year_be DESC, id DESC
) w ON w.organisation_id = v.organisation_id
WHERE v.in_force @> %s::date ORDER BY v.sort_key, v.id
"""


def unit_rows(*, on: date, page_of: str) -> Iterator[tuple[Any, ...]]:
    """The lines; `page_of` is the address of a unit's page with `CODE` where its code stands."""
    with prepared_cursor() as cursor:
        cursor.execute(_UNITS, [on])
        found = cursor.fetchall()
    for code, name, full, short, kind, province_code, district_code, postcode, latitude, longitude, area, url in found:
        province, district = areas.province(province_code), areas.district(district_code)
        yield (
            code, full, english_unit_name(name, kind, province_code, district_code), short, kind, UnitType(kind).label,
            province_code, province.name if province else "", province.name_en if province else "",
            district_code, district.name if district else "", district.name_en if district else "",
            postcode, latitude, longitude, area,
            "not_recorded" if url is None else "recorded" if url else "none", url or "", page_of.replace("CODE", code),
        )  # fmt: skip
