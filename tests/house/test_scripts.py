"""What a browser has to load before a page works: small enough for an office's slow line (issue 3, form_page_script_kb)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.house.sources import REPOSITORY

pytestmark = pytest.mark.house

MOST_KB = 100
DIST = REPOSITORY / "assets" / "dist"


def scripts_of(*entries: str) -> set[Path]:
    """The files of some entries with everything that they import."""
    manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    names = list(entries)
    for name in names:
        names += [other for other in manifest[name].get("imports", ()) if other not in names]
    return {DIST / manifest[name]["file"] for name in names}


@pytest.mark.parametrize("entries", [("src/app.ts",), ("src/app.ts", "record/main.ts")], ids=["a page", "recording"])
def test_a_page_loads_little_script(entries: tuple[str, ...]) -> None:
    packed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in scripts_of(*entries))

    assert 0 < packed / 1024 <= MOST_KB
