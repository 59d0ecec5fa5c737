"""Taking a step of the workflow: the only writer of a sheet's status (STYLE rule 20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.duty import JoinedParts
from localgov.audit.services import current_request_id
from localgov.filings import policies
from localgov.filings.models import Sheet, StepException, StepTaken
from localgov.filings.selectors import judging
from localgov.filings.selectors.workspace import Workspace, last_year_scalars, reach_of, workspaces
from localgov.filings.services import writing
from localgov.filings.states import TRANSITIONS, Action, Status, Step
from localgov.forms.engine.facts import AllAnswers
from localgov.rounds.models import RosterEntry, Round


class Stale(Exception):
    """Someone changed the sheet after the actor looked at it; show it anew and ask again."""


class NotClean(Denied):
    """Submission refused: errors stand, or doubtful values are unexplained. `judgement` lists them."""

    def __init__(self, reason: str, judgement: judging.Judgement) -> None:
        super().__init__(reason)
        self.judgement = judgement


@dataclass(frozen=True)
class StepAsked:
    """What one person asks for one sheet. `lock`: the sheet's lock counter as the actor saw it."""

    actor: Actor
    entry: RosterEntry
    section: str
    action: Action
    lock: int
    note: str = ""


@dataclass(frozen=True)
class Taking:
    """One step whose policy was asked, on a sheet of a locked filing."""

    actor: Actor
    entry: RosterEntry
    sheet: Sheet
    step: Step
    note: str = ""
    order_number: str = ""

    @property
    def rests_on(self) -> JoinedParts | None:
        """The tiny unit's exception on which the step rests; asked before the sheet moves."""
        return policies.resting_on(self.actor, path=self.entry.path, sheet=self.sheet, action=self.step.action)

    def record(self, *, at: datetime) -> StepTaken:
        """The step as it is appended to the record, before the sheet moves."""
        grant = next(self.actor.matching(self.step.permission, at=self.entry.path, section=self.sheet.section), None)
        return StepTaken(
            sheet=self.sheet,
            action=self.step.action,
            source=self.sheet.status,
            target=self.step.target,
            actor_id=self.actor.user_id,
            actor_label=self.actor.label,
            role=grant.role if grant else "",
            position_title=grant.position_title if grant else "",
            note=self.note.strip(),
            order_number=self.order_number.strip(),
            request_id=current_request_id.get(),
            at=at,
        )


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
    one = StepAsked(actor=actor, entry=entry, section=section, action=action, lock=lock, note=note)
    return sheets_take_action(at=at, round=entry.round, asked=[one])[0]


@transaction.atomic
def sheets_take_action(*, at: datetime, round: Round, asked: Sequence[StepAsked]) -> list[Sheet]:
    """Take a step on each of many sheets (of any units of one round), all of them or none, in a handful of statements.

    A sheet comes once in a call.

    Raises:
        Denied, NotClean, Stale: as `sheet_take_action`, for the first sheet that refuses.
        ValueError: a sheet comes twice.
    """
    if len({(one.entry.pk, one.section) for one in asked}) < len(asked):
        raise ValueError("a sheet comes twice in one call")
    submitted = {one.section for one in asked if one.action == Action.SUBMIT}
    reach = reach_of(round, submitted)
    reach = replace(reach, answers=reach.answers | {one.section for one in asked})
    entries = {one.entry.pk: one.entry for one in asked}
    spaces = workspaces(entries=entries.values(), round=round, lock=True, reach=reach)
    takings = [_taking(one, spaces[one.entry.pk], round=round, at=at) for one in asked]
    checked = [taking for taking in takings if taking.step.needs_clean_checks]
    if checked:
        last_year = last_year_scalars(
            round=round, organisation_ids={one.entry.organisation_id for one in checked}, sections=reach.last_year
        )
        _require_clean(checked, spaces, last_year=last_year, at=at)
    return steps_apply(at=at, takings=takings)


def steps_apply(*, at: datetime, takings: Sequence[Taking]) -> list[Sheet]:
    """Write steps whose policies were asked, on sheets of locked filings; opens revision n+1 where a step says so.

    For this module and the certification room alone (a house test forbids other callers). Returns the sheets to go on with.
    """
    for one in takings:
        if one.step.needs_note and not one.note.strip():
            raise Denied("โปรดระบุเหตุผล เพื่อให้ผู้รับทราบว่าต้องแก้ไขสิ่งใด")
        if one.step.needs_order and not one.order_number.strip():
            raise Denied("โปรดระบุเลขที่คำสั่ง")
    steps = StepTaken.objects.bulk_create([one.record(at=at) for one in takings])
    resting = [(step, one.rests_on) for step, one in zip(steps, takings, strict=True) if one.rests_on]
    if resting:
        StepException.objects.bulk_create(
            StepException(step=step, exception_id=joined.exception_id) for step, joined in resting
        )
    for one in takings:
        _move(one, at=at)
    writing.sheets_move([one.sheet for one in takings])
    opened = _open_revisions([one for one in takings if one.step.opens_revision], at=at)
    return [opened.get(one.sheet.pk, one.sheet) for one in takings]


