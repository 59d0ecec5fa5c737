"""What an office above the units is told of a round on its home page: counts by province, in one pass over the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from localgov.filings.selectors.standings import unit_relation
from localgov.monitoring.selectors import progress
from localgov.organisations import areas
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter

_COUNTS = """
SELECT e.province_code, count(*), count(*) FILTER (WHERE NOT {begun}),
    count(*) FILTER (WHERE e.due_at > r.due_at AND e.due_at > %(moment)s AND e.due_at <= %(ending)s),
    count(*) FILTER (WHERE u.order_outstanding), count(*) FILTER (WHERE {late})
FROM rounds_rosterentry e JOIN rounds_round r ON r.id = e.round_id
{joins}
WHERE e.round_id = %(round)s AND {where}
GROUP BY e.province_code
"""


@dataclass(frozen=True, slots=True)
class ProvinceDuty:
    """Units that are due in a province: of them those that have not begun, whose extension ends soon, who are ordered to amend,
    and who are past their own date without their own part."""

    code: str
    units: int
    idle: int
    ending: int
    ordered: int
    late: int

    @property
    def name(self) -> str:
        """Name of the province."""
        return areas.province_name(self.code)


def provinces_duty(*, round: Round, prefixes: Sequence[str], at: datetime, ending: datetime) -> list[ProvinceDuty]:
    """The provinces with due units under the prefixes, in Thai order; extensions that end by `ending`. One query."""
    wanted = RosterFilter(prefixes=tuple(prefixes))
    where, own = wanted.sql()
    joins, parameters = progress.joins(round, unit_relation(round_id=round.pk, prefixes=prefixes))
    late = progress.late_sql(round, wanted.own_due_at) if round.due_at <= at else "false"
    query = _COUNTS.format(begun=progress.BEGUN, late=late, joins=joins, where=where)
    with connection.cursor() as cursor:
        cursor.execute(query, parameters | own | {"round": round.pk, "moment": at, "ending": ending})
        found = [ProvinceDuty(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: areas.place_of(one.code))
