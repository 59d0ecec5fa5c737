"""What extensions and re-openings share: whom they reach, by whose order, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Now

from localgov.rounds.scopes import Reach, Scope

if TYPE_CHECKING:
    from localgov.rounds.models.roster_entry import RosterEntry


class ActOfTimeQuerySet(models.QuerySet[Any]):
    """Filters of acts of time."""

    def reaching(self, entry: RosterEntry) -> ActOfTimeQuerySet:
        """Acts that reach a roster entry."""
        return self.filter(_reaches(entry.province_code, entry.district_code, entry.code), round_id=entry.round_id)

    def reaching_outer(self) -> ActOfTimeQuerySet:
        """Acts that reach the roster entry of the outer query: for subqueries of lists."""
        places = (OuterRef("province_code"), OuterRef("district_code"), OuterRef("code"))
        return self.filter(_reaches(*places), round_id=OuterRef("round_id"))


def _reaches(province: str | OuterRef, district: str | OuterRef, unit: str | OuterRef) -> Q:
    return (
        Q(scope=Scope.ALL)
        | Q(scope=Scope.PROVINCE, scope_code=province)
        | Q(scope=Scope.DISTRICT, scope_code=district)
        | Q(scope=Scope.UNIT, scope_code=unit)
    )


def act_constraints(name: str) -> list[models.BaseConstraint]:
    """What holds of every act of time."""
    return [
        models.CheckConstraint(name=f"{name}_scope_known", condition=Q(scope__in=Scope.values)),
        models.CheckConstraint(
            name=f"{name}_scope_has_code",
            condition=Q(scope=Scope.ALL, scope_code="") | ~Q(scope=Scope.ALL) & ~Q(scope_code=""),
        ),
        models.CheckConstraint(name=f"{name}_order_and_reason", condition=~Q(order_number="") & ~Q(reason="")),
    ]


class ActOfTime(models.Model):
    """One act upon the dates of units of a round. Append-only; `key` makes the same press twice one act.

    `scope_label` is how the place was called on the day; `unit_count` how many units it reached then.
    """

    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    scope_code = models.CharField(max_length=12, blank=True)
    scope_label = models.CharField(max_length=300)
    unit_count = models.PositiveIntegerField()
    order_number = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)
    key = models.UUIDField(unique=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects = ActOfTimeQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def reach(self) -> Reach:
        """Over which units."""
        return Reach(Scope(self.scope), self.scope_code)
