"""How django-allauth behaves here: Thai sentences, no sign-up, and a lock that says how long it lasts."""

import math
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from localgov.accounts import services
from localgov.accounts.models import User

_LOCK = {"app": "allauth.account", "action": "login_failed"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are issued, never opened by a visitor."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ถ้าใช้รหัสใช้ครั้งเดียว "
        "รหัสนั้นอาจถูกใช้ไปแล้วหรือหมดอายุ โปรดขอรหัสใหม่จากผู้ที่ออกบัญชีให้",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: accounts come from the Department or a unit's administrator."""
        return False

    def get_login_stages(self) -> list[str]:
        """None between the password and the home page (no e-mail or telephone is ever verified at sign-in)."""
        return []

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; raise `ValidationError` with the waiting time while the account or address is locked."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            minutes = max(1, math.ceil(self._seconds_locked(request, **credentials) / 60))
            raise ValidationError(
                f"เข้าสู่ระบบไม่สำเร็จติดกันหลายครั้ง ระบบจึงพักการเข้าสู่ระบบไว้ก่อน โปรดลองใหม่ในอีก {minutes} นาที "
                "ถ้าลืมรหัสผ่าน โปรดขอรหัสใช้ครั้งเดียวจากผู้ที่ออกบัญชีให้",
                code="too_many_login_attempts",
            ) from None

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **hints: Any) -> HttpResponse:
        """Write the act into the record, then go where the person wanted to."""
        assert isinstance(user, User)  # noqa: S101 (AUTH_USER_MODEL)
        services.sign_in_record(user=user, at=timezone.now())
        response: HttpResponse = super().post_login(request, user, **hints)
        return response

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Nothing: the header already says whose account is in use, and our own views say what they did."""

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Back to the sign-in page with the reason."""
        messages.error(request, "บัญชีนี้ถูกปิดใช้ โปรดติดต่อผู้ที่ออกบัญชีให้ท่าน")
        return redirect("account_login")

    def _seconds_locked(self, request: HttpRequest, **credentials: Any) -> float:
        """How long until the oldest counted failure of every full limit is forgotten."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        now, longest = time.time(), 0.0
        for rate in ratelimit.get_rates(**_LOCK):
            history = cache.get(ratelimit.get_cache_key(request, rate=rate, key=key, **_LOCK), [])
            if len(history) >= rate.amount:
                longest = max(longest, history[-1] + rate.duration - now)
        return longest
