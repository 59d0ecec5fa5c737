"""Whether what lies of a filing in several tables is one whole: changes, answers, rows, figures, steps (after a crash, a restore).

The changes are the record; everything else is what they led to. So they are replayed from the first on and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from localgov.figures.models import Figure, Stage
from localgov.figures.services import FigureValue
from localgov.filings import document
from localgov.filings.models import Change, Filing, RegisterRow, Sheet, StepTaken
from localgov.filings.selectors import judging
from localgov.filings.selectors.workspace import Workspace, workspace
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry

_STEP_OF_FIGURES = Decimal("0.0001")


@dataclass
class _Cell:
    """An answer as the changes left it: its value, how many times it was set, its note."""

    value: Any = None
    seq: int = 0
    note: str = ""

    @classmethod
    def stored(cls, entry: Mapping[str, Any]) -> _Cell:
        """The same of a document's entry."""
        return cls(document.to_answer(entry), document.sequence(entry), str(entry.get("note", "")))


@dataclass
class _Replay:
    """One section's answers and rows, as its changes say."""

    answers: dict[str, _Cell] = field(default_factory=dict)
    rows: dict[str, tuple[str, dict[str, _Cell]]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def apply(self, change: Change) -> None:
        """Apply the items of one change; one that does not begin where the last ended is a fault."""
        for item in change.items:
            reason = self._apply(item)
            if reason:
                self.faults.append(f"ใบรับ {change.receipt}: {item['question']} {reason}")

    def _apply(self, item: Mapping[str, Any]) -> str:
        row, op = item["row"], item["op"]
        if op == "add":
            self.rows[row] = (item["register"], {})
            return ""
        if op == "delete":
            return "" if self.rows.pop(row, None) is not None else "ลบแถวที่ไม่มีอยู่"
        if op == "confirm":
            return ""
        if row is not None and row not in self.rows:
            return "แก้แถวที่ไม่มีอยู่"
        holder = self.rows[row][1] if row is not None else self.answers
        cell = holder.setdefault(item["question"], _Cell())
        if op == "note":
            cell.note = item["new"]
            return ""
        reason = "" if cell.value == item["old"] else "ค่าเดิมไม่ตรงกับการบันทึกครั้งก่อน"
        cell.value, cell.seq = item["new"], cell.seq + 1
        if item["new"] is None:
            cell.note = ""
        return reason

    def differences(self, sheet: Sheet, rows: Iterable[RegisterRow]) -> Iterator[str]:
        """Where the stored sheet is not what the changes say."""
        yield from _unlike(self.answers, {code: _Cell.stored(entry) for code, entry in sheet.answers.items()})
        stored = {str(row.row_id): row for row in rows}
        for missing in sorted(set(self.rows) ^ set(stored)):
            yield f"แถว {missing} " + ("หายไป" if missing in self.rows else "ไม่มีที่มา")
        for row_id in sorted(set(self.rows) & set(stored)):
            cells = {code: _Cell.stored(entry) for code, entry in stored[row_id].values.items()}
            for reason in _unlike(self.rows[row_id][1], cells):
                yield f"แถว {row_id} {reason}"


def _unlike(wanted: Mapping[str, _Cell], found: Mapping[str, _Cell]) -> Iterator[str]:
    for code in sorted(set(wanted) | set(found)):
        if wanted.get(code, _Cell()) != found.get(code, _Cell()):
            yield f"{code} ไม่ตรงกับประวัติการบันทึก"


def filing_faults(entry: RosterEntry, *, counters: bool = False) -> list[str]:
    """What is not whole in a unit's filing; empty when all is (and when nothing was filed). Thai sentences.

    `counters`: judge the sheet that was saved last anew, too. Only where rules and last year's answers are those of the save.
    """
    space = workspace(entry=entry, round=entry.round)
    if space.filing is None:
        return []
    changes = list(Change.objects.filter(filing=space.filing).order_by("position"))
    sheets = list(Sheet.objects.filter(filing=space.filing).order_by("section", "revision"))
    faults = [*_chain_faults(changes), *_sheet_faults(sheets, changes), *_step_faults(sheets)]
    faults += figure_faults(
        space, stage=Stage.RECORDED, values=judging.figure_values(space.form, space.answers(), space.form.questions)
    )
    if counters and changes:
        faults += _counter_faults(space, changes[-1])
    return faults


def _chain_faults(changes: Iterable[Change]) -> Iterator[str]:
    previous = ""
    for position, change in enumerate(changes, start=1):
        if change.position != position or change.previous_hash != previous:
            yield f"ใบรับ {change.receipt}: ไม่ต่อจากการบันทึกก่อนหน้า"
        previous = change.hash


def _sheet_faults(sheets: Iterable[Sheet], changes: Iterable[Change]) -> Iterator[str]:
    """Replay each section through its revisions: a revision begins as the one before it ended."""
    of_sheet: dict[int, list[Change]] = {}
    for change in changes:
        of_sheet.setdefault(change.sheet_id, []).append(change)
    rows: dict[int, list[RegisterRow]] = {}
    sheets = list(sheets)
    for row in RegisterRow.objects.filter(sheet__in=sheets).order_by("pk"):
        rows.setdefault(row.sheet_id, []).append(row)
    replays: dict[str, _Replay] = {}
    for sheet in sheets:
        replay = replays.setdefault(sheet.section, _Replay())
        for change in of_sheet.get(sheet.pk, []):
            replay.apply(change)
            if change.actor_id is not None and change.actor_id not in sheet.recorder_ids:
                replay.faults.append(f"ใบรับ {change.receipt}: ไม่มีผู้บันทึกอยู่ในรายชื่อผู้บันทึกของด้าน")
        place = f"{sheet.section} ฉบับที่ {sheet.revision}"
        yield from (f"{place}: {reason}" for reason in replay.faults)
        yield from (f"{place}: {reason}" for reason in replay.differences(sheet, rows.get(sheet.pk, [])))
        replay.faults.clear()


def _step_faults(sheets: Iterable[Sheet]) -> Iterator[str]:
    """A sheet stands where its last step led; each step begins where the one before it ended."""
    sheets = list(sheets)
    steps: dict[int, list[StepTaken]] = {}
    for step in StepTaken.objects.filter(sheet__in=sheets).order_by("pk"):
        steps.setdefault(step.sheet_id, []).append(step)
    for sheet in sheets:
        status: str = Status.RECORDING
        for step in steps.get(sheet.pk, []):
            if step.source != status:
                yield f"{sheet.section} ฉบับที่ {sheet.revision}: ขั้นตอนที่ {step.pk} ไม่ต่อจากขั้นตอนก่อนหน้า"
            status = step.target
        if sheet.status != status:
            yield f"{sheet.section} ฉบับที่ {sheet.revision}: สถานะไม่ตรงกับขั้นตอนสุดท้าย"


def figure_faults(space: Workspace, *, stage: Stage, values: Mapping[str, FigureValue]) -> Iterator[str]:
    """Where the figures of a unit's year at a stage are not these values."""
    found = {
        figure.question: FigureValue(figure.number, figure.choice, figure.missing)
        for figure in Figure.objects.filter(
            fiscal_year_be=space.round.fiscal_year_be,
            organisation_id=space.entry.organisation_id,
            stage=stage,
            question__in=list(space.form.questions),
        )
    }
    for question in sorted(set(values) | set(found)):
        wanted = values.get(question)
        if wanted is not None and wanted.number is not None:
            wanted = FigureValue(wanted.number.quantize(_STEP_OF_FIGURES), wanted.choice, wanted.missing)
        if wanted != found.get(question):
            yield f"ตัวเลข {question} ({stage.label}) ไม่ตรงกับคำตอบ"


def _counter_faults(space: Workspace, last: Change) -> Iterator[str]:
    sheet = next((sheet for sheet in space.sheets.values() if sheet.pk == last.sheet_id), None)
    if sheet is None or Filing.objects.filter(
        organisation_id=space.entry.organisation_id, round__fiscal_year_be=space.round.fiscal_year_be - 1
    ):
        return
    judgement = judging.judge(space=space, section=sheet.section, last_year={}, at=last.at)
    counted = (sheet.required_count, sheet.answered_count, sheet.error_count, sheet.warning_count)
    if counted != (judgement.required, judgement.answered, judgement.errors, judgement.warnings):
        yield f"{sheet.section} ฉบับที่ {sheet.revision}: จำนวนข้อที่ตอบและข้อผิดพลาดไม่ตรงกับคำตอบ"
