"""Static checks of an expression: names exist, functions and types fit, columns stand where they have a meaning.

What passes here can't fail while it is computed; what it can't know it calls unknown.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from localgov.forms.engine.problems import ExpressionError
from localgov.forms.engine.symbols import Place, Role, Symbol, ValueType
from localgov.forms.engine.tree import COMPARISONS, Binary, Call, Dot, LastSaved, Negate, Node, Number, Ref, Text

_ORDERED = frozenset({"<", "<=", ">", ">="})
_LOGIC = frozenset({"and", "or"})
_TEXTUAL = frozenset({ValueType.TEXT, ValueType.CHOICE, ValueType.ANY})


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of an expression before it is computed."""

    type: ValueType
    reads: frozenset[str]


def analyse(tree: Node, place: Place, *, wants: ValueType = ValueType.ANY) -> Analysis:
    """Check an expression where it stands. Raises ExpressionError (Thai, with the character) at the first fault."""
    reader = _Analyser()
    found = reader.type_of(tree, place)
    if wants is ValueType.TRUTH and found not in {ValueType.TRUTH, ValueType.ANY}:
        raise ExpressionError(f"ต้องเป็นเงื่อนไขที่จริงหรือเท็จ แต่ได้{found.thai}")
    return Analysis(found, frozenset(reader.reads))


