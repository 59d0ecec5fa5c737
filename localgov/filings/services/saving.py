"""Saving answers: the one way in for pages, workbooks, the API and commands (DESIGN §4, Saving)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.audit.services import current_request_id
from localgov.figures import services as figures
from localgov.figures.models import Stage
from localgov.filings import policies
from localgov.filings.models import Change, Filing, RegisterRow, Sheet, Via
from localgov.filings.selectors import judging
from localgov.filings.selectors.workspace import Workspace, last_year_answers, workspace
from localgov.filings.services.applying import Applied, apply_changes
from localgov.filings.services.changes import AnyChange
from localgov.filings.states import Status
from localgov.lib.identifiers import ReceiptNumber
from localgov.rounds.models import RosterEntry


@dataclass(frozen=True)
class Saved:
    """What became of a batch. `judgement` is the sheet's standing after it; `repeated`: the batch had come before."""

    receipt: str
    saved_at: datetime
    saved: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    judgement: judging.Judgement | None = None
    repeated: bool = False


@transaction.atomic
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
    round = entry.round
    policies.can_record(
        actor, entry=entry, round=round, section=section, sheet=None, at=min(at, round.opened_at)
    ).require()
    space = workspace(entry=entry, round=round, lock=True)
    if space.filing is None:
        first = Filing(roster_entry=entry, round=round, organisation_id=entry.organisation_id)
        Filing.objects.bulk_create([first], ignore_conflicts=True)  # two first saves at once: one row, then its lock
        space = workspace(entry=entry, round=round, lock=True)
    if space.filing is None:  # pragma: no cover - created above
        raise RuntimeError("filing vanished inside its own transaction")
    before = Change.objects.filter(filing=space.filing, batch=batch).first()
    if before is not None:
        return _repeat(before, space, section, at)

    sheet = space.sheets.get(section)
    policies.can_record(actor, entry=entry, round=round, section=section, sheet=sheet, at=at).require()
    if sheet is None:
        sheet = Sheet(filing=space.filing, section=section, status=Status.RECORDING, status_since=at)
        space.sheets[section] = sheet
    applied = apply_changes(space=space, section=section, changes=changes, actor=actor)
    last_year = last_year_answers(round=round, organisation_id=entry.organisation_id)
    judgement = judging.judge(space=space, section=section, last_year=last_year, at=at)
    if not applied.items:
        return Saved(receipt="", saved_at=at, refused=applied.refused, judgement=judgement)
    _write_sheet(sheet, applied=applied, judgement=judgement, actor=actor, at=at)
    _write_rows(sheet, applied=applied)
    receipt = _next_receipt(round.fiscal_year_be)
    reply = {"saved": applied.saved, "refused": applied.refused}
    Change.objects.create(
        filing=space.filing,
        sheet=sheet,
        batch=batch,
        receipt=receipt,
        via=via,
        actor_id=actor.user_id,
        actor_label=actor.label,
        role=actor.role_for(Permission.FILING_RECORD, at=entry.path, section=section) or "",
        items=applied.items,
        reply=reply,
        request_id=current_request_id.get(),
        at=at,
    )
    figures.figures_write(
        fiscal_year=round.fiscal_year_be,
        organisation_id=entry.organisation_id,
        stage=Stage.RECORDED,
        values=judging.figure_values(space.form, space.sheet_answers(section), applied.codes),
        cleared=applied.codes,
    )
    return Saved(receipt=receipt, saved_at=at, saved=applied.saved, refused=applied.refused, judgement=judgement)


def _repeat(before: Change, space: Workspace, section: str, at: datetime) -> Saved:
    last_year = last_year_answers(round=space.round, organisation_id=space.entry.organisation_id)
    return Saved(
        receipt=before.receipt,
        saved_at=before.at,
        saved=before.reply.get("saved", []),
        refused=before.reply.get("refused", []),
        judgement=judging.judge(space=space, section=section, last_year=last_year, at=at),
        repeated=True,
    )


def _write_sheet(sheet: Sheet, *, applied: Applied, judgement: judging.Judgement, actor: Actor, at: datetime) -> None:
    sheet.lock += 1
    sheet.first_answer_at = sheet.first_answer_at or at
    sheet.last_answer_at = at
    if actor.user_id is not None and actor.user_id not in sheet.recorder_ids:
        sheet.recorder_ids = [*sheet.recorder_ids, actor.user_id]
    sheet.required_count = judgement.required
    sheet.answered_count = judgement.answered
    sheet.error_count = judgement.errors
    sheet.warning_count = judgement.warnings
    sheet.save()


def _write_rows(sheet: Sheet, *, applied: Applied) -> None:
    if applied.deleted_rows:
        RegisterRow.objects.filter(sheet=sheet, row_id__in=applied.deleted_rows).delete()
    for row in applied.new_rows:
        row.sheet = sheet
    RegisterRow.objects.bulk_create(applied.new_rows)
    RegisterRow.objects.bulk_update(applied.changed_rows, ["values", "seq", "position"])


def _next_receipt(fiscal_year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('filings_receipt')")
        (number,) = cursor.fetchone()
    return str(ReceiptNumber(fiscal_year, number))
