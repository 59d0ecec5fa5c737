"""Signing in with a handed-down one-time code."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from localgov.accounts import services
from localgov.accounts.models import User


class OneTimeCodeBackend(BaseBackend):
    """Accepts a valid one-time code in place of a password, and uses it up."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The account whose open code was typed, else None. What can't be a code costs no query."""
        if not username or not password:
            return None
        return services.code_redeem(username=username, typed=password, at=timezone.now())

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, unless it was closed since."""
        user: User | None = User.objects.filter(pk=user_id, is_active=True).order_by("pk").first()
        return user
