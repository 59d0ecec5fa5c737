"""What the checks say of one sheet of a workspace: findings, progress, computed values, what is asked at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from localgov.figures.services import FigureValue
from localgov.filings import document
from localgov.filings.models import RegisterRow, Sheet
from localgov.filings.selectors.workspace import Workspace
from localgov.forms.areas import AREAS
from localgov.forms.engine.checks import judge as engine_judge
from localgov.forms.engine.facts import AllAnswers, readers_of
from localgov.forms.engine.findings import BuiltIn, Finding
from localgov.forms.engine.model import Form, Question, QuestionType, Severity
from localgov.forms.engine.progress import Progress, calculations, hidden_cells, sheet_progress, visible_codes
from localgov.forms.engine.values import NoData, NoneHere, Unreadable
from localgov.lib.thai_calendar import bangkok_date

AnswersByUnit = Mapping[int, Mapping[str, Any]]
"""Answers by organisation."""


@dataclass(frozen=True)
class PlacedFinding:
    """A finding with the id of its register row, and whether the recorder explained it (warnings only)."""

    finding: Finding
    row_id: str | None = None
    explained: bool = False


@dataclass(frozen=True)
class Asked:
    """What of one sheet is asked, by a unit's answers as they were taken up; computed when asked for."""

    facts: AllAnswers
    section: str
    row_ids: Mapping[str, list[str]]

    @cached_property
    def visible(self) -> frozenset[str]:
        """The questions and registers that are asked now."""
        return visible_codes(self.facts, self.section)

    @cached_property
    def hidden_cells(self) -> tuple[tuple[str, str], ...]:
        """Cells that don't apply in their row, as (row id, column)."""
        return tuple(
            (self.row_ids[register.code][row - 1], column)
            for register in self.facts.form.registers.values()
            if register.sheet == self.section and register.code in self.row_ids
            for row, column in sorted(hidden_cells(self.facts, register.code))
        )


@dataclass(frozen=True)
class Judgement(Asked):
    """One sheet's standing: what is missing, wrong or doubtful. `errors` includes missing required answers.

    `facts` are the answers that were judged; what a page shows of them beyond the findings is computed when asked.
    """

    progress: Progress
    findings: tuple[PlacedFinding, ...]
    carried: int

    @cached_property
    def computed(self) -> Mapping[str, Any]:
        """The calculated scalar questions."""
        return calculations(self.facts, self.section)

    @property
    def required(self) -> int:
        """Required items."""
        return self.progress.required

    @property
    def answered(self) -> int:
        """Required items that are answered."""
        return self.progress.answered

    @property
    def errors(self) -> int:
        """Everything that blocks submission."""
        return sum(1 for placed in self.findings if placed.finding.severity is Severity.ERROR)

    @property
    def wrong(self) -> int:
        """Errors without the answers that are merely missing."""
        return self.progress.errors

    @property
    def warnings(self) -> int:
        """Doubtful values."""
        return sum(1 for placed in self.findings if placed.finding.severity is Severity.WARNING)

    @property
    def unexplained(self) -> int:
        """Doubtful values without a reason."""
        return sum(
            1 for placed in self.findings if placed.finding.severity is Severity.WARNING and not placed.explained
        )

    @property
    def unanswered(self) -> int:
        """Required answers that are missing."""
        return sum(1 for placed in self.findings if placed.finding.code == BuiltIn.REQUIRED)

    @property
    def hindrance(self) -> str:
        """What keeps the sheet from being submitted whatever reason is given; empty when nothing does."""
        counts = (
            (self.unanswered, "ยังไม่ตอบ {:,} ข้อ"),
            (self.errors - self.unanswered, "ต้องแก้ {:,} ข้อ"),
            (self.carried, "รอยืนยันข้อมูลที่ยกมาจากปีก่อน {:,} ข้อ"),
        )
        parts = [words.format(count) for count, words in counts if count]
        return f"ยังส่งไม่ได้: {' · '.join(parts)}" if parts else ""

    def as_json(self) -> dict[str, Any]:
        """The shape that the recording page reads."""
        return {
            "findings": [_finding_json(placed) for placed in self.findings],
            "computed": dict(self.computed),
            "visible": sorted(self.visible),
            "hidden_cells": [list(cell) for cell in self.hidden_cells],
            "carried": self.carried,
            "hindrance": self.hindrance,
            "progress": {
                "required": self.required,
                "answered": self.answered,
                "errors": self.wrong,
                "blocking": self.errors,
                "warnings": self.warnings,
                "unexplained": self.unexplained,
                "sections": {
                    section.section: {
                        "required": section.required,
                        "answered": section.answered,
                        "errors": section.errors,
                        "warnings": section.warnings,
                    }
                    for section in self.progress.sections
                },
            },
        }


