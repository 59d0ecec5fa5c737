"""Documents, and in which version of a piece of news they stand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Document(models.Model):
    """A PDF, Word or Excel file that a unit put in, known by its content; its bytes lie under `documents.path_of`.

    `suffix` is that of the content, `size` in bytes. `name` is that of the file as it was sent. A document that stands in no
    version is forgotten after a day.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    suffix = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    uploaded_by = models.BigIntegerField(null=True)
    uploaded_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="document_once_a_unit"),
            models.CheckConstraint(name="document_digest", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="document_not_empty", condition=Q(size__gt=0)),
        ]
        indexes = [models.Index(fields=["sha256"], name="document_by_digest")]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class VersionDocument(models.Model):
    """A document in a version of a piece of news: `place` from 1, `name` is what readers see, without the ending."""

    version = models.ForeignKey("publishing.ItemVersion", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="uses")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "place"], name="version_document_in_place"),
            models.UniqueConstraint(fields=["version", "document"], name="version_document_once"),
            models.CheckConstraint(name="version_document_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.place} {self.name}"
