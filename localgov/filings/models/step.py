"""The append-only record of steps taken in the workflow."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.filings.states import ASKED_BACK, Action, Status


class StepTaken(models.Model):
    """One act on one sheet revision. The state of any past moment is the newest step recorded by then."""

    sheet = models.ForeignKey("filings.Sheet", on_delete=models.PROTECT, related_name="steps")
    action = models.CharField(max_length=30, choices=Action.choices)
    source = models.CharField(max_length=20, choices=Status.choices)
    target = models.CharField(max_length=20, choices=Status.choices)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    role = models.CharField(max_length=40, blank=True)
    position_title = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    order_number = models.CharField(max_length=100, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="step_action_known", condition=Q(action__in=Action.values)),
            models.CheckConstraint(
                name="step_statuses_known", condition=Q(source__in=Status.values, target__in=Status.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["sheet", "id"], name="step_of_sheet", include=["target", "at", "recorded_at", "action"]
            ),
            models.Index(fields=["recorded_at"], name="step_recorded"),
            models.Index(fields=["actor_id", "id"], name="step_actor"),
            models.Index(fields=["sheet", "id"], name="step_asked_back", condition=Q(action__in=ASKED_BACK)),
        ]

    def __str__(self) -> str:
        return f"{self.action} sheet {self.sheet_id} #{self.pk}"
