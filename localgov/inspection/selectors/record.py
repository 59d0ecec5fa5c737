"""The record's lists: acts, rows of ordinary tables, filings, people; each begins with what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.accounts.models import User
from localgov.audit.models import Event, RowChange
from localgov.filings.models import Change, Filing
from localgov.inspection.models import DailyHead
from localgov.inspection.selectors import chains
from localgov.inspection.selectors.entries import under, within
from localgov.inspection.selectors.verifying import Fault, story_faults
from localgov.lib.identifiers import NotAReceiptNumber, parse_receipt_number
from localgov.lib.thai_text import search_text
from localgov.organisations.models import OrganisationVersion

_SEES = Permission.AUDIT_VIEW
_WHOLE_COUNTRY = "th."
_MOST_PLACES = 200
_A_DAY = timedelta(days=1)


def sees_all(actor: Actor) -> bool:
    """Whether the record of the whole country is open to the actor."""
    return _WHOLE_COUNTRY in actor.scopes(_SEES)


def acts(*, actor: Actor, search: Mapping[str, Any]) -> QuerySet[Event]:
    """Acts that concern places that the actor sees; those of no place (sign-ins, forms, rounds) for the whole country's alone."""
    rows = Event.objects.all() if sees_all(actor) else Event.objects.filter(under(actor.scopes(_SEES), "path"))
    if kind := search.get("type"):
        rows = rows.filter(type=kind)
    if who := (search.get("who") or "").strip():
        people = User.objects.filter(Q(username=who.lower()) | Q(display_name__icontains=who)).order_by("pk")
        rows = rows.filter(actor_id__in=list(people.values_list("pk", flat=True)[:_MOST_PLACES]))
    if unit := search_text(search.get("unit") or ""):
        places = OrganisationVersion.objects.filter(search_text__contains=unit).order_by("path")
        rows = rows.filter(path__in=list(places.values_list("path", flat=True).distinct()[:_MOST_PLACES]))
    return within(rows, search)


def row_changes(*, actor: Actor, on: date, search: Mapping[str, Any]) -> QuerySet[RowChange]:
    """Rows of watched tables: all for who sees the country, else those that belong to organisations in sight."""
    rows = RowChange.objects.all()
    if not sees_all(actor):
        places = OrganisationVersion.objects.in_force(on).visible_to(actor, _SEES)
        rows = rows.filter(organisation_id__in=places.values("organisation_id"))
    for name in ("table", "op", "row"):
        if value := search.get(name):
            rows = rows.filter(**{name: value})
    act = Event.objects.filter(_same_transaction(OuterRef("tx"), OuterRef("recorded_at"))).order_by("pk")
    rows = rows.annotate(
        act_type=Subquery(act.values("type")[:1]),
        act_actor=Subquery(act.values("actor_label")[:1]),
        act_actor_id=Subquery(act.values("actor_id")[:1]),
    )
    if search.get("past"):
        rows = rows.filter(act_type__isnull=True)
    return within(rows, search)


def _same_transaction(tx: Any, recorded_at: Any) -> Q:
    """Acts of a transaction; its number may come again after a restore, so the day counts too."""
    return Q(tx=tx, recorded_at__gt=recorded_at - _A_DAY, recorded_at__lt=recorded_at + _A_DAY)


def row_change(*, actor: Actor, on: date, pk: int) -> tuple[RowChange, list[Event]] | None:
    """One row with the acts of its transaction, if the actor may see it."""
    found = row_changes(actor=actor, on=on, search={}).filter(pk=pk).first()
    if found is None:
        return None
    acts_of_it = Event.objects.filter(_same_transaction(found.tx, found.recorded_at)).order_by("pk")
    return found, list(acts_of_it[:_MOST_PLACES])


def filings(*, actor: Actor, search: Mapping[str, Any]) -> QuerySet[Filing]:
    """Filings whose story the actor may read, with how many batches they have."""
    rows = Filing.objects.visible_to(actor, _SEES).select_related("roster_entry__round")
    if year := search.get("fiscal_year"):
        rows = rows.filter(round__fiscal_year_be=year)
    if text := search_text(search.get("text") or ""):
        rows = rows.filter(roster_entry__search_text__contains=text)
    if receipt := (search.get("receipt") or "").strip():
        rows = rows.filter(changes__receipt=_receipt(receipt))
    newest = Change.objects.filter(filing=OuterRef("pk")).order_by("-position")
    return rows.annotate(
        changes_count=Subquery(newest.values("position")[:1]),
        newest_at=Subquery(newest.values("recorded_at")[:1]),
        newest_hash=Subquery(newest.values("hash")[:1]),
    ).order_by("-round__fiscal_year_be", "roster_entry__sort_key", "pk")


@dataclass(frozen=True)
class FilingStanding:
    """A filing whose chains were looked at just now."""

    filing: Filing
    faults: tuple[Fault, ...]
    changes: int
    acts: int


def filing_standing(*, actor: Actor, fiscal_year: int, code: str) -> FilingStanding | None:
    """The filing of a unit in a year, its chains recomputed; None when the actor may not see it."""
    filing = (
        Filing.objects.visible_to(actor, _SEES)
        .filter(round__fiscal_year_be=fiscal_year, roster_entry__code=code)
        .select_related("roster_entry__round")
        .order_by("pk")
        .first()
    )
    if filing is None:
        return None
    (story,) = chains.stories([filing.pk])
    return FilingStanding(filing, tuple(story_faults(story)), len(story.changes), len(story.links))


def person(*, actor: Actor, on: date, pk: int) -> User | None:
    """An account whose doings the actor may read."""
    found: User | None = User.objects.visible_to(actor, on=on, permission=_SEES).filter(pk=pk).order_by("pk").first()
    return found


def heads() -> QuerySet[DailyHead]:
    """Every published head, newest first."""
    return DailyHead.objects.order_by("-day")


def head_of(day: date) -> DailyHead | None:
    """The head of a day."""
    return DailyHead.objects.filter(day=day).first()


def years() -> list[int]:
    """Fiscal years that have filings, newest first."""
    found = Filing.objects.values("round__fiscal_year_be").annotate(n=Count("pk")).order_by("-round__fiscal_year_be")
    return [row["round__fiscal_year_be"] for row in found]


def _receipt(text: str) -> str:
    try:
        return str(parse_receipt_number(text))
    except NotAReceiptNumber:
        return ""
