"""Every page of the public site, in both languages: structure, language, answers to who has it already, axe on two screens.

The pages come from the URLconf; a new one whose parts `PARTS` does not know fails by its name.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser

from localgov.forms.engine.reader_text import read_folder
from localgov.ui.public_cache import CACHE
from tests.conftest import FIXTURES
from tests.web.public_reading import faults
from tests.web.public_shown import AFTER_AN_ACT, ANSWERS, HOST, PAGES, Shown, serve

pytestmark = pytest.mark.django_db

COUNTS = Path(__file__).parents[1] / "query_counts.json"
SCREENS = ((1366, 768), (390, 844))
#: The small form of the tests has no English; that of the eight domains has all (tests/forms/test_translations.py).
SMALL_FORM = {
    f"Thai: {text}"
    for rows in (read_folder(FIXTURES / "forms" / "small").survey, read_folder(FIXTURES / "forms" / "small").choices)
    for row in rows
    for text in (row.get("label"), row.get("unit"))
}


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
    context, axe, wrong = chromium.new_context(), Axe(), {}
    serve(context, paths)
    page = context.new_page()
    for path in paths:
        page.goto(f"{HOST}{path}")
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            violations = [(one["id"], one["nodes"][0]["html"][:150]) for one in axe.run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            if violations or wide:
                wrong[f"{path} {width}"] = (violations, wide)
    context.close()

    assert wrong == {}
