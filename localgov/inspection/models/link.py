"""One act in the chain of acts of a filing."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Link(models.Model):
    """A step, a certificate or a certificate's end, bound into its filing's story; written by the database alone (ADR 0011).

    `content` is the row as it was written, as JSON text without the long snapshot (whose SHA-256 it holds). `change_position`
    and `change_hash` name the newest batch of answers of that moment, so that answers and acts can't be moved against each
    other. `hash` is over all of it and the link before. Append-only; the serving role may not insert.
    """

    class Kind(models.TextChoices):
        """The table that the act stands in."""

        STEP = "STEP", "ขั้นตอน"
        CERTIFICATE = "CERTIFICATE", "ใบรับรอง"
        LAPSE = "LAPSE", "การสิ้นผลของใบรับรอง"

    filing_id = models.BigIntegerField()
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    row_id = models.BigIntegerField()
    change_position = models.PositiveIntegerField()
    change_hash = models.CharField(max_length=64, blank=True)
    content = models.TextField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing_id", "position"], name="link_chain_position"),
            models.UniqueConstraint(fields=["kind", "row_id"], name="link_once"),
            models.CheckConstraint(name="link_kind_known", condition=Q(kind__in=["STEP", "CERTIFICATE", "LAPSE"])),
        ]

    def __str__(self) -> str:
        return f"link {self.position} of filing {self.filing_id}"
