"""What a compiled expression gets to see: the facts (all answers), its row and its own question's answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from localgov.forms.engine.values import Operand


class RowFacts(Protocol):
    """What an expression may ask of one row of a register."""

    def operand(self, code: str) -> Operand:
        """The value of a column in this row, None when unknown."""

    def blank_matters(self, code: str) -> bool:
        """Whether this blank column leaves a total undefined: it is required here, or ไม่มีข้อมูล, or unreadable."""

    @property
    def index(self) -> int:
        """The row's place, from 0."""


class Facts(Protocol):
    """What an expression may ask of everything that was answered."""

    memo: dict[object, Any]
    today: dt.date

    def operand(self, code: str) -> Operand:
        """The value of a scalar question or of the roster, None when unknown."""

    def last_year(self, code: str) -> Operand:
        """Last year's value of a scalar question."""

    def rows(self, register: str) -> Sequence[RowFacts] | None:
        """The rows of a register, None when it is not answered."""

    def in_province(self, place: Operand) -> bool | None:
        """Whether a point or a sub-district code lies in the unit's province, None when not known."""

    @property
    def fiscal_year(self) -> int:
        """The round's fiscal year, B.E."""


class Frame:
    """Where an expression is computed: the facts, the row it stands in, its own question's answer."""

    __slots__ = ("dot", "facts", "row")

    def __init__(self, facts: Facts, row: RowFacts | None = None, dot: Operand = None) -> None:
        self.facts = facts
        self.row = row
        self.dot = dot


Evaluator = Callable[[Frame], Operand]
"""A compiled expression."""
