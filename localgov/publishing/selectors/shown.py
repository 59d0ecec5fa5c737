"""What the public may see: the only way in which a public page reaches news, products and places (ADR 0023).

An item is shown while its newest checked version stands, the unit displays it, has not deleted it and is in force today.
Everything here filters by that; nothing else of the room is for the public.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, overload

from django.utils import timezone

from config.statements import prepared_cursor
from localgov.lib.coordinates import Point
from localgov.lib.phones import Phone, parse_phone
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import bangkok_date
from localgov.lib.thai_text import search_text
from localgov.organisations import areas
from localgov.publishing.documents import TAKEN
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
class ShownDocument:
    """A document of a piece of news: digest of its address, its name without the ending, the ending, bytes."""

    sha256: str
    name: str
    suffix: str
    size: int

    @property
    def kind(self) -> str:
        """PDF, Word or Excel."""
        return TAKEN[self.suffix]


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
    documents: tuple[ShownDocument, ...]

    @property
    def telephone(self) -> Phone | None:
        """The number with its link; None where there is none."""
        try:
            return parse_phone(self.phone) if self.phone else None
        except Refusal:
            return None


#: Words that more versions hold than this are common: all that hold them are neither gathered nor sorted.
MOST_HOLDERS: Final = 1_000
_TODAY: Final = "@today"
#: Written out, since the public's pages ask it most: building these statements anew took longer than answering them.
_UNIT: Final = (
    "JOIN organisations_organisationversion u ON u.organisation_id = i.organisation_id AND u.in_force @> @today"
)
_FROM: Final = f"FROM publishing_item i JOIN publishing_itemversion s ON s.id = i.shown_id {_UNIT}"
_WHOLE_ROW: Final = """
JOIN organisations_organisation o ON o.id = i.organisation_id
LEFT JOIN publishing_versionpicture c ON c.version_id = i.shown_id AND c.place = 1
LEFT JOIN publishing_picture p ON p.id = c.picture_id
"""
_SHOWN: Final = "i.shown_id IS NOT NULL AND i.displayed AND i.deleted_at IS NULL"
_DISTANCE: Final = (
    "publishing_distance(s.latitude, s.longitude, %(lat)s::float8, %(lon)s::float8, %(squeeze)s::float8,"
    " %(per_degree)s::float8)"
)


@dataclass(frozen=True)
class _Asked:
    """What of all that is shown is asked for: conditions and order in SQL, and their values by name.

    `is_few`: what fits is found and sorted first, then the rows of the page are read; else an index has the order.
    """

    where: tuple[str, ...] = (_SHOWN,)
    values: Mapping[str, Any] = field(default_factory=dict)
    order: str = ""
    with_distance: bool = False
    is_few: bool = False

    def having(self, condition: str, **values: Any) -> _Asked:
        """With one more condition."""
        return replace(self, where=(*self.where, condition), values={**self.values, **values})

    def ask(self, columns: str, *, joins: str = "", tail: str = "") -> list[tuple[Any, ...]]:
        """The rows of a statement over these items, in the register of today."""
        statement = f"SELECT {columns} {_FROM} {joins} WHERE {' AND '.join(self.where)} {tail}"
        return self._read(statement)

    def _read(self, statement: str) -> list[tuple[Any, ...]]:
        """The day stands in the statement: plans are made without looking at values, and a day unknown seems to have few units."""
        today = bangkok_date(timezone.now())
        with prepared_cursor() as cursor:
            cursor.execute(statement.replace(_TODAY, f"'{today.isoformat()}'::date"), self.values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def rows(self, place: slice, *more: str) -> list[dict[str, Any]]:
        """Rows at a place of the order, by the names of `_ROW` and `more`."""
        columns = {**_ROW, **{name: f"s.{name}" for name in more}}
        if self.with_distance:
            columns["distance"] = _DISTANCE
        names = ", ".join(columns.values())
        if self.is_few and place.stop is not None:
            found = self._of(names, self._few(place))
        else:
            found = self.ask(names, joins=_WHOLE_ROW, tail=f"{self._order_by} {_limit(place)}")
        return [dict(zip(columns, one, strict=True)) for one in found]

    def numbers(self, place: slice) -> list[int]:
        """The items' numbers alone at a place of the order."""
        return [pk for (pk,) in self.ask("i.id", tail=f"{self._order_by} {_limit(place)}")]

    def _few(self, place: slice) -> str:
        """The statement that finds the items of a place of the order: nothing of the others' texts and pictures is read."""
        conditions, tables = list(self.where), "publishing_item i"
        if any("s." in one for one in (*conditions, self.order)):
            tables += " JOIN publishing_itemversion s ON s.id = i.shown_id"
        of_area = [one for one in conditions if one.startswith("u.")]
        if of_area:  # its units are found once, not looked up for each item of the country until enough are theirs
            area = " AND ".join((*of_area, "u.in_force @> @today"))
            units = f"ARRAY(SELECT u.organisation_id FROM organisations_organisationversion u WHERE {area})"  # noqa: S608
            conditions = [one for one in conditions if one not in of_area] + [f"i.organisation_id = ANY({units})"]
        else:
            tables += f" {_UNIT}"
        return f"SELECT i.id FROM {tables} WHERE {' AND '.join(conditions)} {self._order_by} {_limit(place)}"  # noqa: S608

    def _of(self, columns: str, numbers: str) -> list[tuple[Any, ...]]:
        statement = (
            f"SELECT {columns} FROM ({numbers}) n JOIN publishing_item i ON i.id = n.id"  # noqa: S608 - written here
            f" JOIN publishing_itemversion s ON s.id = i.shown_id {_UNIT} {_WHOLE_ROW} {self._order_by}"
        )
        return self._read(statement)

    @property
    def _order_by(self) -> str:
        return f"ORDER BY {self.order}" if self.order else ""


