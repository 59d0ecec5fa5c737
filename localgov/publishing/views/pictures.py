"""The bytes of pictures: to everyone while an item that is shown holds them, to a unit's people and its offices always."""

from __future__ import annotations

import re
from typing import ClassVar

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date
from localgov.publishing.pictures import FULL, SIZES, TYPES, path_of
from localgov.publishing.selectors.items import picture_visible
from localgov.publishing.selectors.shown import picture_is_shown
from localgov.ui.pages import Page

_DIGEST = re.compile("[0-9a-f]{64}")
#: A browser asks again after so many seconds; no shared cache may keep what can be taken down.
_KEPT = 600


class ShownPicture(Page):
    """A picture of an item that is shown; anything else is 404, whether it exists or not."""

    public = True

    def get(self, request: HttpRequest, sha256: str, size: str, ending: str) -> HttpResponseBase:
        """Send it."""
        if not _DIGEST.fullmatch(sha256) or size not in SIZES or ending not in TYPES or not picture_is_shown(sha256):
            raise Http404
        return _sent(request, sha256, size, ending, f"private, max-age={_KEPT}")


class OwnPicture(Page):
    """A picture of a unit in the actor's sight, as its form and preview show it."""

    permission: ClassVar[Permission | None] = Permission.PUBLISH_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Send the full one, which is there from the beginning."""
        picture = picture_visible(actor=self.request.actor, on=bangkok_date(timezone.now()), pk=pk)
        if picture is None:
            raise Http404
        return _sent(request, picture.sha256, FULL, "jpg", f"private, max-age={_KEPT}")


def _sent(request: HttpRequest, sha256: str, size: str, ending: str, kept: str) -> HttpResponseBase:
    """The file; the full JPEG stands in for a size that is not made yet, and is not kept long."""
    etag = f'"{sha256}-{size}.{ending}"'
    if response := get_conditional_response(request, etag=etag):
        response["Cache-Control"] = kept
        return response
    path = path_of(sha256, size, ending)
    if not default_storage.exists(path):
        path, etag, ending, kept = path_of(sha256, FULL, "jpg"), "", "jpg", "no-store"
    try:
        with default_storage.open(path, "rb") as file:
            answer = HttpResponse(file.read(), content_type=TYPES[ending])
    except FileNotFoundError:
        raise Http404 from None
    answer["Cache-Control"] = kept
    if etag:
        answer["ETag"] = etag
    return answer
