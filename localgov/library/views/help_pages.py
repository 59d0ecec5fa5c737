"""Help: the product's guides on the screen, those of one's own seat first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.access.roles import Seat
from localgov.library.guides import COMMON, GUIDES, PICTURES, guide, pictures
from localgov.library.policies import seats_of
from localgov.ui.pages import Crumb, Page

GROUP = "ช่วยเหลือ"


def guides_for(actor: Actor) -> frozenset[str]:
    """Codes of the guides for the actor's seats; all of them for the Department."""
    seats = seats_of(actor)
    return frozenset(code for code, audience in GUIDES.items() if Seat.DEPARTMENT in seats or seats & set(audience))


class GuideList(Page):
    """HELP01: the guides for the actor, below them what all roles have in common."""

    permission = Permission.HOME_VIEW
    template = "library/guide_list.html"
    title = GROUP
    screen_code = "HELP01"

    def get(self, request: Any) -> HttpResponse:
        """Links to the guides, and the common one in full."""
        open_to = guides_for(self.request.actor)
        codes = [code for code in GUIDES if code in open_to and code != COMMON]
        links = [(guide(code).title, reverse("help:guide", args=[code])) for code in codes]
        return self.render(links=links, guide=guide(COMMON, open_to))


class GuidePage(Page):
    """HELP02: one guide."""

    permission = Permission.HOME_VIEW
    template = "library/guide.html"
    screen_code = "HELP02"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load it; 404 for what there isn't or is not for the actor."""
        super().setup(request, *args, **kwargs)
        open_to = guides_for(self.request.actor)
        if kwargs["code"] not in open_to:
            raise Http404
        self.guide = guide(kwargs["code"], open_to)

    def page_title(self) -> str:
        """The guide's."""
        return self.guide.title

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under help."""
        return (Crumb(GROUP, reverse("help:guide-list")),)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The text."""
        return self.render(guide=self.guide)


class Picture(Page):
    """A picture of a guide."""

    permission: ClassVar[Permission | None] = Permission.HOME_VIEW

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Send it, or 404."""
        if name not in pictures():
            raise Http404
        response = FileResponse((PICTURES / name).open("rb"), content_type="image/webp")
        response["Cache-Control"] = "private, max-age=86400"
        return response