def judge(*, space: Workspace, section: str, last_year: Mapping[str, Any], at: datetime) -> Judgement:
    """Judge one sheet in full, against the newest answers of all sheets and last year's."""
    return judge_facts(facts_of(space=space, last_year=last_year, at=at), space=space, section=section)


def facts_of(*, space: Workspace, last_year: Mapping[str, Any], at: datetime) -> AllAnswers:
    """A unit's answers, taken up once for the judgement of any of its sheets."""
    return AllAnswers(space.form, space.answers(), space.unit, today=bangkok_date(at), last_year=last_year, areas=AREAS)


def asked_of(facts: AllAnswers, *, space: Workspace, section: str) -> Asked:
    """What of one sheet is asked, without judging it: what a certificate freezes."""
    return Asked(facts=facts, section=section, row_ids=space.row_ids(section))


def judge_facts(facts: AllAnswers, *, space: Workspace, section: str) -> Judgement:
    """`judge` for answers that were taken up already."""
    found = engine_judge(facts, sheets=[section])
    sheet = space.sheets.get(section)
    rows = space.rows.get(sheet.pk, []) if sheet else []
    ids = space.row_ids(section)
    values = {str(row.row_id): row.values for row in rows} if found else {}
    return Judgement(
        facts=facts,
        section=section,
        progress=sheet_progress(facts, section, found),
        findings=tuple(_place(space.form, finding, ids, sheet.answers if sheet else {}, values) for finding in found),
        row_ids=ids,
        carried=_carried(sheet, rows, facts) if sheet else 0,
    )


def _carried(sheet: Sheet, rows: Sequence[RegisterRow], facts: AllAnswers) -> int:
    """Carried answers and rows that wait to be confirmed; one that is no longer asked waits for nobody."""
    if not document.carried_codes(sheet.answers, [row.values for row in rows]):
        return 0
    visible = visible_codes(facts, sheet.section)
    asked = {code: stored for code, stored in sheet.answers.items() if code in visible}
    return document.carried_codes(asked, [row.values for row in rows if row.register in visible])


def figures_of(facts: AllAnswers, codes: Collection[str]) -> dict[str, FigureValue]:
    """The figures of some answers that were taken up: readable numbers, choices and missing values; the rest has none."""
    form = facts.form
    found: dict[str, FigureValue] = {}
    for code in codes:
        question = form.questions.get(code)
        if question is None or question.register is not None or code not in facts.raw:
            continue
        value = _figure(question, facts.answer(code))
        if value is not None:
            found[code] = value
    return found


def figure_values(form: Form, answers: Mapping[str, Any], codes: Collection[str]) -> dict[str, FigureValue]:
    """The figures of some scalar questions: readable numbers, choices and missing values; the rest has none."""
    readers = readers_of(form)
    found: dict[str, FigureValue] = {}
    for code in codes:
        question = form.questions.get(code)
        if question is None or question.register is not None or code not in answers:
            continue
        value = _figure(question, readers[code](answers[code]))
        if value is not None:
            found[code] = value
    return found


def _figure(question: Question, answer: Any) -> FigureValue | None:
    match answer:
        case NoneHere():
            return FigureValue(number=Decimal(0), missing="NONE")
        case NoData():
            return FigureValue(missing="NO_DATA")
        case Unreadable() | None:
            return None
        case bool():
            return FigureValue(choice="yes" if answer else "no")
        case Decimal():
            return FigureValue(number=answer)
        case str() if question.type is QuestionType.SELECT_ONE:
            return FigureValue(choice=answer)
    return None


def _place(
    form: Form,
    finding: Finding,
    ids: Mapping[str, list[str]],
    stored: Mapping[str, Mapping[str, Any]],
    rows: Mapping[str, Mapping[str, Mapping[str, Any]]],
) -> PlacedFinding:
    question = form.questions.get(finding.question)
    row_id = None
    if finding.row is not None and question is not None and question.register is not None:
        known = ids.get(question.register, [])
        row_id = known[finding.row - 1] if finding.row <= len(known) else None
    holder = rows.get(row_id, {}) if row_id else stored
    return PlacedFinding(finding, row_id, explained=bool(holder.get(finding.question, {}).get("note")))


def _finding_json(placed: PlacedFinding) -> dict[str, Any]:
    finding = placed.finding
    return {
        "code": str(finding.code),
        "severity": finding.severity.value,
        "question": finding.question,
        "row": finding.row,
        "row_id": placed.row_id,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "explained": placed.explained,
        "missing": finding.code == BuiltIn.REQUIRED,
    }
