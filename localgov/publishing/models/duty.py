"""What every unit is asked to enter in a fiscal year, and by when (MISSION R6.5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from localgov.lib.thai_calendar import bangkok_day_start
from localgov.publishing.states import PublishedKind

#: More of a kind than this nobody asks for.
MOST_ASKED = 99


class EntryDuty(models.Model):
    """The Department's word for one fiscal year: the last day, and how many of each kind are expected (0 = none).

    Append-only: said anew it is another row, the newest of a year holds. A year without a row has no day and asks for one of
    each kind. `reference`: the circular, as people write it.
    """

    fiscal_year_be = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    news = models.PositiveSmallIntegerField()
    products = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=200, blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entry_duty_year_is_buddhist", condition=Q(fiscal_year_be__gte=2500, fiscal_year_be__lte=2700)
            ),
            models.CheckConstraint(
                name="entry_duty_asks_what_can_be_done",
                condition=Q(news__lte=MOST_ASKED, products__lte=MOST_ASKED, places__lte=MOST_ASKED),
            ),
        ]
        indexes = [models.Index("fiscal_year_be", F("id").desc(), name="entry_duty_newest")]

    def __str__(self) -> str:
        return f"{self.fiscal_year_be} by {self.due_on} #{self.pk}"

    @property
    def due_at(self) -> datetime:
        """The first moment that is too late."""
        return bangkok_day_start(self.due_on + timedelta(days=1))

    @property
    def asked(self) -> dict[PublishedKind, int]:
        """How many of each kind."""
        return {
            PublishedKind.NEWS: self.news, PublishedKind.PRODUCT: self.products, PublishedKind.PLACE: self.places,
        }  # fmt: skip


def usual_due_on(fiscal_year_be: int) -> date:
    """31 January of the fiscal year, as the circular of 2560 had it."""
    return date(fiscal_year_be - 543, 1, 31)
