"""Files that go with a circular."""

from __future__ import annotations

from localgov.filings.papers import ACCEPTED, look_at_paper
from localgov.filings.uploads import LARGEST, Looked, NotAcceptable, clean_name

__all__ = ["ACCEPTED", "LARGEST", "MOST_FILES", "Looked", "NotAcceptable", "clean_name", "look_at_paper"]

MOST_FILES = 20
