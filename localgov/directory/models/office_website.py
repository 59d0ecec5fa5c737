"""เว็บไซต์ สถจ. (MISSION R10.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.directory.models.website import URL_LENGTH


class OfficeWebsite(models.Model):
    """One statement of a provincial office about its own website: at `url`, or none (`url` empty); the newest row holds.

    Append-only, of no fiscal year: an office is asked by nobody, it tells the public where it is found.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=URL_LENGTH, blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="office_website_address", condition=Q(url="") | Q(url__regex=r"^https?://[^\s]+$")
            ),
        ]
        indexes = [models.Index("organisation", models.F("id").desc(), name="office_website_newest")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.url or 'ไม่มี'} #{self.pk}"

    @property
    def has_website(self) -> bool:
        """มี or ไม่มี."""
        return self.url != ""
