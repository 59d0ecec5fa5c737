"""Everything that one unit has filed in one round, loaded in a few queries: what pages show and checks judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.filings import document
from localgov.filings.models import Filing, RegisterRow, Sheet
from localgov.filings.states import CERTIFIED
from localgov.forms import selectors as forms
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
    filings = Filing.objects.select_for_update() if lock else Filing.objects.all()
    filing = filings.filter(roster_entry=entry).first()
    found = Workspace(form=forms.compiled(round.form_version_id), round=round, entry=entry, filing=filing)
    if filing is None:
        return found
    found.sheets = {sheet.section: sheet for sheet in Sheet.objects.filter(filing=filing, is_newest=True)}
    rows = RegisterRow.objects.filter(sheet__filing=filing, sheet__is_newest=True).order_by(
        "register", "position", "id"
    )
    for row in rows:
        found.rows.setdefault(row.sheet_id, []).append(row)
    return found


def entry_visible(
    *,
    actor: Actor,
    form_code: str,
    fiscal_year: int,
    organisation_code: str,
    permission: Permission = Permission.FILING_VIEW,
) -> RosterEntry | None:
    """The roster entry of a unit if the actor may see it, with its round; None otherwise (the page answers 404)."""
    return (
        RosterEntry.objects.visible_to(actor, permission)
        .select_related("round", "organisation")
        .filter(round__form_code=form_code, round__fiscal_year_be=fiscal_year, code=organisation_code)
        .first()
    )


def last_year_answers(*, round: Round, organisation_id: int) -> Mapping[str, Any]:
    """Answers of the same form one fiscal year before: of each sheet the certified revision, else the newest (3 queries)."""
    filing = Filing.objects.filter(
        round__form_code=round.form_code,
        round__fiscal_year_be=round.fiscal_year_be - 1,
        organisation_id=organisation_id,
    ).first()
    if filing is None:
        return {}
    chosen: dict[str, Sheet] = {}
    for sheet in Sheet.objects.filter(filing=filing).order_by("section", "revision"):
        best = chosen.get(sheet.section)
        if best is None or sheet.status in CERTIFIED or best.status not in CERTIFIED:
            chosen[sheet.section] = sheet
    rows: dict[int, list[RegisterRow]] = {}
    for row in RegisterRow.objects.filter(sheet__in=[sheet.pk for sheet in chosen.values()]).order_by("position", "id"):
        rows.setdefault(row.sheet_id, []).append(row)
    merged: dict[str, Any] = {}
    for sheet in chosen.values():
        merged |= sheet_answers(sheet, rows.get(sheet.pk, []))
    return merged


def today_of(at: dt.datetime) -> dt.date:
    """The Bangkok date of a moment."""
    return at.astimezone(BANGKOK).date()
