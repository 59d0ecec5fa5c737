"""A frozen snapshot of one sheet, signed."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from localgov.lib.identifiers import check_code

#: What certificate numbers begin with on paper.
NUMBER_PREFIX = "รบ."


class Level(models.TextChoices):
    """At which level a certificate was given."""

    UNIT = "UNIT", gettext_noop("ระดับ อปท.")
    PROVINCE = "PROVINCE", gettext_noop("ระดับจังหวัด")


class Certificate(models.Model):
    """Who certified what, when, in which position. `snapshot` is the canonical JSON text whose SHA-256 is `sha256`.

    The province certifies the same hash as the unit did. `number` is shown on paper. Append-only: an end is a `Lapse`.
    """

    sheet = models.ForeignKey("filings.Sheet", on_delete=models.PROTECT, related_name="certificates")
    level = models.CharField(max_length=10, choices=Level.choices)
    number = models.CharField(max_length=30, unique=True)
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    declaration_version = models.CharField(max_length=30)
    declaration = models.TextField()
    signer_id = models.BigIntegerField()
    signer_name = models.CharField(max_length=200)
    signer_position = models.CharField(max_length=200)
    signer_organisation = models.CharField(max_length=300)
    signature = models.UUIDField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="certificate_level_known", condition=Q(level__in=Level.values)),
            models.UniqueConstraint(fields=["sheet", "level", "signature"], name="certificate_signed_once"),
        ]
        indexes = [
            models.Index(fields=["sheet", "level"], name="certificate_sheet"),
            models.Index(fields=["sha256"], name="certificate_hash"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def address(self) -> str:
        """The number as an address writes it: `2570-0000001`."""
        return self.number.removeprefix(NUMBER_PREFIX)

    @property
    def code(self) -> str:
        """The check code that is printed and typed: 80 bits of the hash."""
        return check_code(self.sha256)
