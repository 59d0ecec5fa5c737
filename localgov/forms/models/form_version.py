"""A published, frozen version of a form."""

from django.db import models
from django.db.models.functions import Now


class FormVersion(models.Model):
    """One version of a form. `source` holds the four sheets as text (survey, choices, rules, settings); it is never changed
    after publishing (the database refuses it). `sha256` is over the canonical bytes of `source`.
    """

    form_code = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    source = models.JSONField()
    sha256 = models.CharField(max_length=64)
    fiscal_year_from = models.PositiveSmallIntegerField()
    fiscal_year_to = models.PositiveSmallIntegerField()
    published_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_code", "version"], name="form_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.form_code} {self.version}"
