"""The append-only record of accepted answers."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Via(models.TextChoices):
    """By which writer a batch came in; all of them pass the same service."""

    PAGE = "PAGE", "หน้าจอ"
    WORKBOOK = "WORKBOOK", "ไฟล์ Excel"
    API = "API", "API"
    CARRY_FORWARD = "CARRY_FORWARD", "ยกมาจากปีก่อน"
    AMENDMENT = "AMENDMENT", "คัดลอกจากฉบับเดิม"
    COMMAND = "COMMAND", "คำสั่งระบบ"


class Change(models.Model):
    """One accepted batch: who changed which answers from what to what. Its receipt number is what an officer can quote.

    `items`: list of `{question, register, row, op, old, new}`, of an added row also `after` (the row before it), of a value
    brought from last year `carried`: `filings.replay` makes the document of any moment from them. `reply`: what the sender
    was told (`saved` tells it whole), with `emptied` when the batch left no answer and no row in the sheet. `batch` is the
    sender's id: the same batch twice has one effect.
    `position`, `previous_hash` and `hash` chain the batches of a filing; the database writes them and refuses UPDATE, DELETE
    and TRUNCATE.
    """

    filing = models.ForeignKey("filings.Filing", on_delete=models.PROTECT, related_name="changes")
    sheet = models.ForeignKey("filings.Sheet", on_delete=models.PROTECT, related_name="changes")
    batch = models.UUIDField()
    receipt = models.CharField(max_length=20, unique=True)
    via = models.CharField(max_length=16, choices=Via.choices)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    role = models.CharField(max_length=40, blank=True)
    items = models.JSONField()
    reply = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    position = models.PositiveIntegerField(default=0)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "batch"], name="change_batch_once"),
            models.UniqueConstraint(fields=["filing", "position"], name="change_chain_position"),
            models.CheckConstraint(name="change_via_known", condition=Q(via__in=Via.values)),
        ]
        indexes = [
            models.Index(fields=["sheet", "id"], name="change_sheet"),
            models.Index(fields=["actor_id", "id"], name="change_actor"),
            models.Index(fields=["sheet", "id"], name="change_emptied", condition=Q(reply__contains={"emptied": True})),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def saved(self) -> list[dict[str, Any]]:
        """What the sender was told of each saved answer. `reply` keeps the counters alone where the items say all else."""
        if "seqs" not in self.reply:
            return list(self.reply.get("saved", []))
        pairs = zip(self.items, self.reply["seqs"], strict=True)
        return [{"code": item["question"], "row": None, "seq": seq} for item, seq in pairs]
