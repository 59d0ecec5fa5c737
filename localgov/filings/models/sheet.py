"""One section (domain) of a filing, in one revision."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.filings.states import Status


class Sheet(models.Model):
    """Answers of one sheet revision as one document `{code: {v, missing, reason, note, seq, by, carried}}`, with its state.

    `revision` is the amendment number (1, 2, …). `recorder_ids`: everyone whose answer, carry-forward or import is in the
    revision; `verifier_id`: who verified it and still stands for it. Counters, and whether it `has_answers` or rows at all,
    are computed in the transaction of each save.
    The database refuses a change of `answers` in any status but RECORDING, whoever asks, and of when the sheet was begun.
    """

    filing = models.ForeignKey("filings.Filing", on_delete=models.PROTECT, related_name="sheets")
    section = models.CharField(max_length=60)
    revision = models.PositiveSmallIntegerField(default=1)
    is_newest = models.BooleanField(default=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.RECORDING)
    status_since = models.DateTimeField()
    lock = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    first_answer_at = models.DateTimeField(null=True)
    last_answer_at = models.DateTimeField(null=True)
    has_answers = models.BooleanField(default=True, db_default=True)
    recorder_ids = ArrayField(models.BigIntegerField(), default=list)
    verifier_id = models.BigIntegerField(null=True)
    required_count = models.PositiveIntegerField(default=0)
    answered_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)
    returned_note = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "section", "revision"],
                name="sheet_one_per_revision",
                include=["id", "created_at", "first_answer_at"],
            ),
            models.UniqueConstraint(
                fields=["filing", "section"], condition=Q(is_newest=True), name="sheet_one_newest_revision"
            ),
            models.CheckConstraint(name="sheet_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="sheet_verified_by_someone",
                condition=Q(status__in=[Status.RECORDING, Status.SUBMITTED, Status.CLOSED])
                | Q(verifier_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "section"], name="sheet_status"),
            models.Index(fields=["created_at"], name="sheet_begun", condition=Q(revision=1)),
        ]

    def __str__(self) -> str:
        return f"{self.section} rev {self.revision} of filing {self.filing_id}"
