"""The rules sheet: cross rules between questions, ours beside XLSForm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from localgov.forms.engine.analysis import did_you_mean
from localgov.forms.engine.expressions import computed_sides, make_expression, satisfying_side
from localgov.forms.engine.messages import parse_message
from localgov.forms.engine.model import Expression, Rule, Severity
from localgov.forms.engine.problems import ExpressionError, Problem
from localgov.forms.engine.references import message_problems
from localgov.forms.engine.source import RawRow
from localgov.forms.engine.symbols import Place, Role, Symbol, ValueType

_CODE = re.compile(r"[A-Z][A-Z0-9]{0,19}(-[A-Z0-9]{1,19})*-[0-9]{2,3}")


def read_rules(rows: Iterable[RawRow], symbols: Mapping[str, Symbol], problems: list[Problem]) -> Mapping[str, Rule]:
    """All rules by code, in order; a row with faults is left out and its faults added to `problems`."""
    rules: dict[str, Rule] = {}
    seen: dict[str, RawRow] = {}
    for row in rows:
        first = seen.setdefault(row.get("code"), row)
        if first is not row:
            where = f"{first.file} แถว {first.row}".strip()
            problems.append(row.problem("code", f"รหัสกฎ “{row.get('code')}” ซ้ำกับ {where}"))
        rule = _read_rule(row, symbols, problems, order=len(seen))
        if rule is not None:
            rules[rule.code] = rule
    return rules


def _read_rule(row: RawRow, symbols: Mapping[str, Symbol], problems: list[Problem], *, order: int) -> Rule | None:
    before = len(problems)
    code = row.get("code")
    if not _CODE.fullmatch(code):
        problems.append(row.problem("code", f"“{code}” ใช้เป็นรหัสกฎไม่ได้ ใช้แบบ WASTE-01"))
    severity = row.get("severity")
    if severity not in set(Severity):
        problems.append(row.problem("severity", f"“{severity}” ใช้ไม่ได้ ใช้ error หรือ warning"))
    message = parse_message(row.get("message"))
    if not message.text:
        problems.append(row.problem("message", "ต้องมีข้อความภาษาไทยที่บอกว่าผิดอะไรและให้ทำอะไร"))
    problems.extend(message_problems(message, row, "message", symbols))
    place = _place(row, symbols, problems)
    if place is None:
        return None
    expression = _expression(row, "expression", place, problems, strict=True)
    when = _expression(row, "when", place, problems, strict=False)
    if expression is None or len(problems) > before:
        return None
    question = row.get("question")
    reads = expression.reads | (when.reads if when else frozenset()) | {question}
    touches_linked = any(symbols[name].linked for name in reads)
    return Rule(
        code=code,
        question=question,
        expression=expression,
        severity=Severity.WARNING if touches_linked else Severity(severity),
        written_severity=Severity(severity),
        message=message,
        when=when,
        per_row=place.row is not None,
        suggestion=satisfying_side(expression.tree, question, place) if place.dot else None,
        sides=computed_sides(expression.tree, question, place),
        order=order,
    )


def _place(row: RawRow, symbols: Mapping[str, Symbol], problems: list[Problem]) -> Place | None:
    """Where the rule's expressions stand: on a scalar, on a register, or in each row of a column's register."""
    question = row.get("question")
    symbol = symbols.get(question)
    if symbol is None or symbol.role is Role.ROSTER:
        message = f"ไม่มีคำถามรหัส “{question}”{did_you_mean(question, symbols)}" if question else "ต้องบอกคำถามที่กฎนี้แสดงผล"
        problems.append(row.problem("question", message))
        return None
    if symbol.role is Role.REGISTER:
        return Place(symbols)
    return Place(symbols, dot=symbol, row=symbol.register)


def _expression(row: RawRow, column: str, place: Place, problems: list[Problem], *, strict: bool) -> Expression | None:
    text = row.get(column)
    if not text:
        if column == "expression":
            problems.append(row.problem(column, "ต้องมีเงื่อนไขที่ต้องเป็นจริง"))
        return None
    try:
        return make_expression(text, place, wants=ValueType.TRUTH, strict=strict)[0]
    except ExpressionError as fault:
        problems.append(row.problem(column, fault.sentence))
        return None
