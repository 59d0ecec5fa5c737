"""Every page of the public site, in both languages: structure, language, answers to who has it already, axe on two screens.

The pages come from the URLconf; a new one whose parts `PARTS` does not know fails by its name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser, Route

from localgov.certification.models import Certificate
from localgov.directory import services as directory
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.forms.engine.reader_text import read_folder
from localgov.inspection import services as inspection
from localgov.publishing.models import Item
from localgov.publishing.states import PublishedKind
from localgov.rounds.models import RosterEntry
from localgov.ui.public import PublicAnswer, PublicPage
from localgov.ui.public_cache import CACHE
from tests.conftest import FIXTURES, Person, Register
from tests.house.addresses import ADDRESSES, Address, Parts
from tests.publishing.making import item_shown
from tests.web.public_reading import faults

pytestmark = pytest.mark.django_db

COUNTS = Path(__file__).parents[1] / "query_counts.json"
#: Pages that stand only at the end of an act, whose own tests read them.
AFTER_AN_ACT = {"travel:problem-thanks"}
PAGES = [
    one
    for one in ADDRESSES
    if isinstance(one.view, type) and issubclass(one.view, PublicPage) and one.name not in AFTER_AN_ACT
]
ANSWERS = [one for one in ADDRESSES if isinstance(one.view, type) and issubclass(one.view, PublicAnswer)]
SCREENS = ((1366, 768), (390, 844))
#: The small form of the tests has no English; that of the eight domains has all (tests/forms/test_translations.py).
SMALL_FORM = {
    f"Thai: {text}"
    for rows in (read_folder(FIXTURES / "forms" / "small").survey, read_folder(FIXTURES / "forms" / "small").choices)
    for row in rows
    for text in (row.get("label"), row.get("unit"))
}
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


@pytest.fixture
def shown(
    register: Register,
    at: datetime,
    sheet_in: Callable[[Status], Sheet],
    recorder: Person,
    entry: RosterEntry,
    settings: Any,
    tmp_path: Path,
) -> Shown:
    """Our unit: certified at both levels, with a website, news, a product and a place."""
    settings.MEDIA_ROOT = tmp_path
    sheet_in(Status.CERTIFIED_PROVINCE)
    directory.website_record(actor=recorder.actor, at=at, entry=entry, address="https://www.example.go.th/", seen=0)
    items = {kind: item_shown(register.unit, at, kind, EVENT.get(kind)) for kind in PublishedKind}
    return Shown(items, inspection.daily_head_make(at=at)[0].day.isoformat())


def test_every_page_is_whole_and_speaks_its_language(shown: Shown) -> None:
    wrong: dict[str, list[str]] = {}
    for address in PAGES:
        for language in ("th", "en"):
            response = Client().get(shown.path(address, language))
            assert response.status_code == 200, (address.name, language)
            if found := [one for one in faults(response.content.decode(), language) if one not in SMALL_FORM]:
                wrong[f"{address.name} {language}"] = found

    assert wrong == {}


def test_every_kept_answer_says_304_to_who_has_it_and_costs_what_is_committed(shown: Shown) -> None:
    counts = json.loads(COUNTS.read_text(encoding="utf-8"))
    measured: dict[str, int] = {}
    for address in (one for one in ANSWERS if one.view.cached and one.name not in AFTER_AN_ACT):
        path, client = shown.path(address, "th"), Client()
        client.get(path)
        CACHE.clear()
        with CaptureQueriesContext(connection) as queries:
            first = client.get(path)
        measured[f"public {address.name}"] = len(queries)
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b""), address.name
        assert not first.cookies, address.name
        assert first["Cache-Control"] == "public, no-cache", address.name
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        kept = {name: count for name, count in counts.items() if not name.startswith("public ")}
        COUNTS.write_text(json.dumps(kept | measured, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        counts = kept | measured

    assert measured == {name: count for name, count in counts.items() if name.startswith("public ")}


def test_axe_finds_nothing_and_nothing_sticks_out(shown: Shown, chromium: Browser) -> None:
    """One browser for all pages on both screens, answered from memory: no server, and no script but the site's own."""
    paths = [shown.path(address, language) for address in PAGES for language in ("th", "en")]
    answers = {path: Client().get(path) for path in paths}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://testserver")
        built = Path(django_settings.BASE_DIR) / "assets" / "dist" / path.removeprefix("/static/")
        if path in answers:
            response = answers[path]
            route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)
        elif path.startswith("/static/") and built.exists():
            route.fulfill(path=built)
        else:
            route.abort()  # pictures of items

    context, axe, wrong = chromium.new_context(), Axe(), {}
    context.route("**/*", answer)
    page = context.new_page()
    for path in paths:
        page.goto(f"http://testserver{path}")
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            violations = [(one["id"], one["nodes"][0]["html"][:150]) for one in axe.run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            if violations or wide:
                wrong[f"{path} {width}"] = (violations, wide)
    context.close()

    assert wrong == {}
