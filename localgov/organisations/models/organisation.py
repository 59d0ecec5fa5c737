"""The permanent identity of an office or unit."""

from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    """What an organisation is in the tree Department > province office > district office > unit."""

    DEPARTMENT = "DEPARTMENT", "กรมส่งเสริมการปกครองท้องถิ่น"
    PROVINCE = "PROVINCE", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด"
    DISTRICT = "DISTRICT", "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ"
    UNIT = "UNIT", "องค์กรปกครองส่วนท้องถิ่น"


class Organisation(models.Model):
    """One office or unit for ever; name, type and place are in its dated versions.

    `code`: the Department's 7-digit code of a unit (opaque: never derive the type from it), `P25` for the office of
    province 25, `D2501` for the office of district 2501, `DLA` for the Department.
    """

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_kind_known", condition=Q(kind__in=Kind.values)),
        ]

    def __str__(self) -> str:
        return self.code
