"""A role held by a person at a place, from–to."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Now

from localgov.access.roles import ROLES, RoleCode

ROLE_CHOICES = [(code.value, ROLES[code].name) for code in RoleCode]
#: Roles that one person at a time holds in an office, beside one who acts for him.
POSITION_ROLES = [code.value for code in RoleCode if ROLES[code].held_as_position]


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Filters of assignments."""

    def in_force(self, on: date) -> RoleAssignmentQuerySet:
        """Assignments held on a day."""
        return self.filter(held__contains=on)


class RoleAssignment(models.Model):
    """One role of one person at one organisation during `held` (half open).

    `sections` limits recorder and verifier rights to some sheets (None = all). Roles held as a position carry the title,
    the order that seated the person and whether he acts for another (MISSION §1, DESIGN People). Ending sets the end of
    `held`, never deletes: what was given and taken on one day stays as an empty period with `granted_at` and `ended_at`.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40, choices=ROLE_CHOICES)
    sections = ArrayField(models.CharField(max_length=60), null=True, blank=True)
    held = DateRangeField()
    position_title = models.CharField(max_length=200, blank=True)
    order_number = models.CharField(max_length=100, blank=True)
    is_acting = models.BooleanField(default=False)
    granted_by = models.BigIntegerField(null=True)
    granted_at = models.DateTimeField(db_default=Now())
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_assignment_role_known", condition=Q(role__in=[c for c, _ in ROLE_CHOICES])
            ),
            ExclusionConstraint(
                name="role_assignment_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="role_assignment_position_held_once",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Cast("is_acting", models.IntegerField()), RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=POSITION_ROLES),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="role_assignment_organisation")]

    def __str__(self) -> str:
        return f"{self.role} user {self.user_id} at {self.organisation_id} #{self.pk}"
