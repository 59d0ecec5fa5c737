"""Thai words for what stands in a form: types, conditions, units' types, rules. For pages that show or compare forms."""

from __future__ import annotations

from collections.abc import Mapping

from localgov.forms.engine.messages import Message
from localgov.forms.engine.model import (
    ROSTER_CODES,
    UNIT_TYPES,
    Expression,
    Form,
    Kind,
    Question,
    QuestionType,
    Register,
    Rule,
    Severity,
)
from localgov.forms.engine.references import LAST_SAVED
from localgov.forms.engine.thai_sentence import thai_sentence
from localgov.lib.unit_types import UnitType

_TYPES: Mapping[QuestionType, str] = {
    QuestionType.INTEGER: "จำนวนเต็ม",
    QuestionType.DECIMAL: "จำนวนทศนิยม",
    QuestionType.TEXT: "ข้อความ",
    QuestionType.DATE: "วันที่",
    QuestionType.GEOPOINT: "พิกัด (ละติจูด ลองจิจูด)",
    QuestionType.SELECT_ONE: "เลือกหนึ่งข้อ",
    QuestionType.FILE: "ไฟล์แนบ",
    QuestionType.CALCULATE: "คำนวณให้",
}
_KINDS: Mapping[Kind, str] = {
    Kind.MONEY: "จำนวนเงิน (บาท สตางค์ 2 ตำแหน่ง)",
    Kind.YEAR_BE: "ปี พ.ศ. 4 หลัก",
    Kind.PHONE: "หมายเลขโทรศัพท์",
    Kind.EMAIL: "ที่อยู่อีเมล",
    Kind.URL: "ที่อยู่เว็บไซต์",
    Kind.BOOLEAN: "ใช่หรือไม่",
    Kind.TAMBON: "รหัสตำบล 6 หลัก",
}
_ROSTER = dict(zip(ROSTER_CODES, ("ประเภท อปท.", "รหัสจังหวัด", "ปีงบประมาณ"), strict=True))
SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: "ต้องแก้", Severity.WARNING: "ควรดู"}


def type_name(question: Question) -> str:
    """What kind of answer a question takes."""
    if question.kind is not Kind.PLAIN:
        return _KINDS[question.kind]
    if question.type is QuestionType.DECIMAL:
        return f"จำนวนทศนิยม ไม่เกิน {question.decimals} ตำแหน่ง"
    return _TYPES[question.type]


def applies_name(item: Question | Register) -> str:
    """The types of unit that answer: empty when all do."""
    if len(item.applies_to) == len(UNIT_TYPES):
        return ""
    return " ".join(UnitType(code).abbreviation for code in UNIT_TYPES if code in item.applies_to)


def sentence(expression: Expression, form: Form, own: str | None = None) -> str:
    """An expression in words; `own` is the code that `.` stands for."""
    return thai_sentence(expression.tree, form, own)


def required_name(item: Question | Register, form: Form) -> str:
    """ต้องตอบ, its condition, or empty."""
    if isinstance(item.required, bool):
        return "ต้องตอบ" if item.required else ""
    return f"ต้องตอบเมื่อ {sentence(item.required, form, item.code)}"


def message_text(message: Message, form: Form) -> str:
    """A message with the labels of its `${code}`s in brackets instead of values."""
    return message.render(lambda code: f"[{_label(code, form)}]")


def rule_sentence(rule: Rule, form: Form) -> str:
    """What a rule demands, with its condition first."""
    demand = sentence(rule.expression, form, rule.question)
    if rule.when is None:
        return demand
    return f"เมื่อ {sentence(rule.when, form, rule.question)} แล้ว {demand}"


def _label(code: str, form: Form) -> str:
    if code.startswith(LAST_SAVED):
        return f"{form.label_of(code.removeprefix(LAST_SAVED))}ของปีก่อน"
    return _ROSTER.get(code) or form.label_of(code)
