"""A small map: the outline of a province with a point in it, as numbers for an SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from localgov.organisations.boundaries import shape_of

SIZE: Final = 240
_MARGIN: Final = 8


@dataclass(frozen=True)
class PointMap:
    """Width, height and path of the province's outline, and where the point stands, in SVG units."""

    width: int
    height: int
    path: str
    x: str
    y: str


def point_map(*, province_code: str, latitude: Decimal | None, longitude: Decimal | None) -> PointMap | None:
    """The map of a unit's point; None without a point or where the province's outline is not known."""
    shape = shape_of(province_code)
    if shape is None or latitude is None or longitude is None:
        return None
    west, south, east, north = shape.box
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (SIZE - 2 * _MARGIN) / max((east - west) * squeeze, north - south)

    def place(lon: float, lat: float) -> tuple[str, str]:
        return f"{(lon - west) * squeeze * scale + _MARGIN:.1f}", f"{(north - lat) * scale + _MARGIN:.1f}"

    path = "".join("M" + "L".join(",".join(place(lon, lat)) for lon, lat in ring) + "Z" for ring in shape.rings)
    x, y = place(float(longitude), float(latitude))
    return PointMap(
        width=math.ceil((east - west) * squeeze * scale) + 2 * _MARGIN,
        height=math.ceil((north - south) * scale) + 2 * _MARGIN,
        path=path,
        x=x,
        y=y,
    )
