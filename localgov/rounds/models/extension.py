"""An extension of the dates of a round, for some or all of its units."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from localgov.rounds.models.act_of_time import ActOfTime, act_constraints


class Extension(ActOfTime):
    """Later dates for units of a round, by an order. Append-only, never shortens.

    All three dates are given (those not extended are the round's own), in order, so that the later of each pair of two
    extensions is in order too: a unit's dates are the latest of the round's and of all extensions that reach it.
    """

    due_at = models.DateTimeField()
    last_new_at = models.DateTimeField()
    last_edit_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            *act_constraints("extension"),
            models.CheckConstraint(
                name="extension_dates_in_order",
                condition=Q(due_at__lte=F("last_new_at"), last_new_at__lte=F("last_edit_at")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "scope", "scope_code"], name="extension_reach")]

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_code} round {self.round_id} #{self.pk}"
