"""Issuing and redeeming one-time codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from localgov.access.actor import Actor
from localgov.accounts import codes
from localgov.accounts.models import OneTimeCode, User
from localgov.audit import services as audit

#: How long a handed-down code may wait for its first use.
LIFETIME = timedelta(days=30)
_BATCH = 2000


@dataclass(frozen=True)
class IssuedCode:
    """A code in clear: exists only in the answer to the act that made it, never in the database or a log."""

    user: User
    code: str
    expires_at: datetime


def codes_issue(*, actor: Actor, at: datetime, users: Sequence[User]) -> list[IssuedCode]:
    """Make a code for each account, voiding the one before. For the room's own services, in their transaction."""
    ids = [user.pk for user in users]
    OneTimeCode.objects.open().filter(user__in=ids).update(voided_at=at)
    issued = [IssuedCode(user, codes.new_code(), at + LIFETIME) for user in users]
    OneTimeCode.objects.bulk_create(
        [
            OneTimeCode(
                user=one.user,
                keyed_hash=codes.keyed_hash(user_id=one.user.pk, code=one.code, key=settings.ONE_TIME_CODE_KEY),
                issued_at=at,
                issued_by=actor.user_id,
                expires_at=one.expires_at,
            )
            for one in issued
        ],
        batch_size=_BATCH,
    )
    return [IssuedCode(one.user, codes.grouped(one.code), one.expires_at) for one in issued]


@transaction.atomic
def code_redeem(*, username: str, typed: str, at: datetime) -> User | None:
    """The account that an open, unexpired code lets in, once; None for anything else.

    The code's row is locked: of two people who type it at the same moment one gets in.
    """
    code = codes.read_code(typed)
    if code is None:
        return None
    row = (
        OneTimeCode.objects.select_for_update(of=("self",))
        .open()
        .select_related("user")
        .filter(user__username=username.strip().lower(), user__is_active=True, expires_at__gt=at)
        .order_by("pk")
        .first()
    )
    if row is None:
        return None
    expected = codes.keyed_hash(user_id=row.user_id, code=code, key=settings.ONE_TIME_CODE_KEY)
    if not codes.same_hash(row.keyed_hash, expected):
        return None
    row.used_at = at
    row.save(update_fields=["used_at"])
    audit.record(
        actor=Actor(user_id=row.user_id, label=row.user.display_name),
        type="account.code_used",
        target_kind="user",
        target_id=row.user_id,
        target_label=row.user.username,
        at=at,
    )
    return row.user
