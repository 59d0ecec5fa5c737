"""A row of a register inside a sheet revision."""

from django.db import models


class RegisterRow(models.Model):
    """One row of a register (village, road, …): stable id, order, values `{column: {v, missing, reason, by}}`, lock counter.

    Written only while its sheet is RECORDING (the database refuses the rest). A deleted row lives on in `Change`.
    """

    sheet = models.ForeignKey("filings.Sheet", on_delete=models.PROTECT, related_name="rows")
    register = models.CharField(max_length=80)
    row_id = models.UUIDField()
    position = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    seq = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "row_id"], name="register_row_once")]
        indexes = [models.Index(fields=["sheet", "register", "position"], name="register_row_order")]

    def __str__(self) -> str:
        return f"{self.register} {self.row_id} of sheet {self.sheet_id}"
