"""One domain of one unit as its page prints it: sections, questions, registers, findings, what may be done now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from localgov.access.actor import Actor
from localgov.access.decision import Decision
from localgov.access.permissions import Permission
from localgov.filings import document, policies
from localgov.filings.models import Change, RegisterRow, Sheet, StepTaken
from localgov.filings.selectors import together
from localgov.filings.selectors.fields import FieldView, field_view, finding_view
from localgov.filings.selectors.judging import Judgement, PlacedFinding, judge
from localgov.filings.selectors.linked import LinkedView, linked_views
from localgov.filings.selectors.past import last_year_as_of, workspace_as_of
from localgov.filings.selectors.sheet_parts import ListedFinding, RegisterView, RowView, SectionView
from localgov.filings.selectors.steps import StepView, step_views
from localgov.filings.selectors.together import Present
from localgov.filings.selectors.workspace import Workspace, last_year_answers, workspace
from localgov.filings.states import Action, Status
from localgov.forms.engine.findings import BuiltIn
from localgov.forms.engine.model import Question, Register, Section, Severity
from localgov.lib.thai_calendar import days_left_text, last_day_before
from localgov.rounds.models import RosterEntry


@dataclass(frozen=True)
class SheetPage:
    """Everything that the page of one domain prints."""

    space: Workspace
    number: int
    section: str
    sheet: Sheet | None
    judgement: Judgement
    sections: tuple[SectionView, ...]
    may_record: Decision
    steps: tuple[StepView, ...]
    last_change: Change | None
    last_year: Mapping[str, Any]
    at: datetime
    is_recorder: bool = False
    submit_note: str = ""
    others: tuple[tuple[int, str], ...] = ()
    present: tuple[Present, ...] = ()

    @property
    def entry(self) -> RosterEntry:
        """The unit."""
        return self.space.entry

    @property
    def fiscal_year(self) -> int:
        """The round's year, B.E."""
        return self.space.round.fiscal_year_be

    @property
    def label(self) -> str:
        """The domain's name."""
        return self.space.form.sheets[self.section].label

    @property
    def state(self) -> str:
        """The code of its state's look."""
        return state_of(self.sheet)

    @property
    def editable(self) -> bool:
        """Whether the actor may write answers now."""
        return self.may_record.allowed

    @property
    def days_left(self) -> str:
        """เหลือ 41 วัน."""
        return days_left_text(self.space.entry.due_at, self.at)

    @cached_property
    def unanswered(self) -> tuple[PlacedFinding, ...]:
        """Required answers that are missing."""
        return tuple(one for one in self.judgement.findings if one.finding.code == BuiltIn.REQUIRED)

    @property
    def due_on(self) -> date:
        """The unit's last day in time, extensions included."""
        return last_day_before(self.space.entry.due_at)

    @property
    def progress_ceiling(self) -> int:
        """`max` of the progress bar."""
        return max(self.judgement.required, 1)

    @cached_property
    def shown_findings(self) -> tuple[ListedFinding, ...]:
        """What is wrong or doubtful, errors first, in the form's order; missing answers are not among them."""
        wrong = (one for one in self.judgement.findings if one.finding.code != BuiltIn.REQUIRED)
        return self.listed(sorted(wrong, key=lambda one: one.finding.severity is not Severity.ERROR))

    @property
    def shown_errors(self) -> tuple[ListedFinding, ...]:
        """What is wrong."""
        return tuple(one for one in self.shown_findings if one.severity == Severity.ERROR.value)

    @property
    def shown_warnings(self) -> tuple[ListedFinding, ...]:
        """What is doubtful."""
        return tuple(one for one in self.shown_findings if one.severity == Severity.WARNING.value)

    @property
    def unanswered_list(self) -> tuple[ListedFinding, ...]:
        """Required answers that are missing."""
        return self.listed(self.unanswered)

    def listed(self, findings: Iterable[PlacedFinding]) -> tuple[ListedFinding, ...]:
        """Findings with the name and anchor of their question."""
        return tuple(self._listed(placed) for placed in findings)

    def _listed(self, placed: PlacedFinding) -> ListedFinding:
        finding = placed.finding
        label = self.space.form.label_of(finding.question)
        question = self.space.form.questions.get(finding.question)
        if finding.row is not None and question is not None and question.register:
            label = f"{self.space.form.label_of(question.register)} แถวที่ {finding.row}: {label}"
        anchor = f"row-{placed.row_id}" if placed.row_id else f"q-{finding.question}"
        return ListedFinding(label, anchor, finding.severity.value, finding.message, self._note(placed))

    def _note(self, placed: PlacedFinding) -> str:
        """The recorder's reason why a doubtful answer is right."""
        if not placed.explained or self.sheet is None:
            return ""
        holder: Mapping[str, Any] = self.sheet.answers
        if placed.row_id:
            rows = self.space.rows.get(self.sheet.pk, [])
            holder = next((row.values for row in rows if str(row.row_id) == placed.row_id), {})
        return str(holder.get(placed.finding.question, {}).get("note", ""))

    @property
    def carried_codes(self) -> str:
        """Codes that wait to be confirmed, parted by blanks."""
        return " ".join(code for section in self.sections for code in section.carried_codes)

    @cached_property
    def can_carry(self) -> bool:
        """Whether last year left anything that an unanswered question or empty register of this sheet could take."""
        asked = (section for section in self.sections if section.visible)
        return any(
            any(one.bring for one in section.fields if one.visible)
            or (section.register is not None and section.register.takes_rows)
            for section in asked
        )

    @property
    def fresh_batch(self) -> str:
        """An id for a batch of this page, or for the open page itself."""
        return str(uuid4())

    @property
    def previous(self) -> tuple[int, str] | None:
        """Number and name of the domain before."""
        return next((other for other in reversed(self.others) if other[0] < self.number), None)

    @property
    def next(self) -> tuple[int, str] | None:
        """Number and name of the domain after."""
        return next((other for other in self.others if other[0] > self.number), None)


