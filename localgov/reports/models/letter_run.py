"""Letters that an office made in one act."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.reports.kinds import LetterKind, Numbering, Urgency


class LetterRunQuerySet(models.QuerySet["LetterRun"]):
    """Filters of runs."""

    def visible_to(self, actor: Actor, permission: Permission = Permission.LETTER_VIEW) -> LetterRunQuerySet:
        """Runs of offices under the actor's scopes: one's own office's and those of the offices below it."""
        condition = Q(pk__in=[])
        for scope in actor.scopes(permission):
            condition |= Q(path__startswith=scope)
        return self.filter(condition)


class LetterRun(models.Model):
    """Letters of one kind for one cause, from one list taken at `as_of`. Append-only: it says what was sent for ever.

    `filter` is what the list was narrowed by (province_code, district_code, unit_type), `filter_words` the same for people.
    `body`, `subject`, `references` (lines) and `letterhead` are those used, with fields not yet filled in. `letter_date`
    None leaves the day to the pen. `round` None: the cause is not about a round.
    """

    key = models.UUIDField(unique=True, editable=False)
    office = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="letter_runs")
    office_name = models.CharField(max_length=300)
    path = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    cause = models.CharField(max_length=30)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, null=True, related_name="letter_runs")
    fiscal_year_be = models.PositiveSmallIntegerField()
    filter = models.JSONField(default=dict)
    filter_words = models.CharField(max_length=300, blank=True)
    as_of = models.DateTimeField()
    urgency = models.CharField(max_length=12, choices=Urgency.choices, blank=True)
    number_prefix = models.CharField(max_length=60, blank=True)
    numbering = models.CharField(max_length=8, choices=Numbering.choices)
    first_number = models.PositiveIntegerField(null=True)
    letter_date = models.DateField(null=True)
    finish_by = models.DateField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    references = models.TextField(blank=True)
    letterhead = models.JSONField()
    signer_name = models.CharField(max_length=200, blank=True)
    letter_count = models.PositiveIntegerField()
    unit_count = models.PositiveIntegerField()
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, related_name="+")
    made_by = models.BigIntegerField(null=True)
    made_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects = LetterRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="letter_run_kind_known", condition=Q(kind__in=LetterKind.values)),
            models.CheckConstraint(name="letter_run_urgency_known", condition=Q(urgency__in=Urgency.values)),
            models.CheckConstraint(name="letter_run_somebody", condition=Q(letter_count__gt=0, unit_count__gt=0)),
            models.CheckConstraint(
                name="letter_run_number_by_numbering",
                condition=Q(numbering=Numbering.BLANK, first_number__isnull=True)
                | Q(numbering__in=[Numbering.SAME, Numbering.RUNNING], first_number__gt=0),
            ),
            models.CheckConstraint(
                name="letter_run_time_to_finish",
                condition=Q(letter_date__isnull=True) | Q(finish_by__gte=F("letter_date")),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "-id"], name="letter_run_path", opclasses=["varchar_pattern_ops", "int8_ops"]),
        ]

    def __str__(self) -> str:
        return f"letters {self.kind} {self.cause} #{self.pk}"
