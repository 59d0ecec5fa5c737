"""เมนูหลัก as a page prints it; which lines there are is `web.menu`'s business."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownItem:
    """A line as the page prints it; `count` stands beside it where something waits there, `counted` says what."""

    label: str
    url: str
    active: bool
    count: int = 0
    counted: str = ""


@dataclass(frozen=True)
class ShownGroup:
    """A heading with its lines, never without any."""

    label: str
    items: tuple[ShownItem, ...]
