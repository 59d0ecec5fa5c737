"""What a `${code}` may mean: the names that expressions of a form can use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What kind of thing a code names."""

    SCALAR = "scalar"
    COLUMN = "column"
    REGISTER = "register"
    ROSTER = "roster"


class ValueType(StrEnum):
    """The static type of an expression."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    TRUTH = "truth"
    DATE = "date"
    POINT = "point"
    FILE = "file"
    ANY = "any"

    @property
    def thai(self) -> str:
        """The type's name in a sentence."""
        return _THAI[self]


_THAI = {
    ValueType.NUMBER: "ตัวเลข",
    ValueType.TEXT: "ข้อความ",
    ValueType.CHOICE: "ตัวเลือก",
    ValueType.TRUTH: "จริง/เท็จ",
    ValueType.DATE: "วันที่",
    ValueType.POINT: "พิกัด",
    ValueType.FILE: "ไฟล์",
    ValueType.ANY: "ค่าใด ๆ",
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """One code: its role, its static type, the register of a column, the slugs of a choice."""

    code: str
    role: Role
    type: ValueType = ValueType.ANY
    register: str | None = None
    choices: frozenset[str] = frozenset()
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: which codes exist, what `.` is, and whose row it is in (None = no row)."""

    symbols: Mapping[str, Symbol]
    dot: Symbol | None = None
    row: str | None = None
    bare_allowed: bool = False


def roster_symbols(unit_types: tuple[str, ...]) -> Mapping[str, Symbol]:
    """The codes that come from the roster."""
    symbols = (
        Symbol("unit_type", Role.ROSTER, ValueType.CHOICE, choices=frozenset(unit_types)),
        Symbol("province_code", Role.ROSTER, ValueType.TEXT),
        Symbol("fiscal_year", Role.ROSTER, ValueType.NUMBER),
    )
    return MappingProxyType({symbol.code: symbol for symbol in symbols})
