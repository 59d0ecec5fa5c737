"""Everything that was answered, as expressions see it: read once, when first asked, and only what is asked.

Irrelevant questions, and questions that don't apply to the unit's type, count as unanswered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from localgov.forms.engine.answers import Reader, read_register, reader_of
from localgov.forms.engine.frame import Frame
from localgov.forms.engine.model import ROSTER_CODES, Expression, Form, Question, Register
from localgov.forms.engine.values import Answer, NoData, Operand, Unreadable, operand
from localgov.lib.coordinates import Point


@dataclass(frozen=True, slots=True)
class UnitContext:
    """The unit as the roster holds it: type code (SAO, …), two-digit province, fiscal year B.E., four-digit district."""

    unit_type: str
    province_code: str
    fiscal_year: int
    district_code: str = ""


class Areas(Protocol):
    """What the engine asks about areas; None = not known, which never gives a finding."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        """Whether a point lies in a province (with whatever tolerance the data deserves)."""

    def tambon_exists(self, code: str) -> bool | None:
        """Whether a six-digit sub-district code is in use."""

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        """Whether a sub-district lies in a province."""


class UnknownAreas:
    """No data about areas: every answer is "not known", except that a sub-district's code begins with its province's."""

    def contains(self, point: Point, *, province_code: str) -> bool | None:
        """Not known."""
        return None

    def tambon_exists(self, code: str) -> bool | None:
        """Not known."""
        return None

    def tambon_in_province(self, code: str, *, province_code: str) -> bool | None:
        """Read off the code: its first two digits are the province."""
        return code[:2] == province_code if province_code else None


_UNREAD: Any = object()
UNKNOWN_AREAS = UnknownAreas()


_readers: WeakKeyDictionary[Form, Mapping[str, Reader]] = WeakKeyDictionary()


def readers_of(form: Form) -> Mapping[str, Reader]:
    """The compiled readers of a form's questions by code, made once for each form."""
    found = _readers.get(form)
    if found is None:
        found = _readers[form] = {code: reader_of(question) for code, question in form.questions.items()}
    return found


class RowAnswers:
    """One row of a register: raw cells, read when asked."""

    __slots__ = ("_answers", "_facts", "_operands", "_register", "index", "raw")

    def __init__(self, facts: AllAnswers, register: Register, index: int, raw: Mapping[str, Any]) -> None:
        self.index = index
        self.raw = raw
        self._facts = facts
        self._register = register
        self._answers: dict[str, Answer] = {}
        self._operands: dict[str, Operand] = {}

    @property
    def register_code(self) -> str:
        """The register that the row belongs to."""
        return self._register.code

    def answer(self, code: str) -> Answer:
        """The read answer of a column, whatever its relevance."""
        found = self._answers.get(code, _UNREAD)
        if found is _UNREAD:
            found = self._answers[code] = self._facts.readers[code](self.raw.get(code))
        return found  # type: ignore[no-any-return]

    def relevant(self, column: Question) -> bool:
        """Whether the column's own condition holds in this row."""
        condition = column.relevant
        return condition is None or condition.evaluate(Frame(self._facts, self)) is True

    def operand(self, code: str) -> Operand:
        """The column's value as expressions see it."""
        found = self._operands.get(code, _UNREAD)
        if found is _UNREAD:
            found = self._operands[code] = self._computed(self._register.columns[code])
        return found  # type: ignore[no-any-return]

    def _computed(self, column: Question) -> Operand:
        if not self._facts.applies(column) or not self.relevant(column):
            return None
        if column.calculation is not None:
            return _settled(column.calculation.evaluate(Frame(self._facts, self)))
        return operand(self.answer(column.code))

    def required(self, column: Question) -> bool:
        """Whether the column must be answered in this row."""
        return _holds(column.required, Frame(self._facts, self))

    def blank_matters(self, code: str) -> bool:
        """Whether this column's blank leaves a total undefined."""
        column = self._register.columns[code]
        if not self._facts.applies(column) or not self.relevant(column):
            return False
        if isinstance(self.answer(code), NoData | Unreadable):
            return True
        return not column.linked and self.required(column)


