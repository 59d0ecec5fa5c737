"""Text Size ก ก ก (MISSION R2.3): three sizes, kept in a cookie, working without script."""

from django.http import HttpRequest

COOKIE = "text_size"
SIZES = ("1", "2", "3")
COOKIE_SECONDS = 365 * 24 * 60 * 60


def text_size_of(request: HttpRequest) -> str:
    """The chosen size; `1` when none or an unknown one is kept."""
    size = request.COOKIES.get(COOKIE, "")
    return size if size in SIZES else SIZES[0]
