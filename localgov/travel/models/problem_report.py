"""What a reader of the public site told the unit about one of its items."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.organisations.models import OrganisationVersion
from localgov.travel.states import ProblemKind, ProblemState


class ProblemReportQuerySet(models.QuerySet["ProblemReport"]):
    """Filters of reports."""

    def visible_to(self, actor: Actor, *, on: date) -> ProblemReportQuerySet:
        """Those about items of the units that the actor answers for today."""
        units = OrganisationVersion.objects.in_force(on).visible_to(actor, Permission.PROBLEM_ANSWER)
        return self.filter(organisation__in=units.values("organisation"))

    def waiting(self) -> ProblemReportQuerySet:
        """Those that nobody has answered."""
        return self.filter(state=ProblemState.NEW)


class ProblemReport(models.Model):
    """One แจ้งปัญหา about one item, with the officers' answer; never shown in public.

    The item is kept by number, kind and title as it was called, not by a key: the report outlives the item.
    `contact` (what the reader left of himself) and `sender` (a keyed hash of the address that sent it, for the limits)
    are personal data: erased `KEPT_DAYS` after the report by the clock, never in the record of the database's rows.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    item_id = models.BigIntegerField()
    item_kind = models.CharField(max_length=12)
    item_title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=ProblemKind.choices)
    text = models.TextField()
    contact = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ProblemState.choices, default=ProblemState.NEW)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_label = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = ProblemReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="problem_report_kind_known", condition=Q(kind__in=ProblemKind.values)),
            models.CheckConstraint(name="problem_report_state_known", condition=Q(state__in=ProblemState.values)),
            models.CheckConstraint(
                name="problem_report_answered_whole",
                condition=Q(state=ProblemState.NEW, answered_at__isnull=True, answer="")
                | ~Q(state=ProblemState.NEW) & Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state", "at"], name="problem_report_desk"),
            models.Index(fields=["item_id", "at"], name="problem_report_item"),
            models.Index(fields=["sender", "at"], name="problem_report_sender", condition=~Q(sender="")),
            models.Index(fields=["at"], name="problem_report_personal", condition=~Q(contact="") | ~Q(sender="")),
        ]

    def __str__(self) -> str:
        return f"problem report {self.pk} about item {self.item_id}"
