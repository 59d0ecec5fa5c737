"""Handing accounts down to all offices and units in one act (MISSION R2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.access.roles import HANDED_DOWN_ROLES, Seat
from localgov.accounts import policies, selectors
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.periods import period
from localgov.accounts.services.codes import codes_issue
from localgov.audit import services as audit
from localgov.lib import thai_calendar
from localgov.organisations.models import OrganisationVersion

_BATCH = 2000
#: One act at a time, so that two offices pressing together make each account once.
_LOCK = 2_702_025


@dataclass(frozen=True)
class HandedDown:
    """One account of an act, with its code in clear: it leaves in the workbook and is kept nowhere."""

    organisation_code: str
    name: str
    seat: Seat
    province_code: str
    username: str
    code: str
    expires_at: datetime


@transaction.atomic
def accounts_issue(*, actor: Actor, at: datetime, province_code: str = "") -> list[HandedDown]:
    """Make the account of every organisation below the actor that has none: all, or those of one province.

    Returns them with their codes, once. Raises `Denied` when the actor may not or when nothing is missing.
    """
    policies.can_issue(actor).require()
    _one_at_a_time()
    today = thai_calendar.bangkok_date(at)
    below = selectors.organisations_below(actor=actor, on=today, province_code=province_code)
    places = list(selectors.without_account(below))
    if not places:
        raise Denied("ทุกหน่วยงานในขอบเขตนี้มีบัญชีแล้ว")
    users = User.objects.bulk_create([_account(place) for place in places], batch_size=_BATCH)
    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(
                user=user,
                organisation_id=place.organisation_id,
                role=HANDED_DOWN_ROLES[Seat(place.organisation.kind)],
                held=period(today),
                granted_by=actor.user_id,
                granted_at=at,
            )
            for user, place in zip(users, places, strict=True)
        ],
        batch_size=_BATCH,
    )
    return _handed_down(actor, at, "account.issued", users, places, province_code)


@transaction.atomic
def accounts_reissue(*, actor: Actor, at: datetime, province_code: str) -> list[HandedDown]:
    """Give new codes to the accounts of one province into which nobody has come yet; the old codes are void.

    Raises `Denied` when the actor may not or when there is none.
    """
    policies.can_issue(actor).require()
    _one_at_a_time()
    today = thai_calendar.bangkok_date(at)
    below = selectors.organisations_below(actor=actor, on=today, province_code=province_code)
    waiting = {
        user.organisation_id: user
        for user in User.objects.select_for_update(of=("self",)).filter(
            organisation__in=below.order_by().values("organisation_id"),
            is_handed_down=True,
            is_active=True,
            must_change_password=True,
        )
    }
    places = [place for place in below if place.organisation_id in waiting]
    if not places:
        raise Denied("ไม่มีบัญชีที่รอเข้าใช้ครั้งแรกในจังหวัดนี้")
    users = [waiting[place.organisation_id] for place in places]
    for user in users:
        user.password = make_password(
            None
        )  # a code may have been used without a password being chosen: end that session
    User.objects.bulk_update(users, ["password"], batch_size=_BATCH)
    return _handed_down(actor, at, "account.reissued", users, places, province_code)


def _account(place: OrganisationVersion) -> User:
    return User(
        username=place.organisation.code.lower(),
        display_name=place.short_name or place.full_name,
        organisation_id=place.organisation_id,
        password=make_password(None),
        must_change_password=True,
        is_handed_down=True,
        is_demo=place.is_demo,
    )


def _handed_down(
    actor: Actor,
    at: datetime,
    type: str,
    users: Sequence[User],
    places: Sequence[OrganisationVersion],
    province_code: str,
) -> list[HandedDown]:
    """The codes of the act, and its one line in the record (who got an account says `OneTimeCode`, by act and moment)."""
    issued = codes_issue(actor=actor, at=at, users=users)
    audit.record(
        actor=actor,
        type=type,
        target_kind="accounts",
        target_id=province_code or "all",
        role=_role(actor),
        path=actor.scopes(Permission.ACCOUNTS_ISSUE)[0],
        at=at,
        data={"count": len(users), "first": users[0].username, "last": users[-1].username},
    )
    return [
        HandedDown(
            organisation_code=place.organisation.code,
            name=place.full_name,
            seat=Seat(place.organisation.kind),
            province_code=place.province_code,
            username=one.user.username,
            code=one.code,
            expires_at=one.expires_at,
        )
        for one, place in zip(issued, places, strict=True)
    ]


def _role(actor: Actor) -> str:
    grant = next(actor.matching(Permission.ACCOUNTS_ISSUE), None)
    return grant.role.value if grant else ""


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
