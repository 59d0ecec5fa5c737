"""An uploaded form that waits for its owner's decision."""

from django.db import models
from django.db.models.functions import Now


class FormDraft(models.Model):
    """One checked workbook before publishing. Removed when it is published or thrown away; the FormVersion is what stays."""

    form_code = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    source = models.JSONField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200, blank=True)
    uploaded_by = models.BigIntegerField(null=True)
    uploaded_label = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256"], name="form_draft_once")]

    def __str__(self) -> str:
        return f"{self.form_code} {self.version} draft #{self.pk}"
