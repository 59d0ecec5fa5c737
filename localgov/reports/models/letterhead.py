"""What an office prints on every letter of its own."""

from django.db import models
from django.db.models.functions import Now


class Letterhead(models.Model):
    """One version of an office's head and foot; the newest is in use. Append-only: a letter keeps what it was made with.

    `address` and `signer_position` are lines. `section` is ส่วนราชการเจ้าของเรื่อง, which answers the telephone.
    `district_title` is how a province addresses its districts.
    """

    class DistrictTitle(models.TextChoices):
        """How a province addresses the districts."""

        CHIEF = "นายอำเภอ", "นายอำเภอ"
        OFFICE = "ท้องถิ่นอำเภอ", "ท้องถิ่นอำเภอ"

    office = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="letterheads")
    agency = models.CharField(max_length=300)
    address = models.TextField(blank=True)
    number_prefix = models.CharField(max_length=60, blank=True)
    section = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=200, blank=True)
    signer_position = models.TextField()
    district_title = models.CharField(max_length=20, choices=DistrictTitle.choices, default=DistrictTitle.CHIEF)
    saved_by = models.BigIntegerField(null=True)
    saved_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["office", "-id"], name="letterhead_newest")]

    def __str__(self) -> str:
        return f"letterhead {self.office_id} #{self.pk}"
