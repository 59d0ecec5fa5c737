"""Judges answers: required, format, constraint, last year and the cross rules, in the order of the form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from localgov.forms.engine.dependencies import dependents
from localgov.forms.engine.facts import UNKNOWN_AREAS, AllAnswers, Areas, RowAnswers, UnitContext
from localgov.forms.engine.findings import BuiltIn, Finding, presentable
from localgov.forms.engine.frame import Frame
from localgov.forms.engine.functions import first_rows
from localgov.forms.engine.last_year import compare
from localgov.forms.engine.model import Form, Kind, Question, Register, Rule, Severity
from localgov.forms.engine.thai_sentence import thai_sentence
from localgov.forms.engine.tree import Call, Ref
from localgov.forms.engine.values import Answer, NoData, Operand, Unreadable
from localgov.forms.engine.wording import render, suggestion, with_computed


def check_answers(
    form: Form,
    answers: Mapping[str, Any],
    unit: UnitContext,
    *,
    today: dt.date,
    last_year: Mapping[str, Any] | None = None,
    sheets: Collection[str] | None = None,
    only: Collection[str] | None = None,
    areas: Areas = UNKNOWN_AREAS,
) -> list[Finding]:
    """Every finding of these answers (question code to JSON value; all sheets merged), in the order of the form.

    `last_year` is last year's answers in the same shape. `sheets` keeps to what sits on those sheets. `only` names the
    answers that changed: judged is then exactly `dependents(form, *only)`, in full, so that the caller replaces the
    findings of those questions. Never raises for what stands in `answers`.
    """
    if not isinstance(answers, Mapping):
        message = "คำตอบต้องเป็นกลุ่มของรหัสคำถามกับค่า เช่น {…}"
        return [Finding(BuiltIn.FORMAT, Severity.ERROR, "", None, presentable(answers), message)]
    before = last_year if isinstance(last_year, Mapping) else None
    facts = AllAnswers(form, answers, unit, today=today, last_year=before, areas=areas)
    return judge(facts, sheets=sheets, only=only)


def judge(
    facts: AllAnswers, *, sheets: Collection[str] | None = None, only: Collection[str] | None = None
) -> list[Finding]:
    """`check_answers` for answers that were taken up already (so that progress and calculations share the reading)."""
    form = facts.form
    wanted = None if only is None else dependents(form, *only)
    found: list[Finding] = []
    for sheet in form.sheets.values():
        if sheets is not None and sheet.code not in sheets:
            continue
        for section in sheet.sections.values():
            if section.register is not None:
                found.extend(_register(facts, section.register, wanted))
                continue
            for question in section.questions.values():
                if (wanted is None or question.code in wanted) and facts.active(question):
                    _scalar(facts, question, found)
    if sheets is None:
        found.extend(_unknown_questions(facts, only))
    return found


def _unknown_questions(facts: AllAnswers, only: Collection[str] | None) -> Iterator[Finding]:
    form = facts.form
    for key in facts.raw:
        if (only is not None and key not in only) or key in form.registers:
            continue
        question = form.questions.get(key)
        if question is None:
            message = f"ไม่มีคำถามรหัส “{presentable(str(key))}” ในแบบนี้ ตรวจรหัสหรือลบออก"
        elif question.register is not None:
            register = form.label_of(question.register)
            message = f"“{key}” เป็นคอลัมน์ของ “{register}” ต้องอยู่ในแถวของ {question.register}"
        else:
            continue
        code = str(presentable(str(key)))
        value = presentable(facts.raw[key])
        yield Finding(BuiltIn.UNKNOWN_QUESTION, Severity.ERROR, code, None, value, message)


# one question


def _scalar(facts: AllAnswers, question: Question, found: list[Finding]) -> None:
    """Adds the findings of an active scalar question. Most have none: what can say nothing is not asked."""
    code = question.code
    raw = facts.raw.get(code)
    if question.calculation is None:
        answer = facts.answer(code)
        if answer is None or question.kind is Kind.TAMBON or isinstance(answer, Unreadable | NoData):
            required = answer is None and facts.required(question)
            found.extend(_built_in(facts, question, answer, raw, None, required=required))
    rules = facts.form.rules_by_question.get(code, ())
    if question.constraint is None and not rules and not question.compares_last_year:
        return
    frame = Frame(facts, None, facts.operand(code))
    if question.constraint is not None:
        found.extend(_constraint(facts, question, raw, frame, None))
    if question.compares_last_year:
        found.extend(_against_last_year(facts, question, raw, frame.dot))
    for rule in rules:
        if rule.expression.evaluate(frame) is False:
            found.extend(_rule(facts, rule, question, raw, frame, None))


def _severity(question: Question | Register) -> Severity:
    """An error, unless the value comes from another system: nobody here can mend it."""
    return Severity.WARNING if question.linked else Severity.ERROR


def _built_in(
    facts: AllAnswers,
    item: Question | Register,
    answer: Answer | tuple[RowAnswers, ...],
    raw: Any,
    row: int | None,
    *,
    required: bool,
) -> Iterator[Finding]:
    """Required, format and the reason of ไม่มีข้อมูล."""
    if answer is None:
        if required and not item.linked:
            yield Finding(BuiltIn.REQUIRED, Severity.ERROR, item.code, row, None, _required_message(item))
    elif isinstance(answer, Unreadable):
        yield Finding(BuiltIn.FORMAT, _severity(item), item.code, row, presentable(raw), answer.message)
    elif isinstance(answer, NoData):
        if not answer.reason:
            message = "ตอบว่า “ไม่มีข้อมูล” ต้องบอกเหตุผลด้วย เช่น รอผลสำรวจ"
            yield Finding(BuiltIn.NO_DATA_REASON, _severity(item), item.code, row, presentable(raw), message)
    elif isinstance(item, Question) and item.kind is Kind.TAMBON and facts.areas.tambon_exists(str(answer)) is False:
        message = f"ไม่มีรหัสตำบล {answer} ในทะเบียนตำบล ตรวจรหัส 6 หลัก"
        yield Finding(BuiltIn.FORMAT, _severity(item), item.code, row, presentable(raw), message)


def _required_message(item: Question | Register) -> str:
    if isinstance(item, Register):
        return f"ต้องบันทึก{item.label} ถ้าไม่มีให้เลือก “ไม่มี”"
    if item.takes_none:
        return f"ต้องตอบ “{item.label}” ถ้าไม่มีให้เลือก “ไม่มี” ถ้าไม่ทราบให้เลือก “ไม่มีข้อมูล” และบอกเหตุผล"
    return f"ต้องตอบ “{item.label}” ถ้าไม่ทราบให้เลือก “ไม่มีข้อมูล” และบอกเหตุผล"


def _constraint(
    facts: AllAnswers, question: Question, raw: Any, frame: Frame, row: RowAnswers | None
) -> Iterator[Finding]:
    constraint = question.constraint
    if constraint is None or frame.dot is None or constraint.evaluate(frame) is not False:
        return
    if question.constraint_message is not None:
        message = render(question.constraint_message, facts, row)
    else:
        message = f"ไม่ตรงเงื่อนไข: {thai_sentence(constraint.tree, facts.form, question.code)}"
    touches_linked = question.linked or any(_is_linked(facts.form, code) for code in constraint.reads)
    yield Finding(
        code=BuiltIn.CONSTRAINT,
        severity=Severity.WARNING if touches_linked else Severity.ERROR,
        question=question.code,
        row=None if row is None else row.index + 1,
        value=presentable(raw),
        message=with_computed(message, question.constraint_sides, frame, question.unit),
        suggestion=suggestion(question.constraint_suggestion, frame, question),
    )


def _is_linked(form: Form, code: str) -> bool:
    item = form.item(code)
    return item is not None and bool(item.linked)


def _against_last_year(facts: AllAnswers, question: Question, raw: Any, now: Operand) -> Iterator[Finding]:
    if not question.compares_last_year or now is None:
        return
    before = facts.last_year(question.code)
    if before is None:
        return
    found = compare(question, now, before)  # type: ignore[arg-type]
    if found is not None:
        code, message = found
        yield Finding(code, Severity.WARNING, question.code, None, presentable(raw), message)


def _rule(
    facts: AllAnswers, rule: Rule, item: Question | Register, raw: Any, frame: Frame, row: RowAnswers | None
) -> Iterator[Finding]:
    if rule.when is not None and rule.when.evaluate(frame) is not True:
        return
    if rule.expression.evaluate(frame) is not False:
        return
    unit = item.unit if isinstance(item, Question) else ""
    message = with_computed(render(rule.message, facts, row), rule.sides, frame, unit)
    if row is not None:
        message += _repeated(facts, rule, row)
    yield Finding(
        code=rule.code,
        severity=rule.severity,
        question=item.code,
        row=None if row is None else row.index + 1,
        value=presentable(raw),
        message=message,
        suggestion=suggestion(rule.suggestion, frame, item) if isinstance(item, Question) else None,
    )


def _repeated(facts: AllAnswers, rule: Rule, row: RowAnswers) -> str:
    """For a rule that is unique(…): which earlier row has the same."""
    tree = rule.expression.tree
    if not (isinstance(tree, Call) and tree.name == "unique"):
        return ""
    codes = tuple(argument.code for argument in tree.arguments if isinstance(argument, Ref))
    first = first_rows(facts, row.register_code, codes).get(row.index)
    return "" if first is None else f" (ซ้ำกับแถวที่ {first + 1})"


# registers


def _register(facts: AllAnswers, register: Register, wanted: Collection[str] | None) -> Iterator[Finding]:
    """The findings of a register: its own, then its rows' in order."""
    if not facts.active(register):
        return
    state = facts.register_state(register.code)
    if wanted is None or register.code in wanted:
        raw = facts.raw.get(register.code)
        required = state is None and facts.required(register)
        yield from _built_in(facts, register, state, raw, None, required=required)
        for rule in facts.form.rules_by_question.get(register.code, ()):
            yield from _rule(facts, rule, register, raw, Frame(facts), None)
    if isinstance(state, tuple):
        columns = [c for c in register.columns.values() if facts.applies(c) and (wanted is None or c.code in wanted)]
        found = [finding for column in columns for finding in _column(facts, column, state)]
        if wanted is None or register.code in wanted:
            found.extend(_unknown_columns(register, state))
        yield from _by_row(found)


