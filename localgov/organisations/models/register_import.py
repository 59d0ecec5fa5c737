"""One accepted reading of the register."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class RegisterImport(models.Model):
    """One import of the register file (or the building of the demo registry), with its full report.

    The newest row says whether the installation is demo or real. `report` is the JSON that the command printed.
    """

    class Source(models.TextChoices):
        """Where the rows came from."""

        DEMO = "DEMO", "ข้อมูลสาธิต"
        REAL = "REAL", "ทะเบียนของกรม"

    source = models.CharField(max_length=4, choices=Source.choices)
    file_name = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    effective_date = models.DateField()
    report = models.JSONField(default=dict)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="register_import_source_known", condition=Q(source__in=["DEMO", "REAL"])),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.effective_date} #{self.pk}"
