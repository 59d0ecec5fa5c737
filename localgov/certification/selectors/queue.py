"""Units that wait for the province's signature."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.filings.models import Sheet
from localgov.filings.selectors.filing_page import FORM_CODE
from localgov.filings.states import Status
from localgov.lib.thai_calendar import bangkok_date
from localgov.lib.thai_text import search_text
from localgov.rounds.models import Profile, RosterEntry

_WAITS = Q(
    excused_from__isnull=True,
    round__form_code=FORM_CODE,
    round__profile=Profile.PROVINCE,
    filing__sheets__is_newest=True,
    filing__sheets__status=Status.CERTIFIED_LAO,
)


def units_waiting(*, actor: Actor, fiscal_year: int | None, search: Mapping[str, Any]) -> QuerySet[RosterEntry]:
    """Units of a year with sheets that the unit certified and the province not yet, longest waiting first.

    Each carries `waiting` (sheets), `since` (of the oldest), `doubts` (doubtful values) and `newest_revision`.
    """
    entries = RosterEntry.objects.visible_to(actor).filter(_WAITS, round__fiscal_year_be=fiscal_year or 0)
    for column in ("province_code", "district_code", "unit_type"):
        if value := search.get(column.removesuffix("_code")):
            entries = entries.filter(**{column: value})
    if name := (search.get("name") or "").strip():
        entries = entries.filter(Q(search_text__contains=search_text(name)) | Q(code__startswith=name))
    return _counted(entries).order_by("since", "sort_key", "pk")


def units_picked(
    *, actor: Actor, fiscal_year: int, codes: Collection[str], permission: Permission = Permission.CERTIFY_PROVINCE
) -> list[RosterEntry]:
    """The units of these codes that the actor may certify, with the counts of `units_waiting`, longest waiting first."""
    entries = RosterEntry.objects.visible_to(actor, permission).filter(
        _WAITS, round__fiscal_year_be=fiscal_year, code__in=codes
    )
    return list(_counted(entries).order_by("since", "sort_key", "pk"))


def entries_of(
    *, actor: Actor, fiscal_year: int, codes: Sequence[str], permission: Permission = Permission.CERTIFY_PROVINCE
) -> list[RosterEntry]:
    """The roster entries of these codes that the actor may certify, waiting or not any more, in the order of the codes."""
    entries = RosterEntry.objects.visible_to(actor, permission).filter(
        round__form_code=FORM_CODE, round__fiscal_year_be=fiscal_year, code__in=codes
    )
    place = {code: number for number, code in enumerate(codes)}
    return sorted(entries.select_related("round"), key=lambda entry: place[entry.code])


def seen_of(entries: Collection[RosterEntry]) -> dict[str, dict[str, int]]:
    """The lock counters of the sheets that wait, by unit code and sheet code: what a signature over them covers."""
    sheets = Sheet.objects.filter(
        filing__roster_entry__in=entries, is_newest=True, status=Status.CERTIFIED_LAO
    ).values_list("filing__roster_entry__code", "section", "lock")
    found: dict[str, dict[str, int]] = {entry.code: {} for entry in entries}
    for code, section, lock in sheets:
        found[code][section] = lock
    return found


def days_waiting(entry: RosterEntry, *, today: date) -> int:
    """Whole days that the oldest sheet of a unit of `units_waiting` has waited."""
    return (today - bangkok_date(entry.since)).days  # type: ignore[attr-defined]


def _counted(entries: QuerySet[RosterEntry]) -> QuerySet[RosterEntry]:
    return entries.select_related("round").annotate(
        waiting=Count("filing__sheets"),
        since=Min("filing__sheets__status_since"),
        doubts=Sum("filing__sheets__warning_count"),
        newest_revision=Max("filing__sheets__revision"),
    )
