"""Pictures of these tests lie in a folder of each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Where the pictures of the test lie."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
