"""Publishing a circular, and withdrawing it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.lib.thai_calendar import bangkok_date
from localgov.notices import policies
from localgov.notices.models import Circular
from localgov.notices.selectors import addressing
from localgov.notices.states import CircularState

_MAX_REASON = 500
_ADDRESS = """
INSERT INTO notices_addressee
    (circular_id, organisation_id, version_id, unit_type, province_code, district_code, position)
SELECT %s, found.* FROM"""


@transaction.atomic
def circular_publish(*, actor: Actor, at: datetime, circular_id: int) -> Circular:
    """Send a draft to everybody whom its choice means by today's register; a correction ends the version before it.

    Addressees are written by one statement, so that a national circular takes no longer than a moment.

    Raises:
        Denied: another office's, published already, nothing to say, nobody to say it to, or what it corrects has ended.
    """
    circular = Circular.objects.select_for_update(of=("self",)).get(pk=circular_id)
    policies.can_edit(actor, circular).require()
    count = _address(circular, at)
    policies.can_publish(actor, circular, addressees=count, files=circular.files.count()).require()
    if circular.replaces_id is not None:
        _replace(actor, at, circular)
    circular.state, circular.addressee_count = CircularState.PUBLISHED, count
    circular.published_by, circular.published_label, circular.published_at = actor.user_id, actor.label, at
    circular.save(update_fields=["state", "addressee_count", "published_by", "published_label", "published_at"])
    data = {"number": circular.number, "version": circular.version, "addressees": count}
    _record(actor, at, "circular.publish", circular, data | {"to": addressing.wording(circular)})
    return circular


@transaction.atomic
def circular_withdraw(*, actor: Actor, at: datetime, circular_id: int, reason: str) -> Circular:
    """End a published circular with a reason; addressees go on reading it, marked as withdrawn. Raises `Denied`."""
    circular = Circular.objects.select_for_update(of=("self",)).get(pk=circular_id)
    policies.can_end(actor, circular).require()
    words = reason.strip()
    if not words or len(words) > _MAX_REASON:
        raise Denied(f"โปรดระบุเหตุผลที่ยกเลิก ไม่เกิน {_MAX_REASON} ตัวอักษร")
    _end(actor, at, circular, CircularState.WITHDRAWN, words)
    _record(actor, at, "circular.withdraw", circular, {"number": circular.number, "reason": words})
    return circular


def _address(circular: Circular, at: datetime) -> int:
    """Write the addressees; how many."""
    placed = Window(RowNumber(), order_by=[F("sort_key").asc(), F("pk").asc()])
    chosen = addressing.reached(circular, on=bangkok_date(at)).annotate(position=placed).order_by()
    columns = ("organisation_id", "pk", "unit_type", "province_code", "district_code", "position")
    sql, parameters = chosen.values(*columns).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{_ADDRESS} ({sql}) AS found", [circular.pk, *parameters])
        return int(cursor.rowcount)


def _replace(actor: Actor, at: datetime, circular: Circular) -> None:
    """End the version that this one corrects."""
    old = Circular.objects.select_for_update(of=("self",)).get(replaced_by=circular)
    if old.state != CircularState.PUBLISHED:
        raise Denied(f"ฉบับก่อน{old.get_state_display()} จึงออกฉบับแก้ไขไม่ได้ ให้ออกเป็นหนังสือใหม่")
    _end(actor, at, old, CircularState.REPLACED, circular.change_note)


def _end(actor: Actor, at: datetime, circular: Circular, state: CircularState, reason: str) -> None:
    circular.state, circular.end_reason = state, reason
    circular.ended_by, circular.ended_label, circular.ended_at = actor.user_id, actor.label, at
    circular.save(update_fields=["state", "end_reason", "ended_by", "ended_label", "ended_at"])


def _record(actor: Actor, at: datetime, type: str, circular: Circular, data: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        type=type,
        target_kind="circular",
        target_id=circular.pk,
        target_label=f"{circular.number} {circular.subject}",
        path=circular.office_path,
        at=at,
        data=data,
    )