def _by_row(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: finding.row or 0)


def _column(facts: AllAnswers, column: Question, rows: tuple[RowAnswers, ...]) -> Iterator[Finding]:
    """The findings of one column, row by row."""
    code = column.code
    rules = facts.form.rules_by_question.get(code, ())
    calm = not rules and column.constraint is None and column.kind is not Kind.TAMBON
    for row in rows:
        answer = None if column.calculation else row.answer(code)
        if calm and answer is not None and not isinstance(answer, Unreadable | NoData):
            continue
        if not row.relevant(column):
            continue
        raw = row.raw.get(code)
        if column.calculation is None:
            required = answer is None and row.required(column)
            yield from _built_in(facts, column, answer, raw, row.index + 1, required=required)
        if rules or column.constraint is not None:
            frame = Frame(facts, row, row.operand(code))
            yield from _constraint(facts, column, raw, frame, row)
            for rule in rules:
                yield from _rule(facts, rule, column, raw, frame, row)


def _unknown_columns(register: Register, rows: tuple[RowAnswers, ...]) -> Iterator[Finding]:
    known = register.columns.keys()
    for row in rows:
        if row.raw.keys() <= known:
            continue
        for key in row.raw:
            if key not in known:
                code = str(presentable(str(key)))
                message = f"“{register.label}” ไม่มีคอลัมน์รหัส “{code}” ตรวจรหัสหรือลบออก"
                value = presentable(row.raw[key])
                yield Finding(BuiltIn.UNKNOWN_COLUMN, Severity.ERROR, code, row.index + 1, value, message)
