"""One thing in the download box (MISSION R2.6)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from localgov.access.roles import Seat


class ItemKind(models.TextChoices):
    """What it is."""

    MANUAL = "MANUAL", "คู่มือ"
    PAPER = "PAPER", "แบบรายงาน"
    VIDEO = "VIDEO", "วีดิทัศน์"


class DownloadItem(models.Model):
    """A manual, a paper to fill in, or a video, for the people of some seats. Its content is its newest version.

    `code` names an item that a command keeps (the product's own guides); empty for what the Department added. A withdrawn
    item stays with its versions, seen by who keeps the box alone.
    """

    code = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=500, blank=True)
    audience = ArrayField(models.CharField(max_length=12))
    newest = models.OneToOneField(
        "library.DownloadVersion", null=True, on_delete=models.PROTECT, related_name="newest_of"
    )
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="download_item_code_once"),
            models.CheckConstraint(name="download_item_kind_known", condition=Q(kind__in=ItemKind.values)),
            models.CheckConstraint(
                name="download_item_for_somebody",
                condition=Q(audience__len__gte=1) & Q(audience__contained_by=[seat.value for seat in Seat]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} #{self.pk}"
