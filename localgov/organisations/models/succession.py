"""What became of a unit that is no more."""

from django.db import models
from django.db.models import F, Q


class Succession(models.Model):
    """From `effective_date` on, `successor` reads the certificates and series of `predecessor` (merged or absorbed)."""

    predecessor = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="precedents")
    effective_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor"], name="succession_one_successor"),
            models.CheckConstraint(name="succession_not_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id}>{self.successor_id} {self.effective_date}"
