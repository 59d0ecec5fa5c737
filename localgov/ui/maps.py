"""A map of areas coloured by classes: SVG of the server, links without any script. The same numbers stand in a table beside it.

Each class is a colour and a hatch (`_components/class_map.html`); drawing and outlines come from whoever knows the areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

#: How many classes a map has; 0 is where nothing is known.
CLASSES: Final = 5


@dataclass(frozen=True)
class MapArea:
    """An area on the map: `level` 1 to 5 by its class, 0 where nothing is known; `is_marked` draws it as the one meant."""

    code: str
    name: str
    path: str
    level: int
    text: str
    url: str
    is_marked: bool = False


@dataclass(frozen=True)
class ClassMap:
    """The drawing, its legend (level, words), and the areas in their order; without a size where no outlines are built."""

    width: int
    height: int
    areas: tuple[MapArea, ...]
    legend: tuple[tuple[int, str], ...]


def class_bounds(values: Iterable[Decimal]) -> list[Decimal]:
    """The least value of each class, so that classes hold about as many areas each; fewer than five for few values."""
    ordered = sorted(values)
    found = [ordered[len(ordered) * place // CLASSES] for place in range(CLASSES)] if ordered else []
    return sorted(set(found))


def class_of(value: Decimal | None, bounds: Sequence[Decimal]) -> int:
    """The level of a value between `class_bounds`; 0 for none. Few classes take the darker colours."""
    if value is None or not bounds:
        return 0
    return CLASSES - len(bounds) + sum(1 for least in bounds if value >= least)
