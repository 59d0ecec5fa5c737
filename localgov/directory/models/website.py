"""บันทึกเว็บไซต์ อปท. (MISSION R5.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from localgov.directory.models.unit_record import UnitRecord

#: The longest address kept, after repair (Thai letters of a path count threefold three).
URL_LENGTH = 500


class WebsiteRecord(UnitRecord):
    """The unit has a website at `url`, or has none (`url` empty). Not yet recorded is a third state: no row."""

    url = models.CharField(max_length=URL_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="website_record_address", condition=Q(url="") | Q(url__regex=r"^https?://[^\s]+$")
            ),
            models.CheckConstraint(
                name="website_record_year_is_buddhist", condition=Q(fiscal_year_be__gte=2500, fiscal_year_be__lte=2700)
            ),
        ]
        indexes = [
            models.Index("fiscal_year_be", "organisation", models.F("id").desc(), name="website_record_newest"),
            models.Index(
                "organisation", models.F("fiscal_year_be").desc(), models.F("id").desc(), name="website_record_listed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.fiscal_year_be} {self.url or 'ไม่มี'} #{self.pk}"

    @property
    def has_website(self) -> bool:
        """มี or ไม่มี."""
        return self.url != ""
