"""The first account of an installation: an operator, made at the machine itself."""

from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.accounts import selectors
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.periods import period
from localgov.accounts.services.codes import IssuedCode, codes_issue
from localgov.accounts.usernames import read_username
from localgov.audit import services as audit
from localgov.lib import thai_calendar

_DEPARTMENT = "DLA"


@transaction.atomic
def operator_make(*, actor: Actor, at: datetime, username: str, display_name: str) -> IssuedCode:
    """Make an operator of the Department, or give the one of this name a new code (the way back in after a loss).

    Raises `Refusal` for a username that can't be used, `Denied` when it belongs to somebody who is no operator, or when
    the register holds no Department yet.
    """
    username = read_username(username)
    today = thai_calendar.bangkok_date(at)
    department = selectors.place_of(code=_DEPARTMENT, on=today)
    user = User.objects.select_for_update(of=("self",)).filter(username=username).order_by("pk").first()
    if user is None:
        user = User.objects.create(
            username=username, display_name=display_name, organisation_id=department.organisation_id
        )
        RoleAssignment.objects.create(
            user=user,
            organisation_id=department.organisation_id,
            role=RoleCode.OPERATOR,
            held=period(today),
            granted_at=at,
        )
    elif not RoleAssignment.objects.in_force(today).filter(user=user, role=RoleCode.OPERATOR).exists():
        raise Denied(f"มีบัญชีชื่อ {username} อยู่แล้ว และไม่ใช่บัญชีผู้ปฏิบัติการระบบ โปรดใช้ชื่ออื่น")
    user.set_unusable_password()
    user.must_change_password = True
    user.is_active = True
    user.save(update_fields=["password", "must_change_password", "is_active"])
    issued = codes_issue(actor=actor, at=at, users=[user])[0]
    audit.record(
        actor=actor,
        type="account.operator_made",
        target_kind="user",
        target_id=user.pk,
        target_label=user.username,
        path=department.path,
        at=at,
    )
    return issued
