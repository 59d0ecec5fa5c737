"""Forgetting: items deleted long ago, pictures and documents that stand nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from localgov.access.actor import Actor
from localgov.organisations.models import OrganisationVersion
from localgov.publishing import documents
from localgov.publishing.models import Document, Item, ItemVersion, Picture
from localgov.publishing.pictures import FULL, SIZES, TYPES, path_of
from localgov.publishing.services.items import UNDO_WITHIN, newest_of, tell

#: A picture that was sent and put into no item is kept so long: its form may still be open.
_LEFT_ALONE = timedelta(days=1)


@transaction.atomic
def items_purge(*, actor: Actor, at: datetime) -> int:
    """Delete for good, with their versions, the items whose time of undoing is over; returns how many."""
    over = list(Item.objects.select_for_update(skip_locked=True).filter(deleted_at__lte=at - UNDO_WITHIN)[:500])
    for item in over:
        unit = OrganisationVersion.objects.filter(organisation_id=item.organisation_id).order_by("-in_force")[0]
        tell("item.purge", item, unit, newest_of(item).title, actor, at)
        item.newest = item.shown = item.shown_at = None
        item.save(update_fields=["newest", "shown", "shown_at"])
        ItemVersion.objects.filter(item=item).delete()
        item.delete()
    return len(over)


def pictures_purge(*, at: datetime) -> int:
    """Forget the pictures that stand in no version since a day, and their files unless another unit has the same."""
    forgotten = 0
    for picture in Picture.objects.filter(uses=None, at__lt=at - _LEFT_ALONE).order_by("pk")[:500]:
        with transaction.atomic():
            kept = Picture.objects.select_for_update(of=("self",)).filter(pk=picture.pk, uses=None).first()
            if kept is None:
                continue
            kept.delete()
            forgotten += 1
            if not Picture.objects.filter(sha256=picture.sha256).exists():
                transaction.on_commit(lambda sha256=picture.sha256: _drop_files(sha256))  # type: ignore[misc]
    return forgotten


def documents_purge(*, at: datetime) -> int:
    """Forget the documents that stand in no version since a day, and their bytes unless another unit has the same."""
    forgotten = 0
    for document in Document.objects.filter(uses=None, at__lt=at - _LEFT_ALONE).order_by("pk")[:500]:
        with transaction.atomic():
            kept = Document.objects.select_for_update(of=("self",)).filter(pk=document.pk, uses=None).first()
            if kept is None:
                continue
            kept.delete()
            forgotten += 1
            if not Document.objects.filter(sha256=document.sha256).exists():
                path = documents.path_of(document.sha256, document.suffix)
                transaction.on_commit(lambda path=path: default_storage.delete(path))  # type: ignore[misc]
    return forgotten


def _drop_files(sha256: str) -> None:
    """The full one last: whoever sends the same picture meanwhile finds it missing and stores it again."""
    if Picture.objects.filter(sha256=sha256).exists():
        return
    paths = [path_of(sha256, size, ending) for size in SIZES for ending in TYPES]
    for path in sorted(paths, key=path_of(sha256, FULL, "jpg").__eq__):
        default_storage.delete(path)
