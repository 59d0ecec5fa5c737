"""Which findings an answer can change, and what judging one sheet looks at: what a save must ask and load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from localgov.forms.engine.cycles import value_reads
from localgov.forms.engine.messages import Message
from localgov.forms.engine.model import Expression, Form, Question, Register
from localgov.forms.engine.references import LAST_SAVED
from localgov.forms.engine.tree import LastSaved, walk

_graphs: WeakKeyDictionary[Form, _Graph] = WeakKeyDictionary()
_reaches: WeakKeyDictionary[Form, dict[str, Reach]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Reach:
    """What judging one sheet reads: sheets whose answers it looks at (itself among them), those of them whose register rows
    it looks at, and sheets whose answers of last year it looks at."""

    answers: frozenset[str]
    rows: frozenset[str]
    last_year: frozenset[str]


class _Graph:
    """The edges of one form: code to those whose value, and those whose findings, read it."""

    def __init__(self, form: Form) -> None:
        self.values: dict[str, set[str]] = {}
        self.findings: dict[str, set[str]] = {}
        for item in _items(form):
            for code in value_reads(item):
                self.values.setdefault(code, set()).add(item.code)
            for code in _finding_reads(form, item):
                self.findings.setdefault(code, set()).add(item.code)
        self.known: dict[str, frozenset[str]] = {}

    def of(self, code: str) -> frozenset[str]:
        found = self.known.get(code)
        if found is None:
            changed = _closure(code, self.values)
            touched = set(changed)
            for each in changed:
                touched |= self.findings.get(each, set())
            found = self.known[code] = frozenset(touched)
        return found


def _closure(code: str, edges: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = {code}, [code]
    while waiting:
        for following in edges.get(waiting.pop(), ()):
            if following not in reached:
                reached.add(following)
                waiting.append(following)
    return reached


def _finding_reads(form: Form, item: Question | Register) -> set[str]:
    """The codes that decide the findings which sit on an item, its own value apart."""
    found: set[str] = set()
    if isinstance(item.required, Expression):
        found |= item.required.reads
    if isinstance(item, Question):
        if item.constraint is not None:
            found |= item.constraint.reads
        if item.constraint_message is not None:
            found |= _printed(item.constraint_message.codes)
    for rule in form.rules_by_question.get(item.code, ()):
        found |= rule.reads | _printed(rule.message.codes)
    return found


def _printed(codes: Iterable[str]) -> set[str]:
    return {code for code in codes if not code.startswith(LAST_SAVED)}


def dependents(form: Form, *codes: str) -> frozenset[str]:
    """The questions, columns and registers whose findings may change when these answers change (themselves included).

    A changed register (a row added or removed) is named by the register's code, a changed cell by its column's.
    """
    graph = _graphs.get(form)
    if graph is None:
        graph = _graphs[form] = _Graph(form)
    return frozenset().union(*(graph.of(code) for code in codes))


def reach(form: Form, sheet: str) -> Reach:
    """What must be loaded to judge this sheet as if everything were: worked out once for each form."""
    known = _reaches.setdefault(form, {})
    if sheet not in known:
        known[sheet] = _reach(form, sheet)
    return known[sheet]


def _reach(form: Form, sheet: str) -> Reach:
    own = [item for item in _items(form) if item.sheet == sheet]
    codes = {item.code for item in own}.union(*(_finding_reads(form, item) for item in own))
    waiting = list(codes)
    while waiting:
        item = form.item(waiting.pop())
        for code in value_reads(item) if item is not None else ():
            if code not in codes:
                codes.add(code)
                waiting.append(code)
    read = [item for code in codes if (item := form.item(code)) is not None]
    before = {code for item in read for code in _last_year_reads(form, item)}
    compared = {item.sheet for item in own if isinstance(item, Question) and item.compares_last_year}
    return Reach(
        answers=frozenset({sheet, *(item.sheet for item in read)}),
        rows=frozenset(item.sheet for item in read if isinstance(item, Register) or item.register),
        last_year=frozenset(compared | {form.questions[code].sheet for code in before if code in form.questions}),
    )


def _items(form: Form) -> list[Question | Register]:
    return [*form.questions.values(), *form.registers.values()]


def _last_year_reads(form: Form, item: Question | Register) -> Iterator[str]:
    """The codes whose answers of last year are read by what stands on an item."""
    expressions: list[Expression | bool | None] = [item.required, item.relevant, *item.gates]
    messages: list[Message | None] = []
    if isinstance(item, Question):
        expressions += [item.constraint, item.calculation]
        messages.append(item.constraint_message)
    for rule in form.rules_by_question.get(item.code, ()):
        expressions += [rule.expression, rule.when]
        messages.append(rule.message)
    for expression in expressions:
        if isinstance(expression, Expression):
            yield from (node.code for node in walk(expression.tree) if isinstance(node, LastSaved))
    for message in messages:
        yield from (
            code.removeprefix(LAST_SAVED) for code in (message.codes if message else ()) if code.startswith(LAST_SAVED)
        )
