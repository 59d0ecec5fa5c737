"""A note (หมายเหตุ) on the home page, on a form or on one of its domains (MISSION R2.7)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

#: The subject of the note on the home page, whose telephone is the Department's help telephone.
HOME = "home"


class Note(models.Model):
    """One version of the note on a subject: `home`, a form's code, or `<form>.<sheet>`. Append-only; the newest is shown.

    A version without any text takes the note off the pages. Offices answer, never persons; `telephone` is as people read it.
    """

    subject = models.CharField(max_length=130)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    office = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=120, blank=True)
    written_by = models.BigIntegerField(null=True)
    written_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="note_version_once"),
            models.CheckConstraint(name="note_version_counts", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} v{self.version}"

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.text or self.office or self.telephone)
