"""What the public pages say from the register of the day: units by type, and the units of a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, QuerySet

from localgov.lib.unit_types import UnitType
from localgov.organisations import naming
from localgov.organisations.models import OrganisationVersion
from localgov.portal.selectors.places import Place, PlaceKind


@dataclass(frozen=True)
class UnitLine:
    """A unit of the register in a list."""

    organisation_id: int
    code: str
    thai_name: str
    full_name: str
    unit_type: UnitType
    province_code: str
    district_code: str

    @property
    def name(self) -> str:
        """Its whole name in the reader's language, the Thai one where English knows none."""
        return naming.unit_name(
            name=self.thai_name,
            full_name=self.full_name,
            unit_type=self.unit_type,
            province_code=self.province_code,
            district_code=self.district_code,
        )

    @property
    def type_name(self) -> str:
        """Its type in the reader's language."""
        return naming.type_name(self.unit_type)


@lru_cache(maxsize=128)
def units_by_type(place: Place, *, on: date, state: str) -> Mapping[UnitType, int]:
    """Units of a place by type, every type in its order (one query, for a `state` of the data but once)."""
    found = dict(_units(place, on).values_list("unit_type").annotate(Count("pk")).order_by())
    return {kind: found.get(kind.value, 0) for kind in UnitType}


def units_of(place: Place, *, on: date) -> list[UnitLine]:
    """The units of a place, those under the province directly first, then in Thai order (one query)."""
    order = {kind: number for number, kind in enumerate(UnitType)}
    rows = _units(place, on).order_by("sort_key", "pk")
    found = [
        UnitLine(pk, code, name, full_name, UnitType(kind), province, district)
        for pk, code, name, full_name, kind, province, district in rows.values_list(
            *(
                "organisation_id",
                "organisation__code",
                "name",
                "full_name",
                "unit_type",
                "province_code",
                "district_code",
            )
        )
    ]
    return sorted(found, key=lambda one: order[one.unit_type])


def _units(place: Place, on: date) -> QuerySet[OrganisationVersion]:
    rows = OrganisationVersion.objects.in_force(on).units()
    if place.kind is PlaceKind.DISTRICT:
        return rows.filter(province_code=place.code[:2], district_code=place.code)
    return rows if place.kind is PlaceKind.COUNTRY else rows.filter(province_code__in=place.province_codes)
