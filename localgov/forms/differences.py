"""What changed between two versions of a form, for the person who decides on publishing (by code, never by position)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from localgov.forms import wording
from localgov.forms.engine.model import Form, Question, Register, Rule


@dataclass(frozen=True)
class FieldChange:
    """One thing of an item that reads otherwise now; "" is said as (ไม่มี) by the page."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class ItemChange:
    """A question, register or rule that is new, gone or (with `fields`) changed; `place` is its sheet and section."""

    code: str
    label: str
    place: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Differences:
    """Headings with their changes, in reading order; headings without any are left out."""

    groups: tuple[tuple[str, tuple[ItemChange, ...]], ...]

    @property
    def count(self) -> int:
        """How many questions, registers and rules differ."""
        return sum(len(changes) for _, changes in self.groups)


@dataclass(frozen=True)
class _Described:
    """An item as texts that can be compared, by Thai heading."""

    label: str
    place: str
    texts: Mapping[str, str]


@lru_cache(maxsize=8)
def differences(before: Form, after: Form) -> Differences:
    """What publishing `after` changes for who knows `before`."""
    items = _compared(_items(before), _items(after))
    rules = _compared(_rules(before), _rules(after))
    headings = ("คำถามใหม่", "คำถามที่เลิกใช้", "คำถามที่เปลี่ยน", "กฎใหม่", "กฎที่เลิกใช้", "กฎที่เปลี่ยน")
    return Differences(tuple(pair for pair in zip(headings, (*items, *rules), strict=True) if pair[1]))


def _compared(
    before: Mapping[str, _Described], after: Mapping[str, _Described]
) -> tuple[tuple[ItemChange, ...], tuple[ItemChange, ...], tuple[ItemChange, ...]]:
    """New, gone, changed."""
    new = tuple(ItemChange(code, one.label, one.place) for code, one in after.items() if code not in before)
    gone = tuple(ItemChange(code, one.label, one.place) for code, one in before.items() if code not in after)
    changed = tuple(
        ItemChange(code, one.label, one.place, fields)
        for code, one in after.items()
        if code in before and (fields := _fields(before[code].texts, one.texts))
    )
    return new, gone, changed


def _fields(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(heading, before.get(heading, ""), after.get(heading, ""))
        for heading in dict.fromkeys((*before, *after))
        if before.get(heading, "") != after.get(heading, "")
    )


def _items(form: Form) -> dict[str, _Described]:
    found = {}
    for code in form.position:
        item = form.item(code)
        if item is not None:
            found[code] = _Described(item.label, _place(form, item), _item_texts(form, item))
    return found


def _item_texts(form: Form, item: Question | Register) -> dict[str, str]:
    texts = {
        "ข้อความ": item.label,
        "คำอธิบาย": item.hint,
        "ที่อยู่ในแบบ": _place(form, item),
        "การตอบ": wording.required_name(item, form) or "ไม่บังคับ",
        "ถามเมื่อ": " และ ".join(
            wording.sentence(gate, form, item.code) for gate in (*item.gates, item.relevant) if gate is not None
        ),
        "ประเภท อปท. ที่ตอบ": wording.applies_name(item) or "ทุกประเภท",
        "เชื่อมโยงจากระบบ": item.linked,
    }
    return texts | _question_texts(form, item) if isinstance(item, Question) else texts


def _question_texts(form: Form, question: Question) -> dict[str, str]:
    constraint, message, computed = question.constraint, question.constraint_message, question.calculation
    return {
        "ชนิด": wording.type_name(question),
        "หน่วย": question.unit,
        "ตัวเลือก": " · ".join(f"{label} ({slug})" for slug, label in question.choices.labels.items())
        if question.choices
        else "",
        "ต้องเป็นจริง": wording.sentence(constraint, form, question.code) if constraint else "",
        "ถ้าไม่จริงจะแจ้งว่า": wording.message_text(message, form) if message else "",
        "คำนวณจาก": wording.sentence(computed, form, question.code) if computed else "",
        "เทียบกับปีก่อน": _yes(question.compares_last_year),
        "ข้อมูลเปิด": _yes(question.open_data),
        "ข้อมูลส่วนบุคคล": _yes(question.personal),
        "ปิดจำนวนน้อย": _yes(question.sensitive),
    }


def _rules(form: Form) -> dict[str, _Described]:
    return {rule.code: _described_rule(form, rule) for rule in form.rules.values()}


def _described_rule(form: Form, rule: Rule) -> _Described:
    message = wording.message_text(rule.message, form)
    texts = {
        "อยู่ที่คำถาม": form.label_of(rule.question),
        "กฎ": wording.rule_sentence(rule, form),
        "ความหนัก": wording.SEVERITIES[rule.severity],
        "ข้อความแจ้ง": message,
    }
    return _Described(message, form.label_of(rule.question), texts)


def _place(form: Form, item: Question | Register) -> str:
    sheet = form.sheets[item.sheet]
    place = f"{sheet.label} › {sheet.sections[item.section].label}"
    register = form.registers.get(getattr(item, "register", None) or "")
    return f"{place} › {register.label}" if register and register.label not in place else place


def _yes(holds: bool) -> str:
    return "ใช่" if holds else "ไม่ใช่"
