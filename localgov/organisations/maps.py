"""A small map: the outline of a province with a point in it, as numbers for an SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from localgov.organisations.boundaries import shape_of

SIZE: Final = 240
_MARGIN: Final = 8


@dataclass(frozen=True)
class ProvinceMap:
    """Width, height and path of a province's outline in SVG units, and how degrees become such units (and back, for a script)."""

    width: int
    height: int
    path: str
    west: float
    north: float
    east_units: float
    north_units: float
    margin: int = _MARGIN

    def place(self, *, latitude: Decimal, longitude: Decimal) -> tuple[str, str]:
        """Where a point stands."""
        return self._place(float(longitude), float(latitude))

    def _place(self, lon: float, lat: float) -> tuple[str, str]:
        x = (lon - self.west) * self.east_units + self.margin
        return f"{x:.1f}", f"{(self.north - lat) * self.north_units + self.margin:.1f}"


@dataclass(frozen=True)
class PointMap:
    """Width, height and path of the province's outline, and where the point stands, in SVG units."""

    width: int
    height: int
    path: str
    x: str
    y: str


@lru_cache(maxsize=256)
def province_map(*, province_code: str, size: int = SIZE) -> ProvinceMap | None:
    """The map of a province, `size` units along its longer side; None where its outline is not known."""
    shape = shape_of(province_code)
    if shape is None:
        return None
    west, south, east, north = shape.box
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (size - 2 * _MARGIN) / max((east - west) * squeeze, north - south)
    bare = ProvinceMap(
        width=math.ceil((east - west) * squeeze * scale) + 2 * _MARGIN,
        height=math.ceil((north - south) * scale) + 2 * _MARGIN,
        path="",
        west=west,
        north=north,
        east_units=squeeze * scale,
        north_units=scale,
    )
    path = "".join("M" + "L".join(",".join(bare._place(lon, lat)) for lon, lat in ring) + "Z" for ring in shape.rings)
    return replace(bare, path=path)


def point_map(*, province_code: str, latitude: Decimal | None, longitude: Decimal | None) -> PointMap | None:
    """The map of a unit's point; None without a point or where the province's outline is not known."""
    drawn = province_map(province_code=province_code)
    if drawn is None or latitude is None or longitude is None:
        return None
    x, y = drawn.place(latitude=latitude, longitude=longitude)
    return PointMap(drawn.width, drawn.height, drawn.path, x, y)
