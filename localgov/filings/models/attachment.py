"""A file that a recorder attached as the answer of a question."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Attachment(models.Model):
    """One uploaded file: what it was called, what it is by its content, where its bytes lie. Rows are never changed.

    The answer that points here is `<id>/<name>`. An answer that was replaced leaves its file: the timeline still shows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roster_entry = models.ForeignKey("rounds.RosterEntry", on_delete=models.PROTECT, related_name="attachments")
    question = models.CharField(max_length=80)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="filings/%Y/%m/", max_length=200)
    uploaded_by = models.BigIntegerField(null=True)
    uploaded_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(name="attachment_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"

    @property
    def answer(self) -> str:
        """The answer that points here."""
        return f"{self.id}/{self.name}"
