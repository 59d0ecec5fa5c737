"""The words with which an office chases."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from localgov.reports.kinds import LetterKind


class LetterTemplate(models.Model):
    """One version of an office's subject and body for a kind of letter and a cause; the newest is in use. Append-only.

    `body` is paragraphs divided by empty lines, with fields such as `{{จังหวัด}}` (`wording.FIELDS`).
    """

    office = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="letter_templates")
    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    cause = models.CharField(max_length=30)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    saved_by = models.BigIntegerField(null=True)
    saved_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="letter_template_kind_known", condition=Q(kind__in=LetterKind.values)),
            models.CheckConstraint(name="letter_template_has_words", condition=~Q(subject="") & ~Q(body="")),
        ]
        indexes = [models.Index(fields=["office", "kind", "cause", "-id"], name="letter_template_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.cause} of {self.office_id} #{self.pk}"
