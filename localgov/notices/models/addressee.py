"""Who a circular was published to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from localgov.access.actor import Actor
from localgov.access.permissions import Permission


class AddresseeQuerySet(models.QuerySet["Addressee"]):
    """Filters of addressees."""

    def of(self, actor: Actor) -> AddresseeQuerySet:
        """What was addressed to the actor's own office or unit; the offices above read it as watchers, without receipts."""
        grants = actor.matching(Permission.NOTICE_VIEW)
        return self.filter(organisation_id__in={one.organisation_id for one in grants if one.organisation_id})


class Addressee(models.Model):
    """One office or unit to which a circular was published. Append-only; written by one statement at publication.

    `version` is how it was named on that day; type and area of then stand here as well, with the row's `position` among
    the circular's addressees in Thai order, so that lists and sums of the country need no sorting and no join. A unit
    that joins the tree later is no addressee of earlier circulars: the office publishes a new version to reach it.
    """

    circular = models.ForeignKey(
        "notices.Circular", on_delete=models.PROTECT, related_name="addressees", db_index=False
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version = models.ForeignKey(
        "organisations.OrganisationVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit_type = models.CharField(max_length=12, db_default="")
    province_code = models.CharField(max_length=2, db_default="")
    district_code = models.CharField(max_length=4, db_default="")
    position = models.PositiveIntegerField(db_default=0)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circular", "organisation"], name="addressee_once"),
            models.UniqueConstraint(fields=["id", "circular"], name="addressee_of_circular"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "circular"], name="addressee_organisation"),
            models.Index(fields=["circular", "position", "id"], name="addressee_position"),
        ]

    def __str__(self) -> str:
        return f"circular {self.circular_id} to {self.organisation_id}"
