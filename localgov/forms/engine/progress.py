"""How far a sheet is, and whether it applies at all: computed, never declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from localgov.forms.engine.answers import to_json
from localgov.forms.engine.facts import UNKNOWN_AREAS, AllAnswers, Areas, RowAnswers, UnitContext
from localgov.forms.engine.findings import BuiltIn, Finding
from localgov.forms.engine.model import Form, Question, Register, Section, Severity, Sheet
from localgov.forms.engine.values import Answer, NoData, Unreadable


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """Required items of a section and those answered; errors (missing answers apart) and warnings."""

    section: str
    required: int
    answered: int
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A sheet's progress. One required question is one item; one row of a register is one item, answered when all its
    required cells are; a required register that isn't answered is one item."""

    sheet: str
    required: int
    answered: int
    errors: int
    warnings: int
    sections: tuple[SectionProgress, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing required is missing."""
        return self.answered == self.required

    @property
    def submittable(self) -> bool:
        """Whether the sheet may be submitted: complete and without errors."""
        return self.complete and not self.errors


def progress(
    form: Form,
    sheet: str,
    answers: Mapping[str, Any],
    *,
    unit: UnitContext,
    today: dt.date,
    findings: Iterable[Finding],
    areas: Areas = UNKNOWN_AREAS,
) -> Progress:
    """The progress of a sheet with these answers; `findings` are those of `check_answers` (other sheets' are ignored)."""
    return sheet_progress(AllAnswers(form, answers, unit, today=today, areas=areas), sheet, findings)


def sheet_progress(facts: AllAnswers, sheet: str, findings: Iterable[Finding]) -> Progress:
    """`progress` for answers that were taken up already."""
    counts: dict[str, tuple[int, int]] = {}
    for finding in findings:
        item = facts.form.item(finding.question)
        if item is None or item.sheet != sheet or finding.code == BuiltIn.REQUIRED:
            continue
        errors, warnings = counts.get(item.section, (0, 0))
        is_error = finding.severity is Severity.ERROR
        counts[item.section] = (errors + is_error, warnings + (not is_error))
    sections = tuple(
        SectionProgress(section.code, *_items(facts, section), *counts.get(section.code, (0, 0)))
        for section in facts.form.sheets[sheet].sections.values()
    )
    return Progress(
        sheet=sheet,
        required=sum(section.required for section in sections),
        answered=sum(section.answered for section in sections),
        errors=sum(section.errors for section in sections),
        warnings=sum(section.warnings for section in sections),
        sections=sections,
    )


def _items(facts: AllAnswers, section: Section) -> tuple[int, int]:
    """Required and answered items of a section."""
    if section.register is not None:
        return _register_items(facts, section.register)
    required = answered = 0
    for question in section.questions.values():
        if question.linked or question.calculation or not facts.active(question) or not facts.required(question):
            continue
        required += 1
        answered += is_answered(facts.answer(question.code))
    return required, answered


def _register_items(facts: AllAnswers, register: Register) -> tuple[int, int]:
    if register.linked or not facts.active(register):
        return 0, 0
    state = facts.register_state(register.code)
    if isinstance(state, tuple):
        own = 1 if facts.required(register) and not state else 0
        return own + len(state), own + sum(_row_complete(facts, register, row) for row in state)
    return (1, int(is_answered(state))) if facts.required(register) else (0, 0)


def _row_complete(facts: AllAnswers, register: Register, row: RowAnswers) -> bool:
    return all(
        is_answered(row.answer(column.code))
        for column in register.columns.values()
        if not column.linked
        and not column.calculation
        and facts.applies(column)
        and column.required
        and row.relevant(column)
        and row.required(column)
    )


def is_answered(answer: Answer) -> bool:
    """Whether an answer counts as given: a value, ไม่มี, or ไม่มีข้อมูล with its reason."""
    return not (answer is None or isinstance(answer, Unreadable) or (isinstance(answer, NoData) and not answer.reason))


def applicable(form: Form, sheet: str, unit_type: str) -> bool:
    """Whether a sheet has any required question (or required register) that applies to the type; linked ones don't count."""
    return any(_requires(section, unit_type) for section in form.sheets[sheet].sections.values())


def _requires(section: Section, unit_type: str) -> bool:
    if section.register is not None:
        register = section.register
        return bool(register.required) and not register.linked and unit_type in register.applies_to
    return any(
        question.required and not question.linked and not question.calculation and unit_type in question.applies_to
        for question in section.questions.values()
    )


def applicable_sheets(form: Form, unit_type: str) -> tuple[Sheet, ...]:
    """The sheets that a unit of this type must record, in order."""
    return tuple(sheet for sheet in form.sheets.values() if applicable(form, sheet.code, unit_type))


def calculations(facts: AllAnswers, sheet: str | None = None) -> dict[str, object]:
    """Every calculated scalar question's value as JSON (None = unknown), of one sheet or of all."""
    return {
        question.code: to_json(facts.operand(question.code))
        for question in facts.form.questions.values()
        if question.calculation and not question.register and sheet in {None, question.sheet}
    }


def row_calculations(facts: AllAnswers, register: str) -> list[dict[str, object]]:
    """The calculated columns of a register, row by row, as JSON."""
    columns = [column.code for column in facts.form.registers[register].columns.values() if column.calculation]
    return [{code: to_json(row.operand(code)) for code in columns} for row in facts.rows(register) or ()]


def visible_codes(facts: AllAnswers, sheet: str) -> frozenset[str]:
    """The scalar questions and registers of a sheet that apply and are relevant now: what the page shows."""
    found: set[str] = set()
    for section in facts.form.sheets[sheet].sections.values():
        items: list[Question | Register] = [section.register] if section.register else [*section.questions.values()]
        found.update(item.code for item in items if facts.active(item))
    return frozenset(found)


def hidden_cells(facts: AllAnswers, register: str) -> frozenset[tuple[int, str]]:
    """The cells of a register (row from 1, column) that are irrelevant in their row."""
    columns = [c for c in facts.form.registers[register].columns.values() if c.relevant is not None]
    rows = facts.rows(register) or ()
    return frozenset((row.index + 1, column.code) for row in rows for column in columns if not row.relevant(column))
