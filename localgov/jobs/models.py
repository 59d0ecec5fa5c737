"""What people see of one piece of work in the background; the queue itself is procrastinate's tables."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from localgov.access.actor import Actor
from localgov.access.permissions import Permission


class JobState(models.TextChoices):
    """How far a job is."""

    QUEUED = "QUEUED", "รอคิว"
    RUNNING = "RUNNING", "กำลังทำ"
    DONE = "DONE", "เสร็จแล้ว"
    FAILED = "FAILED", "ทำไม่สำเร็จ"


class JobQuerySet(models.QuerySet["Job"]):
    """Filters of jobs."""

    def visible_to(self, actor: Actor) -> JobQuerySet:
        """One's own jobs, and those asked for under the places whose record of acts one may read."""
        allowed = Q(asked_by=actor.user_id) if actor.user_id is not None else Q(pk__in=())
        for scope in actor.scopes(Permission.AUDIT_VIEW):
            allowed |= Q(path__startswith=scope)
        return self.filter(allowed)


class Job(models.Model):
    """One piece of work that somebody asked for and that a worker does: who asked, how far it is, how it ended.

    `label` says in Thai what is made; `path` is the supervision path of whose business it is; `message` is the sentence of
    the outcome, or why it failed; `result_url` leads to what came of it. `total` 0 = not known how much there is.
    """

    task = models.CharField(max_length=80)
    label = models.CharField(max_length=300)
    asked_by = models.BigIntegerField(null=True)
    asked_by_label = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(name="job_done_within_total", condition=Q(total=0) | Q(done__lte=F("total"))),
            models.CheckConstraint(
                name="job_ended_has_a_moment",
                condition=Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False)
                | Q(state__in=[JobState.QUEUED, JobState.RUNNING], finished_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-id"], name="job_asked_by"),
            models.Index(fields=["path", "-id"], name="job_path", opclasses=["varchar_pattern_ops", "int8_ops"]),
        ]

    def __str__(self) -> str:
        return f"job {self.pk} {self.task}"

    @property
    def is_ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in (JobState.DONE, JobState.FAILED)
