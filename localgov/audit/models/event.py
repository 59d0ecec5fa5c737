"""The append-only record of acts that are not answers."""

from django.db import models
from django.db.models import Func
from django.db.models.functions import Now


class Event(models.Model):
    """One act: who did what to what, in which role. No foreign keys, so that the record never blocks or follows a delete.

    UPDATE, DELETE and TRUNCATE are refused by the database. Answers have a record of their own (`filings.Change`).
    `tx` is the number of the database's transaction: rows that the same act changed carry it too (`RowChange`).
    """

    type = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=40, blank=True)
    target_kind = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    target_label = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    tx = models.BigIntegerField(
        null=True, db_default=Func(function="audit_transaction", output_field=models.BigIntegerField())
    )

    class Meta:
        indexes = [
            models.Index(fields=["target_kind", "target_id", "id"], name="audit_event_target"),
            models.Index(fields=["actor_id", "id"], name="audit_event_actor"),
            models.Index(fields=["tx"], name="audit_event_tx"),
            models.Index(fields=["path", "id"], name="audit_event_path", opclasses=["varchar_pattern_ops", "int8_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.target_kind}:{self.target_id} #{self.pk}"
