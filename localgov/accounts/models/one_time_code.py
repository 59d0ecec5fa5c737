"""A code that lets an account in once, to choose a password."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class OneTimeCodeQuerySet(models.QuerySet["OneTimeCode"]):
    """Filters of codes."""

    def open(self) -> OneTimeCodeQuerySet:
        """Codes that were neither used nor voided; they may have expired."""
        return self.filter(used_at__isnull=True, voided_at__isnull=True)


class OneTimeCode(models.Model):
    """One code of 80 random bits; only its keyed hash is kept. Single use, expiring (DESIGN §4, People).

    Open = neither used nor voided; an account has at most one. A later code voids the one before.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="one_time_codes")
    keyed_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(db_default=Now())
    issued_by = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, voided_at__isnull=True),
                name="one_time_code_one_open",
            ),
            models.CheckConstraint(
                name="one_time_code_used_or_voided", condition=Q(used_at__isnull=True) | Q(voided_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"code of user {self.user_id} #{self.pk}"
