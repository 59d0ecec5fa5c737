"""Units that a season leaves alone: people work there, or may begin to."""

from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import F, Value
from django.db.models.functions import Concat

from localgov.access.roles import RoleCode
from localgov.accounts.models import RoleAssignment, User


def unit_codes_in_use(*, on: date) -> frozenset[str]:
    """Codes of units that have a demo account with a password, or an executive who is not of the demonstration's crews."""
    users = User.objects.filter(is_demo=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    seated = RoleAssignment.objects.filter(role=RoleCode.EXECUTIVE, held__endswith__isnull=True)
    seated = seated.exclude(user__username=Concat(Value("x"), F("organisation__code")))
    return frozenset(users.values_list("organisation__code", flat=True)) | frozenset(
        seated.values_list("organisation__code", flat=True)
    )
