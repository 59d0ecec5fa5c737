"""The province's check: what it looked at is what becomes public, or goes back with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.lib.thai_text import clean_paragraphs
from localgov.organisations.models import OrganisationVersion
from localgov.publishing import policies
from localgov.publishing.models import Item, ItemVersion
from localgov.publishing.services.items import OutOfDate, item_locked, tell
from localgov.publishing.states import CheckState

_LONGEST = 1000


@transaction.atomic
def version_check(*, actor: Actor, at: datetime, version_id: int) -> Item:
    """ตรวจสอบแล้ว: from this moment the public sees this version, if the unit displays the item. Again, it changes nothing.

    Raises:
        OutOfDate: the unit has written another version since; nothing that the officer did not see is checked, and nothing
            that the unit has replaced is published.
        Denied: not an officer of the unit's province, the writer himself, sent back already, deleted by the unit.
    """
    item, version, unit = _looked_at(actor, version_id, at)
    if version.check_state == CheckState.CHECKED:
        return item
    _mark(version, CheckState.CHECKED, "", actor, at)
    item.shown, item.shown_at = version, at
    item.save(update_fields=["shown", "shown_at"])
    tell("item.check", item, unit, version.title, actor, at, version=version.number)
    return item


@transaction.atomic
def version_return(*, actor: Actor, at: datetime, version_id: int, reason: str) -> Item:
    """ส่งกลับ with a reason: a version that waits goes back and the one shown stays up; the shown one itself is taken down.

    Raises:
        Denied: no reason, or too long; else as `version_check`.
        OutOfDate: as `version_check`.
    """
    why = clean_paragraphs(reason)
    if not why:
        raise Denied("โปรดระบุเหตุผลที่ส่งกลับ เพื่อให้ อปท. แก้ไขได้ถูกต้อง")
    if len(why) > _LONGEST:
        raise Denied(f"เหตุผลยาวเกินไป ใช้ได้ไม่เกิน {_LONGEST:,} ตัวอักษร")
    item, version, unit = _looked_at(actor, version_id, at)
    if item.shown_id == version.pk:
        item.shown, item.shown_at = None, None
        item.save(update_fields=["shown", "shown_at"])
    _mark(version, CheckState.RETURNED, why, actor, at)
    tell("item.check_return", item, unit, version.title, actor, at, version=version.number, reason=why)
    return item


def _looked_at(actor: Actor, version_id: int, at: datetime) -> tuple[Item, ItemVersion, OrganisationVersion]:
    """The version with its item and unit, locked, which the actor may check now."""
    item_id = ItemVersion.objects.values_list("item_id", flat=True).get(pk=version_id)
    item, unit = item_locked(item_id=item_id, at=at)
    version = ItemVersion.objects.get(pk=version_id)
    policies.can_check(actor, unit, version).require()
    if item.newest_id != version_id:
        raise OutOfDate("อปท. แก้ไขรายการนี้เป็นฉบับใหม่แล้วระหว่างที่ท่านตรวจ โปรดเปิดดูฉบับล่าสุดก่อนตัดสิน")
    return item, version, unit


def _mark(version: ItemVersion, state: CheckState, reason: str, actor: Actor, at: datetime) -> None:
    version.check_state, version.reason = state, reason
    version.checked_by, version.checked_label, version.checked_at = actor.user_id, actor.label, at
    version.save(update_fields=["check_state", "reason", "checked_by", "checked_label", "checked_at"])
