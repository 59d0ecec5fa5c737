"""What the public front page says: figures computed from the register and the newest round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from localgov.lib.unit_types import UnitType
from localgov.organisations.models import Kind, OrganisationVersion
from localgov.rounds.models import RosterEntry, Round


@dataclass(frozen=True)
class Front:
    """Counts of the register in force today, and how far the country is with the newest fiscal year."""

    units: int
    types: tuple[tuple[str, int], ...]
    provinces: int
    districts: int
    round: Round | None
    due: int
    begun: int


def front(*, on: date) -> Front:
    """Three queries."""
    counted = OrganisationVersion.objects.in_force(on).values("organisation__kind", "unit_type").annotate(n=Count("pk"))
    by_type: Mapping[tuple[str, str], int] = {
        (row["organisation__kind"], row["unit_type"]): row["n"] for row in counted.order_by()
    }
    types = tuple((kind.label, by_type.get((Kind.UNIT.value, kind.value), 0)) for kind in UnitType)
    round = Round.objects.filter(form_code="eight_domains").order_by("-fiscal_year_be").first()
    due = begun = 0
    if round is not None:
        found = RosterEntry.objects.filter(round=round, excused_from__isnull=True).aggregate(
            due=Count("pk"), begun=Count("pk", filter=Q(filing__isnull=False))
        )
        due, begun = found["due"], found["begun"]
    return Front(
        units=sum(count for _, count in types),
        types=types,
        provinces=by_type.get((Kind.PROVINCE.value, ""), 0),
        districts=by_type.get((Kind.DISTRICT.value, ""), 0),
        round=round,
        due=due,
        begun=begun,
    )
