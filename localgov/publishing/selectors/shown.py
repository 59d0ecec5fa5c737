"""What the public may see: the only way in which a public page reaches news, products and places (ADR 0023).

An item is shown while its newest checked version stands, the unit displays it, has not deleted it and is in force today.
Everything here filters by that; nothing else of the room is for the public.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, overload

from django.db.models import Case, Count, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.expressions import Func, RawSQL
from django.db.models.fields import FloatField
from django.db.models.functions import Left, Length, StrIndex
from django.utils import timezone

from config.statements import prepared_cursor
from localgov.lib.coordinates import Point
from localgov.lib.phones import Phone, parse_phone
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import bangkok_date
from localgov.lib.thai_text import search_text
from localgov.organisations import areas
from localgov.publishing.models import Item, VersionPicture
from localgov.publishing.models.item import IS_SHOWN
from localgov.publishing.states import Category, PublishedKind

_KM_PER_DEGREE: Final = 111.195
_EXCERPT: Final = 240
#: From here on a page is found by its numbers first: texts and pictures of all rows before it need not be read.
_DEEP: Final = 240


class Order(StrEnum):
    """In which order items come."""

    NEWEST = "newest"  # by when the public first saw this version
    NAME = "name"  # as a Thai dictionary has it
    NEAREST = "nearest"  # from `near`
    EVENT = "event"  # by the first day of the event


@dataclass(frozen=True)
class ShownPicture:
    """A picture: digest of its address, what it shows, pixels of the full size (the thumbnail has half of each)."""

    sha256: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class ShownRow:
    """An item in a list. `excerpt`: how its text begins. `since`: when the public first saw this version.

    Days of an event are both included. `distance_km` from the point that was asked for. Prices in baht.
    """

    id: int
    kind: PublishedKind
    category: Category
    title: str
    excerpt: str
    unit_code: str
    unit_name: str
    province_code: str
    district_code: str
    picture: ShownPicture | None
    point: Point | None
    distance_km: float | None
    address: str
    event_from: date | None
    event_to: date | None
    price_from: Decimal | None
    price_to: Decimal | None
    price_unit: str
    since: datetime

    @property
    def province_name(self) -> str:
        """Of the province in which the unit lies."""
        return areas.province_name(self.province_code)

    @property
    def district_name(self) -> str:
        """Of the district in which the unit lies."""
        return areas.district_name(self.district_code)


@dataclass(frozen=True)
class ShownItem(ShownRow):
    """All of an item: besides what a row has, its whole text, its contacts and all its pictures, the cover first."""

    unit_full_name: str
    body: str
    phone: str
    email: str
    url: str
    facebook: str
    twitter: str
    google: str
    contact: str
    producer: str
    how_to_order: str
    pictures: tuple[ShownPicture, ...]

    @property
    def telephone(self) -> Phone | None:
        """The number with its link; None where there is none."""
        try:
            return parse_phone(self.phone) if self.phone else None
        except Refusal:
            return None


class ShownItems:
    """Rows that are read when they are looked at: `len()` counts, a slice or iteration reads; Django's Paginator takes it."""

    def __init__(self, found: QuerySet[Any], near: Point | None) -> None:
        self._found = found
        self._near = near

    def __len__(self) -> int:
        return self.count()

    def __bool__(self) -> bool:
        return self._found.exists()

    def __iter__(self) -> Iterator[ShownRow]:
        return iter(self[:])

    @overload
    def __getitem__(self, place: int) -> ShownRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[ShownRow]: ...
    def __getitem__(self, place: int | slice) -> ShownRow | list[ShownRow]:
        """Row or rows at a place of the order."""
        if isinstance(place, int):
            return self[place : place + 1][0]
        found = self._found
        if (place.start or 0) >= _DEEP:
            found = found.filter(pk__in=list(found.values_list("pk", flat=True)[place]))
            place = slice(None)
        return [ShownRow(**_row(one)) for one in _valued(found, self._near)[place]]

    def count(self) -> int:
        """How many there are."""
        return self._found.count()