def _limit(place: slice) -> str:
    """Numbers of our own, written out: with them unknown the planner would sort everything."""
    first = place.start or 0
    offset = f" OFFSET {int(first)}" if first else ""
    return offset if place.stop is None else f"LIMIT {max(0, int(place.stop) - first)}{offset}"


class ShownItems:
    """Rows that are read when they are looked at: `len()` counts, a slice or iteration reads; Django's Paginator takes it.

    `in_titles`: more than `MOST_HOLDERS` items hold the words that were asked for, so these have them in their titles.
    """

    def __init__(self, asked: _Asked, *, in_titles: bool = False) -> None:
        self._asked = asked
        self.in_titles = in_titles

    def __len__(self) -> int:
        return self.count()

    def __bool__(self) -> bool:
        return bool(self._asked.ask("1", tail="LIMIT 1"))

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
        asked = self._asked
        if (place.start or 0) >= _DEEP and not asked.is_few:
            asked = asked.having("i.id = ANY(%(numbers)s)", numbers=asked.numbers(place))
            place = slice(None)
        return [ShownRow(**_row(one)) for one in asked.rows(place)]

    def count(self) -> int:
        """How many there are."""
        found: int = self._asked.ask("count(*)")[0][0]
        return found


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
    that have it in their title come first. What more than `MOST_HOLDERS` hold is looked for in the whole text within an
    area, and in titles alone over the country: sorting everything with the word วัด took seconds.

    With `near` the rows know their distance, `within_km` keeps what lies so near; items without a point are then left out.
    """
    words = search_text(text)
    holders = _holders(words) if words else None
    of_area = bool(province_code or district_code or organisation_id or within_km)
    in_titles = bool(words) and holders is None and not of_area
    wanted = {
        # Of the item as of its version: each has its index in the order of a list.
        f"i.kind = '{kind}' AND s.kind = '{kind}'": ("kind", kind and kind.value),
        "s.category = %(category)s": ("category", category),
        "u.province_code = %(province)s": ("province", province_code),
        "u.district_code = %(district)s": ("district", district_code),
        "i.organisation_id = %(unit)s": ("unit", organisation_id),
    }
    asked = _Asked(values={"words": words, "holders": holders})
    if words:
        asked = asked.having(
            _IN_TITLE if in_titles else _IN_TEXT if holders is None else "i.shown_id = ANY(%(holders)s)"
        )
    for condition, (name, value) in wanted.items():
        if value:
            asked = asked.having(condition, **{name: value})
    if near is not None:
        asked = _near(asked, near, within_km)
    order = Order.NEWEST if near is None and order is Order.NEAREST else order
    by = _BY_RELEVANCE if words and not in_titles and order is Order.NEWEST else _ORDERS[order]
    is_few = bool(province_code or district_code or within_km or holders is not None)
    return ShownItems(replace(asked, order=by, is_few=is_few), in_titles=in_titles)


def shown_item(pk: int, kind: PublishedKind | None = None) -> ShownItem | None:
    """All of one item; None for what is not shown, whatever the reason, and of another kind. 2 statements, 3 for news."""
    asked = _Asked().having("i.id = %(number)s", number=pk)
    if kind is not None:
        asked = asked.having("i.kind = %(kind)s", kind=kind.value)
    found = asked.rows(slice(None), *_WHOLE)
    if not found:
        return None
    one = found[0]
    with prepared_cursor() as cursor:
        cursor.execute(_PICTURES, [one["shown_id"]])
        pictures = tuple(ShownPicture(*values) for values in cursor.fetchall())
    documents = _documents(one["shown_id"]) if one["kind"] == PublishedKind.NEWS else ()
    whole = {name: one[name] for name in _WHOLE}
    return ShownItem(**_row(one), **whole, unit_full_name=one["unit_full_name"], pictures=pictures, documents=documents)


def shown_counts(*, by: str, kind: PublishedKind | None = None, province_code: str = "") -> dict[str, int]:
    """How many items are shown, by `kind`, `category` or `province` (code); what has none is absent.

    Raises:
        KeyError: another word than these.
    """
    column = {"kind": "i.kind", "category": "s.category", "province": "u.province_code"}[by]
    asked = _Asked()
    if kind is not None:
        asked = asked.having("i.kind = %(kind)s", kind=kind.value)
    if province_code:
        asked = asked.having("u.province_code = %(province)s", province=province_code)
    return dict(asked.ask(f"{column}, count(*)", tail="GROUP BY 1"))


def shown_events(first: date, last: date, *, province_code: str = "") -> list[ShownRow]:
    """News whose event falls on any day from first to last, both included, in the order of their days."""
    asked = replace(_Asked(), order=_ORDERS[Order.EVENT])
    asked = asked.having("s.event_from <= %(last)s AND s.event_to >= %(first)s", first=first, last=last)
    if province_code:
        asked = asked.having("u.province_code = %(province)s", province=province_code)
    return ShownItems(asked)[:]


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
    holds = (
        "i.shown_id IN (SELECT h.version_id FROM publishing_versionpicture h"
        " JOIN publishing_picture held ON held.id = h.picture_id WHERE held.sha256 = %(sha256)s)"
    )
    return bool(ShownItems(_Asked().having(holds, sha256=sha256)))


def document_shown(item_id: int, sha256: str) -> ShownDocument | None:
    """The document of an item, while that item is shown and its shown version holds it. Two statements, by index."""
    asked = _Asked().having("i.id = %(number)s", number=item_id)
    found = list(asked.ask("i.shown_id"))
    return next((one for one in _documents(found[0][0]) if one.sha256 == sha256), None) if found else None


def _documents(version_id: int) -> tuple[ShownDocument, ...]:
    with prepared_cursor() as cursor:
        cursor.execute(_DOCUMENTS, [version_id])
        return tuple(ShownDocument(*values) for values in cursor.fetchall())


#: Columns of a row by the names under which `_row` takes them.
_PLAIN: Final = ("address", "event_from", "event_to", "price_from", "price_to", "price_unit", "title")
_ROW: Final[Mapping[str, str]] = {
    "id": "i.id", "kind": "i.kind", "shown_at": "i.shown_at", "shown_id": "i.shown_id", "category": "s.category",
    "latitude": "s.latitude", "longitude": "s.longitude", **{name: f"s.{name}" for name in _PLAIN},
    "excerpt": f"left(s.body, {_EXCERPT})", "unit_code": "o.code", "unit_name": "u.short_name",
    "unit_full_name": "u.full_name", "province_code": "u.province_code", "district_code": "u.district_code",
    "alt": "c.alt", "sha256": "p.sha256", "width": "p.width", "height": "p.height",
}  # fmt: skip
#: What a whole item has besides.
_WHOLE: Final = (
    "body",
    "phone",
    "email",
    "url",
    "facebook",
    "twitter",
    "google",
    "contact",
    "producer",
    "how_to_order",
)
_DOCUMENTS: Final = """
SELECT d.sha256, c.name, d.suffix, d.size FROM publishing_versiondocument c JOIN publishing_document d ON d.id = c.document_id
WHERE c.version_id = %s ORDER BY c.place
"""
_PICTURES: Final = """
SELECT p.sha256, c.alt, p.width, p.height FROM publishing_versionpicture c JOIN publishing_picture p ON p.id = c.picture_id
WHERE c.version_id = %s ORDER BY c.place
"""
_ORDERS: Final[Mapping[Order, str]] = {
    Order.NEWEST: "i.shown_at DESC, i.id DESC",
    Order.NAME: "s.sort_key, i.id",
    Order.NEAREST: f"{_DISTANCE}, i.id",
    Order.EVENT: "s.event_from NULLS LAST, s.event_to, i.id",
}
_IN_TEXT: Final = "strpos(s.search_text, %(words)s) > 0"
#: The search text begins with the title. No index knows it, so that the one of the order is walked until a page is full.
_IN_TITLE: Final = "strpos(left(s.search_text, length(s.title)), %(words)s) > 0"
#: First what has the words in its title, with which its search text begins; then by the moment. No index has this order: the
#: few that match are found by their letters, and only those are sorted.
_BY_RELEVANCE: Final = (
    "CASE WHEN strpos(s.search_text, %(words)s) <= length(s.title) THEN 0 ELSE 1 END, i.shown_at DESC, i.id DESC"
)


def _holders(words: str) -> list[int] | None:
    """The versions whose text holds the words (letters and digits alone); None where more than `MOST_HOLDERS` do."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT publishing_matching(%s) LIMIT %s", [words, MOST_HOLDERS + 1])
        found = [number for (number,) in cursor.fetchall()]
    return found if len(found) <= MOST_HOLDERS else None


