"""Every page of a filing at both sizes: no accessibility rule broken, nothing scrolling sideways, no script error."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PATIENCE_MS, PHONE, Site, Window, clean_changes, filing

pytestmark = pytest.mark.browser
Open = Callable[..., Window]


@pytest.fixture(scope="module")
def receipt(site: Site, chromium: Browser) -> Iterator[str]:
    """The receipt of a domain recorded once for all sizes and readers, with a fault in it."""
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE_MS)
    clerk = Window(site, context, context.new_page())
    clerk.sign_in("recorder1")
    clerk.go(filing(5, 2569))
    reply = clerk.send(f"{filing(5, 2569)}answers/", clean_changes(site.form, "domain_5"))
    wrong = [{"op": "set", "code": "village_count_water", "value": "x", "seq": 1}]
    clerk.send(f"{filing(5, 2569)}answers/", wrong)
    yield reply["receipt"]
    context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("who", ["recorder1", "province"])
def test_pages_break_no_rule_and_fit(window: Open, receipt: str, size: tuple[int, int], who: str) -> None:
    me = window(who, size=size)
    errors: list[str] = []
    me.page.on("pageerror", lambda error: errors.append(str(error)))

    paths = [
        filing("", 2569),
        filing(5, 2569),
        f"{filing(5, 2569)}?check=1",
        f"{filing(5, 2569)}steps/submit/",
        f"{filing('', 2569)}timeline/",
        "/filings/receipts/",
        f"/filings/receipts/{receipt}/",
    ]
    if who == "recorder1":
        paths.append(f"{filing(5, 2569)}rows/water_source/new/")
    for path in paths:
        me.go(path)
        assert me.axe() == "", path
        assert me.page.evaluate("document.documentElement.scrollWidth") <= size[0], path
    assert errors == []
