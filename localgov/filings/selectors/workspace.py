"""Everything that one unit has filed in one round, loaded in a few queries: what pages show and checks judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from config.statements import read
from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.filings import document
from localgov.filings.models import Filing, RegisterRow, Sheet
from localgov.filings.states import CERTIFIED
from localgov.forms import selectors as forms
from localgov.forms.engine.dependencies import Reach
from localgov.forms.engine.dependencies import reach as form_reach
from localgov.forms.engine.facts import UnitContext
from localgov.forms.engine.model import Form
from localgov.lib.thai_calendar import BANGKOK
from localgov.rounds.models import RosterEntry, Round


@dataclass
class Workspace:
    """A unit's filing in a round: newest revisions by sheet code, their register rows, and the form they answer."""

    form: Form
    round: Round
    entry: RosterEntry
    filing: Filing | None
    sheets: dict[str, Sheet] = field(default_factory=dict)
    rows: dict[int, list[RegisterRow]] = field(default_factory=dict)

    @cached_property
    def unit(self) -> UnitContext:
        """What rules may ask of the roster."""
        return UnitContext(
            unit_type=self.entry.unit_type,
            province_code=self.entry.province_code,
            fiscal_year=self.round.fiscal_year_be,
            district_code=self.entry.district_code,
        )

    @cached_property
    def applicable(self) -> tuple[str, ...]:
        """Codes of the sheets that apply to the unit's type (the others are NOT_APPLICABLE: satisfied, in no denominator)."""
        return forms.applicable_sheets(self.round.form_version_id, self.entry.unit_type)

    def sheet_answers(self, section: str) -> dict[str, Any]:
        """The answers of one sheet's newest revision as DESIGN's answers JSON, registers as lists of objects."""
        sheet = self.sheets.get(section)
        if sheet is None:
            return {}
        return sheet_answers(sheet, self.rows.get(sheet.pk, []))

    def answers(self) -> dict[str, Any]:
        """The answers of all sheets together: what cross-sheet rules look at."""
        merged: dict[str, Any] = {}
        for section in self.sheets:
            merged |= self.sheet_answers(section)
        return merged

    def row_ids(self, section: str) -> dict[str, list[str]]:
        """Ids of a sheet's rows by register, in order: position n is row n of a finding."""
        sheet = self.sheets.get(section)
        found: dict[str, list[str]] = {}
        for row in self.rows.get(sheet.pk, []) if sheet else []:
            found.setdefault(row.register, []).append(str(row.row_id))
        return found


def sheet_answers(sheet: Sheet, rows: list[RegisterRow]) -> dict[str, Any]:
    """The answers of one sheet revision and its rows (in order) as answers JSON."""
    answers = document.answers_of(sheet.answers)
    for row in rows:
        register = answers.setdefault(row.register, [])
        if isinstance(register, list):
            register.append(document.row_answers(row.values))
        else:
            answers[row.register] = [document.row_answers(row.values)]
    return answers


def workspace(*, entry: RosterEntry, round: Round, lock: bool = False) -> Workspace:
    """Load a unit's newest sheets and rows (3 queries); `lock` locks the filing for the rest of the transaction."""
    return workspaces(entries=[entry], round=round, lock=lock)[entry.pk]


def workspaces(
    *, entries: Iterable[RosterEntry], round: Round, lock: bool = False, reach: Reach | None = None
) -> dict[int, Workspace]:
    """The workspaces of some units by roster entry (3 queries, however many); with `reach` only the sheets and rows in it.

    `lock` locks the filings, in one order, for the rest of the transaction.
    """
    form = forms.compiled(round.form_version_id)
    spaces = {entry.pk: Workspace(form=form, round=round, entry=entry, filing=None) for entry in entries}
    by_filing: dict[int, Workspace] = {}
    locking = "FOR UPDATE" if lock else ""
    for filing in read(Filing, f"WHERE roster_entry_id = ANY(%s) ORDER BY id {locking}", [list(spaces)]):
        space = by_filing[filing.pk] = spaces[filing.roster_entry_id]
        space.filing = filing
    if not by_filing:
        return spaces
    sections = list(form.sheets) if reach is None else sorted(reach.answers)
    sheets = read(Sheet, "WHERE filing_id = ANY(%s) AND is_newest AND section = ANY(%s)", [list(by_filing), sections])
    with_rows: dict[int, Workspace] = {}
    for sheet in sheets:
        space = by_filing[sheet.filing_id]
        space.sheets[sheet.section] = sheet
        if reach is None or sheet.section in reach.rows:
            with_rows[sheet.pk] = space
    if with_rows:
        tail = "WHERE sheet_id = ANY(%s) ORDER BY register, position, id"
        for row in read(RegisterRow, tail, [list(with_rows)]):
            with_rows[row.sheet_id].rows.setdefault(row.sheet_id, []).append(row)
    return spaces


