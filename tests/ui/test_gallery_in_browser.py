"""The gallery in a real browser: every component at once, read by axe, at both widths and all text sizes."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.ui.conftest import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ORIGIN = "http://localhost:8"


#: What the browser asks for in these tests: rendered beforehand, since Django's connection belongs to the test itself.
QUERIES = ("", "?page=2", "?name=%E0%B8%AA%E0%B8%A1%E0%B8%A1%E0%B8%95%E0%B8%B4&state=")


@pytest.fixture
def gallery(profile: BrowserContext, client: Client) -> Page:
    """The gallery, whole and in parts, with the files that the build made."""
    asked = {
        (query, is_part): client.get(f"/_gallery/{query}", headers={"HX-Request": "true"} if is_part else None)
        for query in QUERIES
        for is_part in (False, True)
    }

    def answer(route: Route, request: Request) -> None:
        path = request.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            file = Path(settings.BASE_DIR / "assets" / "dist" / path.removeprefix("/static/"))
            route.fulfill(content_type=KINDS[file.suffix], body=file.read_bytes())
            return
        response = asked[path.removeprefix("/_gallery/"), "hx-request" in request.headers]
        route.fulfill(headers=dict(response.items()), body=response.content)

    profile.route(f"{ORIGIN}/**", answer)
    page = profile.new_page()
    page.goto(f"{ORIGIN}/_gallery/")
    return page


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("size", ["1", "3"])
def test_breaks_no_rule_of_accessibility_and_never_scrolls_sideways(gallery: Page, width: int, size: str) -> None:
    gallery.set_viewport_size({"width": width, "height": 800})
    gallery.evaluate("size => document.documentElement.dataset.textSize = size", size)

    found = Axe().run(gallery)
    assert found.violations_count == 0, found.generate_report()
    assert gallery.evaluate("document.documentElement.scrollWidth") <= width


def test_works_at_twice_the_size(gallery: Page) -> None:
    gallery.set_viewport_size({"width": 683, "height": 384})  # 1366 × 768 at 200 %

    assert gallery.evaluate("document.documentElement.scrollWidth") <= 683


def test_swaps_the_table_alone_and_keeps_the_address(gallery: Page) -> None:
    gallery.evaluate("window.sameDocument = true")
    gallery.get_by_role("link", name="หน้า 2").click()
    gallery.get_by_text("11 ถึง 20 จาก 43").wait_for()

    assert gallery.evaluate("window.sameDocument") is True
    expect(gallery).to_have_url(f"{ORIGIN}/_gallery/?page=2")
    expect(gallery.locator("#announcer")).to_contain_text("43")


def test_searches_without_leaving_the_page(gallery: Page) -> None:
    gallery.get_by_label("ชื่อ อปท.").fill("สมมติ")
    gallery.get_by_role("button", name="ค้นหา").click()

    gallery.get_by_text("1 ถึง 6 จาก 6").wait_for()
