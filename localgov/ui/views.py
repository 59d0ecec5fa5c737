"""The room's own pages: choosing the text size, and the gallery of components."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from localgov.ui.text_size import COOKIE, COOKIE_SECONDS, SIZES


@method_decorator(csrf_exempt, name="dispatch")
class TextSize(View):
    """Keeps the chosen size in a cookie and goes back to the page.

    Without CSRF token on purpose: it writes nothing but this harmless cookie, and public pages stay free of a token.
    """

    public = True

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set the cookie; an unknown size changes nothing, a foreign address leads home."""
        target = request.POST.get("next", "/")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
            target = "/"
        response = redirect(target)
        size = request.POST.get("size", "")
        if size in SIZES:
            response.set_cookie(
                COOKIE,
                size,
                max_age=COOKIE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=False,  # the public pages are the same for everyone: their script reads the choice
                samesite="Lax",
            )
        return response
