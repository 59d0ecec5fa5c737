"""Taking pictures in, and making their other sizes in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from localgov.access.actor import Actor
from localgov.jobs.models import Job
from localgov.jobs.services import job_start
from localgov.publishing import policies
from localgov.publishing.models import Picture
from localgov.publishing.pictures import FULL, path_of, picture_made, sizes_made
from localgov.publishing.services.items import unit_for

THUMBNAILS = "publishing:thumbnails"


@transaction.atomic
def picture_add(*, actor: Actor, at: datetime, organisation_id: int, content: bytes) -> Picture:
    """Keep a picture that was sent for a unit, checked and drawn anew; the same picture again is the one that is kept.

    Its other sizes are asked for with `thumbnails_ask`. It is put into an item by its id; put into none it is forgotten.

    Raises:
        pictures.NotAPicture: what was sent is no picture that we take, with the reason.
        Denied: the actor is no recorder of the unit.
    """
    unit = unit_for(organisation_id=organisation_id, at=at)
    policies.can_record(actor, unit).require()
    made = picture_made(content)
    store(path_of(made.sha256, FULL, "jpg"), made.jpeg)
    picture, _ = Picture.objects.get_or_create(
        organisation_id=organisation_id,
        sha256=made.sha256,
        defaults={
            "width": made.width,
            "height": made.height,
            "uploaded_by": actor.user_id,
            "uploaded_label": actor.label,
            "at": at,
        },
    )
    return picture


def thumbnails_ask(*, actor: Actor, at: datetime, pictures: Sequence[Picture], path: str) -> Job | None:
    """Ask for the other sizes of pictures that lack them; None where nothing is to do. `path` is the unit's."""
    lacking = [one.pk for one in pictures if one.thumbs_at is None]
    if not lacking:
        return None
    return job_start(
        actor=actor,
        at=at,
        task=THUMBNAILS,
        label=f"เตรียมภาพย่อ {len(lacking)} ภาพ",
        path=path,
        total=len(lacking),
        arguments={"picture_ids": lacking},
    )


def picture_sizes_make(*, picture: Picture, at: datetime) -> None:
    """Make the other sizes of a picture, once; twice writes the same files."""
    if picture.thumbs_at is not None:
        return
    with default_storage.open(path_of(picture.sha256, FULL, "jpg"), "rb") as full:
        made = sizes_made(full.read())
    for name, content in made.items():
        size, _, ending = name.partition(".")
        store(path_of(picture.sha256, size, ending), content)
    picture.thumbs_at = at
    picture.save(update_fields=["thumbs_at"])


def store(path: str, content: bytes) -> None:
    """Files are named by what they hold: one that is there is the same."""
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
