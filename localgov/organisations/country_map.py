"""The map of the country: an outline of each province as numbers for an SVG, for pages that colour them by a figure.

Whole numbers and steps from point to point, so that the whole country is 6 kB on its way. Plate carrée squeezed at the
country's middle latitude; the outlines are those of `organisations.boundaries`.
"""

from __future__ import annotations

import itertools
import math
from functools import cache
from typing import Final

from localgov.organisations import areas, boundaries

HEIGHT: Final = 960
_MARGIN: Final = 4
#: Points nearer than this to the one drawn before it are left out: the map is shown at no more than this fineness.
_FINENESS: Final = 3


@cache
def country_map() -> tuple[int, int, dict[str, str]]:
    """Width, height and the path of each province by code; no path where the outlines were not built."""
    shapes = {one.code: shape for one in areas.provinces() if (shape := boundaries.shape_of(one.code))}
    if not shapes:
        return 0, 0, {}
    boxes = [shape.box for shape in shapes.values()]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (HEIGHT - 2 * _MARGIN) / (north - south)

    def path(ring: boundaries.Ring) -> str:
        points: list[tuple[int, int]] = []
        for lon, lat in ring:
            point = (round((lon - west) * squeeze * scale + _MARGIN), round((north - lat) * scale + _MARGIN))
            if not points or math.dist(point, points[-1]) >= _FINENESS:
                points.append(point)
        if len(points) < 3:
            return ""
        steps = (f"{x - left} {y - top}" for (left, top), (x, y) in itertools.pairwise(points))
        return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"

    width = math.ceil((east - west) * squeeze * scale) + 2 * _MARGIN
    return width, HEIGHT, {code: "".join(map(path, shape.rings)) for code, shape in shapes.items()}
