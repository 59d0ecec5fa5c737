"""INFO11 (R5.4): how many units of each province have recorded, and what each unit of one recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from localgov.directory.selectors import relations
from localgov.directory.states import check_text
from localgov.filings.selectors.standings import unit_relation
from localgov.forms import selectors as forms
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.organisations import areas
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter, roster_rows

_BY_PROVINCE = """
SELECT e.province_code, count(*),
    count(*) FILTER (WHERE coalesce(u.submitted + u.verified + u.certified_unit + u.certified_province, 0) >= needed.n),
    count(w.organisation_id), count(*) FILTER (WHERE w.url <> ''), count(a.organisation_id)
FROM rounds_rosterentry e
JOIN (SELECT unnest(%(types)s::text[]) AS unit_type, unnest(%(needs)s::int[]) AS n) needed ON needed.unit_type = e.unit_type
LEFT JOIN ({units}) u ON u.entry_id = e.id
LEFT JOIN ({websites}) w ON w.organisation_id = e.organisation_id
LEFT JOIN ({administrators}) a ON a.organisation_id = e.organisation_id
WHERE e.round_id = %(round)s AND {where}
GROUP BY e.province_code
"""

_NAMES = (
    "(SELECT string_agg(p.name, ', ' ORDER BY p.place) FROM directory_administrator p WHERE p.record_id = a.record_id)"
)
_OF_UNIT = ("e.code", "e.short_name", "w.url", _NAMES, "c.result", "c.detail", "c.moved_to", "c.since")


@dataclass(frozen=True)
class StatusFilter:
    """What INFO11 is asked: units of the actor's tree, of some types (none = all), of one province, as recorded then.

    `check`: only units (of `units_status`) whose address has this result now.
    """

    prefixes: tuple[str, ...]
    unit_types: tuple[str, ...] = ()
    province_code: str = ""
    as_of: datetime | None = None
    check: str = ""

    def roster(self) -> RosterFilter:
        """The same, of the roster; types apart."""
        return RosterFilter(prefixes=self.prefixes, province_code=self.province_code, as_of=self.as_of)

    def types(self) -> list[str]:
        """The types that count."""
        return list(self.unit_types) or [code for code, _ in UNIT_TYPE_CHOICES]


@dataclass
class ProvinceStatus:
    """One line of INFO11.

    `recorded`: units of which every applicable domain was handed on by the recorder, that is, stands at ส่งตรวจแล้ว or
    further by the best that is in force; whoever edits a returned domain has not recorded it. `answered` = มี + ไม่มี.
    """

    number: int
    fiscal_year: int
    code: str
    name: str
    units: int = 0
    recorded: int = 0
    answered: int = 0
    with_website: int = 0
    with_person: int = 0
    url: str = ""

    @property
    def without_website(self) -> int:
        """Units that recorded ไม่มี."""
        return self.answered - self.with_website


@dataclass(frozen=True)
class UnitStatus:
    """One line of รายละเอียด; `url` None = not yet recorded, '' = ไม่มี. `people` are names, None = not yet recorded.

    `check` and what follows it: the newest finding about the address, None where it was not asked yet.
    """

    code: str
    short_name: str
    url: str | None
    people: str | None
    check: str | None = None
    check_detail: str | None = None
    moved_to: str | None = None
    check_since: datetime | None = None
    page: str = ""

    @property
    def has_website(self) -> str:
        """มี, ไม่มี, or nothing."""
        return "" if self.url is None else "มี" if self.url else "ไม่มี"

    @property
    def check_text(self) -> str:
        """What a check found, in words."""
        return check_text(self.check or "", self.check_detail or "", self.moved_to or "", self.check_since)


def provinces_status(*, round: Round, wanted: StatusFilter) -> list[ProvinceStatus]:
    """A line for each province with units that are due, in Thai order; one query whatever the size."""
    where, parameters = wanted.roster().sql()
    units = unit_relation(round_id=round.pk, as_of=wanted.as_of, prefixes=wanted.prefixes)
    websites = relations.websites(fiscal_year=round.fiscal_year_be, as_of=wanted.as_of)
    administrators = relations.administrators(fiscal_year=round.fiscal_year_be, as_of=wanted.as_of)
    types = wanted.types()
    needs = [len(forms.applicable_sheets(round.form_version_id, code)) for code in types]
    parameters |= {**units.parameters, **websites.parameters, **administrators.parameters}
    query = _BY_PROVINCE.format(units=units.sql, websites=websites.sql, administrators=administrators.sql, where=where)
    with connection.cursor() as cursor:
        cursor.execute(query, parameters | {"types": types, "needs": needs})
        found = {code: figures for code, *figures in cursor.fetchall()}
    shown = [province for province in areas.provinces() if province.code in found]
    return [
        ProvinceStatus(number, round.fiscal_year_be, one.code, one.name, *found[one.code])
        for number, one in enumerate(shown, start=1)
    ]


def total_of(rows: Sequence[ProvinceStatus]) -> ProvinceStatus:
    """The row รวม."""
    sums = [sum(getattr(row, name) for row in rows) for name in _SUMMED]
    return ProvinceStatus(0, 0, "", "รวม", *sums)


_SUMMED = ("units", "recorded", "answered", "with_website", "with_person")


def units_status(*, round: Round, wanted: StatusFilter) -> list[UnitStatus]:
    """A line for each unit that is due, in Thai order within its district; one query."""
    websites = relations.websites(fiscal_year=round.fiscal_year_be, as_of=wanted.as_of)
    administrators = relations.administrators(fiscal_year=round.fiscal_year_be, as_of=wanted.as_of)
    parameters: dict[str, Any] = {**websites.parameters, **administrators.parameters, "types": wanted.types()}
    parameters["check"] = wanted.check
    rows = roster_rows(
        round_id=round.pk,
        wanted=wanted.roster(),
        columns=_OF_UNIT,
        joins=f"LEFT JOIN ({websites.sql}) w ON w.organisation_id = e.organisation_id "
        f"LEFT JOIN ({administrators.sql}) a ON a.organisation_id = e.organisation_id "
        "LEFT JOIN directory_websitecheck c ON c.url = w.url",
        where="e.unit_type = ANY(%(types)s) AND (%(check)s = '' OR c.result = %(check)s)",
        parameters=parameters,
    )
    return [UnitStatus(*row) for row in rows]
