"""Whether a form's conditions and calculations go round in circles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from localgov.forms.engine.model import Expression, Question, Register
from localgov.forms.engine.problems import Problem
from localgov.forms.engine.source import RawRow


def value_reads(item: Question | Register) -> frozenset[str]:
    """The codes that decide an item's value as expressions see it: by its condition, its groups' and its calculation.

    A column's `required` belongs to it too: it decides whether a blank leaves a total undefined.
    """
    expressions: list[Expression | bool | None] = [item.relevant, *item.gates]
    found: set[str] = set()
    if isinstance(item, Question):
        expressions.append(item.calculation)
        if item.register:
            expressions.append(item.required)
            found.add(item.register)
    for expression in expressions:
        if isinstance(expression, Expression):
            found |= expression.reads
    return frozenset(found)


def cycle_problems(
    questions: Mapping[str, Question], registers: Mapping[str, Register], rows: Mapping[str, RawRow]
) -> list[Problem]:
    """The first circle among relevant and calculation, as a problem; [] when there is none."""
    items: Iterable[Question | Register] = (*questions.values(), *registers.values())
    known = {*questions, *registers}
    try:
        TopologicalSorter({item.code: value_reads(item) & known for item in items}).prepare()
    except CycleError as fault:
        circle = [str(code) for code in fault.args[1]]
        message = f"เงื่อนไขและสูตรวนเป็นวงกลม: {' → '.join(circle)} ตัดการอ้างถึงออกหนึ่งข้อ"
        row = next((rows[code] for code in circle if code in rows), None)
        column = "relevant"
        if row is None:
            return [Problem("survey", message)]
        return [row.problem("calculation" if row.get("calculation") else column, message)]
    return []
