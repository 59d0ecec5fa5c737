"""Answers open to everyone (ADR 0026): the same bytes for all, kept by what they show, right the second after a change.

A subclass names the state of what it shows in `version()`; from it follow the ETag and the kept body. A kept answer costs
the address, the version's statement, and the bytes. `web.middleware.PublicMiddleware` gives it before sessions and accounts.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Collection, Mapping
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views import View

from localgov.access.actor import STRANGER
from localgov.ui.build import build_stamp
from localgov.ui.lists import ListPage
from localgov.ui.pages import Page
from localgov.ui.public_cache import CACHE, Kept
from localgov.ui.requests import PageRequest
from localgov.ui.words import Words

#: Shared caches and browsers may keep the answer, and ask whether it still holds each time they use it.
CACHE_CONTROL = "public, no-cache"
_VARY = "Accept-Encoding"
#: Of a page of 160 kB, 6 takes twice as long for 4 % less.
_PACKED = 5
_LONGEST_QUERY_KEPT = 300
_MOST_VALUES = 20
Answer = TypeVar("Answer", bound=HttpResponseBase)
#: Headers that the keeping itself decides.
_OWN_HEADERS = frozenset({"content-encoding", "content-length", "vary", "etag", "cache-control"})


class PublicAnswer(View):
    """Something that everyone may read: CSV, JSON, a sitemap; pages are `PublicPage`.

    `version()` names the state of the data shown, cheaply (one prepared statement): it must change with whatever changes
    the answer. The day, the language, the program's build and the frame's own data need not be in it. `parameters` are the
    keys of the query that it knows: it never sees another. `cached = False` for a page with a form, which then passes
    through sessions and its token like an officer's page. It never looks at who asks: `request.actor` is the stranger.
    """

    public: ClassVar[bool] = True
    cached: ClassVar[bool] = True
    parameters: ClassVar[tuple[str, ...]] = ()

    request: PageRequest

    def version(self) -> str:
        """The state of the data shown."""
        raise NotImplementedError

    def known_parameters(self) -> Collection[str]:
        """Keys of the query that mean something here."""
        return self.parameters

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The kept answer, 304 to who has it, or a new one."""
        request.actor = STRANGER  # type: ignore[attr-defined]
        if not self.cached or request.method not in ("GET", "HEAD"):
            return super().dispatch(request, *args, **kwargs)
        query = _only(request.GET, self.known_parameters())
        request.GET = query  # type: ignore[assignment]
        request.META["QUERY_STRING"] = query.urlencode()
        key = (get_language() or "", request.get_host(), request.get_full_path())
        etag = self._etag(key)
        if not_modified := get_conditional_response(request, etag=etag):
            return _with_headers(not_modified, etag)
        kept = CACHE.get(key)
        if kept is None or kept.etag != etag:
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code != 200 or not isinstance(response, HttpResponse):
                return response
            kept = _kept(response, etag)
            if len(request.META["QUERY_STRING"]) <= _LONGEST_QUERY_KEPT:
                CACHE.put(key, kept)
        return _answer(request, kept)

    def _etag(self, key: tuple[str, ...]) -> str:
        """Weak, since the same answer goes out packed and unpacked."""
        site = getattr(self.request, "public_site", None)
        parts = (*key, build_stamp(), timezone.localdate().isoformat(), site.version if site else "", self.version())
        return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


class PublicPage(PublicAnswer, Page):
    """A page of the public site: its template extends `_base_public.html`.

    `render(description=…, structured_data=…)`: one sentence for search engines, and JSON-LD (schema.org) as plain data;
    the description falls back to `lead`, the title of the browser's window to `title`.
    """

    public = True
    description: ClassVar[Words] = ""

    def render(self, *, status: int = 200, partial: str | None = None, **context: Any) -> HttpResponse:
        """The page with the public frame."""
        context.setdefault("description", self.description)
        return super().render(status=status, partial=partial, **context)


class PublicListPage(PublicPage, ListPage):
    """A list of the public site; its search, order, page and Excel file are what its address knows."""

    template = "_list_public.html"

    def known_parameters(self) -> Collection[str]:
        """The fields of the search form, and what every list understands."""
        fields = self.search_form.base_fields if self.search_form else ()
        return (*fields, "sort", "page", "per_page", "export", *self.parameters)

    def render(self, *, status: int = 200, partial: str | None = None, **context: Any) -> HttpResponse:
        """The whole page always: the public site has no htmx."""
        context.setdefault("description", self.description or self.lead)
        return super().render(status=status, partial=None, **context)


def not_there(sentence: str) -> Http404:
    """A 404 whose page says the sentence: `raise not_there(_("…"))`."""
    return Http404(PublicReason(sentence))


class PublicReason(str):
    """Words of a 404 that were written for the reader."""

    __slots__ = ()


def _only(query: QueryDict, known: Collection[str]) -> QueryDict:
    """The known part of a query, in one order, so that one state of a page has one address. Blank values stay out."""
    kept: Mapping[str, list[str]] = {
        name: [value for value in query.getlist(name) if value][:_MOST_VALUES] for name in sorted(known)
    }
    return QueryDict(urlencode(kept, doseq=True, errors="replace"))


def _kept(response: HttpResponse, etag: str) -> Kept:
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in _OWN_HEADERS)
    return Kept(etag=etag, headers=headers, packed=gzip.compress(response.content, compresslevel=_PACKED, mtime=0))


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Packed for who takes that; public answers hold no secret that packing could tell (BREACH)."""
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    body = kept.packed if packs else gzip.decompress(kept.packed)
    response = HttpResponse(body, headers=dict(kept.headers))
    if packs:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    return _with_headers(response, kept.etag)


def _with_headers(response: Answer, etag: str) -> Answer:
    response["ETag"], response["Cache-Control"], response["Vary"] = etag, CACHE_CONTROL, _VARY
    return response