def shown_items(
    *,
    kind: PublishedKind | None = None,
    category: str = "",
    province_code: str = "",
    district_code: str = "",
    organisation_id: int | None = None,
    text: str = "",
    near: Point | None = None,
    within_km: float | None = None,
    order: Order = Order.NEWEST,
) -> ShownItems:
    """Items that fit everything asked for; blank asks for nothing.

    `text` is looked for in title, text, producer and address, forgiving as `lib.thai_text.search_text`; those
    that have it in their title come first. With `near` the rows know their distance, `within_km` keeps what lies so near;
    items without a point are then left out.
    """
    words = search_text(text)
    asked = {
        "kind": kind,
        "shown__kind": kind,  # as `kind`: each has its index in the order of a list
        "shown__category": category,
        "unit__province_code": province_code,
        "unit__district_code": district_code,
        "organisation_id": organisation_id,
        "shown_id__in": RawSQL("SELECT publishing_matching(%s)", [words])
        if words
        else None,  # letters and digits alone
    }
    found = _shown().filter(**{name: value for name, value in asked.items() if value})
    if near is not None:
        found = _near(found, near, within_km)
    order = Order.NEWEST if near is None and order is Order.NEAREST else order
    if words and order is Order.NEWEST:
        return ShownItems(_by_relevance(found, words), near)
    return ShownItems(_ordered(found, order), near)


def shown_item(pk: int, kind: PublishedKind | None = None) -> ShownItem | None:
    """All of one item; None for what is not shown, whatever the reason, and for one of another kind. Two statements."""
    found = _shown().filter(pk=pk)
    if kind is not None:
        found = found.filter(kind=kind)
    one = _valued(found, None, *_WHOLE).first()
    if one is None:
        return None
    pictures = tuple(
        ShownPicture(*values)
        for values in VersionPicture.objects.filter(version_id=one["shown_id"])
        .order_by("place")
        .values_list("picture__sha256", "alt", "picture__width", "picture__height")
    )
    whole = {name.removeprefix("shown__"): one[name] for name in _WHOLE[:-1]}
    return ShownItem(**_row(one), **whole, unit_full_name=one["unit__full_name"], pictures=pictures)


def shown_counts(*, by: str, kind: PublishedKind | None = None, province_code: str = "") -> dict[str, int]:
    """How many items are shown, by `kind`, `category` or `province` (code); what has none is absent.

    Raises:
        KeyError: another word than these.
    """
    path = {"kind": "kind", "category": "shown__category", "province": "unit__province_code"}[by]
    found = _shown()
    if kind is not None:
        found = found.filter(kind=kind)
    if province_code:
        found = found.filter(unit__province_code=province_code)
    return dict(found.order_by().values_list(path).annotate(found=Count("pk")))


def shown_events(first: date, last: date, *, province_code: str = "") -> list[ShownRow]:
    """News whose event falls on any day from first to last, both included, in the order of their days."""
    found = _shown().filter(shown__event_from__lte=last, shown__event_to__gte=first)
    if province_code:
        found = found.filter(unit__province_code=province_code)
    return ShownItems(_ordered(found, Order.EVENT), None)[:]


_VERSION = """
SELECT coalesce((SELECT sum(number) FROM publishing_edition WHERE %s::bigint IS NULL OR organisation_id = %s), 0),
    coalesce((SELECT max(id) FROM organisations_registerimport), 0)
"""


_VERSION_OF_PROVINCE = """
SELECT coalesce((SELECT sum(e.number) FROM organisations_organisationversion v
        JOIN publishing_edition e ON e.organisation_id = v.organisation_id
        WHERE v.province_code = %s AND v.in_force @> %s::date), 0),
    coalesce((SELECT max(id) FROM organisations_registerimport), 0)
"""


def shown_version(organisation_id: int | None = None, *, province_code: str = "") -> str:
    """A token that changes whenever anything shown changes, in the country, of one unit or of the units of a province: for
    ETags. One statement.

    Counted by the database in the transaction of the change (`models.Edition`); the register and the day have a part in it,
    since a unit that is no more shows nothing.
    """
    today = bangkok_date(timezone.now())
    with prepared_cursor() as cursor:
        if province_code:
            cursor.execute(_VERSION_OF_PROVINCE, [province_code, today])
        else:
            cursor.execute(_VERSION, [organisation_id, organisation_id])
        editions, register = cursor.fetchone()
    return f"{province_code}-{editions}-{register}-{today:%Y%m%d}"


_ANY_OF_UNIT = """
SELECT EXISTS (
    SELECT 1 FROM publishing_item WHERE organisation_id = %s AND shown_id IS NOT NULL AND displayed AND deleted_at IS NULL
)
"""


def unit_shows_anything(organisation_id: int) -> bool:
    """Whether a unit has any item that its page would look for; most have none. One statement, by index."""
    with prepared_cursor() as cursor:
        cursor.execute(_ANY_OF_UNIT, [organisation_id])
        found: bool = cursor.fetchone()[0]
    return found


def picture_is_shown(sha256: str) -> bool:
    """Whether an item that is shown now holds the picture. One statement, by index."""
    return _shown().filter(shown__pictures__picture__sha256=sha256).exists()


