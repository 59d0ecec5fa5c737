"""เมนูหลัก as a page prints it; which lines there are is `web.menu`'s business."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownItem:
    """A line as the page prints it."""

    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class ShownGroup:
    """A heading with its lines, never without any."""

    label: str
    items: tuple[ShownItem, ...]
