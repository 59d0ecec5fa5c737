"""Finding units as citizens ask for them: by today's name and by every name they ever had (issue 5: a search that forgives).

Steps, each taken only when the one before found nothing: names that are, begin with or hold what was typed; every unit of
the area or type that was typed; names spelt alike, with those that are found once type and area are left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Any, NamedTuple, overload

from django.db.models import Q, QuerySet

from config.statements import prepared_cursor
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.organisations import areas, naming
from localgov.organisations.models import OrganisationVersion
from localgov.organisations.unit_words import Wanted, readings


class Nearness(IntEnum):
    """How near the name comes to what was typed, nearest first."""

    SAME = 0
    SOUNDS_SAME = 1
    BEGINS = 2
    HOLDS = 3
    OF_AREA = 4
    ELSEWHERE = 5
    ALIKE = 6


@dataclass(frozen=True)
class UnitFilter:
    """What the search is narrowed to; empty = everything. `provinces` are the codes of a region or of one province."""

    provinces: tuple[str, ...] = ()
    district_code: str = ""
    unit_type: str = ""


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """One line: the unit as it is today (or last was), `former` where an old name of it was found."""

    code: str
    name: str
    full_name: str
    unit_type: str
    province_code: str
    district_code: str
    is_demo: bool
    ended: bool
    former: str

    @property
    def shown_name(self) -> str:
        """The name in the language of the page."""
        return naming.unit_name(
            name=self.name,
            full_name=self.full_name,
            unit_type=self.unit_type,
            province_code=self.province_code,
            district_code=self.district_code,
        )


class _Hit(NamedTuple):
    """Ids of the present and of the matched version of a unit, and how near its name comes."""

    now: int
    matched: int
    nearness: int


#: The readings as one relation; lists of types and areas come joined by commas.
_ASKED = """
unnest(%(letters)s::text[], %(folded)s::text[], %(types)s::text[], %(provinces)s::text[], %(districts)s::text[])
    WITH ORDINALITY asked(letters, folded, types, provinces, districts, place)
"""
_FITS = """
v.unit_type <> ''
    AND (asked.types = '' OR v.unit_type = ANY(string_to_array(asked.types, ',')))
    AND (asked.provinces = '' OR v.province_code = ANY(string_to_array(asked.provinces, ',')))
    AND (asked.districts = '' OR v.district_code = ANY(string_to_array(asked.districts, ',')))
"""
_NAMED = f"""
SELECT DISTINCT ON (v.organisation_id) v.organisation_id, v.id AS matched, asked.place,
    CASE WHEN replace(v.name, ' ', '') = asked.letters THEN 0 WHEN v.folded = asked.folded THEN 1
        WHEN starts_with(v.folded, asked.folded) THEN 2 ELSE 3 END AS nearness, 0::real AS distance
FROM {_ASKED}
JOIN organisations_organisationversion v
    ON v.folded LIKE CASE WHEN length(asked.folded) > 1 THEN '%%' ELSE '' END || asked.folded || '%%' AND {_FITS}
WHERE asked.folded <> ''
ORDER BY v.organisation_id, nearness, asked.place, v.in_force DESC
"""  # noqa: S608
_ALIKE = f"""
SELECT DISTINCT ON (v.organisation_id) v.organisation_id, v.id AS matched, asked.place,
    CASE WHEN v.folded = asked.folded THEN 5 ELSE 6 END AS nearness,
    CASE WHEN ',' || asked.provinces || ',' || asked.districts LIKE '%%,' || v.province_code || '%%' THEN 0
        ELSE 1 END + (v.folded <-> asked.folded) AS distance
FROM {_ASKED}
JOIN organisations_organisationversion v ON v.folded = asked.folded AND v.unit_type <> ''
    OR v.folded %% asked.folded AND {_FITS}
WHERE asked.folded <> ''
ORDER BY v.organisation_id, nearness, distance, asked.place, v.in_force DESC
"""  # noqa: S608
_CODED = """
SELECT DISTINCT ON (o.id) o.id AS organisation_id, v.id AS matched, 1 AS place, 0 AS nearness, 0::real AS distance
FROM organisations_organisation o JOIN organisations_organisationversion v ON v.organisation_id = o.id
WHERE o.kind = 'UNIT' AND (%(code)s <> '' AND o.code LIKE %(code)s || '%%' OR %(postcode)s <> '' AND v.postcode = %(postcode)s)
ORDER BY o.id, v.in_force DESC
"""
#: The version of today, or the last one, of what was found; in the order of the page.
_ORDERED = """
SELECT v.id, hits.matched, hits.nearness
FROM ({hits}) hits
CROSS JOIN LATERAL (
    SELECT * FROM organisations_organisationversion now
    WHERE now.organisation_id = hits.organisation_id AND lower(now.in_force) <= %(on)s ORDER BY now.in_force DESC LIMIT 1
) v
LEFT JOIN unnest(%(order)s::text[]) WITH ORDINALITY province(code, number) ON province.code = v.province_code
LEFT JOIN unnest(%(kinds)s::text[]) WITH ORDINALITY kind(code, number) ON kind.code = v.unit_type
WHERE (cardinality(%(only_provinces)s::text[]) = 0 OR v.province_code = ANY(%(only_provinces)s))
    AND %(only_district)s IN ('', v.district_code) AND %(only_type)s IN ('', v.unit_type)
