"""Builds a Form from its source sheets, or refuses with every fault at once. Nothing half-built ever leaves here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from localgov.forms.engine.analysis import did_you_mean
from localgov.forms.engine.cycles import cycle_problems
from localgov.forms.engine.expressions import computed_sides, make_expression, satisfying_side
from localgov.forms.engine.messages import Message, parse_message
from localgov.forms.engine.model import (
    NO_SIDES,
    UNIT_TYPES,
    ChoiceList,
    Expression,
    Form,
    Kind,
    Question,
    QuestionType,
    Register,
    Rule,
    Section,
    Sheet,
)
from localgov.forms.engine.outline import GroupDraft, Level, Outline, QuestionDraft, read_outline
from localgov.forms.engine.problems import ExpressionError, FormBroken, Problem
from localgov.forms.engine.references import message_problems
from localgov.forms.engine.rules_sheet import read_rules
from localgov.forms.engine.small_sheets import Settings, read_choices, read_settings
from localgov.forms.engine.source import FormSource, RawRow
from localgov.forms.engine.symbols import Place, Role, Symbol, ValueType, roster_symbols
from localgov.forms.engine.xlsform import xlsform_problems

_VALUE_TYPES = {
    QuestionType.INTEGER: ValueType.NUMBER,
    QuestionType.DECIMAL: ValueType.NUMBER,
    QuestionType.TEXT: ValueType.TEXT,
    QuestionType.DATE: ValueType.DATE,
    QuestionType.GEOPOINT: ValueType.POINT,
    QuestionType.SELECT_ONE: ValueType.CHOICE,
    QuestionType.FILE: ValueType.FILE,
    QuestionType.CALCULATE: ValueType.ANY,
}
_REQUIRED_WORDS = {"": False, "no": False, "false": False, "yes": True, "true": True, "true()": True}


def build_form(source: FormSource, *, check_xlsform: bool = True) -> Form:
    """The form of these sheets. Raises FormBroken with all faults.

    `check_xlsform` also passes the sheets through pyxform (a second for a big form): wanted when a form is written or
    published, not when a frozen version is read again.
    """
    problems: list[Problem] = []
    settings = read_settings(source.settings, problems)
    lists = read_choices(source.choices, problems)
    outline = read_outline(source.survey, problems)
    builder = _Builder(problems, lists, outline)
    sheets = builder.sheets()
    rules = read_rules(source.rules, builder.symbols, problems)
    if not builder.questions:
        problems.append(Problem("survey", "แบบยังไม่มีคำถาม"))
    if not problems:
        problems.extend(
            cycle_problems(builder.questions, builder.registers, {d.code: d.row for d in outline.questions})
        )
    if not problems and check_xlsform:
        problems.extend(xlsform_problems(source))
    if problems or settings is None:
        raise FormBroken(_in_order(problems))
    return _assembled(source, settings, lists, builder, sheets, rules)


def _in_order(problems: list[Problem]) -> list[Problem]:
    sheets = ("settings", "survey", "choices", "rules")
    return sorted(problems, key=lambda p: (sheets.index(p.sheet) if p.sheet in sheets else 9, p.file, p.row or 0))


def _assembled(
    source: FormSource,
    settings: Settings,
    lists: Mapping[str, ChoiceList],
    builder: _Builder,
    sheets: dict[str, Sheet],
    rules: Mapping[str, Rule],
) -> Form:
    return Form(
        form_id=settings.form_id,
        title=settings.title,
        version=settings.version,
        fiscal_year_from=settings.fiscal_year_from,
        fiscal_year_to=settings.fiscal_year_to,
        sheets=MappingProxyType(sheets),
        questions=MappingProxyType(builder.questions),
        registers=MappingProxyType(builder.registers),
        choice_lists=MappingProxyType(dict(lists)),
        rules=MappingProxyType(dict(rules)),
        source=source,
    )


class _Builder:
    """Reads the expressions of every group and question, now that all codes are known."""

    def __init__(self, problems: list[Problem], lists: Mapping[str, ChoiceList], outline: Outline) -> None:
        self.problems = problems
        self.lists = lists
        self.outline = outline
        self.symbols = self._symbols()
        self.questions: dict[str, Question] = {}
        self.registers: dict[str, Register] = {}
        self._relevant: dict[str, Expression | None] = {}

    def _symbols(self) -> Mapping[str, Symbol]:
        symbols = dict(roster_symbols(UNIT_TYPES))
        for group in self.outline.groups:
            if group.level is Level.REGISTER:
                symbols[group.code] = Symbol(group.code, Role.REGISTER, linked=bool(group.linked))
        for draft in self.outline.questions:
            found = self.lists.get(draft.list_name)
            symbols[draft.code] = Symbol(
                code=draft.code,
                role=Role.COLUMN if draft.register else Role.SCALAR,
                type=_VALUE_TYPES[draft.type],
                register=draft.register,
                choices=frozenset(found.labels) if found else frozenset(),
                linked=bool(draft.linked),
            )
        return MappingProxyType(symbols)

    def sheets(self) -> dict[str, Sheet]:
        """All sheets in order, with sections, registers and questions."""
        for group in self.outline.groups:
            self._relevant[group.code] = self._expression(
                group.row, "relevant", Place(self.symbols), ValueType.TRUTH, strict=False
            )
        sections: dict[str, dict[str, Section]] = {g.code: {} for g in self.outline.groups if g.level is Level.SHEET}
        drafts: dict[str, list[QuestionDraft]] = {}
        for draft in self.outline.questions:
            drafts.setdefault(draft.around[-1].code, []).append(draft)
        for group in self.outline.groups:
            if group.level is not Level.SHEET and group.around:
                section = self._section(group, drafts.get(group.code, []))
                sections.setdefault(group.around[0].code, {})[group.code] = section
        return {
            g.code: Sheet(g.code, g.row.get("label"), MappingProxyType(sections[g.code]), g.row.get("hint"))
            for g in self.outline.groups
            if g.level is Level.SHEET
        }

    def _section(self, group: GroupDraft, drafts: list[QuestionDraft]) -> Section:
        questions = {draft.code: self._question(draft) for draft in drafts}
        self.questions |= questions
        if not questions:
            self.problems.append(group.row.problem("name", f"“{group.code}” ไม่มีคำถามอยู่ข้างใน"))
        sheet, label, hint = group.around[0].code, group.row.get("label"), group.row.get("hint")
        if group.level is Level.SECTION:
            return Section(group.code, label, sheet, hint, MappingProxyType(questions))
        register = Register(
            code=group.code,
            label=label,
            sheet=sheet,
            section=group.code,
            columns=MappingProxyType(questions),
            hint=hint,
            required=self._required(group.row, Place(self.symbols)),
            relevant=self._relevant[group.code],
            gates=self._gates(group.around),
            applies_to=group.applies_to,
            linked=group.linked,
        )
        self.registers[group.code] = register
        return Section(group.code, label, sheet, hint, register=register)

    def _gates(self, groups: tuple[GroupDraft, ...]) -> tuple[Expression, ...]:
        found = (self._relevant.get(group.code) for group in groups)
        return tuple(gate for gate in found if gate is not None)

    def _question(self, draft: QuestionDraft) -> Question:
        row, symbol = draft.row, self.symbols[draft.code]
        place = Place(self.symbols, dot=symbol, row=draft.register)
        constraint = self._expression(row, "constraint", place, ValueType.TRUTH, strict=True)
        number = draft.type in {QuestionType.INTEGER, QuestionType.DECIMAL} and draft.kind is not Kind.YEAR_BE
        compares = number and not draft.register and row.get("last_year") != "no"
        around = draft.around[:-1] if draft.register else draft.around
        return Question(
            code=draft.code,
            label=row.get("label"),
            type=draft.type,
            kind=draft.kind,
            sheet=draft.around[0].code,
            section=draft.around[-1].code,
            register=draft.register,
            hint=row.get("hint"),
            unit=row.get("unit"),
            decimals=draft.decimals,
            choices=self._choices(draft),
            required=self._required(row, place),
            relevant=self._expression(row, "relevant", place, ValueType.TRUTH, strict=False),
            gates=self._gates(around),
            constraint=constraint,
            constraint_message=self._constraint_message(row),
            constraint_suggestion=satisfying_side(constraint.tree, draft.code, place) if constraint else None,
            constraint_sides=computed_sides(constraint.tree, draft.code, place) if constraint else NO_SIDES,
            calculation=self._calculation(row, place, symbol.type),
            applies_to=draft.applies_to,
            compares_last_year=compares,
            personal=row.get("pii") == "personal",
            open_data=row.get("open_data") == "yes",
            linked=draft.linked,
            sensitive=row.get("sensitive") == "yes",
        )

    def _expression(
        self, row: RawRow, column: str, place: Place, wants: ValueType, *, strict: bool
    ) -> Expression | None:
        text = row.get(column)
        if not text:
            return None
        try:
            return make_expression(text, place, wants=wants, strict=strict)[0]
        except ExpressionError as fault:
            self.problems.append(row.problem(column, fault.sentence))
            return None

    def _calculation(self, row: RawRow, place: Place, wanted: ValueType) -> Expression | None:
        text = row.get("calculation")
        if not text:
            return None
        try:
            expression, analysis = make_expression(
                text, Place(self.symbols, row=place.row), wants=ValueType.ANY, strict=False
            )
        except ExpressionError as fault:
            self.problems.append(row.problem("calculation", fault.sentence))
            return None
        if ValueType.ANY not in {wanted, analysis.type} and wanted is not analysis.type:
            self.problems.append(row.problem("calculation", f"คำถามเป็น{wanted.thai} แต่สูตรได้{analysis.type.thai}"))
        return expression

    def _required(self, row: RawRow, place: Place) -> Expression | bool:
        word = row.get("required").lower()
        if word in _REQUIRED_WORDS:
            return _REQUIRED_WORDS[word]
        return self._expression(row, "required", place, ValueType.TRUTH, strict=False) or False

    def _choices(self, draft: QuestionDraft) -> ChoiceList | None:
        if draft.type is not QuestionType.SELECT_ONE:
            return None
        found = self.lists.get(draft.list_name)
        if found is None:
            message = f"ไม่มีรายการตัวเลือก “{draft.list_name}” ในแผ่นงาน choices{did_you_mean(draft.list_name, self.lists)}"
            self.problems.append(draft.row.problem("type", message))
        elif draft.kind is Kind.BOOLEAN and set(found.labels) != {"yes", "no"}:
            self.problems.append(draft.row.problem("type", "kind boolean ต้องใช้รายการที่มี yes และ no เท่านั้น"))
        return found

    def _constraint_message(self, row: RawRow) -> Message | None:
        text = row.get("constraint_message")
        if not text:
            return None
        if not row.get("constraint"):
            self.problems.append(row.problem("constraint_message", "มีข้อความ แต่ไม่มีเงื่อนไขใน constraint"))
        message = parse_message(text)
        self.problems.extend(message_problems(message, row, "constraint_message", self.symbols))
        return message
