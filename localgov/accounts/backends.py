"""Signing in with a handed-down one-time code or a password; the account of each later request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from config.statements import read
from localgov.accounts import services
from localgov.accounts.models import User


class _AccountOfSession:
    """What each request asks of the backend through which its account signed in."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, unless it was closed since."""
        return next(iter(read(User, "WHERE id = %s AND is_active", [user_id])), None)


class PasswordBackend(_AccountOfSession, AuthenticationBackend):  # type: ignore[misc]
    """Accepts the account's password."""


class OneTimeCodeBackend(_AccountOfSession, BaseBackend):
    """Accepts a valid one-time code in place of a password, and uses it up."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The account whose open code was typed, else None. What can't be a code costs no query."""
        if not username or not password:
            return None
        return services.code_redeem(username=username, typed=password, at=timezone.now())
