"""One of everything that stands in public, the addresses at which it does, and a browser's answers from memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Route

from localgov.certification.models import Certificate
from localgov.publishing.models import Item
from localgov.publishing.states import PublishedKind
from localgov.ui.public import PublicAnswer, PublicPage
from tests.house.addresses import ADDRESSES, Address, Parts

HOST = "http://testserver"
#: Pages that stand only at the end of an act, whose own tests read them.
AFTER_AN_ACT = {"travel:problem-thanks"}
PAGES = [
    one
    for one in ADDRESSES
    if isinstance(one.view, type)
    and issubclass(one.view, PublicPage)
    and one.name not in AFTER_AN_ACT
    and not one.route.endswith((".csv", ".json"))
]
ANSWERS = [one for one in ADDRESSES if isinstance(one.view, type) and issubclass(one.view, PublicAnswer)]
#: The news is of an event, which has a calendar file.
EVENT = {PublishedKind.NEWS: {"event_from": "15/12/2569", "event_to": "16/12/2569"}}


@dataclass(frozen=True)
class Shown:
    """What stands in public."""

    items: dict[PublishedKind, Item]
    head_day: str

    def path(self, address: Address, language: str) -> str:
        """The address of a page that shows something of it."""
        prefix = "" if language == "th" or address.name.startswith("robots:") else "/en"
        return prefix + address.path(self.parts(address))

    def parts(self, address: Address) -> Parts:
        """What fills the address."""
        place = self.items[PublishedKind.PLACE]
        known: dict[str, Parts] = {
            "heads:head-text": {"day": self.head_day},
            "robots:sitemap-part": {"kind": "pages", "number": 1},
            "certificates:certificate-check": {"address": Certificate.objects.order_by("pk")[0].address},
            "portal:region": {"slug": "central"},
            "portal:province": {"code": "25"},
            "portal:district": {"code": "2501"},
            "portal:domain": {"number": 1},
            **{f"portal:unit-register{end}": {"code": "6250101", "slug": "village"} for end in ("", "-csv", "-json")},
            "travel:province": {"code": "25"},
            "travel:event-file": {"pk": self.items[PublishedKind.NEWS].pk},
        }
        rooms: dict[str, Parts] = {
            "portal": {"code": "6250101", "number": 1, "slug": "total"},
            "travel": {"kind": "places", "pk": place.pk, "code": "25", "slug": "places"},
        }
        found = known.get(address.name) or rooms.get(address.name.partition(":")[0], {})
        missing = [part for part in address.parts if part not in found]
        assert not missing, f"the table of this test has no {missing} for the new public address {address.name}"
        return found


def serve(context: BrowserContext, paths: Collection[str]) -> None:
    """Let a browser read pages without a server: these, what the build made, and nothing else (pictures of items)."""
    answers = {path: Client().get(path) for path in paths}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        built = Path(settings.BASE_DIR) / "assets" / "dist" / path.removeprefix("/static/")
        if path in answers:
            response = answers[path]
            route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)
        elif path.startswith("/static/") and built.exists():
            route.fulfill(path=built)
        else:
            route.abort()

    context.route("**/*", answer)
