"""Icons: small SVG of the Lucide set (ISC licence), built into `assets/dist/icons.json`, put into the page itself.

To add one, write its name into `assets/icons.txt` and build the assets again (`make setup`).
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.safestring import SafeString, mark_safe

ICONS_FILE: Final = Path(__file__).resolve().parents[2] / "assets" / "dist" / "icons.json"


class UnknownIcon(LookupError):
    """A template asked for an icon that the set does not hold."""


@cache
def icon_svg(name: str) -> SafeString:
    """The SVG of an icon, decorative (hidden from screen readers): a word always stands beside it.

    Raises `UnknownIcon` naming the ones there are.
    """
    drawn = _icons().get(name)
    if drawn is None:
        raise UnknownIcon(
            f"no icon {name!r}; there are: {', '.join(icon_names())} (after adding one, build the assets)"
        )
    return mark_safe(drawn)  # noqa: S308 (our own build of a pinned package)


def icon_names() -> list[str]:
    """Names of all icons, sorted."""
    return sorted(_icons())


@cache
def _icons() -> dict[str, str]:
    found: dict[str, str] = json.loads(ICONS_FILE.read_text(encoding="utf-8"))
    return found