_ROW: Final = (
    "id", "kind", "shown_at", "shown_id", "shown__category", "shown__title", "shown__latitude", "shown__longitude",
    "shown__address", "shown__event_from", "shown__event_to", "shown__price_from", "shown__price_to", "shown__price_unit",
    "organisation__code", "unit__short_name", "unit__province_code", "unit__district_code",
    "cover__alt", "cover__picture__sha256", "cover__picture__width", "cover__picture__height", "excerpt",
)  # fmt: skip
_WHOLE: Final = (
    "shown__body", "shown__phone", "shown__email", "shown__url", "shown__facebook", "shown__twitter", "shown__google",
    "shown__contact", "shown__producer", "shown__how_to_order", "unit__full_name",
)  # fmt: skip
_PLAIN: Final = ("address", "event_from", "event_to", "price_from", "price_to", "price_unit", "title")


def _shown() -> QuerySet[Any]:
    """Everything that is shown, with `unit`, the register's version of today."""
    today = bangkok_date(timezone.now())
    in_force = Q(organisation__versions__in_force__contains=today)
    return (
        Item.objects.filter(IS_SHOWN)
        .alias(unit=FilteredRelation("organisation__versions", condition=in_force))
        .filter(unit__isnull=False)
    )


def _valued(found: QuerySet[Any], near: Point | None, *more: str) -> QuerySet[Any, dict[str, Any]]:
    """The columns of a row, with the cover and the distance."""
    cover = FilteredRelation("shown__pictures", condition=Q(shown__pictures__place=1))
    named = found.alias(cover=cover).annotate(excerpt=Left("shown__body", _EXCERPT))
    columns = (*_ROW, *more) if near is None else (*_ROW, *more, "distance")
    valued: QuerySet[Any, dict[str, Any]] = named.values(*columns)
    return valued


def _near(found: QuerySet[Any], near: Point, within_km: float | None) -> QuerySet[Any]:
    """With `distance` in kilometres on a plane around the point (within 1 % over a province); a box first, for the index."""
    lat, lon = float(near.lat), float(near.lon)
    squeeze = math.cos(math.radians(lat))
    distance = Func(
        F("shown__latitude"),
        F("shown__longitude"),
        Value(lat),
        Value(lon),
        Value(squeeze),
        Value(_KM_PER_DEGREE),
        template="(publishing_distance(%(expressions)s))",
        output_field=FloatField(),
    )
    found = found.filter(shown__latitude__isnull=False)
    if within_km is not None:
        up, aside = Decimal(within_km / _KM_PER_DEGREE), Decimal(within_km / _KM_PER_DEGREE / squeeze)
        found = found.filter(
            shown__latitude__range=(near.lat - up, near.lat + up),
            shown__longitude__range=(near.lon - aside, near.lon + aside),
        )
    found = found.annotate(distance=distance)
    return found if within_km is None else found.filter(distance__lte=within_km)


def _ordered(found: QuerySet[Any], order: Order) -> QuerySet[Any]:
    by: Mapping[Order, tuple[Any, ...]] = {
        Order.NEWEST: (F("shown_at").desc(), F("id").desc()),
        Order.NAME: ("shown__sort_key", "id"),
        Order.NEAREST: ("distance", "id"),
        Order.EVENT: (F("shown__event_from").asc(nulls_last=True), "shown__event_to", "id"),
    }
    return found.order_by(*by[order])


def _by_relevance(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    """First what has the words in its title, with which its search text begins; then by the moment.

    No index has this order: the few that match are found by their letters, and only those are sorted.
    """
    found = found.alias(begins=StrIndex("shown__search_text", Value(words)))
    beside = Case(When(begins__lte=Length("shown__title"), then=0), default=1)
    ordered: QuerySet[Any] = found.alias(beside=beside).order_by("beside", "-shown_at", "-id")
    return ordered


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a `ShownRow`."""
    lat, lon = one["shown__latitude"], one["shown__longitude"]
    sha256 = one["cover__picture__sha256"]
    picture = sha256 and ShownPicture(
        sha256, one["cover__alt"], one["cover__picture__width"], one["cover__picture__height"]
    )
    return {
        "id": one["id"],
        "kind": PublishedKind(one["kind"]),
        "category": Category(one["shown__category"]),
        "excerpt": one["excerpt"],
        "unit_code": one["organisation__code"],
        "unit_name": one["unit__short_name"],
        "province_code": one["unit__province_code"],
        "district_code": one["unit__district_code"],
        "picture": picture or None,
        "point": None if lat is None else Point(lat=lat, lon=lon),
        "distance_km": one.get("distance"),
        "since": one["shown_at"],
        **{name: one[f"shown__{name}"] for name in _PLAIN},
    }
