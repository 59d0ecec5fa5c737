"""What one unit files in one round."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.access.actor import Actor
from localgov.access.permissions import Permission


class FilingQuerySet(models.QuerySet["Filing"]):
    """Filters of filings."""

    def visible_to(self, actor: Actor, permission: Permission = Permission.FILING_VIEW) -> FilingQuerySet:
        """Filings of units under the actor's scopes."""
        condition = Q(pk__in=[])
        for scope in actor.scopes(permission):
            condition |= Q(roster_entry__path__startswith=scope)
        return self.filter(condition)


class Filing(models.Model):
    """One per roster entry, made by the first save. Its row is the lock of everything below it."""

    roster_entry = models.OneToOneField("rounds.RosterEntry", on_delete=models.PROTECT, related_name="filing")
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="filings")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="filings")
    created_at = models.DateTimeField(db_default=Now())

    objects = FilingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="filing_one_per_unit_and_round"),
        ]

    def __str__(self) -> str:
        return f"filing {self.organisation_id} round {self.round_id}"
