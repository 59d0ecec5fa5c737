"""One letter of a run."""

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """One letter to one addressee, with the units that it named as they stood then. Append-only.

    `addressee` is the line เรียน, `addressee_name` what lists call it, `path` the addressee's place. `units`: one object a
    unit with `code`, `name` (short), `full_name`, `type`, `province`, `district` (codes) and `done` (what it had done so
    far, in words). `number` is the part after the prefix, empty when it is left to the pen.
    """

    run = models.ForeignKey("reports.LetterRun", on_delete=models.PROTECT, related_name="letters")
    place = models.PositiveIntegerField()
    number = models.CharField(max_length=12, blank=True)
    addressee = models.CharField(max_length=300)
    addressee_name = models.CharField(max_length=200)
    path = models.CharField(max_length=80)
    units = models.JSONField()
    unit_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="letter_one_place"),
            models.UniqueConstraint(fields=["run", "path"], name="letter_one_for_each_addressee"),
            models.CheckConstraint(name="letter_names_units", condition=Q(place__gt=0, unit_count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"letter {self.place} of run {self.run_id}"
