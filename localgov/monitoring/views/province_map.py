"""The map of the provinces, coloured by a share: SVG of the server, links without any script, the same numbers in a table."""

from __future__ import annotations

from collections.abc import Sequence

from localgov.lib.numbers import format_number
from localgov.monitoring.selectors import AreaStatus
from localgov.organisations import areas
from localgov.organisations.country_map import country_map
from localgov.ui.maps import ClassMap, MapArea

#: The classes of the map, each with a colour and a hatch of its own: below so many percent.
CLASSES = (20, 40, 60, 80, 101)


def province_map(rows: Sequence[AreaStatus], figure: str) -> ClassMap:
    """The map of one share of `AreaStatus`, by the name of its property."""
    width, height, paths = country_map()
    found = {row.code: row for row in rows}
    return ClassMap(
        width=width,
        height=height,
        areas=tuple(
            _area(one.code, one.name, paths.get(one.code, ""), found.get(one.code), figure) for one in areas.provinces()
        ),
        legend=tuple(
            (level, f"{CLASSES[level - 2] if level > 1 else 0}–{min(below, 100)} %")
            for level, below in enumerate(CLASSES, start=1)
        ),
    )


def _area(code: str, name: str, path: str, row: AreaStatus | None, figure: str) -> MapArea:
    share = getattr(row, figure) if row else None
    if row is None or share is None:
        return MapArea(code, name, path, 0, "–", "")
    level = next(level for level, below in enumerate(CLASSES, start=1) if share < below)
    return MapArea(code, name, path, level, f"{format_number(share, 1)} %", row.url)
