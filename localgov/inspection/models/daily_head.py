"""The end of all chains on a day."""

from django.db import models
from django.db.models import Q


class DailyHead(models.Model):
    """One published line a day: a hash over everything recorded so far, chained to the line before (ADR 0011).

    `filings_digest` is over the `FilingHead` rows of this head; `events_digest` and `rows_digest` over the records from the
    last head's `event_id` and `row_change_id` up to these. `hash` is the SHA-256 of `statement`, the published text.
    """

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    filings_count = models.PositiveIntegerField()
    moved_count = models.PositiveIntegerField()
    filings_digest = models.CharField(max_length=64)
    event_id = models.BigIntegerField()
    events_count = models.PositiveIntegerField()
    events_digest = models.CharField(max_length=64)
    row_change_id = models.BigIntegerField()
    rows_count = models.PositiveIntegerField()
    rows_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    statement = models.TextField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="daily_head_moved_are_some", condition=Q(moved_count__lte=models.F("filings_count"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.hash}"
