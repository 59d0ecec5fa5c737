"""The house pattern of a page (STYLE 30-33): a door, a title, a screen code, a breadcrumb, one template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views import View

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.ui.requests import PageRequest
from localgov.ui.words import Words


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumb; without `url` it is a menu group's name."""

    label: Words
    url: str = ""


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    partial: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page, or for an htmx request only its `partial`: a name inside `template`, or a component's own path."""
    name = template
    htmx = getattr(request, "htmx", None)
    if partial and htmx and not htmx.boosted and not htmx.history_restore_request:
        name = partial if partial.endswith(".html") else f"{template}#{partial}"
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


class Page(View):
    """A page: subclasses say who may enter, its title and template, and answer `get` (and `post`).

    Set `permission`, or `public = True`; `DoorMiddleware` refuses a page that says neither. A form that is posted twice acts
    once (`PressMiddleware`), unless `own_key` names what else makes sure of it. A `Denied` that a service
    raises becomes the 403 page with its reason, unless the view caught it to show the reason in place.
    """

    permission: ClassVar[Permission | None] = None
    public: ClassVar[bool] = False
    own_key: ClassVar[str] = ""
    template: ClassVar[str] = ""
    partial: ClassVar[str | None] = None
    title: ClassVar[Words] = ""
    screen_code: ClassVar[str] = ""

    request: PageRequest

    def page_title(self) -> str:
        """The heading; override when it names the thing shown."""
        return str(self.title)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Steps between หน้าแรก and this page; the page itself is added by the shell."""
        return ()

    def render(self, *, status: int = 200, partial: str | None = None, **context: Any) -> HttpResponse:
        """The page with its frame; keyword arguments are the template's context."""
        return render_page(
            self.request,
            self.template,
            {
                "title": self.page_title(),
                "screen_code": self.screen_code,
                "breadcrumb": self.breadcrumb(),
                **context,
            },
            partial=partial or self.partial,
            status=status,
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request; an act that was refused shows why."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Denied as refusal:
            raise PermissionDenied(refusal.reason) from refusal
