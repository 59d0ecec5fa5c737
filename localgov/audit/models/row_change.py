"""What happened to a row of an ordinary table, whoever wrote it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class RowChange(models.Model):
    """One row that was added, changed or deleted in a watched table; written by the database's trigger alone (ADR 0011).

    `old` and `new` hold the changed columns. Secrets are masked, texts over 2,000 characters are kept as their SHA-256.
    Who did it stands in the `Event` of the same `tx`; a row without one was written past the program, by `db_user`.
    UPDATE, DELETE and TRUNCATE are refused, and the serving role may not even insert.
    """

    class Op(models.TextChoices):
        """What became of the row."""

        INSERT = "INSERT", "เพิ่ม"
        UPDATE = "UPDATE", "แก้ไข"
        DELETE = "DELETE", "ลบ"
        EMPTIED = "EMPTIED", "ล้างทั้งตาราง"

    table = models.CharField(max_length=63)
    row = models.CharField(max_length=60, blank=True)
    op = models.CharField(max_length=8, choices=Op.choices)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    organisation_id = models.BigIntegerField(null=True)
    tx = models.BigIntegerField()
    db_user = models.CharField(max_length=63)
    application = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="row_change_op_known", condition=Q(op__in=["INSERT", "UPDATE", "DELETE", "EMPTIED"])
            ),
        ]
        indexes = [
            models.Index(fields=["table", "row", "id"], name="audit_row_change_row"),
            models.Index(fields=["table", "id"], name="audit_row_change_newest"),
            models.Index(fields=["organisation_id", "id"], name="audit_row_change_place"),
            models.Index(fields=["tx"], name="audit_row_change_tx"),
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.table}:{self.row} #{self.pk}"
