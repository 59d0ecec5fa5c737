"""A code that lets an account in once, to choose a password."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class OneTimeCode(models.Model):
    """One code of ≥ 80 random bits; only its keyed hash is kept. Single use, expiring (DESIGN §4, People)."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="one_time_codes")
    keyed_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(db_default=Now())
    issued_by = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(used_at__isnull=True), name="one_time_code_one_open"),
        ]

    def __str__(self) -> str:
        return f"code of user {self.user_id} #{self.pk}"
