"""Reading the download box: one sees what is for one's seat, the Department everything that is in it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.access.roles import Seat
from localgov.library import policies
from localgov.library.models import DownloadItem, DownloadVersion


def items_visible(*, actor: Actor) -> QuerySet[DownloadItem]:
    """Things for the actor, with their newest versions, what was put in last first; the keeper's also withdrawn ones."""
    if not actor.scopes(Permission.DOWNLOAD_VIEW):
        return DownloadItem.objects.none()
    items = DownloadItem.objects.select_related("newest").order_by("withdrawn_at", "-newest__at", "pk")
    if policies.can_keep(actor).allowed:
        return items
    items = items.filter(withdrawn_at__isnull=True)
    seats = policies.seats_of(actor)
    return items if Seat.DEPARTMENT in seats else items.filter(audience__overlap=[seat.value for seat in seats])


def items_found(*, actor: Actor, words: str, kind: str, seat: str) -> QuerySet[DownloadItem]:
    """Of these, those of a kind, for a seat, with words of the title or the description."""
    items = items_visible(actor=actor)
    if words:
        items = items.filter(Q(title__icontains=words) | Q(description__icontains=words))
    if kind:
        items = items.filter(kind=kind)
    return items.filter(audience__contains=[seat]) if seat else items


def versions_of(item: DownloadItem) -> QuerySet[DownloadVersion]:
    """Every version, newest first."""
    return DownloadVersion.objects.filter(item=item).order_by("-number")


def file_visible(*, actor: Actor, version_id: UUID) -> DownloadVersion | None:
    """The version with this id if it is a file and its thing is for the actor; None otherwise."""
    found = DownloadVersion.objects.filter(pk=version_id, size__gt=0, item__in=items_visible(actor=actor).order_by())
    return found.first()
