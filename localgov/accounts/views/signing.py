"""Signing in, choosing a password, signing out (MISSION R2.1, R2.2)."""

from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from localgov.access.permissions import Permission
from localgov.accounts import services
from localgov.accounts.forms import signing as forms
from localgov.accounts.models import User
from localgov.ui.pages import Page


class SignIn(LoginView):  # type: ignore[misc]
    """เข้าสู่ระบบ: allauth's flow (failure limits, session, safe `next`) in our shell."""

    public = True
    form_class = forms.SignIn
    template_name = "accounts/sign_in.html"
    extra_context: ClassVar[dict[str, Any]] = {"title": "เข้าสู่ระบบ", "screen_code": "ACC001"}

    def form_invalid(self, form: forms.SignIn) -> HttpResponse:
        """The page again, as a refusal."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return response


@method_decorator([never_cache, sensitive_post_parameters("current", "password", "repeated")], name="dispatch")
class PasswordChange(Page):
    """เปลี่ยนรหัสผ่าน; the only page (with sign-out) open to who came in with a handed-down code."""

    permission = Permission.ACCOUNT_SELF
    open_before_password_change = True
    own_key = "the current password: it is another one after the first press"
    template = "accounts/password_change.html"
    screen_code = "ACC002"
    user: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The signed-in account (the door let nobody else in)."""
        super().setup(request, *args, **kwargs)
        if isinstance(request.user, User):
            self.user = request.user

    def page_title(self) -> str:
        """The first time it is a choice, later a change."""
        return "ตั้งรหัสผ่านของท่าน" if self.user.must_change_password else "เปลี่ยนรหัสผ่าน"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(forms.PasswordChange(has_password=self.user.has_usable_password()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Choose; this session goes on, all others end."""
        form = forms.PasswordChange(request.POST, has_password=self.user.has_usable_password())
        if not form.is_valid():
            return self._page(form, status=422)
        if not ratelimit.consume(request, action="change_password", user=self.user):
            form.add_error(None, "ลองเปลี่ยนรหัสผ่านหลายครั้งเกินไป โปรดรอสักหนึ่งนาทีแล้วลองใหม่")
            return self._page(form, status=429)
        chosen = {name: form.cleaned_data.get(name, "") for name in ("password", "current")}
        try:
            user = services.password_choose(actor=self.request.actor, at=timezone.now(), **chosen)
        except services.PasswordRefused as refusal:
            form.add_error(refusal.field, refusal.problems)
            return self._page(form, status=422)
        update_session_auth_hash(request, user)
        messages.success(request, "ตั้งรหัสผ่านใหม่แล้ว ครั้งต่อไปให้เข้าสู่ระบบด้วยรหัสผ่านนี้ เครื่องอื่นที่เปิดบัญชีนี้ค้างไว้ออกจากระบบแล้ว")
        return redirect(get_next_redirect_url(request) or get_adapter().get_login_redirect_url(request))

    def _page(self, form: forms.PasswordChange, *, status: int = 200) -> HttpResponse:
        return self.render(form=form, is_first=self.user.must_change_password, status=status)


class SignOut(View):
    """ออกจากระบบ, by POST alone; public so that it also works when the session has already ended."""

    public = True
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End the session and say so on the sign-in page."""
        get_adapter().logout(request)
        messages.success(request, "ออกจากระบบแล้ว")
        return redirect(reverse("account_login"))