def reach_of(round: Round, sections: Collection[str]) -> Reach:
    """What judging some sheets of a round's form looks at."""
    form = forms.compiled(round.form_version_id)
    reaches = [form_reach(form, section) for section in sections]
    return Reach(
        answers=frozenset().union(*(each.answers for each in reaches)),
        rows=frozenset().union(*(each.rows for each in reaches)),
        last_year=frozenset().union(*(each.last_year for each in reaches)),
    )


_ENTRY = """
WHERE rounds_round.form_code = %s AND rounds_round.fiscal_year_be = %s AND rounds_rosterentry.code = %s
"""


def entry_visible(
    *,
    actor: Actor,
    form_code: str,
    fiscal_year: int,
    organisation_code: str,
    permission: Permission = Permission.FILING_VIEW,
) -> RosterEntry | None:
    """The roster entry of a unit if the actor may see it, with its round; None otherwise (the page answers 404)."""
    found = read(RosterEntry, _ENTRY, [form_code, fiscal_year, organisation_code], related=("round", "organisation"))
    return next((entry for entry in found if actor.can(permission, at=entry.path)), None)


def last_year_answers(*, round: Round, organisation_id: int) -> Mapping[str, Any]:
    """Answers of the same form one fiscal year before: of each sheet the certified revision, else the newest (2 queries)."""
    chosen = _last_year_sheets(round, [organisation_id], None).get(organisation_id, {})
    rows: dict[int, list[RegisterRow]] = {}
    for row in RegisterRow.objects.filter(sheet__in=[sheet.pk for sheet in chosen.values()]).order_by("position", "id"):
        rows.setdefault(row.sheet_id, []).append(row)
    merged: dict[str, Any] = {}
    for sheet in chosen.values():
        merged |= sheet_answers(sheet, rows.get(sheet.pk, []))
    return merged


def last_year_scalars(
    *, round: Round, organisation_ids: Collection[int], sections: Collection[str]
) -> dict[int, Mapping[str, Any]]:
    """The same without registers, of some sheets of some units: what checks compare with (1 query). By unit."""
    return {
        organisation_id: {
            code: answer for sheet in chosen.values() for code, answer in document.answers_of(sheet.answers).items()
        }
        for organisation_id, chosen in _last_year_sheets(round, organisation_ids, sections).items()
    }


_LAST_YEAR = """
WHERE round_id = (SELECT id FROM rounds_round WHERE form_code = %s AND fiscal_year_be = %s) AND organisation_id = ANY(%s)
"""


def _last_year_sheets(
    round: Round, organisation_ids: Collection[int], sections: Collection[str] | None
) -> dict[int, dict[str, Sheet]]:
    wanted = list(forms.compiled(round.form_version_id).sheets) if sections is None else sorted(sections)
    units = list(organisation_ids)
    filings = read(Filing, _LAST_YEAR, [round.form_code, round.fiscal_year_be - 1, units])
    if not filings:
        return {}
    unit_of = {filing.pk: filing.organisation_id for filing in filings}
    tail = "WHERE filing_id = ANY(%s) AND section = ANY(%s) ORDER BY section, revision"
    chosen: dict[int, dict[str, Sheet]] = {}
    for sheet in read(Sheet, tail, [list(unit_of), wanted]):
        of_unit = chosen.setdefault(unit_of[sheet.filing_id], {})
        best = of_unit.get(sheet.section)
        if best is None or sheet.status in CERTIFIED or best.status not in CERTIFIED:
            of_unit[sheet.section] = sheet
    return chosen


def today_of(at: dt.datetime) -> dt.date:
    """The Bangkok date of a moment."""
    return at.astimezone(BANGKOK).date()
