"""The bytes of documents: to everyone while the news that is shown holds them, to a unit's people and its offices always."""

from __future__ import annotations

from typing import ClassVar

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header

from localgov.access.permissions import Permission
from localgov.filings.uploads import clean_name
from localgov.lib.thai_calendar import bangkok_date
from localgov.publishing.documents import TYPES, path_of
from localgov.publishing.selectors.items import document_visible
from localgov.publishing.selectors.shown import document_shown
from localgov.ui.pages import Page


class ShownDocument(Page):
    """A document of a piece of news that is shown; anything else is 404, whether it exists or not."""

    public = True

    def get(self, request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:
        """Send it under the name that readers saw."""
        found = document_shown(pk, sha256) if pk < 2**63 else None
        if found is None:
            raise Http404
        return _sent(found.sha256, found.name, found.suffix)


class OwnDocument(Page):
    """A document of a unit in the actor's sight, as its form and the province's check show it."""

    permission: ClassVar[Permission | None] = Permission.PUBLISH_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Send it."""
        found = document_visible(actor=self.request.actor, on=bangkok_date(timezone.now()), pk=pk)
        if found is None:
            raise Http404
        return _sent(found.sha256, found.name.removesuffix(found.suffix), found.suffix)


def _sent(sha256: str, name: str, suffix: str) -> HttpResponseBase:
    """The file, never opened inside a page of ours, never kept: the unit may take it down at any moment."""
    try:
        with default_storage.open(path_of(sha256, suffix), "rb") as file:
            answer = HttpResponse(file.read(), content_type=TYPES[suffix])
    except FileNotFoundError:
        raise Http404 from None
    answer["Content-Disposition"] = (
        content_disposition_header(True, clean_name(f"{name}{suffix}", suffix)) or "attachment"
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
