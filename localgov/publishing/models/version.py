"""What an item says, as it was written once."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from localgov.lib.coordinates import Point
from localgov.publishing.states import CATEGORIES, Category, CheckState, PublishedKind


def _of_kind() -> Q:
    """The category is one of the version's kind."""
    known = Q()
    for kind, categories in CATEGORIES.items():
        known |= Q(kind=kind.value, category__in=[one.value for one in categories])
    return known


class ItemVersion(models.Model):
    """One writing of an item, never changed: a change is the next `number`. Only the province's check is added to it.

    Fields that a kind does not have are empty: `event_from`, `event_to` (days, both included) and `contact` are of news,
    `producer`, `price_from`, `price_to` (baht), `price_unit` and `how_to_order` of products. `address` is where the place,
    the seller of the product or the event is. `confirmed`: the writer confirmed the telephone numbers and names that were
    pointed out.
    """

    item = models.ForeignKey("publishing.Item", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=PublishedKind.choices)
    category = models.CharField(max_length=16, choices=Category.choices)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, max_length=20_000)
    phone = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    url = models.CharField(max_length=500, blank=True)
    facebook = models.CharField(max_length=500, blank=True)
    twitter = models.CharField(max_length=500, blank=True)
    google = models.CharField(max_length=500, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    address = models.CharField(max_length=300, blank=True)
    event_from = models.DateField(null=True)
    event_to = models.DateField(null=True)
    contact = models.CharField(max_length=200, blank=True)
    producer = models.CharField(max_length=200, blank=True)
    price_from = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    price_to = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    price_unit = models.CharField(max_length=60, blank=True)
    how_to_order = models.CharField(max_length=1000, blank=True)
    confirmed = models.BooleanField(default=False)
    search_text = models.TextField()
    sort_key = models.GeneratedField(
        expression=Func(F("title"), function="thai_key", output_field=models.TextField()),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    fiscal_year_be = models.PositiveSmallIntegerField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    check_state = models.CharField(max_length=9, choices=CheckState.choices, default=CheckState.WAITING)
    reason = models.CharField(max_length=1000, blank=True)
    checked_by = models.BigIntegerField(null=True)
    checked_label = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_once"),
            models.CheckConstraint(name="item_version_category_of_kind", condition=_of_kind()),
            models.CheckConstraint(name="item_version_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="item_version_news_has_text", condition=~Q(kind=PublishedKind.NEWS) | ~Q(body="")
            ),
            models.CheckConstraint(name="item_version_telephone", condition=Q(kind=PublishedKind.NEWS) | ~Q(phone="")),
            models.CheckConstraint(
                name="item_version_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="item_version_event_of_news",
                condition=Q(event_from__isnull=True, event_to__isnull=True)
                | Q(kind=PublishedKind.NEWS, event_from__isnull=False, event_to__gte=F("event_from")),
            ),
            models.CheckConstraint(
                name="item_version_price_of_product",
                condition=Q(price_from__isnull=True, price_to__isnull=True)
                | Q(kind=PublishedKind.PRODUCT, price_from__gte=0, price_to__isnull=True)
                | Q(kind=PublishedKind.PRODUCT, price_from__gte=0, price_to__gte=F("price_from")),
            ),
            models.CheckConstraint(
                name="item_version_check",
                condition=Q(check_state=CheckState.WAITING, checked_at__isnull=True, checked_label="", reason="")
                | (Q(check_state=CheckState.CHECKED, checked_at__isnull=False, reason="") & ~Q(checked_label=""))
                | (Q(check_state=CheckState.RETURNED, checked_at__isnull=False) & ~Q(checked_label="") & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="item_version_not_checked_by_writer",
                condition=Q(checked_by__isnull=True) | Q(actor_id__isnull=True) | ~Q(checked_by=F("actor_id")),
            ),
        ]
        indexes = [
            models.Index("kind", "sort_key", "id", name="item_version_named"),
            models.Index("kind", F("at").desc(), "id", name="item_version_newest"),
            models.Index("id", "check_state", name="item_version_open", condition=~Q(check_state=CheckState.CHECKED)),
            models.Index("check_state", "at", name="item_version_waiting", condition=Q(check_state=CheckState.WAITING)),
            models.Index("latitude", "longitude", name="item_version_place", condition=Q(latitude__isnull=False)),
            models.Index("event_from", "event_to", name="item_version_event", condition=Q(event_from__isnull=False)),
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="item_version_search"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    @property
    def point(self) -> Point | None:
        """Where it is."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(lat=self.latitude, lon=self.longitude)
