"""An expression as a Thai sentence, for the page that shows a form version to people who write no expressions."""

from __future__ import annotations

from collections.abc import Mapping

from localgov.forms.engine.model import Form, Question
from localgov.forms.engine.tree import PRECEDENCE, Binary, Call, Dot, LastSaved, Negate, Node, Number, Ref, Text
from localgov.lib.numbers import decimal_text, format_number
from localgov.lib.unit_types import UnitType

_OPERATORS: Mapping[str, str] = {
    "+": "+",
    "-": "−",
    "*": "×",
    "div": "÷",
    "mod": "เศษของการหารด้วย",
    "=": "เท่ากับ",
    "!=": "ไม่เท่ากับ",
    "<": "น้อยกว่า",
    "<=": "ไม่เกิน",
    ">": "มากกว่า",
    ">=": "ไม่น้อยกว่า",
    "and": "และ",
    "or": "หรือ",
}
_ROSTER = {"unit_type": "ประเภท อปท.", "province_code": "รหัสจังหวัด", "fiscal_year": "ปีงบประมาณ"}


def thai_sentence(tree: Node, form: Form, own: str | None = None) -> str:
    """The tree in words with the labels of the form; `own` is the code of the question that `.` stands for."""
    return _Speaker(form, own).say(tree, 0)


class _Speaker:
    """Speaks about one form, from the place of one question."""

    def __init__(self, form: Form, own: str | None) -> None:
        self.form = form
        self.own = own

    def say(self, node: Node, around: int) -> str:
        match node:
            case Number(value=value):
                return format_number(value)
            case Text(value=value):
                return f"“{value}”"
            case Dot():
                return self.name(self.own) if self.own else "คำตอบนี้"
            case Ref(code=code):
                return self.name(code)
            case LastSaved(code=code):
                return f"{self.name(code)}ของปีก่อน"
            case Negate(operand=inner):
                return f"−{self.say(inner, 7)}"
            case Call():
                return self.call(node)
            case Binary():
                return self.binary(node, around)

    def name(self, code: str) -> str:
        return _ROSTER.get(code) or f"“{self.form.label_of(code)}”"

    def binary(self, node: Binary, around: int) -> str:
        own = PRECEDENCE[node.operator]
        sentence = self.blank_test(node) or (
            f"{self.side(node.left, node.right, own)} {_OPERATORS[node.operator]} "
            f"{self.side(node.right, node.left, own + 1)}"
        )
        return f"({sentence})" if own < around else sentence

    def blank_test(self, node: Binary) -> str:
        """`x = ''` in words, "" for anything else."""
        if node.operator not in {"=", "!="}:
            return ""
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, Text) and not side.value:
                said = self.say(other, 0)
                return f"ยังไม่ตอบ {said}" if node.operator == "=" else f"ตอบ {said} แล้ว"
        return ""

    def side(self, node: Node, other: Node, around: int) -> str:
        """One side of an operator; the slug of a choice is said as its label, a year without commas."""
        if isinstance(node, Text):
            return f"“{self.choice_label(node.value, other)}”"
        if isinstance(node, Number) and isinstance(other, Ref | Call) and _is_year(other):
            return decimal_text(node.value)
        return self.say(node, around)

    def choice_label(self, slug: str, other: Node) -> str:
        code = self.own if isinstance(other, Dot) else other.code if isinstance(other, Ref | LastSaved) else None
        if code == "unit_type" and slug in set(UnitType):
            return UnitType(slug).label
        question: Question | None = self.form.questions.get(code or "")
        return question.choices.labels.get(slug, slug) if question is not None and question.choices else slug

    def call(self, node: Call) -> str:
        arguments = node.arguments
        match node.name:
            case "selected":
                return f"{self.say(arguments[0], 0)} เลือก {self.side(arguments[1], arguments[0], 0)}"
            case "count":
                code = arguments[0].code if isinstance(arguments[0], Ref) else ""
                noun = "จำนวนแถวของ" if code in self.form.registers else "จำนวนแถวที่ตอบ"
                return f"{noun} {self.name(code)}"
            case "fiscal-year":
                return f"ปีงบประมาณของ {self.say(arguments[0], 0)}" if arguments else "ปีงบประมาณนี้"
            case "round":
                places = self.say(arguments[1], 0) if len(arguments) > 1 else "0"
                return f"{self.say(arguments[0], 0)} ปัดเป็นทศนิยม {places} ตำแหน่ง"
            case _:
                return _CALLS[node.name].format(
                    *(self.say(argument, 0) for argument in arguments), all=self.listed(node)
                )

    def listed(self, node: Call) -> str:
        return ", ".join(self.say(argument, 0) for argument in node.arguments)


def _is_year(node: Node) -> bool:
    return (isinstance(node, Ref) and node.code == "fiscal_year") or (
        isinstance(node, Call) and node.name == "fiscal-year"
    )


_CALLS: Mapping[str, str] = {
    "sum": "ผลรวมทุกแถวของ {0}",
    "sum-if": "ผลรวมของ {0} เฉพาะแถวที่ {1}",
    "count-if": "จำนวนแถวของ {0} ที่ {1}",
    "unique": "{all} ไม่ซ้ำกันระหว่างแถว",
    "if": "(ถ้า {0} ใช้ {1} มิฉะนั้นใช้ {2})",
    "coalesce": "ค่าแรกที่มีของ {all}",
    "not": "ไม่ใช่ว่า ({0})",
    "count-selected": "จำนวนตัวเลือกที่เลือกใน {0}",
    "regex": "{0} ตรงรูปแบบ {1}",
    "today": "วันนี้",
    "distance": "ระยะห่างระหว่าง {0} กับ {1} (เมตร)",
    "in-province": "{0} อยู่ในจังหวัดของ อปท.",
}
