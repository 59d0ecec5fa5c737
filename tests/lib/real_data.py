"""Where the real public data lie beside the checkout, for tests that try a reader on them."""

import csv
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file, or a skip with a sentence when it is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the real data file {name} does not lie beside the checkout")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
