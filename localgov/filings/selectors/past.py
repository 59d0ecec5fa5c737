"""A unit's filing as it stood at a past moment, made from what was appended by then: steps, batches, acts of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from localgov.filings.models import Change, Filing, RegisterRow, Sheet, StepTaken
from localgov.filings.replay import Batch, Held, replay
from localgov.filings.selectors.workspace import Workspace, sheet_answers
from localgov.filings.states import ASKED_BACK, CERTIFIED, TRANSITIONS, Action, Status
from localgov.forms import selectors as forms
from localgov.rounds import selectors as rounds
from localgov.rounds.models import RosterEntry, Round

#: A sheet revision as it stood, with its register rows in order; neither is a row of today's tables.
Revision = tuple[Sheet, list[RegisterRow]]

_OPENING = frozenset(step.action for step in TRANSITIONS.values() if step.opens_revision)


def revisions_as_of(*, entry: RosterEntry, moment: datetime) -> dict[str, list[Revision]]:
    """All revisions of a unit's sheets, by sheet code, oldest first (3 queries)."""
    began = Sheet.objects.filter(filing__roster_entry=entry, created_at__lte=moment)
    steps: dict[int, list[StepTaken]] = defaultdict(list)
    for step in StepTaken.objects.filter(sheet__filing__roster_entry=entry, recorded_at__lte=moment).order_by("pk"):
        steps[step.sheet_id].append(step)
    changes: dict[int, list[Change]] = defaultdict(list)
    accepted = Change.objects.filter(filing__roster_entry=entry, recorded_at__lte=moment).order_by("position")
    for change in accepted.only("sheet_id", "items", "actor_id", "at"):
        changes[change.sheet_id].append(change)
    found: dict[str, list[Revision]] = defaultdict(list)
    before: dict[str, tuple[Sheet, Held]] = {}
    for sheet in began.only("filing_id", "section", "revision", "first_answer_at", "created_at").order_by(
        "section", "revision"
    ):
        previous, base = before.get(sheet.section, (None, None))
        held = replay([Batch(change.items, change.actor_id) for change in changes[sheet.pk]], base=base)
        _stand(sheet, held, previous, changes[sheet.pk])
        _walk(sheet, steps[sheet.pk], opened_by=_opening(steps[previous.pk]) if previous else None)
        before[sheet.section] = sheet, held
        found[sheet.section].append((sheet, _rows(sheet, held)))
    for revisions in found.values():
        for sheet, _ in revisions[:-1]:
            sheet.is_newest = False
    return dict(found)


def workspace_as_of(*, entry: RosterEntry, moment: datetime) -> Workspace:
    """What a unit had filed by a moment: newest revisions and their rows, judged by the same form (5 queries)."""
    then = entry_as_of(entry, moment)
    space = Workspace(
        form=forms.compiled(entry.round.form_version_id),
        round=entry.round,
        entry=then,
        filing=Filing.objects.filter(roster_entry=entry, created_at__lte=moment).first(),
    )
    for section, revisions in revisions_as_of(entry=entry, moment=moment).items():
        sheet, rows = revisions[-1]
        space.sheets[section] = sheet
        space.rows[sheet.pk] = rows
    return space


def entry_as_of(entry: RosterEntry, moment: datetime) -> RosterEntry:
    """A roster entry with the dates and the excuse that were recorded by then (1 query)."""
    then = copy(entry)
    dates = rounds.dates_of(entry, as_of=moment)
    then.due_at, then.last_new_at, then.last_edit_at = dates.due_at, dates.last_new_at, dates.last_edit_at
    if entry.excused_recorded_at is not None and entry.excused_recorded_at > moment:
        then.excused_from, then.excused_reason = None, ""
    return then


def last_year_as_of(*, round: Round, organisation_id: int, moment: datetime) -> Mapping[str, Any]:
    """Last year's answers as they stood: of each sheet the newest certified revision, else the newest (4 queries)."""
    entry = RosterEntry.objects.filter(
        round__form_code=round.form_code,
        round__fiscal_year_be=round.fiscal_year_be - 1,
        organisation_id=organisation_id,
    ).first()
    merged: dict[str, Any] = {}
    for revisions in revisions_as_of(entry=entry, moment=moment).values() if entry is not None else ():
        certified = [one for one in revisions if one[0].status in CERTIFIED]
        merged |= sheet_answers(*(certified or revisions)[-1])
    return merged


def _stand(sheet: Sheet, held: Held, previous: Sheet | None, changes: Sequence[Change]) -> None:
    """Fill in what the batches led to."""
    sheet.answers = held.answers
    sheet.has_answers = not held.is_empty
    recorders = list(previous.recorder_ids) if previous else []
    for change in changes:
        if change.actor_id is not None and change.actor_id not in recorders:
            recorders.append(change.actor_id)
    sheet.recorder_ids = recorders
    sheet.last_answer_at = changes[-1].at if changes else previous.last_answer_at if previous else None


def _walk(sheet: Sheet, steps: Sequence[StepTaken], *, opened_by: StepTaken | None) -> None:
    """Take the recorded steps again: status, since when, who verified, what was asked to be mended."""
    sheet.status, sheet.status_since = Status.RECORDING, sheet.first_answer_at or sheet.created_at
    sheet.verifier_id, sheet.is_newest = None, True
    sheet.returned_note = opened_by.note if opened_by and opened_by.action in ASKED_BACK else ""
    for step in steps:
        if step.action == Action.VERIFY:
            sheet.verifier_id = step.actor_id
        elif TRANSITIONS[Status(step.source), Action(step.action)].voids_sign_offs:
            sheet.verifier_id = None
        if step.target == Status.RECORDING:
            sheet.returned_note = step.note if step.action == Action.RETURN else ""
        elif step.action == Action.SUBMIT:
            sheet.returned_note = ""
        sheet.status, sheet.status_since = step.target, step.at


def _opening(steps: Sequence[StepTaken]) -> StepTaken | None:
    """The step on a revision that opened the next one."""
    return next((step for step in steps if step.action in _OPENING), None)


def _rows(sheet: Sheet, held: Held) -> list[RegisterRow]:
    return [
        RegisterRow(
            sheet_id=sheet.pk,
            register=row.register,
            row_id=UUID(row.row_id),
            position=position,
            values=row.values,
            seq=row.seq,
        )
        for register in sorted(held.rows)
        for position, row in enumerate(held.rows[register])
    ]
