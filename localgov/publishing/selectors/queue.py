"""What waits for the province's check, the longest waiting first; what it sent back; what a unit has to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, FilteredRelation, Min, Prefetch, Q, QuerySet

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.lib.thai_text import search_text
from localgov.publishing.models import Item
from localgov.publishing.selectors.items import documents_in_place, pictures_in_place
from localgov.publishing.states import CheckState

_UNIT = ("full_name", "short_name", "sort_key", "province_code", "district_code")


def queue(*, actor: Actor, on: date, search: Mapping[str, Any] | None = None) -> QuerySet[Any]:
    """Items whose newest version waits and which the actor may check; with `newest`, `shown` and their unit's `unit_…`."""
    return _found(actor=actor, on=on, state=CheckState.WAITING, search=search or {}).order_by("newest__at", "pk")


def sent_back(*, actor: Actor, on: date, search: Mapping[str, Any] | None = None) -> QuerySet[Any]:
    """Items whose newest version went back and waits for the unit; the last first."""
    found = _found(actor=actor, on=on, state=CheckState.RETURNED, search=search or {})
    return found.order_by("-newest__checked_at", "pk")


def _found(*, actor: Actor, on: date, state: CheckState, search: Mapping[str, Any]) -> QuerySet[Any]:
    in_force = Q(organisation__versions__in_force__contains=on)
    found = (
        Item.objects.visible_to(actor, on=on, permission=Permission.PUBLISH_CHECK)
        .kept()
        .filter(newest__check_state=state)
        .alias(unit=FilteredRelation("organisation__versions", condition=in_force))
        .annotate(**{f"unit_{name}": F(f"unit__{name}") for name in _UNIT})
        .select_related("newest", "shown", "organisation")
    )
    if kind := search.get("kind"):
        found = found.filter(kind=kind)
    for name in ("province", "district"):
        if code := search.get(name):
            found = found.filter(**{f"unit__{name}_code": code})
    if words := search_text(search.get("name") or ""):
        found = found.filter(unit__search_text__contains=words)
    if version := search.get("version"):
        found = found.filter(shown__isnull=version == "first")
    return found


def next_in_queue(
    *, actor: Actor, on: date, search: Mapping[str, Any], after: tuple[datetime, int] | None
) -> int | None:
    """The item that opens after one that waited since that moment (and has that id), else the first of the queue."""
    waiting = queue(actor=actor, on=on, search=search)
    if after is not None:
        moment, pk = after
        later = waiting.filter(Q(newest__at__gt=moment) | Q(newest__at=moment, pk__gt=pk)).values_list("pk", flat=True)
        if (found := later.first()) is not None:
            return int(found)
        waiting = waiting.exclude(pk=pk)
    first = waiting.values_list("pk", flat=True).first()
    return None if first is None else int(first)


def item_to_check(*, actor: Actor, on: date, pk: int) -> Item | None:
    """An item that the actor may check, whatever its state, with what is attached; None for any other, and for a deleted one."""
    found = Item.objects.visible_to(actor, on=on, permission=Permission.PUBLISH_CHECK).kept().filter(pk=pk)
    return _with_attached(found.select_related("newest", "shown", "organisation")).first()


def items_to_check(*, actor: Actor, on: date, pks: Sequence[int]) -> list[Any]:
    """Those of the items that wait, in the order of the queue, with what is attached."""
    return list(_with_attached(queue(actor=actor, on=on).filter(pk__in=pks)))


def _with_attached(found: QuerySet[Any]) -> QuerySet[Any]:
    versions = ("newest", "shown")
    pictures = [Prefetch(f"{name}__pictures", queryset=pictures_in_place()) for name in versions]
    documents = [Prefetch(f"{name}__documents", queryset=documents_in_place()) for name in versions]
    return found.prefetch_related(*pictures, *documents)


def waiting_counts(*, actor: Actor, on: date) -> tuple[int, datetime | None]:
    """How many wait for the actor's check, and since when the first. One statement."""
    waiting = Item.objects.visible_to(actor, on=on, permission=Permission.PUBLISH_CHECK).kept()
    found = waiting.filter(newest__check_state=CheckState.WAITING).aggregate(count=Count("pk"), since=Min("newest__at"))
    return found["count"], found["since"]


def to_mend(*, actor: Actor, on: date) -> list[Item]:
    """Items of the units for which the actor records that the province sent back; the longest lying first."""
    mine = Item.objects.visible_to(actor, on=on, permission=Permission.PUBLISH_RECORD).kept()
    return list(
        mine.filter(newest__check_state=CheckState.RETURNED)
        .select_related("newest", "organisation")
        .order_by("newest__checked_at", "pk")
    )
