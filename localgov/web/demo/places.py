"""Where a demonstration unit lies: a point inside its province, and sub-district codes of its district."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

import geothai

from localgov.lib.coordinates import parse_point
from localgov.organisations import boundaries
from localgov.organisations.models import OrganisationVersion

_TRIES = 200


@dataclass(frozen=True)
class DemoUnit:
    """What the maker of answers must know of a unit."""

    code: str
    name: str
    unit_type: str
    province_code: str
    tambons: tuple[str, ...]
    latitude: float
    longitude: float


def demo_unit(version: OrganisationVersion) -> DemoUnit:
    """A unit of the register as the maker of answers sees it."""
    point = parse_point(version.latitude, version.longitude) if version.latitude is not None else None
    if point is None or boundaries.contains(point, province_code=version.province_code) is False:
        latitude, longitude = _inside(version.province_code)
    else:
        latitude, longitude = float(point.lat), float(point.lon)
    return DemoUnit(
        code=version.organisation.code,
        name=version.name,
        unit_type=version.unit_type,
        province_code=version.province_code,
        tambons=_tambons(version.district_code),
        latitude=latitude,
        longitude=longitude,
    )


@cache
def _tambons(district_code: str) -> tuple[str, ...]:
    return tuple(one.code for one in geothai.subdistricts(district_code))


@cache
def _inside(province_code: str) -> tuple[float, float]:
    """A point well inside a province's outline; the middle of the country when no outline is known."""
    shape = boundaries.shape_of(province_code)
    if shape is None:
        return 15.0, 101.0
    ring = max(shape.rings, key=len)
    west, east = min(lon for lon, _ in ring), max(lon for lon, _ in ring)
    south, north = min(lat for _, lat in ring), max(lat for _, lat in ring)
    rng = Random(province_code)  # noqa: S311 - made-up data, the same every time
    best, best_distance = ((south + north) / 2, (west + east) / 2), -1.0
    for _ in range(_TRIES):
        lat, lon = rng.uniform(south, north), rng.uniform(west, east)
        point = parse_point(f"{lat:.6f}", f"{lon:.6f}")
        if point is None or not boundaries.contains(point, province_code=province_code):
            continue
        distance = min((lat - edge_lat) ** 2 + (lon - edge_lon) ** 2 for edge_lon, edge_lat in ring)
        if distance > best_distance:
            best, best_distance = (lat, lon), distance
    return best


def near(rng: Random, unit: DemoUnit, spread: float = 0.01) -> dict[str, str]:
    """A point near the unit's office, as answers JSON (WGS84, 6 decimals)."""
    return {
        "lat": f"{unit.latitude + rng.uniform(-spread, spread):.6f}",
        "lon": f"{unit.longitude + rng.uniform(-spread, spread):.6f}",
    }
