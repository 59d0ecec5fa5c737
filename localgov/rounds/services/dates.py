"""Acts of time: extending the dates of units, re-opening after the last day of editing, ending a re-opening."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.forms import selectors as forms
from localgov.rounds import policies, selectors
from localgov.rounds.models import Extension, Reopening, ReopeningEnd, RosterEntry, Round
from localgov.rounds.scopes import Reach, Scope

_DATES = ("due_at", "last_new_at", "last_edit_at")
_MAX_ORDER, _MAX_REASON = 100, 300
_NOBODY = "รอบนี้ไม่มี อปท. ในขอบเขตที่เลือก"


@dataclass(frozen=True)
class Order:
    """By what an act of time is done, and why."""

    number: str
    reason: str


@transaction.atomic
def round_extend(
    *,
    actor: Actor,
    at: datetime,
    round_id: int,
    reach: Reach,
    due_at: datetime,
    last_new_at: datetime,
    last_edit_at: datetime,
    order: Order,
    key: UUID,
) -> Extension:
    """Move dates further out for the units within reach: each gets the later of what it has and what is given.

    The round's announced dates stay, so that late stays late. A province may not pass the announced last day of editing.
    The same `key` twice is one act.

    Raises:
        Denied: no right over the place, no order or reason, a date earlier than announced or out of order, no unit gains.
    """
    opened = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    before: Extension | None = Extension.objects.filter(key=key).first()
    if before is not None:
        _require_own(before, actor)
        return before
    dates = dict(zip(_DATES, (due_at, last_new_at, last_edit_at), strict=True))
    units = extension_units(actor=actor, opened=opened, reach=reach, dates=dates)
    _require_order(order)
    path = selectors.reach_path(round_id=opened.pk, reach=reach)
    gaining = units.update(**{name: Greatest(F(name), Value(moment)) for name, moment in dates.items()})
    act = Extension.objects.create(**_facts(actor, at, opened, reach, order, key), unit_count=gaining, **dates)
    _record(actor, at, "round.extend", opened, act, path, {name: moment.isoformat() for name, moment in dates.items()})
    return act


def extension_units(
    *, actor: Actor, opened: Round, reach: Reach, dates: Mapping[str, datetime]
) -> QuerySet[RosterEntry]:
    """The units that an extension would give a later date: what the page shows before it is done.

    Raises:
        Denied: no right over the place, a date earlier than announced or out of order, nobody there, no unit gains.
    """
    path = selectors.reach_path(round_id=opened.pk, reach=reach)
    units = selectors.reached(round_id=opened.pk, reach=reach)
    policies.can_extend(actor, path=path).require()
    if not units.exists():
        raise Denied(_NOBODY)
    policies.dates_extend(actor, opened, path=path, **dates).require()
    policies.dates_fit(fiscal_year=opened.fiscal_year_be, **dates).require()
    gains = Q(pk__in=[])
    for name, moment in dates.items():
        gains |= Q(**{f"{name}__lt": moment})
    if not units.filter(gains).exists():
        raise Denied("อปท. ทุกแห่งในขอบเขตนี้ได้เวลาถึงวันเหล่านี้หรือนานกว่าอยู่แล้ว จึงไม่มีอะไรให้ขยาย")
    return units.filter(gains)


@transaction.atomic
def round_reopen(
    *,
    actor: Actor,
    at: datetime,
    round_id: int,
    reach: Reach,
    sections: Collection[str] | None,
    from_at: datetime,
    until_at: datetime,
    order: Order,
    key: UUID,
) -> Reopening:
    """Let the units within reach begin, write and submit (some sheets, or all for None) from a moment until another.

    The only way in after the last day of editing. The same `key` twice is one act.

    Raises:
        Denied: not the Department, no order or reason, wrong dates, an unknown sheet, nobody needs it till then.
    """
    policies.can_reopen(actor).require()
    opened = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    before: Reopening | None = Reopening.objects.filter(key=key).first()
    if before is not None:
        _require_own(before, actor)
        return before
    units = reopening_units(actor=actor, at=at, opened=opened, reach=reach, from_at=from_at, until_at=until_at)
    _require_order(order)
    known = forms.sheet_labels(opened.form_version_id)
    chosen = None if sections is None else [code for code in known if code in sections]
    if sections is not None and (not chosen or set(sections) - set(known)):
        raise Denied("โปรดเลือกด้านที่จะเปิดให้แก้ไขอย่างน้อยหนึ่งด้าน จากด้านของแบบนี้")
    path = selectors.reach_path(round_id=opened.pk, reach=reach)
    act = Reopening.objects.create(
        **_facts(actor, at, opened, reach, order, key),
        unit_count=units.count(),
        sections=chosen,
        from_at=from_at,
        until_at=until_at,
    )
    span = {"from_at": from_at.isoformat(), "until_at": until_at.isoformat(), "sections": chosen}
    _record(actor, at, "round.reopen", opened, act, path, span)
    return act


def reopening_units(
    *, actor: Actor, at: datetime, opened: Round, reach: Reach, from_at: datetime, until_at: datetime
) -> QuerySet[RosterEntry]:
    """The units that could not begin or write till then without it: what the page shows before it is done.

    Raises:
        Denied: not the Department, wrong moments, nobody there, nobody needs it.
    """
    policies.can_reopen(actor).require()
    policies.reopening_fits(from_at=from_at, until_at=until_at, at=at).require()
    units = selectors.reached(round_id=opened.pk, reach=reach)
    if not units.exists():
        raise Denied(_NOBODY)
    needing = units.filter(Q(last_new_at__lt=until_at) | Q(last_edit_at__lt=until_at))
    if not needing.exists():
        raise Denied("อปท. ทุกแห่งในขอบเขตนี้เริ่มบันทึกและแก้ไขได้ถึงวันนั้นอยู่แล้ว จึงไม่ต้องเปิดให้แก้ไขอีก")
    return needing


@transaction.atomic
def reopening_end(*, actor: Actor, at: datetime, reopening_id: int, reason: str) -> ReopeningEnd:
    """End a re-opening now, before its day.

    Raises:
        Denied: not the Department, no reason, or it is over already.
    """
    policies.can_reopen(actor).require()
    act = Reopening.objects.get(pk=reopening_id)
    opened = Round.objects.select_for_update(of=("self",)).get(pk=act.round_id)
    if act.until_at <= at or ReopeningEnd.objects.filter(reopening=act).exists():
        raise Denied("การเปิดให้แก้ไขครั้งนี้สิ้นสุดไปแล้ว")
    words = reason.strip()
    if not words or len(words) > _MAX_REASON:
        raise Denied(f"โปรดระบุเหตุผลที่ปิดก่อนกำหนด ไม่เกิน {_MAX_REASON} ตัวอักษร")
    ended = ReopeningEnd.objects.create(
        reopening=act, reason=words, actor_id=actor.user_id, actor_label=actor.label, at=at
    )
    _record(actor, at, "round.reopening_end", opened, act, "", {"end_reason": words})
    return ended


def _require_own(before: Extension | Reopening, actor: Actor) -> None:
    """A key that has done an act belongs to who pressed it."""
    if before.actor_id != actor.user_id:
        raise Denied("หน้านี้ถูกใช้ไปแล้ว โปรดเปิดหน้าใหม่แล้วทำอีกครั้ง")


def _require_order(order: Order) -> None:
    if not order.number.strip() or len(order.number.strip()) > _MAX_ORDER:
        raise Denied(f"โปรดระบุเลขที่คำสั่งหรือหนังสือ ไม่เกิน {_MAX_ORDER} ตัวอักษร")
    if not order.reason.strip() or len(order.reason.strip()) > _MAX_REASON:
        raise Denied(f"โปรดระบุเหตุผล ไม่เกิน {_MAX_REASON} ตัวอักษร")


def _facts(actor: Actor, at: datetime, opened: Round, reach: Reach, order: Order, key: UUID) -> dict[str, Any]:
    name = ""
    if reach.scope is Scope.UNIT:
        name = opened.roster.get(code=reach.code).full_name
    return {
        "round": opened,
        "scope": reach.scope,
        "scope_code": reach.code,
        "scope_label": selectors.reach_label(reach, unit_name=name),
        "order_number": order.number.strip(),
        "reason": order.reason.strip(),
        "key": key,
        "actor_id": actor.user_id,
        "actor_label": actor.label,
        "at": at,
    }


def _record(
    actor: Actor, at: datetime, type: str, opened: Round, act: Extension | Reopening, path: str, data: dict[str, Any]
) -> None:
    audit.record(
        actor=actor,
        type=type,
        target_kind="round",
        target_id=opened.pk,
        target_label=f"{opened.title} ปีงบประมาณ {opened.fiscal_year_be}: {act.scope_label}",
        path=path,
        at=at,
        data=data
        | {
            "act": act.pk,
            "scope": act.scope,
            "scope_code": act.scope_code,
            "units": act.unit_count,
            "order_number": act.order_number,
            "reason": act.reason,
        },
    )
