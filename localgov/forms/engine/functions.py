"""The functions of expressions: XLSForm's, and ours for registers, fiscal years and areas.

Each one gets its call, the place where it stands and a way to compile its arguments, and gives back the closure.
Totals over a register are computed once for each set of facts and remembered.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from localgov.forms.engine.frame import Evaluator, Facts, Frame, RowFacts
from localgov.forms.engine.symbols import Place, Role
from localgov.forms.engine.tree import Call, Node, Number, Ref, Text, walk
from localgov.forms.engine.values import ZERO, Operand
from localgov.lib.coordinates import Point, haversine_km
from localgov.lib.numbers import round_half_up
from localgov.lib.thai_calendar import fiscal_year_of

Compile = Callable[[Node, Place], Evaluator]
_UNDEFINED = object()


def compile_call(node: Call, place: Place, compile_node: Compile, by_cases: Compile) -> Evaluator:
    """The closure of a function call that `analysis.analyse` has passed. `by_cases` compiles conditions on rows."""
    if node.name in _ON_REGISTERS:
        return _ON_REGISTERS[node.name](node, place, by_cases)
    arguments = tuple(compile_node(argument, place) for argument in node.arguments)
    if node.name in _LAZY:
        return _LAZY[node.name](*arguments)
    return _PLAIN[node.name](node, *arguments)


# on registers


def _code(node: Node) -> str:
    assert isinstance(node, Ref)  # noqa: S101 - analysis has refused everything else
    return node.code


def _remembered(compute: Callable[[Facts], Operand]) -> Evaluator:
    """A closure that asks `compute` once for each set of facts: a total doesn't depend on the row that asks."""
    key = object()

    def total(frame: Frame) -> Operand:
        memo = frame.facts.memo
        found = memo.get(key, _UNDEFINED)
        if found is _UNDEFINED:
            found = memo[key] = compute(frame.facts)
        return found  # type: ignore[no-any-return]

    return total


def _register_of(code: str, place: Place) -> str:
    symbol = place.symbols[code]
    return symbol.register if symbol.role is Role.COLUMN and symbol.register else code


def _sum(node: Call, place: Place, by_cases: Compile) -> Evaluator:
    code = _code(node.arguments[0])
    register = _register_of(code, place)

    def compute(facts: Facts) -> Operand:
        rows = facts.rows(register)
        return None if rows is None else _added(rows, code)

    return _remembered(compute)


def _added(rows: Any, code: str) -> Operand:
    """The total of a column: a blank counts nothing, unless it is a blank that leaves the total undefined."""
    total = ZERO
    for row in rows:
        value = row.operand(code)
        if isinstance(value, Decimal):
            total += value
        elif row.blank_matters(code):
            return None
    return total


def _sum_if(node: Call, place: Place, by_cases: Compile) -> Evaluator:
    code = _code(node.arguments[0])
    matching = _matching(node, place, by_cases)

    def compute(facts: Facts) -> Operand:
        rows = matching(facts)
        return None if rows is None else _added(rows, code)

    return _remembered(compute)


def _count(node: Call, place: Place, by_cases: Compile) -> Evaluator:
    code = _code(node.arguments[0])
    register = _register_of(code, place)

    def compute(facts: Facts) -> Operand:
        rows = facts.rows(register)
        if rows is None:
            return None
        if register == code:
            return Decimal(len(rows))
        return Decimal(sum(1 for row in rows if row.operand(code) is not None))

    return _remembered(compute)


def _count_if(node: Call, place: Place, by_cases: Compile) -> Evaluator:
    matching = _matching(node, place, by_cases)

    def compute(facts: Facts) -> Operand:
        rows = matching(facts)
        return None if rows is None else Decimal(len(rows))

    return _remembered(compute)


def _matching(node: Call, place: Place, by_cases: Compile) -> Callable[[Facts], list[RowFacts] | None]:
    """The rows where the condition holds; None when a required blank leaves a row undecided."""
    register = _register_of(_code(node.arguments[0]), place)
    inside = replace(place, row=register, bare_allowed=True, dot=None)
    condition = by_cases(node.arguments[1], inside)
    columns = _columns_read(node.arguments[1], place)

    def matching(facts: Facts) -> list[RowFacts] | None:
        rows = facts.rows(register)
        if rows is None:
            return None
        found = []
        for row in rows:
            holds = condition(Frame(facts, row))
            if holds is True:
                found.append(row)
            elif holds is None and any(row.operand(c) is None and row.blank_matters(c) for c in columns):
                return None
        return found

    return matching


def _columns_read(condition: Node, place: Place) -> tuple[str, ...]:
    codes = {node.code for node in walk(condition) if isinstance(node, Ref)}
    return tuple(sorted(code for code in codes if place.symbols[code].role is Role.COLUMN))


