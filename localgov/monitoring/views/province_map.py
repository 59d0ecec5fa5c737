"""The map of the provinces, coloured by a share: SVG of the server, links without any script, the same numbers in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from localgov.lib.numbers import format_number
from localgov.monitoring.selectors import AreaStatus
from localgov.organisations import areas
from localgov.organisations.country_map import country_map
from localgov.ui.maps import ClassMap, MapArea

#: The classes of the map, each with a colour and a hatch of its own: below so many percent.
CLASSES = (20, 40, 60, 80, 101)


def province_map(rows: Sequence[AreaStatus], figure: str, url: Callable[[AreaStatus], str]) -> ClassMap:
    """The map of one share of `AreaStatus`, by the name of its property; `url` says where a province leads."""
    width, height, paths = country_map()
    found = {row.code: row for row in rows}
    return ClassMap(
        width=width,
        height=height,
        areas=tuple(
            _area(one.code, one.name, paths.get(one.code, ""), found.get(one.code), figure, url)
            for one in areas.provinces()
        ),
        legend=tuple(
            (level, f"{CLASSES[level - 2] if level > 1 else 0}–{min(below, 100)} %")
            for level, below in enumerate(CLASSES, start=1)
        ),
    )


def _area(
    code: str, name: str, path: str, row: AreaStatus | None, figure: str, url: Callable[[AreaStatus], str]
) -> MapArea:
    share = getattr(row, figure) if row else None
    if row is None or share is None:
        return MapArea(code, name, path, 0, "–", "")
    level = next(level for level, below in enumerate(CLASSES, start=1) if share < below)
    return MapArea(code, name, path, level, f"{format_number(share, 1)} %", url(row))


def map_rows(drawn: ClassMap) -> SafeString:
    """The table beside the map: the provinces that have a number."""
    row = '<tr><th scope="row"><a href="{}">{}</a></th><td data-align="end">{}</td></tr>'
    return format_html_join("\n", row, ((area.url, area.name, area.text) for area in drawn.areas if area.level))
