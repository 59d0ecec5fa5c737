"""What another record of the product says where a form asks a linked question."""

from django.db import models
from django.db.models.functions import Now


class LinkedValue(models.Model):
    """The value of one linked question of a unit's year, handed down by the room that keeps it; the newest row holds.

    Append-only. Outside lock, completeness, findings, figures and the signed text: it arrives whenever it arrives. `value` is
    answers JSON (a list of objects for a register), null where the other record holds nothing for this question.
    """

    roster_entry = models.ForeignKey("rounds.RosterEntry", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index("roster_entry", "question", models.F("id").desc(), name="linked_value_newest")]

    def __str__(self) -> str:
        return f"{self.roster_entry_id} {self.question} #{self.pk}"
