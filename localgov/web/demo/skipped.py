"""Units that a demonstration leaves untouched: those whose accounts people sign in to, so that they can begin themselves."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from localgov.accounts.models import User


def shown_unit_codes() -> frozenset[str]:
    """Codes of the units that have a demo account with a password."""
    users = User.objects.filter(is_demo=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return frozenset(users.values_list("organisation__code", flat=True))
