"""A number for each request, public pages before everything of accounts, and one effect for each press of a button."""

import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.contrib import messages
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from localgov.audit.services import current_request_id
from localgov.lib.thai_calendar import format_time
from localgov.ui.public import PublicAnswer
from localgov.web import services
from localgov.web.public_site import ENGLISH_PREFIX, PublicSite

#: Presses within it are one gesture of the hand; a later one is told that the thing is done.
_ONE_PRESS = timedelta(seconds=5)


class RequestIdMiddleware:
    """Puts `request.request_id` (never taken from the client, who could forge it) and answers it in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        token = current_request_id.set(request_id)
        try:
            with structlog.contextvars.bound_contextvars(request_id=request_id):
                response = self.get_response(request)
        finally:
            current_request_id.reset(token)
        response["X-Request-ID"] = request_id
        return response


class PublicMiddleware:
    """Answers what everyone may read before sessions, tokens and accounts are looked at: it is the same for everyone.

    The language follows from the address alone (`/en/…` is English, all else Thai), so that an address has one answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        english = f"{request.path_info}/".startswith(ENGLISH_PREFIX)
        with translation.override("en" if english else settings.LANGUAGE_CODE):
            return self._public(request) or self.get_response(request)

    def _public(self, request: HttpRequest) -> HttpResponseBase | None:
        """The answer of a public view; None for all other addresses and for what changes something."""
        if request.method not in ("GET", "HEAD") or "\x00" in request.path_info:
            return None
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return None
        view = getattr(match.func, "view_class", None)
        if not (isinstance(view, type) and issubclass(view, PublicAnswer) and view.cached):
            return None
        request.resolver_match = match
        request.public_site = PublicSite(request)  # type: ignore[attr-defined]
        try:
            answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        except Http404 as missing:  # answered here, where the language of the address still holds
            return response_for_exception(request, missing)
        return answer


class PressMiddleware:
    """Answers a form that is sent again as it answered it first, without acting again (`services.press_once`).

    Every act behind the door, unless its view says in `own_key` what keeps a second press of it without effect. The hidden
    token against forged requests tells one rendering of a form from the next: Django masks it anew each time it prints it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The answer of the act; None for whatever is no act, and for a request without a form's token."""
        view = getattr(view_func, "view_class", view_func)
        if request.method != "POST" or getattr(view, "public", False) or getattr(view, "own_key", ""):
            return None
        nonce = request.POST.get("csrfmiddlewaretoken", "")
        if not nonce or request.user.pk is None:
            return None
        form = services.Form(request.user.pk, request.get_full_path(), nonce, _content(request))
        now = timezone.now()
        response, first = services.press_once(form=form, at=now, act=lambda: view_func(request, *args, **kwargs))
        if now - first > _ONE_PRESS and response.has_header("Location"):
            messages.info(
                request, f"รายการนี้ทำไปแล้วเมื่อ {format_time(first)} การกดซ้ำไม่มีผลเพิ่ม หากต้องการทำอีกครั้ง โปรดเปิดหน้านั้นใหม่"
            )
        return response


def _content(request: HttpRequest) -> str:
    """The digest of everything that the form said, its files too."""
    digest = hashlib.sha256(json.dumps(sorted((name, values) for name, values in request.POST.lists())).encode())
    for name, file in ((name, file) for name, files in sorted(request.FILES.lists()) for file in files):
        digest.update(json.dumps([name, file.name, file.size]).encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.hexdigest()
