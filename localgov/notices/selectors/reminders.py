"""Whom to remind of what, on which days, at which address; and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When

from localgov.access.actor import Actor
from localgov.directory.models import AdministratorRecord, WebsiteRecord
from localgov.directory.selectors import relations
from localgov.filings.models import StepTaken
from localgov.filings.states import Action
from localgov.lib.thai_text import search_text
from localgov.monitoring.causes import Cause
from localgov.monitoring.selectors.lagging import lagging_units
from localgov.monitoring.selectors.progress import own_duty
from localgov.notices.models import Reminder, ReminderPlan
from localgov.notices.states import ReminderAbout
from localgov.publishing.models import Item
from localgov.rounds.models import Round
from localgov.rounds.reading import RosterFilter, roster_rows

#: Days on which a form is reminded of unless its round says otherwise.
USUAL_DAYS = (-30, -7, -1, 1, 7)

_ADDRESSES = """
SELECT o.id, coalesce(person.email, account.email) FROM unnest(%(organisations)s::bigint[]) AS o(id)
LEFT JOIN LATERAL (
    SELECT a.email FROM directory_administratorrecord r JOIN directory_administrator a ON a.record_id = r.id
    WHERE r.organisation_id = o.id ORDER BY r.fiscal_year_be DESC, r.id DESC, a.place LIMIT 1
) person ON true
LEFT JOIN accounts_user account
    ON account.organisation_id = o.id AND account.is_handed_down AND account.is_active AND account.email <> ''
WHERE coalesce(person.email, account.email) IS NOT NULL
"""


@dataclass(frozen=True)
class DueUnit:
    """A unit that has not done something: its roster entry, its own due moment, what it has done, in words."""

    entry_id: int
    organisation_id: int
    name: str
    path: str
    due_at: datetime
    done: str


def plan(round_id: int) -> dict[ReminderAbout, tuple[int, ...]]:
    """The days on which the units of a round are reminded of each thing."""
    chosen = dict(ReminderPlan.objects.filter(round_id=round_id).values_list("about", "days"))
    usual = {ReminderAbout.ROUND: USUAL_DAYS}
    return {about: tuple(chosen.get(about, usual.get(about, ()))) for about in ReminderAbout}


def due_units(round: Round, about: ReminderAbout, *, at: datetime) -> list[DueUnit]:
    """The units of a round that have not done it, those excused left out. One query.

    What units publish is due on the Department's day (`publishing`), nobody is reminded of it before one was said.
    """
    if about in (ReminderAbout.ROUND, ReminderAbout.ENTRIES):
        cause = own_duty(round) if about == ReminderAbout.ROUND else Cause.ENTRIES
        found = lagging_units(cause=cause, wanted=RosterFilter(), at=at, round=round)
        return [
            DueUnit(unit.entry_id, unit.organisation_id, unit.full_name, unit.path, unit.due_at, unit.done)
            for unit in found
            if unit.entry_id is not None and unit.due_at is not None
        ]
    told = relations.websites if about == ReminderAbout.WEBSITE else relations.administrators
    relation = told(fiscal_year=round.fiscal_year_be)
    rows = roster_rows(
        round_id=round.pk,
        wanted=RosterFilter(),
        columns=["e.id", "e.organisation_id", "e.full_name", "e.path", "e.due_at"],
        joins=f"LEFT JOIN ({relation.sql}) told ON told.organisation_id = e.organisation_id",
        parameters=relation.parameters,
        where="told.organisation_id IS NULL",
    )
    return [
        DueUnit(entry_id, organisation_id, name, path, due_at, "ยังไม่บันทึก")
        for entry_id, organisation_id, name, path, due_at in rows
    ]


def addresses(organisation_ids: Sequence[int]) -> dict[int, str]:
    """Where to write to a unit: the first of its newest INFO administrators, else its handed-down account's. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ADDRESSES, {"organisations": list(organisation_ids)})
        return dict(cursor.fetchall())


def already(round_id: int, about: ReminderAbout) -> set[tuple[int, int, date]]:
    """Entry, rule and due date of what was reminded of."""
    return set(Reminder.objects.filter(round_id=round_id, about=about).values_list("entry_id", "days", "due_on"))


def sent_reminders(*, actor: Actor, round_id: int, search: Mapping[str, Any]) -> QuerySet[Reminder]:
    """Reminders of a round to the actor's units, newest first; `acted_at`: when the unit first did something about it."""
    rows = Reminder.objects.visible_to(actor).filter(round_id=round_id)
    if about := search.get("about"):
        rows = rows.filter(about=about)
    if name := search.get("name"):
        rows = rows.filter(entry__search_text__contains=search_text(name))
    if search.get("address") == "none":
        rows = rows.filter(mail=None)
    elif search.get("address") == "mailed":
        rows = rows.filter(mail__isnull=False)
    return rows.select_related("entry", "mail").annotate(acted_at=_acted_at()).order_by("-pk")


def reminder_counts(*, actor: Actor, round_id: int) -> tuple[int, int]:
    """How many reminders of a round the actor's units were meant to get, and how many had no address."""
    rows = Reminder.objects.visible_to(actor).filter(round_id=round_id)
    return rows.count(), rows.filter(mail=None).count()


def _acted_at() -> Case:
    """First submission, first record of the website or administrators, or first item entered, after the reminder."""
    submitted = StepTaken.objects.filter(
        sheet__filing__roster_entry=OuterRef("entry"), action=Action.SUBMIT, at__gt=OuterRef("at")
    )
    year = Q(organisation=OuterRef("entry__organisation"), fiscal_year_be=OuterRef("round__fiscal_year_be"))
    entered = Item.objects.filter(
        organisation=OuterRef("entry__organisation"),
        fiscal_year_be=OuterRef("round__fiscal_year_be"),
        created_at__gt=OuterRef("at"),
    )
    return Case(
        When(about=ReminderAbout.ENTRIES, then=_first(entered, "created_at")),
        When(about=ReminderAbout.ROUND, then=_first(submitted)),
        When(about=ReminderAbout.WEBSITE, then=_first(WebsiteRecord.objects.filter(year, at__gt=OuterRef("at")))),
        default=_first(AdministratorRecord.objects.filter(year, at__gt=OuterRef("at"))),
    )


def _first(rows: QuerySet[Any], moment: str = "at") -> Subquery:
    return Subquery(rows.order_by(moment).values(moment)[:1])
