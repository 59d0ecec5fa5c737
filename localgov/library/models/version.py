"""One version of a thing in the download box."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class DownloadVersion(models.Model):
    """A file, or the parts of a video, as it was put in. Rows are never changed: an older version stays readable.

    `parts` of a video is a list of {"title", "address"}. `source_sha256` is of the text that a command printed the file from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey("library.DownloadItem", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=150, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to="library/%Y/%m/", max_length=200, blank=True)
    parts = models.JSONField(default=list)
    source_sha256 = models.CharField(max_length=64, blank=True)
    change_note = models.CharField(max_length=300, blank=True)
    added_by = models.BigIntegerField(null=True)
    added_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="download_version_once"),
            models.CheckConstraint(
                name="download_version_file_or_parts",
                condition=(Q(size__gt=0, parts=[]) & ~Q(file="")) | (Q(size=0, file="") & ~Q(parts=[])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    @property
    def is_video(self) -> bool:
        """Whether it is the parts of a video."""
        return bool(self.parts)
