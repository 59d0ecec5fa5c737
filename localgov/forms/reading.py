"""A form as people read it: every question with all that is asked about it, in Thai. Pure; made once for each version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from localgov.forms import wording
from localgov.forms.engine.model import Form, Kind, Question, Register, Rule, Section, Severity
from localgov.lib.thai_text import repair_thai


@dataclass(frozen=True)
class RuleLine:
    """A cross rule in words."""

    code: str
    is_error: bool
    severity: str
    sentence: str
    message: str


@dataclass(frozen=True)
class ItemLine:
    """A question, a register's column, or (with `columns`) a register.

    `conditions` are (heading, sentence) pairs: when it is asked, what must hold, how it is computed. `notes` are what else
    is known of it (open data, personal, linked, …). `applies_to` holds the codes of the types that answer.
    """

    code: str
    label: str
    hint: str
    type_name: str
    unit: str
    required: str
    applies_name: str
    applies_to: frozenset[str]
    choices: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    rules: tuple[RuleLine, ...]
    columns: tuple[ItemLine, ...] = ()
    is_register: bool = False
    search_text: str = ""

    def counted(self) -> int:
        """Questions and columns in it."""
        return len(self.columns) if self.is_register else 1


@dataclass(frozen=True)
class SectionPart:
    """A section of a sheet, or one register (whose hint stands at the register itself)."""

    code: str
    label: str
    hint: str
    items: tuple[ItemLine, ...]

    @property
    def count(self) -> int:
        """Questions and columns shown in it."""
        return sum(item.counted() for item in self.items)


@dataclass(frozen=True)
class SheetPart:
    """A sheet (domain) with what is shown of it; `number` is its place in the whole form."""

    number: int
    code: str
    label: str
    hint: str
    sections: tuple[SectionPart, ...]

    @property
    def count(self) -> int:
        """Questions and columns shown in it."""
        return sum(section.count for section in self.sections)


@lru_cache(maxsize=8)
def portrait(form: Form) -> tuple[SheetPart, ...]:
    """The whole form in words (60 ms for the eight domains, so kept for the forms read last)."""
    return tuple(
        SheetPart(
            number,
            sheet.code,
            sheet.label,
            sheet.hint,
            tuple(
                SectionPart(
                    section.code, section.label, "" if section.register else section.hint, _section_items(form, section)
                )
                for section in sheet.sections.values()
            ),
        )
        for number, sheet in enumerate(form.sheets.values(), 1)
    )


def narrowed(sheets: Iterable[SheetPart], *, unit_type: str = "", words: str = "") -> tuple[SheetPart, ...]:
    """The same, with only what a type of unit answers and what holds every one of the words; empty parts fall out."""
    wanted = folded(words).split()
    found = []
    for sheet in sheets:
        sections = []
        for section in sheet.sections:
            items = tuple(_narrowed_items(section.items, unit_type, wanted))
            if items:
                sections.append(replace(section, items=items))
        if sections:
            found.append(replace(sheet, sections=tuple(sections)))
    return tuple(found)


def folded(text: str) -> str:
    """Text as it is compared in a search."""
    return repair_thai(text).casefold()


def _narrowed_items(items: Sequence[ItemLine], unit_type: str, words: Sequence[str]) -> Iterable[ItemLine]:
    for item in items:
        if unit_type and unit_type not in item.applies_to:
            continue
        columns = tuple(column for column in item.columns if not unit_type or unit_type in column.applies_to)
        if _holds(item, words):
            yield replace(item, columns=columns)
            continue
        columns = tuple(column for column in columns if _holds(column, words))
        if columns:
            yield replace(item, columns=columns)


def _holds(item: ItemLine, words: Sequence[str]) -> bool:
    return all(word in item.search_text for word in words)


def _section_items(form: Form, section: Section) -> tuple[ItemLine, ...]:
    if section.register is not None:
        return (_register(form, section.register),)
    return tuple(_question(form, question) for question in section.questions.values())


def _register(form: Form, register: Register) -> ItemLine:
    rules = _rules(form, register.code)
    return ItemLine(
        code=register.code,
        label=register.label,
        hint=register.hint,
        type_name="ทะเบียน (ตาราง หนึ่งแถวต่อหนึ่งรายการ)",
        unit="",
        required=wording.required_name(register, form),
        applies_name=wording.applies_name(register),
        applies_to=register.applies_to,
        choices=(),
        conditions=_asked_when(form, register),
        notes=_linked(register),
        rules=rules,
        columns=tuple(_question(form, column) for column in register.columns.values()),
        is_register=True,
        search_text=_search_text(register.code, register.label, register.hint, rules),
    )


def _question(form: Form, question: Question) -> ItemLine:
    rules = _rules(form, question.code)
    choices = tuple(question.choices.labels.items()) if question.choices else ()
    return ItemLine(
        code=question.code,
        label=question.label,
        hint=question.hint,
        type_name=wording.type_name(question),
        unit=question.unit,
        required=wording.required_name(question, form),
        applies_name=wording.applies_name(question),
        applies_to=question.applies_to,
        choices=() if question.kind is Kind.BOOLEAN else choices,
        conditions=(*_asked_when(form, question), *_demands(form, question)),
        notes=_notes(question),
        rules=rules,
        search_text=_search_text(
            question.code, question.label, question.hint, rules, *(label for _, label in choices), question.unit
        ),
    )


def _asked_when(form: Form, item: Question | Register) -> tuple[tuple[str, str], ...]:
    gates = [wording.sentence(gate, form, item.code) for gate in item.gates]
    if item.relevant is not None:
        gates.append(wording.sentence(item.relevant, form, item.code))
    return (("ถามเมื่อ", " และ ".join(gates)),) if gates else ()


def _demands(form: Form, question: Question) -> tuple[tuple[str, str], ...]:
    found = []
    if question.constraint is not None:
        found.append(("ต้องเป็นจริง", wording.sentence(question.constraint, form, question.code)))
        if question.constraint_message is not None:
            found.append(("ถ้าไม่จริงจะแจ้งว่า", wording.message_text(question.constraint_message, form)))
    if question.calculation is not None:
        found.append(("คำนวณจาก", wording.sentence(question.calculation, form, question.code)))
    return tuple(found)


def _notes(question: Question) -> tuple[str, ...]:
    flags = (
        (question.compares_last_year, "เทียบกับปีก่อน"),
        (question.open_data, "ข้อมูลเปิด"),
        (question.personal, "ข้อมูลส่วนบุคคล ไม่เปิดเผย"),
        (question.sensitive, "ปิดจำนวนน้อยเมื่อเผยแพร่"),
    )
    return (*(note for holds, note in flags if holds), *_linked(question))


def _linked(item: Question | Register) -> tuple[str, ...]:
    return (f"เชื่อมโยงจากระบบ {item.linked}",) if item.linked else ()


def _rules(form: Form, code: str) -> tuple[RuleLine, ...]:
    return tuple(_rule(form, rule) for rule in form.rules_by_question.get(code, ()))


def _rule(form: Form, rule: Rule) -> RuleLine:
    return RuleLine(
        code=rule.code,
        is_error=rule.severity is Severity.ERROR,
        severity=wording.SEVERITIES[rule.severity],
        sentence=wording.rule_sentence(rule, form),
        message=wording.message_text(rule.message, form),
    )


def _search_text(code: str, label: str, hint: str, rules: Iterable[RuleLine], *more: str) -> str:
    return folded("\n".join((code, label, hint, *(rule.code for rule in rules), *more)))
