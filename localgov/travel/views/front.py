"""The front page of ท้องถิ่นไทย หัวใจพอเพียง: search, kinds, what is new, the provinces, coming events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from localgov.publishing.selectors import shown
from localgov.publishing.states import CATEGORIES, PublishedKind
from localgov.travel import drawing, looks, search_forms
from localgov.travel.area_names import named_provinces
from localgov.travel.selectors import counting
from localgov.travel.views.events import event_lines
from localgov.travel.views.pages import Card, TravelPage, cards_of

#: So many days ahead the front page tells of events.
_AHEAD = timedelta(days=60)
_EVENTS = 6


@dataclass(frozen=True)
class Shelf:
    """The newest items of one kind, and where all of them are."""

    slug: str
    title: str
    url: str
    count: int
    cards: list[Card]


@dataclass(frozen=True)
class KindTile:
    """A kind of places, with its icon and how many there are."""

    label: str
    icon: str
    url: str
    count: int


@dataclass(frozen=True)
class ProvinceTile:
    """A province on the map and in the list: `level` 0 (nothing yet) to 3 (much)."""

    name: str
    path: str
    url: str
    count: int
    level: int


class Home(TravelPage):
    """The front page."""

    title = _("ท้องถิ่นไทย หัวใจพอเพียง")
    template = "travel/home.html"
    section = "home"
    description = _("สถานที่สำคัญ สินค้าท้องถิ่น ข่าวสาร และงานประเพณี จากองค์กรปกครองส่วนท้องถิ่นทั่วประเทศ")

    def breadcrumb(self) -> tuple[()]:
        """Nothing above it but the portal's own front page."""
        return ()

    def get(self, request: HttpRequest) -> HttpResponse:
        """Everything that is shown, told in numbers, and the newest of it."""
        return self.render(
            form=search_forms.ItemSearch(),
            frame=drawing.country_frame(),
            **_shown(self.version(), timezone.localdate(), get_language() or ""),
            structured_data={
                "@context": "https://schema.org",
                "@type": "WebSite",
                "name": str(self.title),
                "url": request.build_absolute_uri(reverse("travel:home")),
                "description": str(self.description),
            },
        )


@lru_cache(maxsize=4)
def _shown(version: str, today: date, language: str) -> Mapping[str, Any]:
    """What the page shows of the items, read once for each state of what is shown, day and language."""
    categories = counting.counts(version=version, by="category")
    provinces = counting.counts(version=version, by="province")
    return {
        "kinds": _kind_tiles(categories),
        "shelves": _shelves(categories),
        "provinces": _province_tiles(provinces),
        "total": sum(provinces.values()),
        "events": event_lines(shown.shown_events(today, today + _AHEAD)[:_EVENTS]),
    }


def forget() -> None:
    """Forget what was read: a test's database has states that another test's had too."""
    _shown.cache_clear()


def _kind_tiles(counts: Mapping[str, int]) -> list[KindTile]:
    url = reverse("travel:item-list", args=[looks.SLUGS[PublishedKind.PLACE]])
    return [
        KindTile(str(one.label), looks.CATEGORY_ICONS[one], f"{url}?kind={one.value}", counts.get(one.value, 0))
        for one in CATEGORIES[PublishedKind.PLACE]
    ]


def _shelves(counts: Mapping[str, int]) -> list[Shelf]:
    found = []
    for kind, slug in looks.SLUGS.items():
        count = sum(counts.get(one.value, 0) for one in CATEGORIES[kind])
        rows = shown.shown_items(kind=kind)[: 8 if kind is PublishedKind.PLACE else 4] if count else []
        url = reverse("travel:item-list", args=[slug])
        found.append(Shelf(slug, str(looks.KIND_TITLES[kind]), url, count, cards_of(rows)))
    return found


def _province_tiles(counts: Mapping[str, int]) -> list[ProvinceTile]:
    paths = dict(drawing.country_paths())
    most = max(counts.values(), default=0)
    return [
        ProvinceTile(
            name,
            paths.get(code, ""),
            reverse("travel:province", args=[code]),
            count := counts.get(code, 0),
            0 if not count else 1 + (count * 3 > most) + (count * 3 > most * 2),
        )
        for code, name in named_provinces()
    ]
