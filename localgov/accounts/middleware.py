"""The actor of each request, and the one door."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.accounts import selectors


class ActorMiddleware:
    """Puts `request.actor` (lazily: a public page that does not ask costs no query)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def load() -> Actor:
            return selectors.actor_for(user=request.user, on=timezone.localdate())

        request.actor = SimpleLazyObject(load)  # type: ignore[attr-defined]
        return self.get_response(request)


class DoorMiddleware:
    """Refuses every view that does not declare `public = True` or a `permission` that the actor holds somewhere.

    A stranger is sent to sign in. An account with a handed-down code may go nowhere but to the page that changes it.
    Rows are narrowed by the views' selectors (`visible_to`): not yours is 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request in (None), send it to sign in, or refuse it."""
        if "\x00" in request.path:
            raise Http404  # no text in the database holds this character, so nothing has such a name
        view = getattr(view_func, "view_class", view_func)
        if getattr(view, "public", False):
            return None
        permission = getattr(view, "permission", None)
        if permission is None:
            raise PermissionDenied("หน้านี้ยังไม่ได้กำหนดสิทธิการเข้าใช้")
        if not request.user.is_authenticated:
            return _sign_in(request)
        if request.user.must_change_password and not getattr(view, "open_before_password_change", False):
            return redirect("account_change_password")
        # Every account may look after itself, also one that holds no role (yet, or any more).
        if permission is not Permission.ACCOUNT_SELF:
            _require(request.actor, permission)  # type: ignore[attr-defined]
        return None


def _require(actor: Actor, permission: Permission) -> None:
    """Raise `PermissionDenied` unless the actor holds the permission somewhere."""
    if not actor.grants:
        raise PermissionDenied("บัญชีนี้ยังไม่ได้รับสิทธิใด โปรดติดต่อผู้ดูแลระบบ INFO ของหน่วยงานท่าน")
    if not actor.scopes(permission):
        raise PermissionDenied("บัญชีนี้ไม่มีสิทธิใช้หน้านี้ หากควรมีสิทธิ โปรดติดต่อผู้ดูแลระบบ INFO ของหน่วยงานท่าน")


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the sign-in page and back afterwards; an htmx request moves the whole page."""
    target = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", False):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = target
        return response
    return redirect(target)
