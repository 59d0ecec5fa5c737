"""A file that goes with a circular."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class CircularFile(models.Model):
    """One attachment of a circular: what it is called, what it is by its content, where its bytes lie.

    Added and taken away while the circular is a draft; the database refuses both afterwards. A correction's rows point at
    the same bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circular = models.ForeignKey("notices.Circular", on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="notices/%Y/%m/", max_length=200)
    added_by = models.BigIntegerField(null=True)
    added_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="circular_file_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"