def state_of(sheet: Sheet | None) -> str:
    """The code of a sheet's look: its status, ยังไม่เริ่ม, or ส่งกลับ while what was returned is being mended."""
    if sheet is None:
        return "NOT_STARTED"
    if sheet.status == "RECORDING" and sheet.returned_note:
        return "RETURNED"
    return sheet.status


def sheet_page(
    *,
    actor: Actor,
    entry: RosterEntry,
    number: int,
    at: datetime,
    show_missing: bool = False,
    past: datetime | None = None,
) -> SheetPage | None:
    """The page of the sheet with this place in the form (from 1); None when the form has no such sheet (9 queries).

    With `past` as it stood at that moment: to be read alone.
    """
    space = workspace(entry=entry, round=entry.round) if past is None else workspace_as_of(entry=entry, moment=past)
    codes = list(space.form.sheets)
    if not 1 <= number <= len(codes) or codes[number - 1] not in space.applicable:
        return None
    section = codes[number - 1]
    round, organisation_id = entry.round, entry.organisation_id
    if past is None:
        last_year = last_year_answers(round=round, organisation_id=organisation_id)
    else:
        last_year = last_year_as_of(round=round, organisation_id=organisation_id, moment=past)
    judgement = judge(space=space, section=section, last_year=last_year, at=at)
    sheet = space.sheets.get(section)
    may_record = (
        policies.can_record(actor, entry=entry, round=entry.round, section=section, sheet=sheet, at=at)
        if past is None
        else Decision("เป็นข้อมูลของเวลาที่ผ่านมา")
    )
    builder = _Builder(
        space, section, sheet, judgement, last_year, editable=may_record.allowed, show_missing=show_missing
    )
    builder.linked = linked_views(entry=entry, section=section, as_of=past)
    return SheetPage(
        space=space,
        number=number,
        section=section,
        sheet=sheet,
        judgement=judgement,
        sections=builder.sections(),
        may_record=may_record,
        steps=() if past else step_views(actor, space=space, sheet=sheet, judgement=judgement, at=at),
        last_change=_last_change(sheet, past),
        last_year=last_year,
        at=at,
        submit_note=_submit_note(sheet, past),
        present=together.present(actor=actor, entry=entry, section=section, at=at) if past is None else (),
        is_recorder=past is None and actor.can(Permission.FILING_RECORD, at=entry.path),
        others=tuple(
            (place, space.form.sheets[code].label)
            for place, code in enumerate(codes, start=1)
            if code in space.applicable
        ),
    )


def _last_change(sheet: Sheet | None, past: datetime | None) -> Change | None:
    """The newest batch of the sheet, by then."""
    if sheet is None:
        return None
    changes = Change.objects.filter(sheet=sheet).order_by("-id")
    return (changes if past is None else changes.filter(recorded_at__lte=past)).first()


