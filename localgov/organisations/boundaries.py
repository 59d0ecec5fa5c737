"""Shapes of provinces, to tell whether a point can lie in one, and to draw it small.

They come from npm `@svg-maps/thailand` (CC BY 4.0), turned at build time into `assets/dist/provinces.json` by
`assets/tools/provinces.ts`: English province name → rings of [longitude, latitude]. The drawing is coarse and leaves out
small islands, so a point up to 5 km outside still counts as inside (DESIGN §4, Pages). Where the file was not built,
nothing is known and nobody is accused.
"""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import geothai

from localgov.lib.coordinates import Point

TOLERANCE_KM: Final = 5.0
SHAPES_FILE: Final = Path(__file__).resolve().parents[2] / "assets" / "dist" / "provinces.json"

_KM_PER_DEGREE: Final = 111.195  # of latitude, on a sphere with the Earth's mean radius
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Shape:
    """A province's rings (islands and parts), each a closed line of (longitude, latitude), and its bounding box."""

    rings: tuple[Ring, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        longitudes = [lon for ring in self.rings for lon, _ in ring]
        latitudes = [lat for ring in self.rings for _, lat in ring]
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def are_known() -> bool:
    """Whether the outlines were built at all."""
    return bool(_shapes())


def contains(point: Point, *, province_code: str) -> bool | None:
    """Whether the point lies in the province or within 5 km of it; None where the province's shape is not known."""
    distance = distance_km(point, province_code=province_code)
    return None if distance is None else distance <= TOLERANCE_KM


def distance_km(point: Point, *, province_code: str) -> float | None:
    """How far outside the province a point lies, 0 inside it; None where the province's shape is not known."""
    shape = shape_of(province_code)
    if shape is None:
        return None
    lon, lat = float(point.lon), float(point.lat)
    inside = any(_in_ring(lon, lat, ring) for ring in shape.rings)
    return 0.0 if inside else _distance_km(lon, lat, shape)


def shape_of(province_code: str) -> Shape | None:
    """The shape of a province, None where it is not known."""
    return _shapes().get(province_code)


@cache
def _shapes() -> dict[str, Shape]:
    """Shapes by province code; empty where the file was not built."""
    if not SHAPES_FILE.exists():
        return {}
    drawn = {
        _plain(name): Shape(tuple(tuple((lon, lat) for lon, lat in ring) for ring in rings))
        for name, rings in json.loads(SHAPES_FILE.read_text(encoding="utf-8")).items()
    }
    return {one.code: drawn[name] for one in geothai.provinces() if (name := _plain(one.name_en)) in drawn}


def _plain(name: str) -> str:
    """An English name for joining: `Phang-nga` and `Phangnga` are the same."""
    return "".join(letter for letter in name.lower() if letter.isalpha())


def _in_ring(lon: float, lat: float, ring: Ring) -> bool:
    """Ray casting: an odd number of crossings means inside."""
    inside = False
    for (lon1, lat1), (lon2, lat2) in itertools.pairwise(ring):
        if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
            inside = not inside
    return inside


def _distance_km(lon: float, lat: float, shape: Shape) -> float:
    """Distance to the nearest edge in kilometres, on a plane around the point (good to a few metres at this range)."""
    east = _KM_PER_DEGREE * math.cos(math.radians(lat))
    nearest = math.inf
    for ring in shape.rings:
        flat = [((x - lon) * east, (y - lat) * _KM_PER_DEGREE) for x, y in ring]
        for (x1, y1), (x2, y2) in itertools.pairwise(flat):
            dx, dy = x2 - x1, y2 - y1
            length = dx * dx + dy * dy
            along = 0.0 if length == 0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length))
            nearest = min(nearest, math.hypot(x1 + along * dx, y1 + along * dy))
    return nearest
