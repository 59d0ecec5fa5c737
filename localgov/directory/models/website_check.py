"""Whether a recorded address answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from localgov.directory.models.website import URL_LENGTH
from localgov.directory.states import CheckResult, check_text


class WebsiteCheck(models.Model):
    """The newest finding about one address, whoever recorded it; `since` is when this result was first found in a row."""

    url = models.CharField(max_length=URL_LENGTH, unique=True)
    result = models.CharField(max_length=20, choices=CheckResult.choices)
    detail = models.CharField(max_length=200, blank=True)
    moved_to = models.CharField(max_length=2000, blank=True)
    checked_at = models.DateTimeField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="website_check_result_known", condition=Q(result__in=CheckResult.values)),
            models.CheckConstraint(name="website_check_since", condition=Q(since__lte=models.F("checked_at"))),
            models.CheckConstraint(
                name="website_check_moved_to",
                condition=Q(result=CheckResult.MOVED) & ~Q(moved_to="") | ~Q(result=CheckResult.MOVED) & Q(moved_to=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url} {self.result}"

    @property
    def text(self) -> str:
        """The finding in words."""
        return check_text(self.result, self.detail, self.moved_to, self.since)
