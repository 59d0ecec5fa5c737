"""The e-mail address of an office, to which the Department sends what is not for everybody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OfficeAddress(models.Model):
    """The official e-mail of one office; not a person's."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="office_address"
    )
    email = models.CharField(max_length=254)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="office_address_not_empty", condition=~Q(email=""))]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.email}"
