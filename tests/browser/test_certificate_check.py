"""The public check of certificates in a real browser: no accessibility rule broken, and a file's hash computed on the spot."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PATIENCE_MS, PHONE, Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_anyone_may_check_and_no_rule_is_broken(
    site: Site, chromium: Browser, size: tuple[int, int], tmp_path: Path
) -> None:
    text = tmp_path / "certificate.json"
    text.write_bytes('{"unit":"อบต.บ้านสาธิต"}'.encode())
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{site.url}/certificates/")

    page.set_input_files("#hash-file", text)
    page.wait_for_function("document.querySelector('#id_code').value.length === 64")

    assert page.input_value("#id_code") == hashlib.sha256(text.read_bytes()).hexdigest()
    page.click("main button[type=submit]")
    assert "ไม่พบใบรับรองของ" in page.inner_text("main")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    context.close()
