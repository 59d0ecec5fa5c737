"""What units publish, on the pages of figures: the newest places of the country or a province, as cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from localgov.portal.selectors.places import Place, PlaceKind
from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind

_ON_A_SHELF: Final = 4


@dataclass(frozen=True)
class PlaceShelf:
    """The newest places, and where there are more."""

    slug: str
    items: tuple[shown.ShownRow, ...]
    more_url: str


def place_shelf(place: Place) -> PlaceShelf:
    """Of the country, or of a province (one query)."""
    is_province = place.kind is PlaceKind.PROVINCE
    items = shown.shown_items(kind=PublishedKind.PLACE, province_code=place.code if is_province else "")[:_ON_A_SHELF]
    more = reverse("travel:province", args=[place.code]) if is_province else reverse("travel:home")
    return PlaceShelf("places", tuple(items), more)
