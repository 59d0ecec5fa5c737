"""Which findings an answer can change: what the recording page asks after each saved answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from localgov.forms.engine.cycles import value_reads
from localgov.forms.engine.model import Expression, Form, Question, Register
from localgov.forms.engine.references import LAST_SAVED

_graphs: WeakKeyDictionary[Form, _Graph] = WeakKeyDictionary()


class _Graph:
    """The edges of one form: code to those whose value, and those whose findings, read it."""

    def __init__(self, form: Form) -> None:
        self.values: dict[str, set[str]] = {}
        self.findings: dict[str, set[str]] = {}
        items: list[Question | Register] = [*form.questions.values(), *form.registers.values()]
        for item in items:
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
