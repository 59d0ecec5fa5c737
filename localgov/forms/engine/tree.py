"""The small frozen tree that an XLSForm expression becomes, and its way back to text.

`at` is the 1-based character where a node begins; it is not part of equality, so that the tree of a text and the tree
of its reprint are equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal


def _position() -> int:
    return field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number, exact."""

    value: Decimal
    at: int = _position()


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text between quotes."""

    value: str
    at: int = _position()


@dataclass(frozen=True, slots=True)
class Dot:
    """`.`: this question's own answer."""

    at: int = _position()


@dataclass(frozen=True, slots=True)
class Ref:
    """`${code}`, or a bare `code` inside the condition of count-if and sum-if."""

    code: str
    bare: bool = False
    at: int = _position()


@dataclass(frozen=True, slots=True)
class LastSaved:
    """`${last-saved#code}`: last year's answer."""

    code: str
    at: int = _position()


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments)`."""

    name: str
    arguments: tuple[Node, ...]
    at: int = _position()


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`; operator is one of `+ - * div mod = != < <= > >= and or`."""

    operator: str
    left: Node
    right: Node
    at: int = _position()


@dataclass(frozen=True, slots=True)
class Negate:
    """`-operand`."""

    operand: Node
    at: int = _position()


Node = Number | Text | Dot | Ref | LastSaved | Call | Binary | Negate

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
PRECEDENCE = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
_NEGATION = 7


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, from left to right."""
    match node:
        case Call(arguments=arguments):
            return arguments
        case Binary(left=left, right=right):
            return (left, right)
        case Negate(operand=operand):
            return (operand,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, without recursion, parents first."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(children(here)))


def depth(node: Node) -> int:
    """How many levels a tree has; a leaf has one."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        here, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in children(here))
    return deepest


def to_text(node: Node) -> str:
    """The expression as XLSForm writes it, with no more parentheses than it needs.

    Raises ValueError for a literal that holds both kinds of quotes: XPath has no way to write one.
    """
    return _text(node, 0)


def _text(node: Node, around: int) -> str:
    match node:
        case Number(value=value):
            return format(value, "f")
        case Text(value=value):
            return _quoted(value)
        case Dot():
            return "."
        case Ref(code=code, bare=bare):
            return code if bare else f"${{{code}}}"
        case LastSaved(code=code):
            return f"${{last-saved#{code}}}"
        case Call(name=name, arguments=arguments):
            return f"{name}({', '.join(_text(argument, 0) for argument in arguments)})"
        case Negate(operand=operand):
            return f"-{_text(operand, _NEGATION)}"
        case Binary(operator=operator, left=left, right=right):
            own = PRECEDENCE[operator]
            text = f"{_text(left, own)} {operator} {_text(right, own + 1)}"
            return f"({text})" if own < around else text


def _quoted(value: str) -> str:
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    raise ValueError("a literal can't hold both kinds of quotes")
