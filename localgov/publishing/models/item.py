"""One piece of news, one product, one place of a unit (MISSION R6.1, R6.2)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.organisations.models import OrganisationVersion
from localgov.publishing.states import PublishedKind

#: What the public sees, as far as the item itself says; the unit must be in force too.
IS_SHOWN = Q(shown__isnull=False, displayed=True, deleted_at__isnull=True)


class ItemQuerySet(models.QuerySet["Item"]):
    """Filters of items."""

    def visible_to(self, actor: Actor, *, on: date, permission: Permission = Permission.PUBLISH_VIEW) -> ItemQuerySet:
        """Items of the units under the actor's scopes by the register of a day; what was deleted is among them."""
        units = OrganisationVersion.objects.in_force(on).units().visible_to(actor, permission)
        return self.filter(organisation_id__in=units.values("organisation_id"))

    def kept(self) -> ItemQuerySet:
        """Items that were not deleted."""
        return self.filter(deleted_at__isnull=True)


class Item(models.Model):
    """Something that a unit publishes; what it says is in its versions.

    `newest` is the version written last, `shown` the newest one that the province checked: the public sees `shown`, if the
    unit displays the item (`displayed`, สถานะการแสดง) and has not deleted it. `shown_at`: since when that version is the one.
    A deleted item can be taken back for 30 days, then it is purged with its versions. `fiscal_year_be`: when it was entered.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PublishedKind.choices)
    displayed = models.BooleanField(default=True)
    newest = models.OneToOneField(
        "publishing.ItemVersion", null=True, on_delete=models.PROTECT, related_name="newest_of"
    )
    shown = models.OneToOneField("publishing.ItemVersion", null=True, on_delete=models.PROTECT, related_name="shown_of")
    shown_at = models.DateTimeField(null=True)
    fiscal_year_be = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.BigIntegerField(null=True)
    deleted_label = models.CharField(max_length=200, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="item_kind_known", condition=Q(kind__in=PublishedKind.values)),
            models.CheckConstraint(
                name="item_year_is_buddhist", condition=Q(fiscal_year_be__gte=2500, fiscal_year_be__lte=2700)
            ),
            models.CheckConstraint(
                name="item_shown_has_a_moment",
                condition=Q(shown__isnull=True, shown_at__isnull=True) | Q(shown__isnull=False, shown_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_deleted_by_somebody",
                condition=Q(deleted_at__isnull=True, deleted_label="")
                | (Q(deleted_at__isnull=False) & ~Q(deleted_label="")),
            ),
        ]
        indexes = [
            models.Index("organisation", "kind", F("id").desc(), name="item_of_unit"),
            models.Index("kind", F("shown_at").desc(), F("id").desc(), name="item_shown", condition=IS_SHOWN),
            models.Index(F("shown_at").desc(), F("id").desc(), name="item_shown_all", condition=IS_SHOWN),
            models.Index("organisation", F("shown_at").desc(), name="item_shown_of_unit", condition=IS_SHOWN),
            models.Index("deleted_at", name="item_deleted", condition=Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
