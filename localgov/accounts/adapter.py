"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are issued, never opened by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: accounts come from the Department or a unit's administrator."""
        return False
