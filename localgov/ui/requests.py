"""The request as views see it, after the middleware."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from localgov.access.actor import Actor

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """An `HttpRequest` with what the middleware put on it. For annotations; never constructed."""

    actor: Actor
    htmx: "HtmxDetails"
    request_id: str