def _near(asked: _Asked, near: Point, within_km: float | None) -> _Asked:
    """With the distance in kilometres on a plane around the point (within 1 % over a province); a box first, for the index."""
    lat, lon = float(near.lat), float(near.lon)
    squeeze = math.cos(math.radians(lat))
    asked = replace(asked, with_distance=True).having(
        "s.latitude IS NOT NULL", lat=lat, lon=lon, squeeze=squeeze, per_degree=_KM_PER_DEGREE
    )
    if within_km is None:
        return asked
    up, aside = Decimal(within_km / _KM_PER_DEGREE), Decimal(within_km / _KM_PER_DEGREE / squeeze)
    asked = asked.having(
        "s.latitude BETWEEN %(south)s AND %(north)s AND s.longitude BETWEEN %(west)s AND %(east)s",
        south=round(near.lat - up, 6), north=round(near.lat + up, 6),
        west=round(near.lon - aside, 6), east=round(near.lon + aside, 6),
    )  # fmt: skip
    return asked.having(f"{_DISTANCE} <= %(within)s", within=within_km)


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a `ShownRow`."""
    picture = ShownPicture(one["sha256"], one["alt"], one["width"], one["height"]) if one["sha256"] else None
    return {
        "id": one["id"],
        "kind": PublishedKind(one["kind"]),
        "category": Category(one["category"]),
        "excerpt": one["excerpt"],
        "unit_code": one["unit_code"],
        "unit_name": one["unit_name"],
        "province_code": one["province_code"],
        "district_code": one["district_code"],
        "picture": picture,
        "point": None if one["latitude"] is None else Point(lat=one["latitude"], lon=one["longitude"]),
        "distance_km": one.get("distance"),
        "since": one["shown_at"],
        **{name: one[name] for name in _PLAIN},
    }
