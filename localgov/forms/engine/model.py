"""A form, built and checked: sheets (domains), sections, registers, questions, choices and rules, all frozen and in order.

Only `builder.build_form` makes these; who holds a Form holds one without faults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from localgov.forms.engine.frame import Evaluator
from localgov.forms.engine.messages import Message
from localgov.forms.engine.source import FormSource, sha256
from localgov.forms.engine.tree import Node
from localgov.lib.unit_types import UnitType

UNIT_TYPES = tuple(unit_type.value for unit_type in UnitType)
ROSTER_CODES = ("unit_type", "province_code", "fiscal_year")


class QuestionType(StrEnum):
    """XLSForm's question types that forms may use."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    GEOPOINT = "geopoint"
    SELECT_ONE = "select_one"
    FILE = "file"
    CALCULATE = "calculate"


class Kind(StrEnum):
    """Our refinements of a type."""

    PLAIN = ""
    MONEY = "money"
    YEAR_BE = "year_be"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    BOOLEAN = "boolean"
    TAMBON = "tambon"


class Severity(StrEnum):
    """How heavy a finding is: an error blocks submission, a warning wants a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, eq=False)
class Expression:
    """An expression of the form: its text, its tree, what it reads, and the closure that computes it."""

    text: str
    tree: Node
    reads: frozenset[str]
    evaluate: Evaluator


@dataclass(frozen=True, eq=False)
class ComputedSides:
    """The computed sides of a comparison, whose numbers belong into its message.

    `in_unit` says that they are counted in the unit of the question itself: the other side is its own answer.
    """

    evaluators: tuple[Evaluator, ...] = ()
    in_unit: bool = False


NO_SIDES = ComputedSides()


@dataclass(frozen=True, eq=False)
class ChoiceList:
    """A list of choices: slug to Thai label, in order."""

    name: str
    labels: Mapping[str, str]

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """Every accepted spelling (slug or label, case folded, without spaces) to its slug."""
        accepted = {_folded(label): slug for slug, label in self.labels.items()}
        return accepted | {_folded(slug): slug for slug in self.labels}

    def find(self, text: str) -> str | None:
        """The slug that a person's or a program's text means, None when it means none."""
        return self.slugs.get(_folded(text))


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


@dataclass(frozen=True, eq=False)
class Question:
    """One question. `required` is True, False or an expression; `applies_to` holds unit types (groups' limits included).

    `sheet`, `section` and `register` are the codes of where it stands (`register` is None for a scalar question);
    `gates` are the `relevant` expressions of the groups around it, outermost first.
    """

    code: str
    label: str
    type: QuestionType
    kind: Kind
    sheet: str
    section: str
    register: str | None
    hint: str = ""
    unit: str = ""
    decimals: int = 0
    choices: ChoiceList | None = None
    required: Expression | bool = False
    relevant: Expression | None = None
    gates: tuple[Expression, ...] = ()
    constraint: Expression | None = None
    constraint_message: Message | None = None
    constraint_suggestion: Evaluator | None = None
    constraint_sides: ComputedSides = NO_SIDES
    calculation: Expression | None = None
    applies_to: frozenset[str] = frozenset(UNIT_TYPES)
    compares_last_year: bool = False
    personal: bool = False
    open_data: bool = False
    linked: str = ""
    sensitive: bool = False

    @property
    def numeric(self) -> bool:
        """Whether its answers are numbers that can be added (a year is not)."""
        return self.type in {QuestionType.INTEGER, QuestionType.DECIMAL} and self.kind is not Kind.YEAR_BE

    @property
    def takes_none(self) -> bool:
        """Whether ไม่มี is an answer to it."""
        return self.numeric


@dataclass(frozen=True, eq=False)
class Register:
    """A table of rows (a village register): its columns are questions, answered row by row."""

    code: str
    label: str
    sheet: str
    section: str
    columns: Mapping[str, Question]
    hint: str = ""
    required: Expression | bool = False
    relevant: Expression | None = None
    gates: tuple[Expression, ...] = ()
    applies_to: frozenset[str] = frozenset(UNIT_TYPES)
    linked: str = ""


@dataclass(frozen=True, eq=False)
class Section:
    """A group of questions, or one register, inside a sheet."""

    code: str
    label: str
    sheet: str
    hint: str = ""
    questions: Mapping[str, Question] = field(default_factory=dict)
    register: Register | None = None


@dataclass(frozen=True, eq=False)
class Sheet:
    """One domain: what one officer submits at once."""

    code: str
    label: str
    sections: Mapping[str, Section]
    hint: str = ""


@dataclass(frozen=True, eq=False)
class Rule:
    """A cross rule: false gives a finding on `question`.

    `severity` is what counts (a rule that touches a linked question is a warning whatever was written);
    `per_row` means once for each row of the register that `question` belongs to; `order` is its place in the sheet.
    """

    code: str
    question: str
    expression: Expression
    severity: Severity
    message: Message
    when: Expression | None = None
    written_severity: Severity = Severity.ERROR
    per_row: bool = False
    suggestion: Evaluator | None = None
    sides: ComputedSides = NO_SIDES
    order: int = 0

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every code that its outcome depends on."""
        return self.expression.reads | (self.when.reads if self.when else frozenset()) | {self.question}


@dataclass(frozen=True, eq=False)
class Form:
    """A whole form. `questions` holds scalars and columns, `position` the place of each code in the reading order."""

    form_id: str
    title: str
    version: str
    fiscal_year_from: int | None
    fiscal_year_to: int | None
    sheets: Mapping[str, Sheet]
    questions: Mapping[str, Question]
    registers: Mapping[str, Register]
    choice_lists: Mapping[str, ChoiceList]
    rules: Mapping[str, Rule]
    source: FormSource

    @cached_property
    def sha256(self) -> str:
        """The hash of the form as written."""
        return sha256(self.source)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Code to place in reading order, for sorting findings."""
        order = [
            code for sheet in self.sheets.values() for section in sheet.sections.values() for code in _codes(section)
        ]
        return {code: place for place, code in enumerate(order)}

    @cached_property
    def rules_by_question(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that sit on each question or register, in the order of the sheet."""
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules.values():
            found[rule.question] = (*found.get(rule.question, ()), rule)
        return found

    def item(self, code: str) -> Question | Register | None:
        """The question or register of a code."""
        return self.questions.get(code) or self.registers.get(code)

    def label_of(self, code: str) -> str:
        """The Thai label of a question or register, the code itself when unknown."""
        item = self.item(code)
        return item.label if item else code


def _codes(section: Section) -> list[str]:
    if section.register is not None:
        return [section.register.code, *section.register.columns]
    return list(section.questions)
