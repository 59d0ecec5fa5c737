"""The letter as it was printed."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class LetterPdf(models.Model):
    """The bytes of one letter's PDF with their SHA-256 (hexadecimal): made once, append-only, so that what was sent is kept."""

    letter = models.OneToOneField("reports.Letter", on_delete=models.PROTECT, related_name="pdf")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(name="letter_pdf_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return f"PDF of letter {self.letter_id}"
