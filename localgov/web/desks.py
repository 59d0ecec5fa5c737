"""Whose desk a unit's domains lie on, and for how many weekdays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from localgov.filings.models import Sheet
from localgov.filings.states import DESKS, Desk, Status
from localgov.forms import selectors as forms
from localgov.lib.thai_calendar import bangkok_date, weekdays_after
from localgov.rounds.models import RosterEntry
from localgov.web.work_item import filing_url

_ORDER = (Desk.RECORDER, Desk.VERIFIER, Desk.EXECUTIVE, Desk.PROVINCE, Desk.NOBODY)


@dataclass(frozen=True)
class DeskRow:
    """The domains of one year that lie on one desk; `days` are Mondays to Fridays since the one that waits longest came."""

    fiscal_year: int
    desk: str
    is_done: bool
    sheets: str
    count: int
    since: date | None
    days: int | None
    url: str


def desk_rows(
    *, entries: Mapping[int, RosterEntry], sheets: Mapping[int, Mapping[str, Sheet]], at: datetime
) -> list[DeskRow]:
    """A row for each open year and desk, in the order of the work; `sheets` by roster entry and section. No query."""
    return [row for entry in entries.values() for row in _of_entry(entry, sheets.get(entry.pk, {}), at)]


def _of_entry(entry: RosterEntry, own: Mapping[str, Sheet], at: datetime) -> Iterator[DeskRow]:
    numbers = {
        section: number for number, section in enumerate(forms.sheet_labels(entry.round.form_version_id), start=1)
    }
    by_desk: dict[Desk, list[str]] = {}
    for section in forms.applicable_sheets(entry.round.form_version_id, entry.unit_type):
        status = Status(own[section].status) if section in own else Status.RECORDING
        by_desk.setdefault(DESKS[status], []).append(section)
    for desk in _ORDER:
        sections = by_desk.get(desk, [])
        if not sections:
            continue
        moments = [own[section].status_since for section in sections if section in own]
        since = bangkok_date(min(moments)) if moments else None
        done = desk is Desk.NOBODY
        yield DeskRow(
            fiscal_year=entry.round.fiscal_year_be,
            desk="จังหวัดรับรองแล้ว" if done else str(desk.label),
            is_done=done,
            sheets=", ".join(str(numbers[section]) for section in sections),
            count=len(sections),
            since=since,
            days=None if since is None or done else weekdays_after(since, bangkok_date(at)),
            url=filing_url(entry),
        )
