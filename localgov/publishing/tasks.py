"""In the background: the sizes of pictures, and forgetting what was deleted."""

from __future__ import annotations

from django.utils import timezone

from localgov.access.actor import Actor
from localgov.jobs.tasks import Outcome, Run, job_task, periodic_task
from localgov.publishing import services
from localgov.publishing.models import Picture
from localgov.publishing.services.pictures import THUMBNAILS

_NIGHT = Actor(user_id=None, label="ระบบ (ล้างรายการที่ลบเกินกำหนด)")


@job_task(THUMBNAILS)
def thumbnails(run: Run, *, picture_ids: list[int]) -> Outcome:
    """Make the other sizes of some pictures, one after the other."""
    for done, picture in enumerate(Picture.objects.filter(pk__in=picture_ids).order_by("pk"), start=1):
        services.picture_sizes_make(picture=picture, at=timezone.now())
        run.progress(done)
    return Outcome(f"เตรียมภาพย่อ {len(picture_ids)} ภาพแล้ว")


@periodic_task("publishing:purge", "40 18 * * *")
def purge() -> None:
    """Each night (01:40 in Thailand): items deleted over 30 days ago, pictures and documents that stand nowhere."""
    while services.items_purge(actor=_NIGHT, at=timezone.now()):
        pass
    services.pictures_purge(at=timezone.now())
    services.documents_purge(at=timezone.now())
