"""A circular letter of an office to the offices and units below it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.notices.models.addressee import Addressee
from localgov.notices.states import CircularState


class CircularQuerySet(models.QuerySet["Circular"]):
    """Filters of circulars."""

    def visible_to(self, actor: Actor) -> CircularQuerySet:
        """What was published to the actor's own office or unit, or by an office that it watches; drafts of its own office."""
        watched = Q(office_id__in=[])
        for scope in actor.scopes(Permission.NOTICE_VIEW):
            watched |= Q(office_path__startswith=scope)
        received = Exists(Addressee.objects.of(actor).filter(circular=OuterRef("pk")))
        own = Q(office_id__in=publishing_offices(actor))
        return self.filter(own | ~Q(state=CircularState.DRAFT) & (watched | received))


class Circular(models.Model):
    """One หนังสือแจ้งเวียน of an office in one version: what it says, to whom it goes, where it stands.

    To whom, as chosen in the draft: `everywhere` under the office, or the `provinces`, `districts` (those that follow them, by
    path) and single `units`, all by code; of the areas the `unit_types` and, of `office_kinds`, the offices. Who that was
    on the day of publication stands in `Addressee`; `addressee_count` is how many. `finish_on`: the last day to finish.
    A correction is a new version that `replaces` the one before and says in `change_note` what changed. The database
    refuses any change of a circular once it is published but its end (`ended_at` …), and that only once.
    """

    office = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="circulars")
    office_path = models.CharField(max_length=80)
    office_name = models.CharField(max_length=300)
    number = models.CharField(max_length=100)
    dated = models.DateField()
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    finish_on = models.DateField(null=True)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, null=True, related_name="circulars")
    everywhere = models.BooleanField(default=True)
    unit_types = ArrayField(models.CharField(max_length=12, choices=UNIT_TYPE_CHOICES), default=list, blank=True)
    office_kinds = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    provinces = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    districts = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    units = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    state = models.CharField(max_length=12, choices=CircularState.choices, default=CircularState.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    change_note = models.CharField(max_length=500, blank=True)
    search_text = models.TextField(blank=True)
    drafted_by = models.BigIntegerField(null=True)
    drafted_label = models.CharField(max_length=200)
    drafted_at = models.DateTimeField()
    addressee_count = models.PositiveIntegerField(default=0)
    published_by = models.BigIntegerField(null=True)
    published_label = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_label = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = CircularQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="circular_state_known", condition=Q(state__in=CircularState.values)),
            models.CheckConstraint(
                name="circular_published_with_addressees",
                condition=Q(state=CircularState.DRAFT, published_at__isnull=True, addressee_count=0)
                | ~Q(state=CircularState.DRAFT) & Q(published_at__isnull=False, addressee_count__gt=0),
            ),
            models.CheckConstraint(
                name="circular_ended_pair",
                condition=Q(state__in=[CircularState.DRAFT, CircularState.PUBLISHED], ended_at__isnull=True)
                | Q(state__in=[CircularState.REPLACED, CircularState.WITHDRAWN], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="circular_withdrawn_with_reason",
                condition=~Q(state=CircularState.WITHDRAWN) | ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="circular_correction_says_what",
                condition=Q(replaces__isnull=True, version=1)
                | Q(replaces__isnull=False, version__gt=1) & (Q(state=CircularState.DRAFT) | ~Q(change_note="")),
            ),
            models.CheckConstraint(
                name="circular_finish_not_before_its_date",
                condition=Q(finish_on__isnull=True) | Q(finish_on__gte=F("dated")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "state"], name="circular_office")]

    def __str__(self) -> str:
        return f"{self.number} v{self.version} #{self.pk}"


def publishing_offices(actor: Actor) -> list[int]:
    """The offices for which the actor writes circulars."""
    grants = actor.matching(Permission.NOTICE_PUBLISH)
    return [grant.organisation_id for grant in grants if grant.organisation_id is not None]