def first_rows(facts: Facts, register: str, codes: tuple[str, ...]) -> dict[int, int]:
    """Rows whose combination of columns stood in an earlier row: index of the row to index of the first one."""
    key = ("unique", codes)
    found: dict[int, int] | None = facts.memo.get(key)
    if found is None:
        found = {}
        seen: dict[tuple[object, ...], int] = {}
        for row in facts.rows(register) or ():
            values = tuple(_compared(row.operand(code)) for code in codes)
            if None in values:
                continue
            first = seen.setdefault(values, row.index)
            if first != row.index:
                found[row.index] = first
        facts.memo[key] = found
    return found


def _compared(value: Operand) -> object:
    """A value as unique() compares it: texts without case and spaces."""
    return "".join(value.split()).casefold() if isinstance(value, str) else value


def _unique(node: Call, place: Place, by_cases: Compile) -> Evaluator:
    codes = tuple(_code(argument) for argument in node.arguments)
    register = _register_of(codes[0], place)

    def unique(frame: Frame) -> Operand:
        if frame.facts.rows(register) is None:
            return None
        repeated = first_rows(frame.facts, register, codes)
        return frame.row.index not in repeated if frame.row is not None else not repeated

    return unique


# lazy


def _if(condition: Evaluator, yes: Evaluator, no: Evaluator) -> Evaluator:
    def chosen(frame: Frame) -> Operand:
        holds = condition(frame)
        return None if holds is None else yes(frame) if holds is True else no(frame)

    return chosen


def _coalesce(*alternatives: Evaluator) -> Evaluator:
    def first_known(frame: Frame) -> Operand:
        for alternative in alternatives:
            value = alternative(frame)
            if value is not None and value != "":
                return value
        return None

    return first_known


# plain


def _not(node: Call, inner: Evaluator) -> Evaluator:
    def opposite(frame: Frame) -> Operand:
        value = inner(frame)
        return None if value is None else value is not True

    return opposite


def _selected(node: Call, answer: Evaluator, slug: Evaluator) -> Evaluator:
    def chosen(frame: Frame) -> Operand:
        value = answer(frame)
        return slug(frame) in value.split() if isinstance(value, str) else None

    return chosen


def _count_selected(node: Call, answer: Evaluator) -> Evaluator:
    def counted(frame: Frame) -> Operand:
        value = answer(frame)
        return Decimal(len(value.split())) if isinstance(value, str) else None

    return counted


def _round(node: Call, number: Evaluator, *places: Evaluator) -> Evaluator:
    last = node.arguments[-1]
    digits = int(last.value) if len(node.arguments) > 1 and isinstance(last, Number) else 0

    def rounded(frame: Frame) -> Operand:
        value = number(frame)
        return round_half_up(value, digits) if isinstance(value, Decimal) else None

    return rounded


def _regex(node: Call, text: Evaluator, _: Evaluator) -> Evaluator:
    literal = node.arguments[1]
    pattern = re.compile(literal.value if isinstance(literal, Text) else "")

    def matches(frame: Frame) -> Operand:
        value = text(frame)
        return pattern.fullmatch(value) is not None if isinstance(value, str) else None

    return matches


def _today(node: Call) -> Evaluator:
    return lambda frame: frame.facts.today


def _distance(node: Call, start: Evaluator, end: Evaluator) -> Evaluator:
    def metres(frame: Frame) -> Operand:
        first, second = start(frame), end(frame)
        if not (isinstance(first, Point) and isinstance(second, Point)):
            return None
        return round_half_up(Decimal(repr(haversine_km(first, second) * 1000)), 1)

    return metres


def _fiscal_year(node: Call, *day: Evaluator) -> Evaluator:
    if not day:
        return lambda frame: Decimal(frame.facts.fiscal_year)

    def of_day(frame: Frame) -> Operand:
        value = day[0](frame)
        return Decimal(fiscal_year_of(value)) if isinstance(value, dt.date) else None

    return of_day


def _in_province(node: Call, place: Evaluator) -> Evaluator:
    return lambda frame: frame.facts.in_province(place(frame))


_ON_REGISTERS: dict[str, Callable[[Call, Place, Compile], Evaluator]] = {
    "sum": _sum,
    "sum-if": _sum_if,
    "count": _count,
    "count-if": _count_if,
    "unique": _unique,
}
_LAZY: dict[str, Callable[..., Evaluator]] = {"if": _if, "coalesce": _coalesce}
_PLAIN: dict[str, Callable[..., Evaluator]] = {
    "not": _not,
    "selected": _selected,
    "count-selected": _count_selected,
    "round": _round,
    "regex": _regex,
    "today": _today,
    "distance": _distance,
    "fiscal-year": _fiscal_year,
    "in-province": _in_province,
}
