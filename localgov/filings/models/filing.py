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
    """One per roster entry, made by the first save. Its row is the lock of everything below it.

    From `recording` on, its columns sum up its sheets for the boards and the score. A trigger on the sheets alone writes them,
    in the same transaction (ADR 0016). `states` gives for each sheet that holds anything `[state, status, since, both since,
    ordered, pending since]`, moments in seconds: the best that is in force, else where the newest revision stands; that
    revision's status and since when; when both levels had certified what is in force; whether an order to amend it is
    outstanding; since when anybody is waited for. The numbers count the states; `pending_since` is of the sheet that
    waits longest, `certified_at` of the unit's last certification in force.
    """

    roster_entry = models.OneToOneField("rounds.RosterEntry", on_delete=models.PROTECT, related_name="filing")
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="filings")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="filings")
    created_at = models.DateTimeField(db_default=Now())
    states = models.JSONField(db_default={})
    recording = models.PositiveSmallIntegerField(db_default=0)
    submitted = models.PositiveSmallIntegerField(db_default=0)
    verified = models.PositiveSmallIntegerField(db_default=0)
    certified_unit = models.PositiveSmallIntegerField(db_default=0)
    certified_province = models.PositiveSmallIntegerField(db_default=0)
    order_outstanding = models.BooleanField(db_default=False)
    pending_since = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="filing_one_per_unit_and_round"),
        ]

    def __str__(self) -> str:
        return f"filing {self.organisation_id} round {self.round_id}"
