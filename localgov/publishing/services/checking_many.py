"""Checking several items at once: each is an act of its own, one that can't be checked does not hinder the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import bangkok_date
from localgov.publishing import contents
from localgov.publishing.models import Item, ItemVersion
from localgov.publishing.services.checking import version_check

#: More than these nobody looks at on one page.
MOST_AT_ONCE = 20
_ONE_BY_ONE = "มีเบอร์โทรศัพท์เคลื่อนที่หรือชื่อบุคคลในข้อความ ต้องเปิดตรวจทีละรายการ"


@dataclass(frozen=True)
class CheckedOne:
    """What became of one version: `refusal` empty where it was checked."""

    title: str
    refusal: str = ""


def needs_a_look_of_its_own(version: ItemVersion) -> bool:
    """Whether something in the text may concern a person: such a version is checked on its own page alone."""
    return bool(contents.personal_in(contents.content_of(version)))


def versions_check(*, actor: Actor, at: datetime, version_ids: Sequence[int]) -> list[CheckedOne]:
    """Check versions that the officer has seen, in their order; what can't be checked says why, what is not his is not told of.

    Raises:
        Denied: more than `MOST_AT_ONCE`, or none.
    """
    chosen = list(dict.fromkeys(version_ids))
    if not 1 <= len(chosen) <= MOST_AT_ONCE:
        raise Denied(f"ตรวจพร้อมกันได้ครั้งละ 1 ถึง {MOST_AT_ONCE} รายการ")
    mine = Item.objects.visible_to(actor, on=bangkok_date(at), permission=Permission.PUBLISH_CHECK)
    known = ItemVersion.objects.filter(item__in=mine).in_bulk(chosen)
    return [_check(actor, at, known[pk]) for pk in chosen if pk in known]


def _check(actor: Actor, at: datetime, version: ItemVersion) -> CheckedOne:
    if needs_a_look_of_its_own(version):
        return CheckedOne(version.title, _ONE_BY_ONE)
    try:
        with transaction.atomic():
            version_check(actor=actor, at=at, version_id=version.pk)
    except Denied as refusal:
        return CheckedOne(version.title, refusal.reason)
    except Refusal as refusal:
        return CheckedOne(version.title, refusal.message)
    return CheckedOne(version.title)
