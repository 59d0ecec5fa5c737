"""The maps of the public site: a province with its places as dots, the country to choose from, and the way back from a press
on such a drawing to the point that it means. Plate carrée squeezed at the middle latitude, like `organisations.country_map`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from localgov.lib.coordinates import NotAPoint, Point, parse_point
from localgov.organisations import areas, boundaries

_SIZE: Final = 420
_MARGIN: Final = 10
#: A drawing that is pressed is shown in its own size, also on a telephone: a press is told in pixels of the screen.
PRESSED_SIZE: Final = 300
_COUNTRY: Final = 560
_COUNTRY_MARGIN: Final = 4
#: Points of an outline nearer than this to the one before are left out, in units of the drawing.
_FINE, _COARSE = 1.5, 2.5
_ABOUT: Final = 0.06  # degrees, more than boundaries.TOLERANCE_KM


@dataclass(frozen=True)
class Frame:
    """Where degrees lie on a drawing: its north-west corner, degrees of longitude squeezed, units a degree."""

    width: int
    height: int
    west: float
    north: float
    squeeze: float
    scale: float
    margin: int

    def place(self, point: Point) -> tuple[str, str]:
        """Where a point stands, in units of the drawing."""
        x = (float(point.lon) - self.west) * self.squeeze * self.scale + self.margin
        y = (self.north - float(point.lat)) * self.scale + self.margin
        return f"{x:.1f}", f"{y:.1f}"

    def point_at(self, x: float, y: float) -> Point | None:
        """The point that a press on the drawing means, to a thousandth of a degree; None outside Thailand."""
        lon = (x - self.margin) / (self.squeeze * self.scale) + self.west
        lat = self.north - (y - self.margin) / self.scale
        try:
            return parse_point(Decimal(f"{lat:.3f}"), Decimal(f"{lon:.3f}"))
        except NotAPoint:
            return None


@dataclass(frozen=True)
class ProvinceDrawing:
    """The outline of a province in its frame."""

    frame: Frame
    path: str


@cache
def province_drawing(code: str, size: int = _SIZE) -> ProvinceDrawing | None:
    """The drawing of a province, its longer side `size`; None where its outline is not known."""
    shape = boundaries.shape_of(code)
    if shape is None:
        return None
    frame = _frame(shape.box, size, _MARGIN)

    return ProvinceDrawing(frame, _path(shape, frame, _FINE))


@cache
def country_paths() -> tuple[tuple[str, str], ...]:
    """Code and outline of each province in `country_frame`, as a Thai dictionary orders them; few points and whole
    numbers, since the front page carries all of them.
    """
    frame = country_frame()
    if frame is None:
        return ()
    shapes = ((one.code, boundaries.shape_of(one.code)) for one in areas.provinces())
    return tuple((code, _path(shape, frame, _COARSE)) for code, shape in shapes if shape)


def _path(shape: boundaries.Shape, frame: Frame, fineness: float) -> str:
    """The rings as an SVG path of steps; islands smaller than a few points are left out, unless nothing else is there."""
    rings = []
    for ring in shape.rings:
        points: list[tuple[int, int]] = []
        for lon, lat in ring:
            point = (
                round((lon - frame.west) * frame.squeeze * frame.scale + frame.margin),
                round((frame.north - lat) * frame.scale + frame.margin),
            )
            if not points or math.dist(point, points[-1]) >= fineness:
                points.append(point)
        if len(points) > 2:
            steps = (f"{x - before[0]} {y - before[1]}" for before, (x, y) in itertools.pairwise(points))
            rings.append(f"M{points[0][0]} {points[0][1]}l{','.join(steps)}z")
    return "".join(rings)


@cache
def country_frame() -> Frame | None:
    """The frame of the country; None where the outlines were not built."""
    shapes = [shape for one in areas.provinces() if (shape := boundaries.shape_of(one.code))]
    if not shapes:
        return None
    boxes = [shape.box for shape in shapes]
    box = (
        min(one[0] for one in boxes),
        min(one[1] for one in boxes),
        max(one[2] for one in boxes),
        max(one[3] for one in boxes),
    )
    return _frame(box, _COUNTRY, _COUNTRY_MARGIN)


def province_at(point: Point) -> str:
    """The code of the province in which a point lies, or the nearest within the tolerance; empty for none."""
    found = [
        (far, one.code)
        for one in areas.provinces()
        if _may_hold(one.code, point)
        and (far := boundaries.distance_km(point, province_code=one.code)) is not None
        and far <= boundaries.TOLERANCE_KM
    ]
    return min(found)[1] if found else ""


def _may_hold(code: str, point: Point) -> bool:
    """Whether a point lies in the box around a province, widened by more than the tolerance."""
    box = _box(code)
    return box is not None and (
        box[0] - _ABOUT <= point.lon <= box[2] + _ABOUT and box[1] - _ABOUT <= point.lat <= box[3] + _ABOUT
    )


@cache
def _box(code: str) -> tuple[float, float, float, float] | None:
    shape = boundaries.shape_of(code)
    return shape.box if shape else None


def middle_of(points: Iterable[Point]) -> Point | None:
    """The middle of some points; None of none."""
    known = list(points)
    if not known:
        return None
    lat = sum((one.lat for one in known), Decimal(0)) / len(known)
    lon = sum((one.lon for one in known), Decimal(0)) / len(known)
    return Point(lat=round(lat, 4), lon=round(lon, 4))


def _frame(box: tuple[float, float, float, float], size: int, margin: int) -> Frame:
    west, south, east, north = box
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (size - 2 * margin) / max((east - west) * squeeze, north - south)
    return Frame(
        width=math.ceil((east - west) * squeeze * scale) + 2 * margin,
        height=math.ceil((north - south) * scale) + 2 * margin,
        west=west,
        north=north,
        squeeze=squeeze,
        scale=scale,
        margin=margin,
    )