class AllAnswers:
    """The answers of one unit for one form: what compiled expressions ask (`frame.Facts`), and the checks."""

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Any],
        unit: UnitContext,
        *,
        today: dt.date,
        last_year: Mapping[str, Any] | None = None,
        areas: Areas = UNKNOWN_AREAS,
    ) -> None:
        self.form = form
        self.unit = unit
        self.today = today
        self.areas = areas
        self.raw = answers
        self.raw_last_year: Mapping[str, Any] = last_year or {}
        self.readers = readers_of(form)
        self.memo: dict[object, Any] = {}
        self.roster: Mapping[str, Operand] = dict(
            zip(ROSTER_CODES, (unit.unit_type, unit.province_code, Decimal(unit.fiscal_year)), strict=True)
        )
        self._answers: dict[str, Answer] = {}
        self._operands: dict[str, Operand] = dict(self.roster)
        self._rows: dict[str, tuple[RowAnswers, ...] | Answer] = {}
        self._active: dict[str, bool] = {}
        self._last_year: dict[str, Operand] = {}

    @property
    def fiscal_year(self) -> int:
        """The round's fiscal year, B.E."""
        return self.unit.fiscal_year

    def applies(self, item: Question | Register) -> bool:
        """Whether an item applies to this type of unit."""
        return self.unit.unit_type in item.applies_to

    def active(self, item: Question | Register) -> bool:
        """Whether a scalar question or register applies and is relevant, with the groups around it."""
        found = self._active.get(item.code)
        if found is None:
            found = self.unit.unit_type in item.applies_to
            if found and (item.relevant is not None or item.gates):
                found = all(
                    condition.evaluate(Frame(self)) is True for condition in (*item.gates, item.relevant) if condition
                )
            self._active[item.code] = found
        return found

    def answer(self, code: str) -> Answer:
        """The read answer of a scalar question, whatever its relevance."""
        found = self._answers.get(code, _UNREAD)
        if found is _UNREAD:
            found = self._answers[code] = self.readers[code](self.raw.get(code))
        return found  # type: ignore[no-any-return]

    def operand(self, code: str) -> Operand:
        """The value of a scalar question (or of the roster) as expressions see it."""
        found = self._operands.get(code, _UNREAD)
        if found is _UNREAD:
            found = self._operands[code] = self._computed(self.form.questions[code])
        return found  # type: ignore[no-any-return]

    def _computed(self, question: Question) -> Operand:
        if not self.active(question):
            return None
        if question.calculation is not None:
            return _settled(question.calculation.evaluate(Frame(self)))
        return operand(self.answer(question.code))

    def required(self, item: Question | Register) -> bool:
        """Whether a scalar question or register must be answered (its relevance apart)."""
        condition = item.required
        return condition if isinstance(condition, bool) else condition.evaluate(Frame(self)) is True

    def register_state(self, code: str) -> tuple[RowAnswers, ...] | Answer:
        """The rows of a register, or the missing or unreadable thing that stands there; relevance apart."""
        found = self._rows.get(code, _UNREAD)
        if found is _UNREAD:
            register = self.form.registers[code]
            state = read_register(register, self.raw.get(code))
            if isinstance(state, tuple):
                found = tuple(RowAnswers(self, register, index, row) for index, row in enumerate(state))
            else:
                found = state
            self._rows[code] = found
        return found  # type: ignore[no-any-return]

    def rows(self, register: str) -> tuple[RowAnswers, ...] | None:
        """The rows of a register, None when it is unanswered, irrelevant or does not apply."""
        if not self.active(self.form.registers[register]):
            return None
        state = self.register_state(register)
        return state if isinstance(state, tuple) else None

    def last_year(self, code: str) -> Operand:
        """Last year's value of a scalar question, None when there is none."""
        found = self._last_year.get(code, _UNREAD)
        if found is _UNREAD:
            found = self._last_year[code] = operand(self.readers[code](self.raw_last_year.get(code)))
        return found  # type: ignore[no-any-return]

    def in_province(self, place: Operand) -> bool | None:
        """Whether a point or sub-district code lies in the unit's province."""
        if isinstance(place, Point):
            return self.areas.contains(place, province_code=self.unit.province_code)
        if isinstance(place, str):
            return self.areas.tambon_in_province(place, province_code=self.unit.province_code)
        return None


def _holds(condition: Expression | bool, frame: Frame) -> bool:
    return condition if isinstance(condition, bool) else condition.evaluate(frame) is True


def _settled(value: Operand) -> Operand:
    """A calculated value as an answer would be: a truth becomes yes or no."""
    return operand(value) if isinstance(value, bool) else value
