"""A tiny unit's exception: one person in two parts."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.access.duty import Parts


class DutyExceptionQuerySet(models.QuerySet["DutyException"]):
    """Filters of exceptions."""

    def in_force(self, on: date) -> DutyExceptionQuerySet:
        """Exceptions that hold on a day."""
        return self.filter(held__contains=on)


class DutyException(models.Model):
    """One person may do two named parts of the work on a sheet of one unit during `held` (half open), by the province's order.

    A person holds one at a time, so that three parts are never joined. Ending cuts the end of `held`; everything else stays
    as it was granted (trigger), and nothing is deleted.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="duty_exceptions")
    parts = models.CharField(max_length=20, choices=[(one.value, one.label) for one in Parts])
    held = DateRangeField()
    order_number = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)
    granted_by = models.BigIntegerField(null=True)
    granted_label = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True)
    ended_label = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = DutyExceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_exception_parts_known", condition=Q(parts__in=[one.value for one in Parts])
            ),
            models.CheckConstraint(
                name="duty_exception_order_and_reason", condition=~Q(order_number="") & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="duty_exception_ends", condition=Q(held__upper_inf=False, held__lower_inf=False)
            ),
            ExclusionConstraint(
                name="duty_exception_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["organisation"], name="duty_exception_organisation")]

    def __str__(self) -> str:
        return f"{self.parts} user {self.user_id} at {self.organisation_id} #{self.pk}"
