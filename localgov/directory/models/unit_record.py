"""What a unit says of itself once a fiscal year and whenever it changes: told again whole, never rewritten."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class UnitRecord(models.Model):
    """One statement of a unit for one fiscal year; the newest row of unit and year holds (a unit without a row is silent).

    Append-only: what held at a past moment is the newest row recorded by then. Rows of a unit are written one after another
    (`services.recording`), so that `id` and `recorded_at` tell the same order.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    fiscal_year_be = models.PositiveSmallIntegerField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
