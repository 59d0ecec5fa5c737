"""Choosing a password, and the record of signing in."""

from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.accounts.models import OneTimeCode, User
from localgov.accounts.passwords import password_problems
from localgov.audit import services as audit


class PasswordRefused(Exception):
    """The password can't be chosen. `field` is `current` or `password`; `problems` are Thai sentences."""

    def __init__(self, field: str, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.field = field
        self.problems = problems


@transaction.atomic
def password_choose(*, actor: Actor, at: datetime, password: str, current: str = "") -> User:
    """Give the actor's own account a password; every other session of it ends. Raises `PasswordRefused`.

    An account that came in with a handed-down code has no current password to show.
    """
    user: User = User.objects.select_for_update(of=("self",)).get(pk=actor.user_id)
    if user.has_usable_password():
        if not user.check_password(current):
            raise PasswordRefused("current", ["รหัสผ่านเดิมไม่ถูกต้อง"])
        if current == password:
            raise PasswordRefused("password", ["รหัสผ่านใหม่ต้องไม่ซ้ำกับรหัสผ่านเดิม"])
    if problems := password_problems(password, user=user):
        raise PasswordRefused("password", problems)
    was_first = user.must_change_password
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    OneTimeCode.objects.open().filter(user=user).update(voided_at=at)
    audit.record(
        actor=actor,
        type="account.password_chosen",
        target_kind="user",
        target_id=user.pk,
        target_label=user.username,
        at=at,
        data={"first": was_first},
    )
    return user


def sign_in_record(*, user: User, at: datetime) -> None:
    """Append the act of signing in to the record."""
    audit.record(
        actor=Actor(user_id=user.pk, label=user.display_name),
        type="account.signed_in",
        target_kind="user",
        target_id=user.pk,
        target_label=user.username,
        at=at,
    )
