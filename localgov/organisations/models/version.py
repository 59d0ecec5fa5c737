"""What an organisation was called, was, and where it stood, during a period."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.organisations.models.organisation import Kind, Organisation


class OrganisationVersionQuerySet(models.QuerySet["OrganisationVersion"]):
    """Filters of the register."""

    def in_force(self, on: date) -> OrganisationVersionQuerySet:
        """Versions in force on a day."""
        return self.filter(in_force__contains=on)

    def units(self) -> OrganisationVersionQuerySet:
        """Units (อปท.) only, no offices."""
        return self.filter(organisation__kind=Kind.UNIT)

    def under(self, *prefixes: str) -> OrganisationVersionQuerySet:
        """Rows whose path starts with any of the prefixes; none for no prefix."""
        condition = Q(pk__in=[])
        for prefix in prefixes:
            condition |= Q(path__startswith=prefix)
        return self.filter(condition)

    def visible_to(
        self, actor: Actor, permission: Permission = Permission.REGISTER_VIEW
    ) -> OrganisationVersionQuerySet:
        """Rows the actor may see under a permission."""
        return self.under(*actor.scopes(permission))


class OrganisationVersion(models.Model):
    """An organisation during `in_force` (half open): the register is dated, never overwritten.

    `path` is supervision, ending in a dot: `th.25.2501.6250104.` (ทต., อบต. under their district) or `th.25.2250101.`
    (all others under the province). `province_code`/`district_code` say where it lies (DOPA codes, 2 and 4 digits).
    `name` is without its title, `full_name` with it. `website` is the cleaned address, `website_typed` what the register holds.
    `folded` is the name as `lib.thai_fold` compares misspellings.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="versions")
    in_force = DateRangeField()
    name = models.CharField(max_length=200)
    full_name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=200)
    unit_type = models.CharField(max_length=12, blank=True, choices=UNIT_TYPE_CHOICES)
    path = models.CharField(max_length=80)
    province_code = models.CharField(max_length=2, blank=True)
    district_code = models.CharField(max_length=4, blank=True)
    subdistrict_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    moo = models.CharField(max_length=40, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    area_km2 = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    website = models.CharField(max_length=300, blank=True)
    website_typed = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)
    search_text = models.TextField(blank=True)
    sort_key = models.GeneratedField(
        expression=Func(F("name"), function="thai_key", output_field=models.TextField()),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    folded = models.GeneratedField(
        expression=Func(F("name"), function="thai_fold", output_field=models.TextField()),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = OrganisationVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_one_version_in_force",
                expressions=[("organisation", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="organisation_version_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_version_area_positive", condition=Q(area_km2__isnull=True) | Q(area_km2__gt=0)
            ),
            models.CheckConstraint(name="organisation_version_path_dot", condition=Q(path__endswith=".")),
            models.CheckConstraint(
                name="organisation_version_type_known",
                condition=Q(unit_type="") | Q(unit_type__in=[code for code, _ in UNIT_TYPE_CHOICES]),
            ),
        ]
        indexes = [
            models.Index(
                OpClass(F("path"), name="text_pattern_ops"),
                name="organisation_version_path",
            ),
            models.Index(fields=["province_code", "district_code"], name="organisation_version_area"),
            models.Index(fields=["sort_key", "id"], name="organisation_version_sort"),
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="organisation_version_search"),
            GinIndex(OpClass(F("folded"), name="gin_trgm_ops"), name="organisation_version_folded"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} #{self.pk}"

    @property
    def valid_from(self) -> date:
        """First day of the period."""
        lower: date = self.in_force.lower
        return lower

    @property
    def valid_to(self) -> date | None:
        """First day after the period, None while in force."""
        upper: date | None = self.in_force.upper
        return upper