class _Analyser:
    """One walk over one tree; `reads` collects the codes it meets."""

    def __init__(self) -> None:
        self.reads: set[str] = set()

    def type_of(self, node: Node, place: Place) -> ValueType:
        match node:
            case Number():
                return ValueType.NUMBER
            case Text():
                return ValueType.TEXT
            case Dot():
                return self._dot(node, place)
            case Ref():
                return self._reference(node, place)
            case LastSaved():
                return self._last_saved(node, place)
            case Negate(operand=operand):
                self.want(operand, place, ValueType.NUMBER, "หลังเครื่องหมายลบ")
                return ValueType.NUMBER
            case Binary():
                return self._binary(node, place)
            case Call():
                return self._call(node, place)

    def _dot(self, node: Dot, place: Place) -> ValueType:
        if place.dot is None:
            raise ExpressionError("ใช้จุด (.) ได้เฉพาะกับคำถามที่มีคำตอบของตนเอง ที่นี่ให้ใช้ ${รหัสคำถาม}", node.at)
        self.reads.add(place.dot.code)
        return place.dot.type

    def _symbol(self, code: str, at: int, place: Place) -> Symbol:
        symbol = place.symbols.get(code)
        if symbol is None:
            raise ExpressionError(f"ไม่มีคำถามรหัส “{code}”{did_you_mean(code, place.symbols)}", at)
        return symbol

    def _reference(self, node: Ref, place: Place) -> ValueType:
        if node.bare and not place.bare_allowed:
            raise ExpressionError(f"อ้างคำถามต้องเขียน ${{{node.code}}}", node.at)
        symbol = self._symbol(node.code, node.at, place)
        if symbol.role is Role.REGISTER:
            raise ExpressionError(f"“{node.code}” เป็นทะเบียน ใช้ได้ใน count() และ count-if() เท่านั้น", node.at)
        if symbol.role is Role.COLUMN and symbol.register != place.row:
            message = (
                f"“{node.code}” เป็นคอลัมน์ของทะเบียน {symbol.register} ต้องอยู่ใน sum(), count(), sum-if() หรือ count-if()"
            )
            raise ExpressionError(message, node.at)
        self.reads.add(node.code)
        return symbol.type

    def _last_saved(self, node: LastSaved, place: Place) -> ValueType:
        symbol = self._symbol(node.code, node.at, place)
        if symbol.role is not Role.SCALAR:
            raise ExpressionError("คำตอบปีก่อนอ้างได้เฉพาะคำถามที่ไม่อยู่ในทะเบียน", node.at)
        return symbol.type

    def want(self, node: Node, place: Place, wanted: ValueType, where: str) -> None:
        found = self.type_of(node, place)
        if found not in {wanted, ValueType.ANY}:
            raise ExpressionError(f"{where}ต้องเป็น{wanted.thai} แต่ได้{found.thai}", node.at)

    # operators

    def _binary(self, node: Binary, place: Place) -> ValueType:
        if node.operator in _LOGIC:
            self.want(node.left, place, ValueType.TRUTH, f"ข้างซ้ายของ {node.operator} ")
            self.want(node.right, place, ValueType.TRUTH, f"ข้างขวาของ {node.operator} ")
            return ValueType.TRUTH
        if node.operator in COMPARISONS:
            self._comparison(node, place)
            return ValueType.TRUTH
        return self._arithmetic(node, place)

    def _arithmetic(self, node: Binary, place: Place) -> ValueType:
        left, right = self.type_of(node.left, place), self.type_of(node.right, place)
        if left is ValueType.DATE and node.operator in {"+", "-"}:
            if right is ValueType.NUMBER:
                return ValueType.DATE
            if right is ValueType.DATE and node.operator == "-":
                return ValueType.NUMBER
        for side, found in ((node.left, left), (node.right, right)):
            if found not in {ValueType.NUMBER, ValueType.ANY}:
                raise ExpressionError(f"{node.operator} ใช้กับตัวเลข แต่ได้{found.thai}", side.at or node.at)
        return ValueType.NUMBER

    def _comparison(self, node: Binary, place: Place) -> None:
        left, right = self.type_of(node.left, place), self.type_of(node.right, place)
        if _is_blank_test(node):
            return
        if isinstance(node.right, Text):
            self._literal_fits(node, node.left, left, node.right, place)
        elif isinstance(node.left, Text):
            self._literal_fits(node, node.right, right, node.left, place)
        else:
            _comparable(node, left, right)

    def _literal_fits(self, node: Binary, side: Node, found: ValueType, literal: Text, place: Place) -> None:
        """A comparison with a literal text: a slug of the choice, an ISO date, or a plain text."""
        if node.operator in _ORDERED and found is not ValueType.DATE:
            raise ExpressionError(f"{node.operator} ใช้กับตัวเลขหรือวันที่ แต่ได้ข้อความ '{literal.value}'", literal.at)
        if found is ValueType.CHOICE:
            self.slug_exists(side, literal, place)
        elif found is ValueType.DATE:
            try:
                dt.date.fromisoformat(literal.value)
            except ValueError:
                raise ExpressionError(
                    f"'{literal.value}' ไม่ใช่วันที่แบบ ปี ค.ศ.-เดือน-วัน เช่น '2026-09-30'", literal.at
                ) from None
        elif found not in _TEXTUAL:
            raise ExpressionError(f"เทียบ{found.thai}กับข้อความ '{literal.value}' ไม่ได้", literal.at)

    def slug_exists(self, side: Node, literal: Text, place: Place) -> None:
        """The literal is one of the choices of the question it is compared with."""
        choices = self._choices_of(side, place)
        if choices and literal.value not in choices:
            accepted = ", ".join(sorted(choices))
            raise ExpressionError(f"ไม่มีตัวเลือก '{literal.value}' มีเฉพาะ {accepted}", literal.at)

    def _choices_of(self, node: Node, place: Place) -> frozenset[str]:
        if isinstance(node, Dot):
            return place.dot.choices if place.dot else frozenset()
        if isinstance(node, Ref | LastSaved):
            return place.symbols[node.code].choices
        return frozenset()

    # functions

    def _call(self, node: Call, place: Place) -> ValueType:
        check = _FUNCTIONS.get(node.name)
        if check is None:
            known = ", ".join(sorted(_FUNCTIONS))
            raise ExpressionError(f"ไม่รู้จักฟังก์ชัน {node.name}() ใช้ได้เฉพาะ {known}", node.at)
        return check(self, node, place)

    def count_arguments(self, node: Call, least: int, most: int | None) -> None:
        given = len(node.arguments)
        if given < least or (most is not None and given > most):
            wanted = f"{least}" if least == most else f"{least} ตัวขึ้นไป" if most is None else f"{least} ถึง {most}"
            raise ExpressionError(f"{node.name}() ต้องมีตัวแปร {wanted} แต่มี {given}", node.at)

    def column(self, node: Call, argument: Node, place: Place) -> Symbol:
        """The register column that an aggregate works on."""
        symbol = self._symbol(argument.code, argument.at, place) if isinstance(argument, Ref) else None
        if symbol is None or symbol.role is not Role.COLUMN:
            raise ExpressionError(
                f"{node.name}() ต้องได้คอลัมน์ของทะเบียน เช่น ${{village_population}}", argument.at or node.at
            )
        self.reads.update((symbol.code, symbol.register or ""))
        return symbol

    def register_or_column(self, node: Call, argument: Node, place: Place) -> Symbol:
        symbol = self._symbol(argument.code, argument.at, place) if isinstance(argument, Ref) else None
        if symbol is None or symbol.role not in {Role.REGISTER, Role.COLUMN}:
            raise ExpressionError(
                f"{node.name}() ต้องได้ทะเบียนหรือคอลัมน์ของทะเบียน เช่น ${{village}}", argument.at or node.at
            )
        self.reads.update({symbol.code, symbol.register or symbol.code})
        return symbol

    def condition(self, node: Node, place: Place, register: str) -> None:
        """The condition of count-if and sum-if: computed in each row of the register."""
        self.want(node, replace(place, row=register, bare_allowed=True, dot=None), ValueType.TRUTH, "เงื่อนไข")

    def want_all(self, node: Call, place: Place, wanted: ValueType) -> None:
        for argument in node.arguments:
            self.want(argument, place, wanted, f"ใน {node.name}() ")

    def same_type(self, nodes: Iterable[Node], place: Place, name: str, at: int) -> ValueType:
        """The common type of alternatives."""
        types = {self.type_of(node, place) for node in nodes} - {ValueType.ANY}
        if types == {ValueType.TEXT, ValueType.CHOICE}:
            return ValueType.TEXT
        if len(types) > 1:
            raise ExpressionError(
                f"ใน {name}() ทุกทางเลือกต้องเป็นชนิดเดียวกัน แต่ได้ {', '.join(sorted(t.thai for t in types))}", at
            )
        return types.pop() if types else ValueType.ANY