def _submit_note(sheet: Sheet | None, past: datetime | None) -> str:
    """The one reason that the recorder gave for all doubtful answers, while the sheet is out of the recorder's hands."""
    if sheet is None or sheet.status == Status.RECORDING:
        return ""
    steps = StepTaken.objects.filter(sheet=sheet, action=Action.SUBMIT).order_by("-id")
    step = (steps if past is None else steps.filter(recorded_at__lte=past)).first()
    return step.note if step else ""


class _Builder:
    """Turns the stored sheet into sections."""

    def __init__(
        self,
        space: Workspace,
        section: str,
        sheet: Sheet | None,
        judgement: Judgement,
        last_year: Mapping[str, Any],
        *,
        editable: bool,
        show_missing: bool,
    ) -> None:
        self.space = space
        self.form_sheet = space.form.sheets[section]
        self.answers: Mapping[str, Mapping[str, Any]] = sheet.answers if sheet else {}
        self.rows: Sequence[RegisterRow] = space.rows.get(sheet.pk, []) if sheet else []
        self.judgement = judgement
        self.last_year = last_year
        self.editable = editable
        self.linked: Mapping[str, LinkedView] = {}
        self.progress = {one.section: one for one in judgement.progress.sections}
        self.hidden: dict[str, set[str]] = {}
        for row_id, column in judgement.hidden_cells:
            self.hidden.setdefault(row_id, set()).add(column)
        self.findings: dict[tuple[str, str | None], list[PlacedFinding]] = {}
        for placed in judgement.findings:
            if show_missing or placed.finding.code != BuiltIn.REQUIRED:
                self.findings.setdefault((placed.finding.question, placed.row_id), []).append(placed)

    def sections(self) -> tuple[SectionView, ...]:
        """The sections that hold anything for this type of unit."""
        views = (self._section(section) for section in self.form_sheet.sections.values())
        return tuple(view for view in views if view.register or view.fields)

    def _section(self, section: Section) -> SectionView:
        unit_type = self.space.entry.unit_type
        register = section.register
        fields = tuple(
            self._field(question) for question in section.questions.values() if unit_type in question.applies_to
        )
        return SectionView(
            section=section,
            progress=self.progress[section.code],
            fields=fields,
            register=self._register(register) if register and unit_type in register.applies_to else None,
        )

    def _field(self, question: Question) -> FieldView:
        return field_view(
            question,
            self.answers.get(question.code),
            last_year=self.last_year.get(question.code),
            findings=self.findings.get((question.code, None), ()),
            visible=question.code in self.judgement.visible,
            linked=self.linked.get(question.code),
            computed=self.judgement.computed.get(question.code),
            district_code=self.space.entry.district_code,
            province_code=self.space.entry.province_code,
        )

    def _register(self, register: Register) -> RegisterView:
        stored = self.answers.get(register.code)
        answer = document.to_answer(stored)
        before = self.last_year.get(register.code)
        own = [row for row in self.rows if row.register == register.code]
        return RegisterView(
            register=register,
            blank=tuple(self._blank(column) for column in self._columns(register)),
            rows=tuple(self._row(number, row) for number, row in enumerate(own, start=1)),
            missing=str(answer["missing"]) if isinstance(answer, Mapping) and "missing" in answer else "",
            seq=document.sequence(stored),
            none_carried=bool(stored and stored.get("carried")),
            visible=register.code in self.judgement.visible,
            linked=self.linked.get(register.code),
            last_year_count=len(before) if isinstance(before, list) else None,
            findings=tuple(finding_view(None, placed) for placed in self.findings.get((register.code, None), ())),
        )

    def _columns(self, register: Register) -> list[Question]:
        unit_type = self.space.entry.unit_type
        return [column for column in register.columns.values() if unit_type in column.applies_to]

    def _blank(self, column: Question) -> FieldView:
        return field_view(
            column,
            None,
            district_code=self.space.entry.district_code,
            province_code=self.space.entry.province_code,
            in_table=True,
        )

    def _row(self, number: int, row: RegisterRow) -> RowView:
        row_id = str(row.row_id)
        found = {
            code: tuple(finding_view(self.space.form.questions.get(code), one) for one in placed)
            for code in (*row.values, *self._unanswered_codes(row))
            if (placed := self.findings.get((code, row_id)))
        }
        return RowView(
            number=number,
            row_id=row_id,
            seq=row.seq,
            values=row.values,
            hidden=frozenset(self.hidden.get(row_id, ())),
            findings=found,
        )

    def _unanswered_codes(self, row: RegisterRow) -> list[str]:
        return [code for code in self.space.form.registers[row.register].columns if code not in row.values]
