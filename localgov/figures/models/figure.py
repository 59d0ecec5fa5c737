"""One number or choice of one unit in one year."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Stage(models.TextChoices):
    """Which reading of the answer the figure is: as recorded now, or as in force by certification."""

    RECORDED = "RECORDED", "ตามที่บันทึก"
    UNIT = "UNIT", "อปท. รับรอง"
    PROVINCE = "PROVINCE", "รับรองทั้งสองระดับ"


class Figure(models.Model):
    """The typed value of one question (scalars only), written in the transaction of the act that caused it.

    `number` for integer, decimal, money (baht) and year questions; `choice` for choices and yes/no. ไม่มี is number 0 with
    `missing` NONE; ไม่มีข้อมูล has neither value.
    """

    fiscal_year_be = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="figures")
    question = models.CharField(max_length=80)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    number = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    choice = models.CharField(max_length=60, blank=True)
    missing = models.CharField(max_length=10, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # The values stand in the index too: a national total reads it alone.
                fields=["fiscal_year_be", "question", "stage", "organisation"],
                include=["number", "choice", "missing"],
                name="figure_one_per_reading",
            ),
            models.CheckConstraint(name="figure_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(name="figure_number_or_choice", condition=Q(number__isnull=True) | Q(choice="")),
        ]
        indexes = [models.Index(fields=["organisation", "question", "fiscal_year_be"], name="figure_series")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.fiscal_year_be} {self.question} {self.stage}"