def _is_blank_test(node: Binary) -> bool:
    """Whether it is `x = ''` or `x != ''`: XLSForm's way to ask whether something was answered."""
    return node.operator in {"=", "!="} and any(
        isinstance(side, Text) and not side.value for side in (node.left, node.right)
    )


def _comparable(node: Binary, left: ValueType, right: ValueType) -> None:
    if ValueType.ANY in {left, right}:
        return
    both = {left, right}
    if len(both) > 1 and both != {ValueType.TEXT, ValueType.CHOICE}:
        raise ExpressionError(f"เทียบ{left.thai}กับ{right.thai}ไม่ได้", node.at)
    if node.operator in _ORDERED and left not in {ValueType.NUMBER, ValueType.DATE}:
        raise ExpressionError(f"{node.operator} ใช้กับตัวเลขหรือวันที่ แต่ได้{left.thai}", node.at)


def did_you_mean(code: str, known: Iterable[str]) -> str:
    """A tail for "no such code" that names the nearest one, "" when none is near."""
    near = difflib.get_close_matches(code, list(known), n=1, cutoff=0.75)
    return f" หมายถึง “{near[0]}” หรือไม่" if near else ""


# one check per function: argument count, argument kinds, result type


def _sum(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 1, 1)
    _numeric(node, reader.column(node, node.arguments[0], place))
    return ValueType.NUMBER


def _sum_if(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 2, 2)
    column = reader.column(node, node.arguments[0], place)
    _numeric(node, column)
    reader.condition(node.arguments[1], place, column.register or "")
    return ValueType.NUMBER


def _numeric(node: Call, column: Symbol) -> None:
    if column.type is not ValueType.NUMBER:
        raise ExpressionError(f"{node.name}() ต้องได้คอลัมน์ตัวเลข แต่ “{column.code}” เป็น{column.type.thai}", node.at)


