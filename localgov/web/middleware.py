"""A number for each request, so that a line of the log, an audit row and a report of trouble can be laid side by side."""

import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from localgov.audit.services import current_request_id


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