ORDER BY hits.nearness, hits.place, hits.distance, upper_inf(v.in_force) DESC, v.sort_key, kind.number, province.number, v.id
LIMIT %(most)s
"""
_READ = """
SELECT o.code, v.name, v.full_name, v.unit_type, v.province_code, v.district_code, v.is_demo, NOT v.in_force @> %(on)s::date,
    CASE WHEN m.full_name = v.full_name THEN '' ELSE m.full_name END
FROM unnest(%(ids)s::bigint[], %(matched)s::bigint[]) WITH ORDINALITY asked(id, matched, place)
JOIN organisations_organisationversion v ON v.id = asked.id
JOIN organisations_organisationversion m ON m.id = asked.matched
JOIN organisations_organisation o ON o.id = v.organisation_id
ORDER BY asked.place
"""
#: Names spelt alike are a help, not a list.
_MOST_ALIKE = 20


@dataclass
class FoundUnits(Sequence[FoundUnit]):
    """The units that a text asks for, on a day; without a text those of the filter. A page is read with its rows alone."""

    text: str
    on: date
    only: UnitFilter = field(default_factory=UnitFilter)

    @cached_property
    def _named(self) -> list[_Hit]:
        """What was found by a name or code; empty where the whole of an area or type was asked for, or nothing found."""
        if coded := [one for one in self._wanted if one.code or one.postcode]:
            code, postcode = "".join(one.code for one in coded), "".join(one.postcode for one in coded)
            return self._ordered(_CODED, {"code": code, "postcode": postcode})
        asked = _asked(self._wanted)
        return self._ordered(_NAMED, asked) if any(asked["folded"]) else []

    @cached_property
    def _alike(self) -> list[_Hit]:
        """What comes near, where nothing else was found."""
        asked = _asked(self._wanted)
        return self._ordered(_ALIKE, asked, most=_MOST_ALIKE) if any(asked["folded"]) else []

    @cached_property
    def _wanted(self) -> tuple[Wanted, ...]:
        return readings(self.text)

    @cached_property
    def _whole(self) -> QuerySet[OrganisationVersion]:
        """Every unit of the areas or types that the text asks for; without a text, every unit. Those of today."""
        asks = Q() if not self.text.strip() else Q(pk__in=[])
        for one in self._wanted:
            if not (one.name or one.code or one.postcode):
                places = {
                    "unit_type__in": one.types,
                    "province_code__in": one.provinces,
                    "district_code__in": one.districts,
                }
                asks |= Q(**{key: values for key, values in places.items() if values})
        only = {"district_code": self.only.district_code, "unit_type": self.only.unit_type}
        only_set = {key: value for key, value in only.items() if value}
        if self.only.provinces:
            only_set["province_code__in"] = self.only.provinces  # type: ignore[assignment]
        found = OrganisationVersion.objects.in_force(self.on).exclude(unit_type="").filter(asks, **only_set)
        return found.order_by("sort_key", "pk")

    @cached_property
    def _count_whole(self) -> int:
        return self._whole.count()

    @cached_property
    def nearest(self) -> Nearness | None:
        """The nearness of the best that was found; None for nothing found or nothing asked."""
        if not self.text.strip():
            return None
        if self._named:
            return Nearness(self._named[0].nearness)
        if self._count_whole:
            return Nearness.OF_AREA
        return Nearness(self._alike[0].nearness) if self._alike else None

    def _ordered(self, hits: str, parameters: Mapping[str, Any], *, most: int | None = None) -> list[_Hit]:
        with prepared_cursor() as cursor:
            cursor.execute(
                _ORDERED.format(hits=hits),
                {
                    "on": self.on,
                    "order": [one.code for one in areas.provinces()],
                    "kinds": [code for code, _ in UNIT_TYPE_CHOICES],
                    "only_provinces": list(self.only.provinces),
                    "only_district": self.only.district_code,
                    "only_type": self.only.unit_type,
                    "most": most,
                    **parameters,
                },
            )
            return [_Hit(*row) for row in cursor.fetchall()]

    def __len__(self) -> int:
        return len(self._named) or self._count_whole or len(self._alike)

    @overload
    def __getitem__(self, index: int) -> FoundUnit: ...

    @overload
    def __getitem__(self, index: slice) -> list[FoundUnit]: ...

    def __getitem__(self, index: int | slice) -> FoundUnit | list[FoundUnit]:
        if isinstance(index, int):
            return self[index : index + 1][0]
        if self._named or not self._count_whole:
            return self._read((self._named or self._alike)[index])
        return self._read([_Hit(pk, pk, Nearness.OF_AREA) for pk in self._whole.values_list("pk", flat=True)[index]])

    def __iter__(self) -> Iterator[FoundUnit]:
        return iter(self[:])

    def _read(self, hits: Sequence[_Hit]) -> list[FoundUnit]:
        ids, matched = [hit.now for hit in hits], [hit.matched for hit in hits]
        with prepared_cursor() as cursor:
            cursor.execute(_READ, {"ids": ids, "matched": matched, "on": self.on})
            return [FoundUnit(*row) for row in cursor.fetchall()]


def _asked(wanted: Sequence[Wanted]) -> dict[str, list[str]]:
    """The readings as columns."""
    return {
        "letters": [one.letters for one in wanted],
        "folded": [one.folded for one in wanted],
        "types": [",".join(one.types) for one in wanted],
        "provinces": [",".join(one.provinces) for one in wanted],
        "districts": [",".join(one.districts) for one in wanted],
    }
