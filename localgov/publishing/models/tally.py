"""How many items of a kind a unit has entered for a fiscal year, now and at any past moment."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from localgov.publishing.states import PublishedKind


class EntryTally(models.Model):
    """So many items of the kind, entered in the fiscal year and not deleted, stood there from `recorded_at` on.

    Written by the database whenever an item is entered, deleted or taken back; the newest row of unit, kind and year holds.
    What is purged was deleted before and changes nothing: the past stays as it was.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PublishedKind.choices)
    fiscal_year_be = models.PositiveSmallIntegerField()
    entered = models.PositiveIntegerField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="entry_tally_kind_known", condition=Q(kind__in=PublishedKind.values))
        ]
        indexes = [
            models.Index("fiscal_year_be", "organisation", "kind", F("id").desc(), name="entry_tally_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.fiscal_year_be}: {self.entered}"
