"""The pictures of the guides can be taken from the screens as they are now."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from localgov.accounts.services import DEMO_PASSWORD
from tests.browser.conftest import Site
from tests.browser.guide_pictures import PICTURES, walk

pytestmark = pytest.mark.browser


def test_every_picture_of_the_guides_is_taken(site: Site, chromium: Browser, tmp_path: Path) -> None:
    faults = walk(chromium, site.url, DEMO_PASSWORD, tmp_path)

    assert not faults, "\n".join(faults)
    taken = {path.stem: path.stat().st_size for path in tmp_path.iterdir()}
    assert taken.keys() == PICTURES.keys()
    assert max(taken.values()) <= 60 * 1024
