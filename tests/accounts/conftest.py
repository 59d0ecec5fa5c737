"""What the tests of this room share: passwords and codes in clear. The limits of failures live in the rolled-back database."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.accounts.models import User
from localgov.accounts.services.codes import codes_issue

PASSWORD = "กบินทร์-สามตัว-water"


@pytest.fixture(autouse=True)
def _fast_hasher(settings: LazySettings) -> None:
    """The slow hasher costs 0.2 s a sign-in; which hasher it is does not matter here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def with_password() -> Callable[[User], User]:
    """Gives an account the password of these tests."""

    def give(user: User) -> User:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        return user

    return give


@pytest.fixture
def with_code() -> Callable[..., str]:
    """Hands an account a one-time code and returns it in clear."""

    def give(user: User, at: datetime | None = None) -> str:
        user.set_unusable_password()
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        return codes_issue(actor=system_actor("ทดสอบ"), at=at or timezone.now(), users=[user])[0].code

    return give


def sign_in(browser: Client, username: str, password: str, *, target: str = "/accounts/login/"):  # type: ignore[no-untyped-def]
    """Post the sign-in form."""
    return browser.post(target, {"login": username, "password": password})
