"""Saving answers: the one way in for pages, workbooks, the API and commands (DESIGN §4, Saving)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from config.statements import read
from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.audit.services import current_request_id
from localgov.figures import services as figures
from localgov.figures.models import Stage
from localgov.filings import policies
from localgov.filings.models import Change, Filing, Sheet, Via
from localgov.filings.selectors import judging
from localgov.filings.selectors.workspace import Workspace, last_year_scalars, reach_of, workspaces
from localgov.filings.services import writing
from localgov.filings.services.applying import Applied, apply_changes
from localgov.filings.services.changes import AnyChange
from localgov.filings.states import Status
from localgov.forms.engine.facts import AllAnswers
from localgov.rounds.models import RosterEntry, Round


@dataclass(frozen=True)
class Saved:
    """What became of a batch. `judgement` is the sheet's standing after it; `repeated`: the batch had come before."""

    receipt: str
    saved_at: datetime
    saved: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    judgement: judging.Judgement | None = None
    repeated: bool = False


@dataclass(frozen=True)
class SheetBatch:
    """What one person sends for one sheet at once; `batch` is the sender's id, which makes it count once."""

    actor: Actor
    entry: RosterEntry
    section: str
    batch: UUID
    changes: Sequence[AnyChange]


def answers_save(
    *,
    actor: Actor,
    at: datetime,
    entry: RosterEntry,
    section: str,
    batch: UUID,
    changes: Sequence[AnyChange],
    via: Via = Via.PAGE,
) -> Saved:
    """Save a batch of changes of one sheet; what is stale or no question of the sheet is refused for itself alone.

    A saved answer may be wrong: findings never refuse a save. The filing's row is the only lock. The same `batch` twice has
    one effect and the same receipt.

    Raises:
        Denied: the actor may not write this sheet now.
    """
    one = SheetBatch(actor=actor, entry=entry, section=section, batch=batch, changes=changes)
    return answers_save_many(at=at, round=entry.round, batches=[one], via=via)[0]


@transaction.atomic
def answers_save_many(
    *, at: datetime, round: Round, batches: Sequence[SheetBatch], via: Via = Via.COMMAND
) -> list[Saved]:
    """Save batches of many sheets (of any units of one round) in one transaction and a handful of statements.

    Each is judged after all were applied. A sheet comes once in a call.

    Raises:
        Denied: an actor may not write a sheet now; then nothing is saved.
        ValueError: a sheet comes twice.
    """
    if len({(one.entry.pk, one.section) for one in batches}) < len(batches):
        raise ValueError("a sheet comes twice in one call")
    for one in batches:
        _may_record(one, round=round, sheet=None, at=min(at, round.opened_at))
    spaces = _locked_spaces(batches, round=round)
    before = _came_before(batches, spaces)
    tasks = [_Task(one, spaces[one.entry.pk], before.get((one.entry.pk, one.batch))) for one in batches]
    _begin_sheets([task for task in tasks if task.before is None], round=round, at=at)
    last_year = last_year_scalars(
        round=round,
        organisation_ids={one.entry.organisation_id for one in batches},
        sections=reach_of(round, {one.section for one in batches}).last_year,
    )
    for task in tasks:
        if task.before is None:
            task.apply()
    judgements = _judged(tasks, last_year=last_year, at=at)
    _write([task for task in tasks if task.applied.items], judgements=judgements, round=round, via=via, at=at)
    return [task.saved(judgements[task.place], at=at) for task in tasks]


class _Task:
    """One batch on its way through a save: what it asked, whether it had come before, what was applied, its receipt."""

    def __init__(self, sent: SheetBatch, space: Workspace, before: Change | None) -> None:
        self.sent = sent
        self.space = space
        self.before = before
        self.applied = Applied()
        self.receipt = ""

    @property
    def place(self) -> tuple[int, str]:
        """The roster entry and sheet that it writes."""
        return self.sent.entry.pk, self.sent.section

    @property
    def sheet(self) -> Sheet:
        return self.space.sheets[self.sent.section]

    @property
    def filing(self) -> Filing:
        filing = self.space.filing
        assert filing is not None  # noqa: S101 - made when the spaces were locked
        return filing

    def apply(self) -> None:
        self.applied = apply_changes(
            space=self.space, section=self.sent.section, changes=self.sent.changes, actor=self.sent.actor
        )

    def record(self, *, via: Via, at: datetime) -> dict[str, Any]:
        """The change as it is appended to the record."""
        actor, entry = self.sent.actor, self.sent.entry
        emptied = {} if self.sheet.has_answers else {"emptied": True}
        return {
            "filing_id": self.filing.pk,
            "sheet_id": self.sheet.pk,
            "batch": self.sent.batch,
            "via": via,
            "actor_id": actor.user_id,
            "actor_label": actor.label,
            "role": actor.role_for(Permission.FILING_RECORD, at=entry.path, section=self.sent.section) or "",
            "items": self.applied.items,
            "reply": {**_packed(self.applied), "refused": self.applied.refused, **emptied},
            "request_id": current_request_id.get(),
            "at": at,
        }

    def saved(self, judgement: judging.Judgement, *, at: datetime) -> Saved:
        if self.before is None:
            return Saved(self.receipt, at, self.applied.saved, self.applied.refused, judgement)
        return Saved(
            receipt=self.before.receipt,
            saved_at=self.before.at,
            saved=self.before.saved,
            refused=self.before.reply.get("refused", []),
            judgement=judgement,
            repeated=True,
        )


