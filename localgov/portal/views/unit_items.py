"""What a unit publishes, as its page shows it: the newest of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind

#: Kinds of what units publish, as addresses of the travel site write them.
_SHELVES: Final = (
    ("news", PublishedKind.NEWS),
    ("products", PublishedKind.PRODUCT),
    ("places", PublishedKind.PLACE),
)
_ON_A_SHELF: Final = 3


@dataclass(frozen=True)
class Shelf:
    """The newest that the unit publishes of one kind."""

    slug: str
    title: str
    items: tuple[shown.ShownRow, ...]


def unit_shelves(organisation_id: int) -> list[Shelf]:
    """What the unit publishes, of each kind that it has anything of."""
    if not shown.unit_shows_anything(organisation_id):
        return []
    found = []
    for slug, kind in _SHELVES:
        items = shown.shown_items(kind=kind, organisation_id=organisation_id)[:_ON_A_SHELF]
        if items:
            found.append(Shelf(slug, str(kind.label), tuple(items)))
    return found
