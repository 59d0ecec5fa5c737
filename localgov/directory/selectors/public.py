"""The public list of websites (R5.3): what units in force today last recorded, by province, type and name. No person ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from config.statements import prepared_cursor
from localgov.audit.state import state_of
from localgov.lib.thai_text import search_text
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.organisations import areas, naming
from localgov.ui.lazy_rows import LazyRows

_FOUND = """
SELECT w.id FROM (
    SELECT DISTINCT ON (organisation_id) organisation_id, id, url FROM directory_websiterecord
    ORDER BY organisation_id, fiscal_year_be DESC, id DESC
) w
JOIN organisations_organisationversion v ON v.organisation_id = w.organisation_id AND v.in_force @> %(on)s::date
JOIN unnest(%(provinces)s::text[]) WITH ORDINALITY province(code, number) ON province.code = v.province_code
JOIN unnest(%(types)s::text[]) WITH ORDINALITY kind(code, number) ON kind.code = v.unit_type
WHERE w.url <> '' AND (%(name)s = '' OR position(%(name)s in v.search_text) > 0)
ORDER BY province.number, kind.number, v.sort_key, w.organisation_id
"""
_READ = """
SELECT o.code, v.name, v.full_name, v.unit_type, v.province_code, v.district_code, w.url, w.fiscal_year_be, w.at
FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY asked(id, number)
JOIN directory_websiterecord w ON w.id = asked.id
JOIN organisations_organisation o ON o.id = w.organisation_id
JOIN organisations_organisationversion v ON v.organisation_id = w.organisation_id AND v.in_force @> %(on)s::date
ORDER BY asked.number
"""
_TOLD = """
SELECT url, at FROM directory_websiterecord WHERE organisation_id = %s ORDER BY fiscal_year_be DESC, id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class ListedWebsite:
    """One unit with a website; `fiscal_year` is the newest for which it was told."""

    code: str
    name: str
    full_name: str
    unit_type: str
    province_code: str
    district_code: str
    url: str
    fiscal_year: int
    at: datetime

    @property
    def type_name(self) -> str:
        """Name of the unit's type."""
        return naming.type_name(self.unit_type)

    @property
    def shown_name(self) -> str:
        """The unit's name in the language of the page."""
        return naming.unit_name(
            name=self.name,
            full_name=self.full_name,
            unit_type=self.unit_type,
            province_code=self.province_code,
            district_code=self.district_code,
        )

    @property
    def province_name(self) -> str:
        """Name of its province."""
        return areas.province_name(self.province_code)

    @property
    def district_name(self) -> str:
        """Name of its district."""
        return areas.district_name(self.district_code)


class ListedWebsites(LazyRows[int, ListedWebsite]):
    """The websites that units of the register of a day have by their newest record; a page is read with its rows alone."""

    def __init__(self, *, on: date, province_code: str = "", unit_type: str = "", name: str = "") -> None:
        self.on = on
        provinces = [one.code for one in areas.provinces() if province_code in ("", one.code)]
        types = [code for code, _ in UNIT_TYPE_CHOICES if unit_type in ("", code)]
        self.keys = _found(website_state(), on, tuple(provinces), tuple(types), search_text(name))

    def read(self, keys: Sequence[int]) -> list[ListedWebsite]:
        """The rows of a page."""
        ids = list(keys)
        return [ListedWebsite(*row) for row in _rows(_READ, {"ids": ids, "on": self.on})]


def website_state() -> str:
    """The state of the websites told and of the register, of which the list is made (one statement)."""
    return state_of("directory_websiterecord", watched=("organisations_organisationversion",))


@lru_cache(maxsize=16)
def _found(state: str, on: date, provinces: tuple[str, ...], types: tuple[str, ...], name: str) -> tuple[int, ...]:
    """Ids of the records of a list in its order, asked once for each state of the tables."""
    wanted = {"on": on, "provinces": list(provinces), "types": list(types), "name": name}
    return tuple(pk for (pk,) in _rows(_FOUND, wanted))


@dataclass(frozen=True, slots=True)
class ToldWebsite:
    """What a unit last told: its website's address, or '' for ไม่มี."""

    url: str
    at: datetime


def told_website(organisation_id: int) -> ToldWebsite | None:
    """The unit's newest statement of its website; None while it has told nothing."""
    with prepared_cursor() as cursor:
        cursor.execute(_TOLD, [organisation_id])
        found = cursor.fetchone()
    return ToldWebsite(*found) if found else None


def _rows(query: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
