"""Columns: what a cell shows, and what the workbook gets."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from localgov.ui.columns import Column, Kind, attribute, cell_of
from localgov.ui.list_workbook import write_cell


@dataclass(frozen=True)
class Inner:
    name: str


@dataclass(frozen=True)
class Outer:
    value: Any = None
    inner: Inner | None = None


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.TEXT, "ก", "ก"),
        (Kind.NUMBER, 6325, "6,325"),
        (Kind.NUMBER, 0, "0"),
        (Kind.NUMBER, 1.5, "1.5"),
        (Kind.BAHT, Decimal("10"), "10.00"),
        (Kind.PERCENT, Decimal("49.833"), "49.83 %"),
        (Kind.DATE, date(2026, 6, 15), "15 มิ.ย. 2569"),
        (Kind.DATETIME, datetime(2026, 6, 15, tzinfo=UTC), "15 มิ.ย. 2569 07:00 น."),
        (Kind.STATE, "RETURNED", "ส่งกลับ"),
        (Kind.NUMBER, None, "–"),
        (Kind.TEXT, "", "–"),
    ],
)
def test_words_each_kind(kind: Kind, value: object, text: str) -> None:
    assert cell_of(Column("value", "ค่า", kind, blank="–"), Outer(value)).text == text


def test_follows_dots_and_stops_at_nothing() -> None:
    assert attribute(Outer(inner=Inner("ก")), "inner.name") == "ก"
    assert attribute(Outer(), "inner.name") is None
    assert attribute({"inner": {"name": "ข"}}, "inner.name") == "ข"


def test_figures_stand_at_the_end_with_their_unit_in_the_heading() -> None:
    column = Column("value", "ประชากร", Kind.NUMBER, unit="คน")

    assert (column.align, column.full_label) == ("end", "ประชากร (คน)")


class Sheet:
    """Remembers how a cell was written."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, object]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda row, column, value, cell_format: self.calls.append((name, value))


@pytest.mark.parametrize(
    ("value", "call"),
    [
        (None, ("write_blank", None)),
        ("=1+1", ("write_string", "=1+1")),
        (True, ("write_string", "ใช่")),
        (12, ("write_number", 12)),
        (Decimal("1234567890123456.78"), ("write_string", "1,234,567,890,123,456.78")),
        (date(2026, 6, 15), ("write_datetime", date(2026, 6, 15))),
        (datetime(2026, 6, 14, 18, tzinfo=UTC), ("write_datetime", datetime(2026, 6, 15, 1))),
    ],
)
def test_writes_each_type_as_what_it_is_and_never_as_a_formula(value: object, call: tuple[str, object]) -> None:
    sheet = Sheet()

    write_cell(sheet, 0, 0, value, None)

    assert sheet.calls == [call]
