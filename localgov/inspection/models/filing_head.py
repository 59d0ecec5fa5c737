"""Where the chains of a filing ended on a day."""

from django.db import models


class FilingHead(models.Model):
    """The ends of a filing's two chains (answers, acts) at a daily head; kept only for filings that moved since the one before."""

    head = models.ForeignKey("inspection.DailyHead", on_delete=models.PROTECT, related_name="filings")
    filing_id = models.BigIntegerField()
    change_position = models.PositiveIntegerField()
    change_hash = models.CharField(max_length=64, blank=True)
    link_position = models.PositiveIntegerField()
    link_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing_id", "head"], name="filing_head_once")]

    def __str__(self) -> str:
        return f"filing {self.filing_id} at head {self.head_id}"
