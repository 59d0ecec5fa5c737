"""From the text of a cell to a compiled Expression, and what else can be read off its tree."""

from __future__ import annotations

from localgov.forms.engine.analysis import Analysis, analyse
from localgov.forms.engine.compiler import compile_tree
from localgov.forms.engine.frame import Evaluator
from localgov.forms.engine.grammar import parse
from localgov.forms.engine.model import NO_SIDES, ComputedSides, Expression
from localgov.forms.engine.symbols import Place, ValueType
from localgov.forms.engine.tree import COMPARISONS, Binary, Dot, LastSaved, Node, Number, Ref, Text, walk


def make_expression(text: str, place: Place, *, wants: ValueType, strict: bool) -> tuple[Expression, Analysis]:
    """Parse, check and compile. `strict` is for tests (constraint, rule): see compiler. Raises ExpressionError."""
    tree = parse(text)
    analysis = analyse(tree, place, wants=wants)
    return Expression(text, tree, analysis.reads, compile_tree(tree, place, strict=strict)), analysis


def satisfying_side(tree: Node, code: str, place: Place) -> Evaluator | None:
    """For `. = something` (or `${code} = something`, either way round): the closure of the something.

    It computes the value that would satisfy the rule; None when the rule has another shape.
    """
    if not (isinstance(tree, Binary) and tree.operator == "="):
        return None
    for own, other in ((tree.left, tree.right), (tree.right, tree.left)):
        if _is_own(own, code) and not any(_is_own(node, code) for node in walk(other)) and not _is_blank(other):
            return compile_tree(other, place, strict=True)
    return None


def computed_sides(tree: Node, code: str, place: Place) -> ComputedSides:
    """The sides of a comparison that are computed: their numbers belong in the finding's message."""
    if not (isinstance(tree, Binary) and tree.operator in COMPARISONS):
        return NO_SIDES
    plain = (Number, Text, Dot, Ref, LastSaved)
    sides = (tree.left, tree.right)
    evaluators = tuple(compile_tree(side, place, strict=True) for side in sides if not isinstance(side, plain))
    return ComputedSides(evaluators, in_unit=any(_is_own(side, code) for side in sides))


def _is_own(node: Node, code: str) -> bool:
    return isinstance(node, Dot) or (isinstance(node, Ref) and node.code == code)


def _is_blank(node: Node) -> bool:
    return isinstance(node, Text) and not node.value
