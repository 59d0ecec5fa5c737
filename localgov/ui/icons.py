"""Icons: small SVG files of the Lucide set (ISC licence) beside this module, put into the page itself.

To add one, write its name into `assets/icons.txt` and run `npm run icons`.
"""

from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

_FOLDER = Path(__file__).parent / "svg"


class UnknownIcon(LookupError):
    """A template asked for an icon that the set does not hold."""


@cache
def icon_svg(name: str) -> SafeString:
    """The SVG of an icon, decorative (hidden from screen readers): a word always stands beside it.

    Raises `UnknownIcon` naming the ones there are.
    """
    path = _FOLDER / f"{name}.svg"
    if not path.is_file():
        raise UnknownIcon(f"no icon {name!r}; there are: {', '.join(icon_names())}")
    return mark_safe(path.read_text(encoding="utf-8").strip())  # noqa: S308 (our own files)


def icon_names() -> list[str]:
    """Names of all icons, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.svg"))
