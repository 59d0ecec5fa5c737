"""Taking a step of the workflow: the only writer of a sheet's status (STYLE rule 20)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit.services import current_request_id
from localgov.filings import policies
from localgov.filings.models import RegisterRow, Sheet, StepTaken
from localgov.filings.selectors import judging
from localgov.filings.selectors.workspace import Workspace, last_year_answers, workspace
from localgov.filings.states import TRANSITIONS, Action, Status, Step
from localgov.rounds.models import RosterEntry


class Stale(Exception):
    """Someone changed the sheet after the actor looked at it; show it anew and ask again."""


class NotClean(Denied):
    """Submission refused: errors stand, or doubtful values are unexplained. `judgement` lists them."""

    def __init__(self, reason: str, judgement: judging.Judgement) -> None:
        super().__init__(reason)
        self.judgement = judgement


@transaction.atomic
def sheet_take_action(
    *,
    actor: Actor,
    at: datetime,
    entry: RosterEntry,
    section: str,
    action: Action,
    lock: int,
    note: str = "",
) -> Sheet:
    """Take one step on the newest revision of a sheet. Steps that belong to certification are refused here.

    `lock` is the sheet's lock counter as the actor saw it. The same step twice has one effect: the second finds another
    state and is refused.

    Raises:
        Denied, NotClean: with a Thai reason.
        Stale: the sheet changed in between.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    sheet = space.sheets.get(section)
    if sheet is None:
        raise Denied("ด้านนี้ยังไม่เริ่มบันทึก จึงยังทำรายการนี้ไม่ได้")
    step = TRANSITIONS.get((Status(sheet.status), action))
    if step is None:
        raise Denied(f"ทำรายการ “{action.label}” ไม่ได้ในสถานะ “{sheet.get_status_display()}”")
    if step.own_service:
        raise Denied("รายการนี้ทำได้จากหน้ารับรองข้อมูลเท่านั้น")
    policies.can_take(actor, entry=entry, round=entry.round, sheet=sheet, step=step, at=at).require()
    if sheet.lock != lock:
        raise Stale
    if step.needs_clean_checks:
        _require_clean(space=space, section=section, note=note, at=at)
    return step_apply(actor=actor, at=at, entry=entry, sheet=sheet, step=step, note=note)


def step_apply(
    *,
    actor: Actor,
    at: datetime,
    entry: RosterEntry,
    sheet: Sheet,
    step: Step,
    note: str = "",
    order_number: str = "",
) -> Sheet:
    """Write one step whose policy was asked, on a sheet of a locked filing; opens revision n+1 where the step says so.

    For this module and the certification room alone (a house test forbids other callers). Returns the sheet to go on with.
    """
    note = note.strip()
    if step.needs_note and not note:
        raise Denied("โปรดระบุเหตุผล เพื่อให้ผู้รับทราบว่าต้องแก้ไขสิ่งใด")
    if step.needs_order and not order_number.strip():
        raise Denied("โปรดระบุเลขที่คำสั่ง")
    grant = next(actor.matching(step.permission, at=entry.path, section=sheet.section), None)
    StepTaken.objects.create(
        sheet=sheet,
        action=step.action,
        source=sheet.status,
        target=step.target,
        actor_id=actor.user_id,
        actor_label=actor.label,
        role=grant.role if grant else "",
        position_title=grant.position_title if grant else "",
        note=note,
        order_number=order_number.strip(),
        request_id=current_request_id.get(),
        at=at,
    )
    if step.action == Action.VERIFY:
        sheet.verifier_id = actor.user_id
    elif step.voids_sign_offs:
        sheet.verifier_id = None
    if step.target == Status.RECORDING:
        sheet.returned_note = note if step.action == Action.RETURN else ""
    elif step.action == Action.SUBMIT:
        sheet.returned_note = ""
    sheet.status = step.target
    sheet.status_since = at
    sheet.lock += 1
    if not step.opens_revision:
        sheet.save()
        return sheet
    return _open_revision(at=at, sheet=sheet, returned_note="" if step.action == Action.AMEND else note)


def _open_revision(*, at: datetime, sheet: Sheet, returned_note: str) -> Sheet:
    """Revision n+1 as a copy of `sheet`, in RECORDING. Its recorders are those whose answers are in the copy.

    `returned_note`: what somebody else asks to be mended; empty when the unit amends of its own will.
    """
    sheet.is_newest = False
    sheet.save()
    copy = Sheet.objects.create(
        filing_id=sheet.filing_id,
        section=sheet.section,
        revision=sheet.revision + 1,
        status=Status.RECORDING,
        status_since=at,
        answers=sheet.answers,
        first_answer_at=at,
        last_answer_at=sheet.last_answer_at,
        recorder_ids=sheet.recorder_ids,
        required_count=sheet.required_count,
        answered_count=sheet.answered_count,
        error_count=sheet.error_count,
        warning_count=sheet.warning_count,
        returned_note=returned_note,
    )
    RegisterRow.objects.bulk_create(
        [
            RegisterRow(
                sheet=copy,
                register=row.register,
                row_id=row.row_id,
                position=row.position,
                values=row.values,
                seq=row.seq,
            )
            for row in RegisterRow.objects.filter(sheet=sheet).order_by("pk")
        ]
    )
    return copy


def _require_clean(*, space: Workspace, section: str, note: str, at: datetime) -> None:
    """Refuse submission while errors stand, carried answers wait, or doubtful values have no reason at all."""
    last_year = last_year_answers(round=space.round, organisation_id=space.entry.organisation_id)
    judgement = judging.judge(space=space, section=section, last_year=last_year, at=at)
    if judgement.hindrance:
        raise NotClean(judgement.hindrance, judgement)
    if judgement.unexplained and not note.strip():
        raise NotClean(
            f"มีข้อควรดู {judgement.unexplained:,} ข้อที่ยังไม่ระบุเหตุผล โปรดระบุเหตุผลรายข้อ หรือเหตุผลรวมตอนส่ง", judgement
        )