def _packed(applied: Applied) -> dict[str, Any]:
    """What was saved, as the record keeps it and `Change.saved` reads it.

    The counters alone where all else stands in the items, in their order.
    """
    plain = [{"code": item["question"], "row": None} for item in applied.items]
    if [{name: value for name, value in one.items() if name != "seq"} for one in applied.saved] == plain:
        return {"seqs": [one["seq"] for one in applied.saved]}
    return {"saved": applied.saved}


def _may_record(sent: SheetBatch, *, round: Round, sheet: Sheet | None, at: datetime) -> None:
    policies.can_record(sent.actor, entry=sent.entry, round=round, section=sent.section, sheet=sheet, at=at).require()


def _locked_spaces(batches: Sequence[SheetBatch], *, round: Round) -> dict[int, Workspace]:
    """The units' filings, locked, made where there was none; two first saves at once make one row, then wait for its lock."""
    reach = reach_of(round, {one.section for one in batches})
    entries = {one.entry.pk: one.entry for one in batches}
    spaces = workspaces(entries=entries.values(), round=round, lock=True, reach=reach)
    missing = [entry for entry in entries.values() if spaces[entry.pk].filing is None]
    for filing in writing.filings_begin(missing):
        spaces[filing.roster_entry_id].filing = filing  # ours alone until the transaction ends, and without sheets
    others = [entry for entry in missing if spaces[entry.pk].filing is None]
    if others:
        spaces |= workspaces(entries=others, round=round, lock=True, reach=reach)
    return spaces


def _came_before(batches: Sequence[SheetBatch], spaces: dict[int, Workspace]) -> dict[tuple[int, UUID], Change]:
    """Batches that were saved already, by roster entry and batch."""
    filings = {space.filing.pk: entry for entry, space in spaces.items() if space.filing is not None}
    if not filings:
        return {}
    tail = "WHERE filing_id = ANY(%s) AND batch = ANY(%s)"
    found = read(Change, tail, [list(filings), [one.batch for one in batches]])
    return {(filings[change.filing_id], change.batch): change for change in found}


def _begin_sheets(tasks: Sequence[_Task], *, round: Round, at: datetime) -> None:
    """Ask for each sheet whether its actor may write it now; begin those that nobody has begun."""
    begun: list[Sheet] = []
    for task in tasks:
        sheet = task.space.sheets.get(task.sent.section)
        _may_record(task.sent, round=round, sheet=sheet, at=at)
        if sheet is None:
            sheet = Sheet(filing=task.space.filing, section=task.sent.section, status=Status.RECORDING, status_since=at)
            task.space.sheets[task.sent.section] = sheet
            begun.append(sheet)
    if begun:
        for sheet, number in zip(begun, writing.sheet_ids(len(begun)), strict=True):
            sheet.pk = number


def _judged(
    tasks: Iterable[_Task], *, last_year: judging.AnswersByUnit, at: datetime
) -> dict[tuple[int, str], judging.Judgement]:
    """The judgement of every sheet that was sent something, its unit's answers taken up once."""
    facts: dict[int, AllAnswers] = {}
    found: dict[tuple[int, str], judging.Judgement] = {}
    for task in tasks:
        entry, section = task.place
        if entry not in facts:
            before = last_year.get(task.sent.entry.organisation_id, {})
            facts[entry] = judging.facts_of(space=task.space, last_year=before, at=at)
        found[task.place] = judging.judge_facts(facts[entry], space=task.space, section=section)
    return found


def _write(
    tasks: Sequence[_Task],
    *,
    judgements: dict[tuple[int, str], judging.Judgement],
    round: Round,
    via: Via,
    at: datetime,
) -> None:
    """Write what was accepted: sheets, rows, the record of changes, figures."""
    if not tasks:
        return
    for task in tasks:
        _touch_sheet(task.sheet, judgement=judgements[task.place], actor=task.sent.actor, at=at)
        task.sheet.has_answers = bool(task.space.sheet_answers(task.sent.section))
        for row in task.applied.new_rows:
            row.sheet_id = task.sheet.pk
    writing.sheets_write(
        new=[task.sheet for task in tasks if task.sheet._state.adding],
        changed=[task.sheet for task in tasks if not task.sheet._state.adding],
    )
    writing.rows_write(
        deleted={task.sheet.pk: task.applied.deleted_rows for task in tasks if task.applied.deleted_rows},
        new=[row for task in tasks for row in task.applied.new_rows],
        changed=[row for task in tasks for row in task.applied.changed_rows],
    )
    receipts = writing.changes_write(
        fiscal_year=round.fiscal_year_be, changes=[task.record(via=via, at=at) for task in tasks]
    )
    for task in tasks:
        task.receipt = receipts[task.filing.pk, task.sent.batch]
    figures.figures_write(
        fiscal_year=round.fiscal_year_be,
        stage=Stage.RECORDED,
        readings=[
            figures.Reading(
                organisation_id=task.sent.entry.organisation_id,
                values=judging.figures_of(judgements[task.place].facts, task.applied.codes),
                cleared={item["question"] for item in task.applied.items if item["old"] is not None},
            )
            for task in tasks
        ],
    )


def _touch_sheet(sheet: Sheet, *, judgement: judging.Judgement, actor: Actor, at: datetime) -> None:
    sheet.lock += 1
    sheet.first_answer_at = sheet.first_answer_at or at
    sheet.last_answer_at = at
    if actor.user_id is not None and actor.user_id not in sheet.recorder_ids:
        sheet.recorder_ids = [*sheet.recorder_ids, actor.user_id]
    sheet.required_count = judgement.required
    sheet.answered_count = judgement.answered
    sheet.error_count = judgement.errors
    sheet.warning_count = judgement.warnings
