"""That a circular was read and acknowledged."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.notices.states import ReceiptKind


class Receipt(models.Model):
    """The first time that somebody of an addressee opened a circular, or acknowledged it: who and when. Append-only."""

    circular = models.ForeignKey("notices.Circular", on_delete=models.PROTECT, related_name="receipts", db_index=False)
    addressee = models.ForeignKey(
        "notices.Addressee", on_delete=models.PROTECT, related_name="receipts", db_index=False
    )
    kind = models.CharField(max_length=12, choices=ReceiptKind.choices)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["addressee", "kind"], name="receipt_once"),
            models.CheckConstraint(name="receipt_kind_known", condition=Q(kind__in=ReceiptKind.values)),
        ]
        indexes: ClassVar = [models.Index(fields=["circular", "kind", "addressee"], name="receipt_circular")]

    def __str__(self) -> str:
        return f"{self.kind} of addressee {self.addressee_id}"
