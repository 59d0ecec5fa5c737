"""Who has entered news, products and places for a fiscal year, and how far they are: by province and by unit (R6.5).

Units are those of the roster of the eight domains of the year. Items are those entered in that year and not deleted: so many
recorded, so many of them seen by the public, waiting for the province, checked. Of a past moment (`RosterFilter.as_of`) the
tally knows how many were recorded, and that alone: what was shown and waited then is 0 in every line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from localgov.lib.unit_types import UnitType
from localgov.organisations import areas
from localgov.publishing.selectors.duties import ENTERED_COLUMNS, SHORT, Asked, Relation, entries
from localgov.publishing.states import PublishedKind
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter, roster_rows

#: What is counted of a kind, as SQL on its items `i` and their newest versions `v`, as far as these are not checked.
_COUNTED = {
    "recorded": "true",
    "shown": "i.shown_id IS NOT NULL AND i.displayed",
    "waiting": "v.check_state = 'WAITING'",
    "returned": "v.check_state = 'RETURNED'",
}
_COLUMNS = {f"{kind}_{word}": (kind, what) for kind in PublishedKind for word, what in _COUNTED.items()}
_ITEMS_OF = """
LEFT JOIN (
    SELECT i.organisation_id, {counts} FROM publishing_item i
    LEFT JOIN publishing_itemversion v ON v.id = i.newest_id AND v.check_state <> 'CHECKED'
    WHERE i.fiscal_year_be = %(year)s AND i.deleted_at IS NULL {{near}} GROUP BY i.organisation_id
) items ON items.organisation_id = e.organisation_id
"""
_COUNTS = (f"count(*) FILTER (WHERE i.kind = '{kind}' AND {what}) AS {name}" for name, (kind, what) in _COLUMNS.items())
_ITEMS = _ITEMS_OF.format(counts=", ".join(_COUNTS))
#: Items of the units asked for alone, unless that is the country.
_NEAR = "AND i.organisation_id IN (SELECT e.organisation_id FROM rounds_rosterentry e WHERE e.round_id = %(round)s AND {where})"
_NOTHING = f"coalesce({' + '.join(f'items.{kind}_recorded' for kind in PublishedKind)}, 0) = 0"
_THEN = """
LEFT JOIN (SELECT entries.organisation_id, {columns} FROM ({entries}) entries) items ON items.organisation_id = e.organisation_id
"""
_BY_PROVINCE = """
SELECT e.province_code, count(*), count(*) FILTER (WHERE {nothing}), count(*) FILTER (WHERE {lacking}), {sums}
FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id {items}
WHERE e.round_id = %(round)s AND {where}
GROUP BY e.province_code
"""


@dataclass
class KindStatus:
    """Items of one kind: entered in the year, seen by the public now, waiting for the province, checked, sent back."""

    recorded: int = 0
    shown: int = 0
    waiting: int = 0
    returned: int = 0

    @property
    def checked(self) -> int:
        """The rest: a newest version waits, was checked or went back."""
        return self.recorded - self.waiting - self.returned


class _OfKinds:
    """What a line has of each kind."""

    news: KindStatus
    product: KindStatus
    place: KindStatus

    def of(self, kind: PublishedKind | None) -> KindStatus:
        """Items of one kind, or of all."""
        own = {PublishedKind.NEWS: self.news, PublishedKind.PRODUCT: self.product, PublishedKind.PLACE: self.place}
        if kind is not None:
            return own[kind]
        return KindStatus(*(sum(getattr(one, word) for one in own.values()) for word in _COUNTED))


@dataclass
class AreaStatus(_OfKinds):
    """One province, or รวม: its units, those that have entered nothing at all, those that have less than asked.

    `chosen`: the items of the kind that is looked at, or of all.
    """

    code: str
    name: str
    units: int = 0
    nothing: int = 0
    lacking: int = 0
    news: KindStatus = field(default_factory=KindStatus)
    product: KindStatus = field(default_factory=KindStatus)
    place: KindStatus = field(default_factory=KindStatus)
    chosen: KindStatus = field(default_factory=KindStatus)
    url: str = ""


@dataclass
class UnitStatus(_OfKinds):
    """One unit; `lacking` names the kinds of which it has less than asked. `chosen`: as of an area. `urls`: its items of a kind."""

    code: str
    short_name: str
    unit_type: str
    district_code: str
    news: KindStatus
    product: KindStatus
    place: KindStatus
    lacking: str = ""
    chosen: KindStatus = field(default_factory=KindStatus)
    urls: dict[PublishedKind, str] = field(default_factory=dict)

    @property
    def type_name(self) -> str:
        """Abbreviation of the type."""
        return UnitType(self.unit_type).abbreviation

    @property
    def district_name(self) -> str:
        """Name of its district."""
        return areas.district_name(self.district_code)


def provinces_status(*, round: Round, wanted: RosterFilter, asked: Asked) -> list[AreaStatus]:
    """A line for each province with units that are due, in Thai order; one query."""
    where, parameters = wanted.sql()
    items = _items(round, wanted)
    query = _BY_PROVINCE.format(
        items=items.sql,
        nothing=_NOTHING,
        lacking=_lacking(list(PublishedKind), asked),
        sums=", ".join(f"coalesce(sum(items.{name}), 0)::int" for name in _COLUMNS),
        where=where,
    )
    with connection.cursor() as cursor:
        cursor.execute(query, parameters | items.parameters | {"round": round.pk})
        found = {code: row for code, *row in cursor.fetchall()}
    return [_area(one.code, one.name, found[one.code]) for one in areas.provinces() if one.code in found]


def total_of(rows: Sequence[AreaStatus]) -> AreaStatus:
    """The row รวม."""
    total = AreaStatus("", "รวม")
    for row in rows:
        total.units, total.nothing, total.lacking = (
            total.units + row.units, total.nothing + row.nothing, total.lacking + row.lacking,
        )  # fmt: skip
        for kind in ("news", "product", "place"):
            sums, own = getattr(total, kind), getattr(row, kind)
            for word in _COUNTED:
                setattr(sums, word, getattr(sums, word) + getattr(own, word))
    return total


def units_status(*, round: Round, wanted: RosterFilter, asked: Asked, lacking: str = "") -> list[UnitStatus]:
    """A line for each unit that is due, in Thai order within its district; one query.

    `lacking`: a kind's code = those that have less of it than asked; `ANY` = of some kind; `NOTHING` = that have entered nothing.
    """
    where = ""
    if lacking == "NOTHING":
        where = _NOTHING
    elif lacking:
        where = _lacking(list(PublishedKind) if lacking == "ANY" else [PublishedKind(lacking)], asked)
    items = _items(round, wanted)
    rows = roster_rows(
        round_id=round.pk,
        wanted=wanted,
        columns=[
            "e.code",
            "e.short_name",
            "e.unit_type",
            "e.district_code",
            *(f"coalesce(items.{name}, 0)" for name in _COLUMNS),
        ],
        joins=items.sql,
        parameters=items.parameters,
        where=where,
    )
    return [_unit(row, asked) for row in rows]


def _items(round: Round, wanted: RosterFilter) -> Relation:
    """The join of what the units wanted have entered; of a past moment from the tally."""
    if wanted.as_of is not None:
        found = entries(fiscal_year=round.fiscal_year_be, as_of=wanted.as_of)
        recorded = dict(zip(PublishedKind, ENTERED_COLUMNS, strict=True))
        columns = ", ".join(
            f"{f'coalesce({recorded[kind]}, 0)' if word == 'recorded' else 0} AS {kind}_{word}"
            for kind in PublishedKind
            for word in _COUNTED
        )
        return Relation(_THEN.format(columns=columns, entries=found.sql), found.parameters)
    whole = wanted.prefixes == ("th.",) and not wanted.province_code
    near = "" if whole else _NEAR.format(where=wanted.sql()[0])
    return Relation(_ITEMS.format(near=near), {"year": round.fiscal_year_be})


def _lacking(kinds: Sequence[PublishedKind], asked: Asked) -> str:
    parts = [f"coalesce(items.{kind}_recorded, 0) < {int(asked.counts[kind])}" for kind in kinds]
    return f"({' OR '.join(parts)})"


def _area(code: str, name: str, row: Sequence[int]) -> AreaStatus:
    units, nothing, lacking, *counts = row
    news, product, place = _kinds(counts)
    return AreaStatus(code, name, units, nothing, lacking, news, product, place)


def _unit(row: Sequence[Any], asked: Asked) -> UnitStatus:
    code, short_name, unit_type, district_code, *counts = row
    news, product, place = kinds = _kinds(counts)
    missing = [SHORT[kind] for kind, own in zip(PublishedKind, kinds, strict=True) if own.recorded < asked.counts[kind]]
    return UnitStatus(code, short_name, unit_type, district_code, news, product, place, " · ".join(missing))


def _kinds(counts: Sequence[int]) -> list[KindStatus]:
    width = len(_COUNTED)
    return [KindStatus(*counts[start : start + width]) for start in range(0, len(counts), width)]
