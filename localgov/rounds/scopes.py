"""Over which units of a round an act of time reaches. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Scope(models.TextChoices):
    """How wide an act reaches."""

    ALL = "ALL", "ทุกแห่งในรอบ"
    PROVINCE = "PROVINCE", "จังหวัด"
    DISTRICT = "DISTRICT", "อำเภอ"
    UNIT = "UNIT", "อปท."


@dataclass(frozen=True)
class Reach:
    """A scope with its code: of a province (2 digits), a district (4) or a unit; none for ALL.

    Places are the roster's own, which never change: whom an act reached can be told at any later time.
    """

    scope: Scope
    code: str = ""
