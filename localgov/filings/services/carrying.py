"""Carrying last year's answers forward: one act for a sheet, marked until a person confirms each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.filings import document
from localgov.filings.models import Via
from localgov.filings.selectors.workspace import Workspace, last_year_answers, today_of, workspace
from localgov.filings.services.changes import AddRow, AnyChange, SetAnswer
from localgov.filings.services.saving import Saved, answers_save
from localgov.forms.areas import AREAS
from localgov.forms.engine.facts import AllAnswers, readers_of
from localgov.forms.engine.model import Question, QuestionType, Register
from localgov.forms.engine.progress import visible_codes
from localgov.forms.engine.values import Unreadable
from localgov.rounds.models import RosterEntry


@transaction.atomic
def answers_carry_forward(*, actor: Actor, at: datetime, entry: RosterEntry, section: str, batch: UUID) -> Saved:
    """Answer the sheet's unanswered questions, and fill its empty registers, with what the unit answered last year.

    What is not asked this year, what this year's form can't read, files, and linked or computed values stay behind. Each
    answer carries the mark `carried` until it is confirmed or changed; the sheet can't be submitted before.

    Raises:
        Denied: the actor may not write this sheet now, or last year left nothing to carry.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    last_year = last_year_answers(round=entry.round, organisation_id=entry.organisation_id)
    changes = list(_changes(space=space, section=section, last_year=last_year, batch=batch, at=at))
    if not changes and not _came_before(space, batch):
        raise Denied("ไม่มีข้อมูลปีก่อนที่จะยกมาได้อีก ทุกข้อที่ปีก่อนตอบไว้มีคำตอบของปีนี้แล้ว หรือปีก่อนไม่ได้บันทึกด้านนี้")
    return answers_save(
        actor=actor, at=at, entry=entry, section=section, batch=batch, changes=changes, via=Via.CARRY_FORWARD
    )


def _came_before(space: Workspace, batch: UUID) -> bool:
    return space.filing is not None and space.filing.changes.filter(batch=batch).exists()


def _changes(
    *, space: Workspace, section: str, last_year: Mapping[str, Any], batch: UUID, at: datetime
) -> Iterator[AnyChange]:
    """The changes that carry a sheet forward, in the form's order."""
    if section not in space.form.sheets:
        return
    sheet = space.sheets.get(section)
    stored = sheet.answers if sheet else {}
    filled = {row.register for row in space.rows.get(sheet.pk, [])} if sheet else set()
    asked = _asked(space, section, last_year, at)
    for part in space.form.sheets[section].sections.values():
        for question in part.questions.values():
            answer = last_year.get(question.code)
            if question.code in asked and _carries(space, question, answer, stored.get(question.code)):
                yield SetAnswer(question.code, answer, document.sequence(stored.get(question.code)), carried=True)
        register = part.register
        if register is None or register.code not in asked or register.code in filled:
            continue
        if not document.is_answered(stored.get(register.code)):
            seq = document.sequence(stored.get(register.code))
            yield from _register_changes(space, register, last_year.get(register.code), seq, batch)


def _asked(space: Workspace, section: str, last_year: Mapping[str, Any], at: datetime) -> frozenset[str]:
    """What will be asked once last year's answers stand where there are none yet."""
    together = {**last_year, **space.answers()}
    facts = AllAnswers(space.form, together, space.unit, today=today_of(at), areas=AREAS)
    return visible_codes(facts, section)


def _carries(space: Workspace, question: Question, answer: Any, stored: Mapping[str, Any] | None) -> bool:
    """Whether last year's answer may stand for this question: asked of a person, readable, and not answered yet."""
    if answer is None or document.is_answered(stored):
        return False
    if question.linked or question.calculation is not None or question.type is QuestionType.FILE:
        return False
    return not isinstance(readers_of(space.form)[question.code](answer), Unreadable)


def _register_changes(space: Workspace, register: Register, before: Any, seq: int, batch: UUID) -> Iterator[AnyChange]:
    """Rows of last year as new rows; ids follow from the batch, so that the same batch twice adds no row twice."""
    if register.linked:
        return
    if isinstance(before, Mapping) and before.get("missing") == "NONE":
        yield SetAnswer(register.code, {"missing": "NONE"}, seq, carried=True)
        return
    if not isinstance(before, list):
        return
    after: UUID | None = None
    for number, row in enumerate(before):
        row_id = uuid5(batch, f"{register.code} {number}")
        yield AddRow(register.code, row_id, after)
        after = row_id
        for code, column in register.columns.items():
            if space.entry.unit_type in column.applies_to and _carries(space, column, row.get(code), None):
                yield SetAnswer(code, row[code], 0, register.code, row_id, carried=True)
