"""บันทึกผู้ดูแลระบบ INFO (MISSION R5.2): whom to contact when something fails. Never public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from localgov.directory.models.unit_record import UnitRecord


class AdministratorRecord(UnitRecord):
    """The whole list of the unit's administrators as told at one moment; never empty."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="administrator_record_year_is_buddhist",
                condition=Q(fiscal_year_be__gte=2500, fiscal_year_be__lte=2700),
            ),
        ]
        indexes = [
            models.Index("fiscal_year_be", "organisation", models.F("id").desc(), name="administrator_record_newest")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.fiscal_year_be} #{self.pk}"


class Administrator(models.Model):
    """One person of a list, in the order of the list (`place` from 1). `phone` as people read it, of the office."""

    record = models.ForeignKey(AdministratorRecord, on_delete=models.PROTECT, related_name="people")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    position = models.CharField(max_length=150)
    phone = models.CharField(max_length=120)
    email = models.CharField(max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "place"], name="administrator_one_in_place"),
            models.CheckConstraint(
                name="administrator_complete",
                condition=~Q(name="") & ~Q(position="") & ~Q(phone="") & ~Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
