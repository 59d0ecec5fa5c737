"""A re-opening: writing after the last day of editing, by the Department's order."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from localgov.rounds.models.act_of_time import ActOfTime, act_constraints


class Reopening(ActOfTime):
    """Units of a round may begin, write and submit again from `from_at` until `until_at` (exclusive).

    `sections` limits it to some sheets (None = all). Append-only: an earlier end is a `ReopeningEnd`.
    """

    sections = ArrayField(models.CharField(max_length=60), null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            *act_constraints("reopening"),
            models.CheckConstraint(name="reopening_has_time", condition=Q(until_at__gt=F("from_at"))),
            models.CheckConstraint(
                name="reopening_some_sheet", condition=Q(sections__isnull=True) | Q(sections__len__gt=0)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "scope", "scope_code"], name="reopening_reach")]

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_code} round {self.round_id} #{self.pk}"

    @property
    def ends_at(self) -> datetime:
        """The moment from which it no longer holds; `end` is loaded."""
        end: ReopeningEnd | None = getattr(self, "end", None)
        return min(self.until_at, end.at) if end else self.until_at

    def holds(self, *, section: str, at: datetime) -> bool:
        """Whether a sheet may be written under it at a moment."""
        return self.from_at <= at < self.ends_at and (self.sections is None or section in self.sections)


class ReopeningEnd(models.Model):
    """A re-opening ended before its day. Append-only."""

    reopening = models.OneToOneField(Reopening, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=300)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"end of reopening {self.reopening_id}"
