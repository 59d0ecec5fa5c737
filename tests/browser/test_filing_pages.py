"""Every page of a filing at both sizes: no accessibility rule broken, nothing scrolling sideways, no script error."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Window, clean_changes, filing

pytestmark = pytest.mark.browser
Open = Callable[..., Window]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("who", ["recorder1", "province"])
def test_pages_break_no_rule_and_fit(window: Open, size: tuple[int, int], who: str) -> None:
    clerk = window("recorder1")
    clerk.go(filing(5, 2569))
    reply = clerk.send(f"{filing(5, 2569)}answers/", clean_changes(clerk.site.form, "domain_5"))
    wrong = [{"op": "set", "code": "village_count_water", "value": "x", "seq": 1}]
    clerk.send(f"{filing(5, 2569)}answers/", wrong)
    receipt = reply["receipt"] or "2569-000001"
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
