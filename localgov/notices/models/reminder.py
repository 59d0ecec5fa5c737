"""When units are reminded by e-mail, and every reminder that was sent (or had nowhere to go)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.notices.states import ReminderAbout


class ReminderPlan(models.Model):
    """On which days the units of a round are reminded of one thing: days from the due date, negative before it.

    Without a row the form itself has the usual days (`reminders.USUAL_DAYS`), websites and administrators none.
    """

    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="reminder_plans")
    about = models.CharField(max_length=14, choices=ReminderAbout.choices)
    days = ArrayField(models.SmallIntegerField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "about"], name="reminder_plan_one_of_a_thing"),
            models.CheckConstraint(name="reminder_plan_about_known", condition=Q(about__in=ReminderAbout.values)),
        ]

    def __str__(self) -> str:
        return f"reminders of round {self.round_id} about {self.about}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Filters of reminders."""

    def visible_to(self, actor: Actor) -> ReminderQuerySet:
        """Those of units under the actor's places, by the paths of their day."""
        allowed = Q(pk__in=())
        for scope in actor.scopes(Permission.MONITOR_VIEW):
            allowed |= Q(path__startswith=scope)
        return self.filter(allowed)


class Reminder(models.Model):
    """One unit reminded of one thing by one rule for one due date; append-only.

    `mail` None: there was no address to write to. `due_on` is the unit's own date, with its extension then; `days` the rule.
    """

    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="reminders")
    entry = models.ForeignKey("rounds.RosterEntry", on_delete=models.PROTECT, related_name="reminders")
    path = models.CharField(max_length=80)
    about = models.CharField(max_length=14, choices=ReminderAbout.choices)
    days = models.SmallIntegerField()
    due_on = models.DateField()
    mail = models.OneToOneField("notices.Mail", on_delete=models.PROTECT, null=True, related_name="reminder")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "about", "days", "due_on"], name="reminder_once"),
            models.CheckConstraint(name="reminder_about_known", condition=Q(about__in=ReminderAbout.values)),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["round", "path", "-id"],
                name="reminder_round",
                opclasses=["int8_ops", "varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"reminder of entry {self.entry_id} {self.about} {self.days:+d}"
