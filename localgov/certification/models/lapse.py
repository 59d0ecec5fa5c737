"""The end of a certificate."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop


class Lapse(models.Model):
    """One certificate ended: taken back, returned, or revoked. A superseded certificate has no lapse; the newer one is in force."""

    class Kind(models.TextChoices):
        """Why it ended."""

        TAKEN_BACK = "TAKEN_BACK", gettext_noop("ถอนการรับรอง")
        RETURNED = "RETURNED", gettext_noop("ส่งกลับให้แก้ไข")
        REVOKED = "REVOKED", gettext_noop("เพิกถอน")

    certificate = models.OneToOneField("certification.Certificate", on_delete=models.PROTECT, related_name="lapse")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField()
    order_number = models.CharField(max_length=100, blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lapse_kind_known", condition=Q(kind__in=["TAKEN_BACK", "RETURNED", "REVOKED"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} certificate {self.certificate_id}"
