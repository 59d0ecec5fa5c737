"""What officers see: the items of their units, whatever their state."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Prefetch, Q, QuerySet

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.lib.thai_text import clean_line, search_text
from localgov.organisations.models import OrganisationVersion
from localgov.publishing.models import Document, Item, ItemVersion, Picture, VersionDocument, VersionPicture
from localgov.publishing.states import PublishedKind


def items_found(
    *,
    actor: Actor,
    on: date,
    kind: PublishedKind,
    category: str = "",
    title: str = "",
    displayed: bool | None = None,
    check_state: str = "",
    deleted: bool = False,
    unit: str = "",
    fiscal_year: int | None = None,
) -> QuerySet[Any]:
    """Items of one kind under the actor's scopes, the last written first; each with `newest`, `shown` and `unit_name`.

    Category, title and check state are the newest version's. `unit`: its code, or a part of its name.
    `fiscal_year`: in which the item was entered, as the boards count it.
    """
    # By the version's kind, which is the item's: the versions of a kind are at hand in the order of the list.
    found = Item.objects.visible_to(actor, on=on).filter(newest__kind=kind, deleted_at__isnull=not deleted)
    if category:
        found = found.filter(newest__category=category)
    if words := clean_line(title):
        found = found.filter(newest__title__icontains=words)
    if displayed is not None:
        found = found.filter(displayed=displayed)
    if check_state:
        found = found.filter(newest__check_state=check_state)
    if fiscal_year is not None:
        found = found.filter(fiscal_year_be=fiscal_year)
    if asked := clean_line(unit):
        units = OrganisationVersion.objects.in_force(on)
        named = Q(organisation__code=asked) | Q(search_text__contains=search_text(asked))
        found = found.filter(organisation_id__in=units.filter(named).values("organisation_id"))
    in_force = Q(organisation__versions__in_force__contains=on)
    return (
        found.alias(unit=FilteredRelation("organisation__versions", condition=in_force))
        .annotate(unit_name=F("unit__short_name"), unit_sort=F("unit__sort_key"))
        .select_related("newest", "shown")
        .order_by("-newest__at", "-pk")
    )


def item_visible(*, actor: Actor, on: date, pk: int) -> Item | None:
    """An item of a unit under the actor's scopes, deleted or not, with its newest and its shown version."""
    return (
        Item.objects.visible_to(actor, on=on)
        .filter(pk=pk)
        .select_related("newest", "shown", "organisation")
        .prefetch_related(
            Prefetch("newest__pictures", queryset=pictures_in_place()),
            Prefetch("newest__documents", queryset=documents_in_place()),
        )
        .first()
    )


def pictures_in_place() -> QuerySet[VersionPicture]:
    """Pictures of versions in their order, each with its picture."""
    return VersionPicture.objects.select_related("picture").order_by("place")


def documents_in_place() -> QuerySet[VersionDocument]:
    """Documents of versions in their order, each with its document."""
    return VersionDocument.objects.select_related("document").order_by("place")


def versions_of(item: Item) -> QuerySet[ItemVersion]:
    """All versions of an item, the newest first."""
    return item.versions.order_by("-number")


def pictures_of_unit(*, organisation_id: int, ids: list[int]) -> list[Picture]:
    """Those of a unit's pictures that are asked for, in the order of asking, each once."""
    found = Picture.objects.in_bulk(ids)
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found and found[pk].organisation_id == organisation_id]


def documents_of_unit(*, organisation_id: int, ids: list[int]) -> list[Document]:
    """Those of a unit's documents that are asked for, in the order of asking, each once."""
    found = Document.objects.in_bulk(ids)
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found and found[pk].organisation_id == organisation_id]


def document_visible(*, actor: Actor, on: date, pk: int) -> Document | None:
    """A document of a unit under the actor's scopes."""
    units = OrganisationVersion.objects.in_force(on).units().visible_to(actor, Permission.PUBLISH_VIEW)
    return Document.objects.filter(pk=pk, organisation_id__in=units.values("organisation_id")).first()


def picture_visible(*, actor: Actor, on: date, pk: int) -> Picture | None:
    """A picture of a unit under the actor's scopes."""
    units = OrganisationVersion.objects.in_force(on).units().visible_to(actor, Permission.PUBLISH_VIEW)
    return Picture.objects.filter(pk=pk, organisation_id__in=units.values("organisation_id")).first()
