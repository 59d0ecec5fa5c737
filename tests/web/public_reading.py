"""A public page as its readers' tools take it: headings, landmarks, and what stands in which language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

THAI = re.compile(r"[\u0e00-\u0e7f]")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SPOKEN = {"aria-label", "title", "alt", "placeholder"}
_UNSEEN = {
    "script",
    "style",
    "title",
}  # what was written by a unit may stand in a title, which has no language of its own


class Reading(HTMLParser):
    """Reads a page once: `headings` levels, `landmarks`, `ids` twice used, `thai` texts outside `lang="th"`, `images` bare."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.landmarks: list[str] = []
        self.thai: list[str] = []
        self.bare_images = 0
        self._open: list[tuple[str, str]] = [("", "en")]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        language = values.get("lang") or self._open[-1][1]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("header", "main", "footer", "nav"):
            self.landmarks.append(tag)
        if tag == "img" and "alt" not in values:
            self.bare_images += 1
        spoken = [value or "" for name, value in attrs if name in _SPOKEN]
        self._note(language, *spoken)
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] not in _UNSEEN:
            self._note(self._open[-1][1], data)

    def _note(self, language: str, *texts: str) -> None:
        if language != "th":
            self.thai += [text.strip() for text in texts if THAI.search(text)]


def faults(page: str, language: str) -> list[str]:
    """What is wrong with a page of the public, in words."""
    reading = Reading(page)
    found = []
    if reading.headings.count(1) != 1:
        found.append(f"{reading.headings.count(1)} × h1")
    if reading.headings and reading.headings[0] != 1:
        found.append("the first heading is no h1")
    found += [f"h{a} → h{b}" for a, b in zip(reading.headings, reading.headings[1:], strict=False) if b > a + 1]
    for landmark in ("header", "main", "footer"):
        if reading.landmarks.count(landmark) != 1:
            found.append(f"{reading.landmarks.count(landmark)} × {landmark}")
    if reading.bare_images:
        found.append(f"{reading.bare_images} pictures without alt")
    if f'<html lang="{language}"' not in page:
        found.append("no lang")
    if "<title>" not in page or "<title> " in page:
        found.append("no title")
    if language == "en":
        found += [f"Thai: {text[:60]}" for text in reading.thai]
    return found