def _count(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 1, 1)
    reader.register_or_column(node, node.arguments[0], place)
    return ValueType.NUMBER


def _count_if(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 2, 2)
    symbol = reader.register_or_column(node, node.arguments[0], place)
    reader.condition(node.arguments[1], place, symbol.register or symbol.code)
    return ValueType.NUMBER


def _unique(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 1, None)
    columns = [reader.column(node, argument, place) for argument in node.arguments]
    if len({column.register for column in columns}) > 1:
        raise ExpressionError("unique() ต้องใช้คอลัมน์ของทะเบียนเดียวกัน", node.at)
    if len({column.code for column in columns}) < len(columns):
        raise ExpressionError("unique() มีคอลัมน์ซ้ำ", node.at)
    return ValueType.TRUTH


def _if(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 3, 3)
    reader.want(node.arguments[0], place, ValueType.TRUTH, "เงื่อนไขของ if() ")
    return reader.same_type(node.arguments[1:], place, node.name, node.at)


def _coalesce(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 2, None)
    return reader.same_type(node.arguments, place, node.name, node.at)


def _not(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 1, 1)
    reader.want_all(node, place, ValueType.TRUTH)
    return ValueType.TRUTH


def _selected(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 2, 2)
    first, second = node.arguments
    if reader.type_of(first, place) not in _TEXTUAL or not isinstance(second, Text):
        raise ExpressionError(
            "selected() ต้องได้คำถามแบบเลือก และตัวเลือกในเครื่องหมายคำพูด เช่น selected(${a}, 'yes')", node.at
        )
    reader.slug_exists(first, second, place)
    return ValueType.TRUTH


def _count_selected(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 1, 1)
    reader.want_all(node, place, ValueType.CHOICE)
    return ValueType.NUMBER


def _round(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 1, 2)
    reader.want_all(node, place, ValueType.NUMBER)
    if len(node.arguments) > 1 and not (isinstance(node.arguments[1], Number) and node.arguments[1].value in range(7)):
        raise ExpressionError("round() ตัวที่สองเป็นจำนวนทศนิยม 0 ถึง 6", node.at)
    return ValueType.NUMBER


def _regex(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 2, 2)
    text, pattern = node.arguments
    if reader.type_of(text, place) not in _TEXTUAL:
        raise ExpressionError("regex() ใช้กับข้อความ", node.at)
    if not isinstance(pattern, Text):
        raise ExpressionError("regex() ตัวที่สองต้องเป็นรูปแบบในเครื่องหมายคำพูด", node.at)
    try:
        re.compile(pattern.value)
    except re.error as fault:
        raise ExpressionError(f"รูปแบบของ regex() ใช้ไม่ได้ ({fault})", pattern.at) from None
    return ValueType.TRUTH


def _today(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 0, 0)
    return ValueType.DATE


def _distance(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 2, 2)
    reader.want_all(node, place, ValueType.POINT)
    return ValueType.NUMBER


def _fiscal_year(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 0, 1)
    reader.want_all(node, place, ValueType.DATE)
    return ValueType.NUMBER


def _in_province(reader: _Analyser, node: Call, place: Place) -> ValueType:
    reader.count_arguments(node, 1, 1)
    if reader.type_of(node.arguments[0], place) not in {ValueType.POINT, ValueType.TEXT, ValueType.ANY}:
        raise ExpressionError("in-province() ใช้กับพิกัดหรือรหัสตำบล 6 หลัก", node.at)
    return ValueType.TRUTH


_FUNCTIONS: dict[str, Callable[[_Analyser, Call, Place], ValueType]] = {
    "coalesce": _coalesce,
    "count": _count,
    "count-if": _count_if,
    "count-selected": _count_selected,
    "distance": _distance,
    "fiscal-year": _fiscal_year,
    "if": _if,
    "in-province": _in_province,
    "not": _not,
    "regex": _regex,
    "round": _round,
    "selected": _selected,
    "sum": _sum,
    "sum-if": _sum_if,
    "today": _today,
    "unique": _unique,
}
