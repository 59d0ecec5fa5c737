"""Turns an expression's tree into a Python closure that computes it in exact decimal, with "unknown" as a third value.

The rules for blanks: an operand that is not answered (or is ไม่มีข้อมูล, or irrelevant) is unknown; what is computed
from an unknown is unknown; `x = ''` asks whether there is a value and is never unknown. For `and` and `or` there are
two readings. A condition (relevant, when, required, a count's condition) is read by cases: `true or unknown` is true.
A test (constraint, rule) is `strict`: an unknown on either side makes it unknown, so that it gives no finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from localgov.forms.engine import functions
from localgov.forms.engine.frame import Evaluator, Frame
from localgov.forms.engine.symbols import Place, Role
from localgov.forms.engine.tree import Binary, Call, Dot, LastSaved, Negate, Node, Number, Ref, Text
from localgov.forms.engine.values import Operand

EXACT = Context(prec=80, rounding=ROUND_HALF_UP, traps=[])


def compile_tree(tree: Node, place: Place, *, strict: bool) -> Evaluator:
    """The closure of a tree that `analysis.analyse` has passed."""
    return _Compiler(strict=strict).compile(tree, place)


class _Compiler:
    """One reading (strict or by cases) of trees."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict

    def compile(self, node: Node, place: Place) -> Evaluator:
        match node:
            case Number(value=value):
                return lambda frame: value
            case Text(value=text):
                return lambda frame: text
            case Dot():
                return lambda frame: frame.dot
            case Ref(code=code):
                return _reference(code, place)
            case LastSaved(code=code):
                return lambda frame: frame.facts.last_year(code)
            case Negate(operand=inner):
                return _negated(self.compile(inner, place))
            case Binary():
                return self._binary(node, place)
            case Call():
                return functions.compile_call(node, place, self.compile, _by_cases)

    def _binary(self, node: Binary, place: Place) -> Evaluator:
        operator = node.operator
        if operator in {"=", "!="}:
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(side, Text) and not side.value:
                    return _blank_test(self.compile(other, place), wanted=operator == "=")
        left, right = self.compile(node.left, place), self.compile(node.right, place)
        if operator in {"and", "or"}:
            if self.strict:
                return _strict_and(left, right) if operator == "and" else _strict_or(left, right)
            return _and(left, right) if operator == "and" else _or(left, right)
        return (
            _COMPARE[operator](left, right) if operator in _COMPARE else _computed(_ARITHMETIC[operator], left, right)
        )


def _by_cases(node: Node, place: Place) -> Evaluator:
    """The condition of count-if and sum-if is always read by cases."""
    return _Compiler(strict=False).compile(node, place)


def _reference(code: str, place: Place) -> Evaluator:
    if place.symbols[code].role is Role.COLUMN:

        def column(frame: Frame) -> Operand:
            return frame.row.operand(code) if frame.row is not None else None

        return column
    return lambda frame: frame.facts.operand(code)


def _negated(inner: Evaluator) -> Evaluator:
    def negative(frame: Frame) -> Operand:
        value = inner(frame)
        return EXACT.minus(value) if isinstance(value, Decimal) else None

    return negative


def _blank_test(inner: Evaluator, *, wanted: bool) -> Evaluator:
    return lambda frame: (inner(frame) in {None, ""}) is wanted


# logic


def _strict_and(left: Evaluator, right: Evaluator) -> Evaluator:
    def both(frame: Frame) -> Operand:
        first, second = left(frame), right(frame)
        return None if first is None or second is None else first is True and second is True

    return both


def _strict_or(left: Evaluator, right: Evaluator) -> Evaluator:
    def either(frame: Frame) -> Operand:
        first, second = left(frame), right(frame)
        return None if first is None or second is None else first is True or second is True

    return either


def _and(left: Evaluator, right: Evaluator) -> Evaluator:
    def both(frame: Frame) -> Operand:
        first = left(frame)
        if first is False:
            return False
        second = right(frame)
        if second is False:
            return False
        return None if first is None or second is None else True

    return both


def _or(left: Evaluator, right: Evaluator) -> Evaluator:
    def either(frame: Frame) -> Operand:
        first = left(frame)
        if first is True:
            return True
        second = right(frame)
        if second is True:
            return True
        return None if first is None or second is None else False

    return either


# comparison: of two values of one type; a date may meet its ISO text


def _aligned(first: Operand, second: Operand) -> tuple[Any, Any] | None:
    """Two operands as one type, None when one is unknown or they can't be compared."""
    if first is None or second is None:
        return None
    kind, other = type(first), type(second)
    if kind is other:
        return first, second
    try:
        if kind is dt.date and other is str:
            return first, dt.date.fromisoformat(str(second))
        if kind is str and other is dt.date:
            return dt.date.fromisoformat(str(first)), second
    except ValueError:
        return None
    return None


def _comparing(decide: Callable[[Any, Any], bool]) -> Callable[[Evaluator, Evaluator], Evaluator]:
    def build(left: Evaluator, right: Evaluator) -> Evaluator:
        def compare(frame: Frame) -> Operand:
            first, second = left(frame), right(frame)
            if type(first) is Decimal and type(second) is Decimal:
                return decide(first, second)
            pair = _aligned(first, second)
            return None if pair is None else decide(*pair)

        return compare

    return build


_COMPARE: dict[str, Callable[[Evaluator, Evaluator], Evaluator]] = {
    "=": _comparing(lambda first, second: first == second),
    "!=": _comparing(lambda first, second: first != second),
    "<": _comparing(lambda first, second: first < second),
    "<=": _comparing(lambda first, second: first <= second),
    ">": _comparing(lambda first, second: first > second),
    ">=": _comparing(lambda first, second: first >= second),
}


# arithmetic: decimals exact; a date minus a date is days, a date and a number is a date


def _computed(compute: Callable[[Any, Any], Operand], left: Evaluator, right: Evaluator) -> Evaluator:
    def result(frame: Frame) -> Operand:
        first, second = left(frame), right(frame)
        return None if first is None or second is None else compute(first, second)

    return result


def _finite(number: Decimal) -> Operand:
    return number if number.is_finite() else None


def _add(first: Operand, second: Operand) -> Operand:
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return _finite(EXACT.add(first, second))
    return _moved(first, second, 1)


def _subtract(first: Operand, second: Operand) -> Operand:
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return _finite(EXACT.subtract(first, second))
    if isinstance(first, dt.date) and isinstance(second, dt.date):
        return Decimal((first - second).days)
    return _moved(first, second, -1)


def _moved(day: Operand, days: Operand, sign: int) -> Operand:
    """A date some days later (or earlier), None when that is no date of the calendar."""
    if not (isinstance(day, dt.date) and isinstance(days, Decimal)):
        return None
    try:
        return day + dt.timedelta(days=sign * int(days))
    except OverflowError:
        return None


def _numeric(compute: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Any, Any], Operand]:
    def of_numbers(first: Operand, second: Operand) -> Operand:
        if isinstance(first, Decimal) and isinstance(second, Decimal):
            return _finite(compute(first, second))
        return None

    return of_numbers


_ARITHMETIC: dict[str, Callable[[Any, Any], Operand]] = {
    "+": _add,
    "-": _subtract,
    "*": _numeric(EXACT.multiply),
    "div": _numeric(EXACT.divide),
    "mod": _numeric(EXACT.remainder),
}
