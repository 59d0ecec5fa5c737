"""Pictures, and in which version of what they stand."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

#: Of a picture across, and of one upright (R6.3), in pixels.
ACROSS: Final = (640, 480)
UPRIGHT: Final = (480, 640)


class Picture(models.Model):
    """A picture that a unit put in, cut and encoded anew by us; its bytes lie in the store under `sha256` (`pictures.path_of`).

    `sha256` is of the full JPEG: units that put in the same picture share its files. `thumbs_at`: when its other sizes were
    made. A picture that stands in no version is forgotten after a day.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    uploaded_by = models.BigIntegerField(null=True)
    uploaded_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    thumbs_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="picture_once_a_unit"),
            models.CheckConstraint(name="picture_digest", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="picture_cut",
                condition=Q(width=ACROSS[0], height=ACROSS[1]) | Q(width=UPRIGHT[0], height=UPRIGHT[1]),
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="picture_by_digest")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} #{self.pk}"


class VersionPicture(models.Model):
    """A picture in a version: `place` from 1, the first is the cover; `alt` says what it shows."""

    version = models.ForeignKey("publishing.ItemVersion", on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="uses")
    place = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "place"], name="version_picture_in_place"),
            models.UniqueConstraint(fields=["version", "picture"], name="version_picture_once"),
            models.CheckConstraint(name="version_picture_described", condition=~Q(alt="")),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.place}"
