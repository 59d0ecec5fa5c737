"""Columns of a list: what a cell shows, how it is written into a workbook, by what it is sorted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from localgov.lib import numbers
from localgov.ui import dates
from localgov.ui.states import StateLook, state_look
from localgov.ui.words import Words


class Kind(StrEnum):
    """What a column's values are; decides alignment, wording and the cell format of the workbook."""

    TEXT = "text"
    NUMBER = "number"
    BAHT = "baht"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    STATE = "state"
    STATES = "states"


_END_ALIGNED = frozenset({Kind.NUMBER, Kind.BAHT, Kind.PERCENT})


@dataclass(frozen=True)
class Column:
    """One column.

    `key` is the row's attribute, dotted for attributes of attributes (`organisation.name`); `value` replaces it by a
    function of the row. `sort` names what the column is ordered by: ORM paths for a queryset, attribute paths for a list of
    dataclasses; empty = the heading offers no sorting. `url` makes the cell a link. `heading` marks the column that names
    the row (the first one if none does): it is the row's heading for screen readers and the card's title on a phone.
    `blank` is shown for None or "". `unit` follows the heading in brackets.
    """

    key: str
    label: Words
    kind: Kind = Kind.TEXT
    sort: tuple[str, ...] = ()
    value: Callable[[Any], object] | None = None
    url: Callable[[Any], str] | None = None
    heading: bool = False
    blank: Words = ""
    unit: Words = ""

    @property
    def align(self) -> str:
        """`end` for figures, else `start`."""
        return "end" if self.kind in _END_ALIGNED else "start"

    @property
    def full_label(self) -> str:
        """The heading with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else str(self.label)

    def raw(self, row: object) -> object:
        """The row's value, typed, as the workbook takes it."""
        return self.value(row) if self.value else attribute(row, self.key)

    def text(self, row: object) -> str:
        """The row's value as a person reads it."""
        return self.wording(self.raw(row))

    def wording(self, value: object) -> str:
        """A value as a person reads it."""
        if value is None or value == "":
            return str(self.blank)
        return _WORDINGS[self.kind](value)


@dataclass(frozen=True)
class Cell:
    """One cell of the page: the column, its text, its link, and the look of a state, or of several with a note each."""

    column: Column
    text: str
    url: str = ""
    state: StateLook | None = None
    states: tuple[tuple[StateLook, str], ...] = ()


def cell_of(column: Column, row: object) -> Cell:
    """The cell of a column in a row."""
    value = column.raw(row)
    state = state_look(str(value)) if column.kind is Kind.STATE and value else None
    states = tuple((state_look(code), note) for code, note in _pairs(value)) if column.kind is Kind.STATES else ()
    url = column.url(row) if column.url else ""
    return Cell(column=column, text=column.wording(value), url=url, state=state, states=states)


def attribute(row: object, path: str) -> object:
    """The value at a dotted path of attributes or mapping keys; None as soon as a step is None."""
    value: Any = row
    for step in path.split("."):
        if value is None:
            return None
        value = value[step] if isinstance(value, Mapping) else getattr(value, step)
    return value


def _pairs(value: Any) -> list[tuple[str, str]]:
    """The value of a column of STATES: codes with a note each."""
    return list(value or ())


def _number(value: Any) -> str:
    return numbers.format_number(value if isinstance(value, int | Decimal) else Decimal(str(value)))


def _date(value: Any) -> str:
    day: date = value
    return dates.date_short(day)


def _datetime(value: Any) -> str:
    moment: datetime = value
    return dates.datetime_short(moment)


_WORDINGS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: str,
    Kind.NUMBER: _number,
    Kind.BAHT: lambda value: numbers.format_number(value, 2),
    Kind.PERCENT: lambda value: f"{numbers.format_number(value, 2)} %",
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.STATE: lambda value: state_look(str(value)).label,
    Kind.STATES: lambda value: " · ".join(f"{state_look(code).label} ({note})" for code, note in _pairs(value)),
}