def _taking(one: StepAsked, space: Workspace, *, round: Round, at: datetime) -> Taking:
    """The step that is asked for, allowed to this actor now."""
    sheet = space.sheets.get(one.section)
    if sheet is None:
        raise Denied("ด้านนี้ยังไม่เริ่มบันทึก จึงยังทำรายการนี้ไม่ได้")
    step = TRANSITIONS.get((Status(sheet.status), one.action))
    if step is None:
        raise Denied(f"ทำรายการ “{one.action.label}” ไม่ได้ในสถานะ “{sheet.get_status_display()}”")
    if step.own_service:
        raise Denied("รายการนี้ทำได้จากหน้ารับรองข้อมูลเท่านั้น")
    policies.can_take(one.actor, entry=one.entry, round=round, sheet=sheet, step=step, at=at).require()
    if sheet.lock != one.lock:
        raise Stale
    return Taking(actor=one.actor, entry=one.entry, sheet=sheet, step=step, note=one.note)


def _move(one: Taking, *, at: datetime) -> None:
    """Bring the loaded sheet where the step leads."""
    sheet, step = one.sheet, one.step
    if step.action == Action.VERIFY:
        sheet.verifier_id = one.actor.user_id
    elif step.voids_sign_offs:
        sheet.verifier_id = None
    if step.target == Status.RECORDING:
        sheet.returned_note = one.note.strip() if step.action == Action.RETURN else ""
    elif step.action == Action.SUBMIT:
        sheet.returned_note = ""
    sheet.status = step.target
    sheet.status_since = at
    sheet.lock += 1
    if step.opens_revision:
        sheet.is_newest = False


def _open_revisions(takings: Sequence[Taking], *, at: datetime) -> dict[int, Sheet]:
    """Revision n+1 of each sheet as a copy, in RECORDING, by the sheet that it follows.

    Its recorders are those whose answers are in the copy. What somebody else asks to be mended stands in `returned_note`;
    nothing when the unit amends of its own will.
    """
    copies = Sheet.objects.bulk_create(
        Sheet(
            filing_id=one.sheet.filing_id,
            section=one.sheet.section,
            revision=one.sheet.revision + 1,
            status=Status.RECORDING,
            status_since=at,
            answers=one.sheet.answers,
            first_answer_at=at,
            last_answer_at=one.sheet.last_answer_at,
            has_answers=one.sheet.has_answers,
            recorder_ids=one.sheet.recorder_ids,
            required_count=one.sheet.required_count,
            answered_count=one.sheet.answered_count,
            error_count=one.sheet.error_count,
            warning_count=one.sheet.warning_count,
            returned_note="" if one.step.action == Action.AMEND else one.note.strip(),
        )
        for one in takings
    )
    opened = {one.sheet.pk: copy for one, copy in zip(takings, copies, strict=True)}
    writing.rows_copy({before: copy.pk for before, copy in opened.items()})
    return opened


def _require_clean(
    takings: Sequence[Taking], spaces: Mapping[int, Workspace], *, last_year: judging.AnswersByUnit, at: datetime
) -> None:
    """Refuse submission while errors stand, carried answers wait, or doubtful values have no reason at all."""
    facts: dict[int, AllAnswers] = {}
    for one in takings:
        space = spaces[one.entry.pk]
        if one.entry.pk not in facts:
            before = last_year.get(one.entry.organisation_id, {})
            facts[one.entry.pk] = judging.facts_of(space=space, last_year=before, at=at)
        judgement = judging.judge_facts(facts[one.entry.pk], space=space, section=one.sheet.section)
        if judgement.hindrance:
            raise NotClean(judgement.hindrance, judgement)
        if judgement.unexplained and not one.note.strip():
            raise NotClean(
                f"มีข้อควรดู {judgement.unexplained:,} ข้อที่ยังไม่ระบุเหตุผล โปรดระบุเหตุผลรายข้อ หรือเหตุผลรวมตอนส่ง", judgement
            )
