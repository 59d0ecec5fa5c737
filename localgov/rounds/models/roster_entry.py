"""A unit due in a round, as it was then."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.rounds.models.reopening import Reopening
from localgov.rounds.scopes import Reach, Scope

_REACHED_BY = {Scope.PROVINCE: "province_code", Scope.DISTRICT: "district_code", Scope.UNIT: "code"}


class RosterEntryQuerySet(models.QuerySet["RosterEntry"]):
    """Filters of rosters."""

    def visible_to(self, actor: Actor, permission: Permission = Permission.FILING_VIEW) -> RosterEntryQuerySet:
        """Entries of units that stand under the actor's scopes today (access follows today's path)."""
        condition = Q(pk__in=[])
        for scope in actor.scopes(permission):
            condition |= Q(path__startswith=scope)
        return self.filter(condition)

    def reached(self, reach: Reach) -> RosterEntryQuerySet:
        """Entries within a province, a district or one unit, by the places of the roster; all for ALL."""
        return self if reach.scope is Scope.ALL else self.filter(**{_REACHED_BY[reach.scope]: reach.code})

    def due(self) -> RosterEntryQuerySet:
        """Entries that count: not excused (merged or abolished in mid-year)."""
        return self.filter(excused_from__isnull=True)


class RosterEntry(models.Model):
    """One unit in one round: name, type, district and province of that day stay for ever; every denominator is counted here.

    `path` alone follows the unit when it moves (access follows today's path, counts use the other columns).
    `excused_from`: merged or abolished from that day; the row stays, and the database stamps when that was recorded.
    `due_at`, `last_new_at`, `last_edit_at`: the unit's own dates, the latest of the round's and of the extensions that reach
    it; the round keeps the original ones.
    """

    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="roster")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="roster_entries"
    )
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    full_name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=200)
    unit_type = models.CharField(max_length=12, choices=UNIT_TYPE_CHOICES)
    province_code = models.CharField(max_length=2)
    district_code = models.CharField(max_length=4)
    path = models.CharField(max_length=80)
    excused_from = models.DateField(null=True)
    excused_reason = models.CharField(max_length=300, blank=True)
    excused_recorded_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    last_new_at = models.DateTimeField()
    last_edit_at = models.DateTimeField()
    added_at = models.DateTimeField(db_default=Now())
    search_text = models.TextField(blank=True)
    sort_key = models.GeneratedField(
        expression=Func(F("name"), function="thai_key", output_field=models.TextField()),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects = RosterEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="roster_entry_once"),
            models.CheckConstraint(
                name="roster_entry_excused_with_reason",
                condition=Q(excused_from__isnull=True, excused_reason="")
                | Q(excused_from__isnull=False) & ~Q(excused_reason=""),
            ),
            models.CheckConstraint(
                name="roster_entry_dates_in_order",
                condition=Q(due_at__lte=F("last_new_at"), last_new_at__lte=F("last_edit_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["round", "province_code", "district_code"], name="roster_entry_area"),
            models.Index(fields=["code", "round"], name="roster_entry_code"),
            models.Index(OpClass(F("path"), name="text_pattern_ops"), name="roster_entry_path"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} round {self.round_id}"

    @property
    def is_extended(self) -> bool:
        """Whether it is due later than the round said; the round is loaded."""
        return self.due_at > self.round.due_at

    @cached_property
    def reopenings(self) -> list[Reopening]:
        """The re-openings that reach it, oldest first. One query, asked only once a date has passed."""
        return list(Reopening.objects.reaching(self).select_related("end").order_by("pk"))

    def reopened_until(self, *, section: str, at: datetime) -> datetime | None:
        """Until when a sheet is re-opened at a moment; None when it is not."""
        return max((one.ends_at for one in self.reopenings if one.holds(section=section, at=at)), default=None)
