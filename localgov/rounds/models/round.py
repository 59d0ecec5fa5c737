"""A form version asked of a roster of units for one fiscal year."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Profile(models.TextChoices):
    """How far the workflow of a round goes; each cuts the state table at its end."""

    RECORD = "RECORD", "บันทึกและส่ง"
    UNIT = "UNIT", "บันทึก ตรวจสอบ และ อปท. รับรอง"
    PROVINCE = "PROVINCE", "บันทึก ตรวจสอบ อปท. รับรอง และจังหวัดรับรอง"


class Round(models.Model):
    """One form in one fiscal year (พ.ศ.), with its three dates: due ≤ last new filing ≤ last edit, each exclusive.

    The dates are those first announced and never change: a unit's own, with extensions, stand on its roster entry.

    Example: due at 2027-06-16 00:00 Bangkok means that 15 June is the last day in time.
    """

    form_version = models.ForeignKey("forms.FormVersion", on_delete=models.PROTECT, related_name="rounds")
    form_code = models.CharField(max_length=60)
    fiscal_year_be = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    profile = models.CharField(max_length=12, choices=Profile.choices, default=Profile.PROVINCE)
    due_at = models.DateTimeField()
    last_new_at = models.DateTimeField()
    last_edit_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_code", "fiscal_year_be"], name="round_one_per_form_and_year"),
            models.CheckConstraint(
                name="round_dates_in_order",
                condition=Q(due_at__lte=F("last_new_at"), last_new_at__lte=F("last_edit_at")),
            ),
            models.CheckConstraint(name="round_profile_known", condition=Q(profile__in=Profile.values)),
            models.CheckConstraint(
                name="round_year_is_buddhist", condition=Q(fiscal_year_be__gte=2500, fiscal_year_be__lte=2700)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_code} {self.fiscal_year_be}"
