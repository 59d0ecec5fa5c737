"""What changed between two versions of a form, for the person who decides on publishing (by code, never by position)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from localgov.forms import wording
from localgov.forms.engine.model import Expression, Form, Question, Register, Rule


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
class _Said:
    """A text as it is shown, and what decides whether it changed (a label inside a sentence may change without it)."""

    shown: str
    meant: str


@dataclass(frozen=True)
class _Described:
    """An item as texts that can be compared, by Thai heading."""

    label: str
    place: str
    texts: Mapping[str, _Said]


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


def _fields(before: Mapping[str, _Said], after: Mapping[str, _Said]) -> tuple[FieldChange, ...]:
    nothing = _Said("", "")
    pairs = (
        (heading, before.get(heading, nothing), after.get(heading, nothing))
        for heading in dict.fromkeys((*before, *after))
    )
    return tuple(FieldChange(heading, was.shown, now.shown) for heading, was, now in pairs if was.meant != now.meant)


def _items(form: Form) -> dict[str, _Described]:
    found = {}
    for code in form.position:
        item = form.item(code)
        if item is not None:
            found[code] = _Described(item.label, _place(form, item), _item_texts(form, item))
    return found


def _item_texts(form: Form, item: Question | Register) -> dict[str, _Said]:
    required = "" if isinstance(item.required, bool) else item.required.text
    place = _place(form, item)
    texts = {
        "ข้อความ": _plain(item.label),
        "คำอธิบาย": _plain(item.hint),
        "ที่อยู่ในแบบ": _Said(place, f"{item.sheet} {item.section} {getattr(item, 'register', None) or ''}"),
        "การตอบ": _Said(wording.required_name(item, form) or "ไม่บังคับ", f"{item.required is True} {required}"),
        "ถามเมื่อ": _said(form, item.code, *item.gates, item.relevant),
        "ประเภท อปท. ที่ตอบ": _plain(wording.applies_name(item) or "ทุกประเภท"),
        "เชื่อมโยงจากระบบ": _plain(item.linked),
    }
    return texts | _question_texts(form, item) if isinstance(item, Question) else texts


def _question_texts(form: Form, question: Question) -> dict[str, _Said]:
    message, choices = question.constraint_message, question.choices.labels if question.choices else {}
    return {
        "ชนิด": _plain(wording.type_name(question)),
        "หน่วย": _plain(question.unit),
        "ตัวเลือก": _plain(" · ".join(f"{label} ({slug})" for slug, label in choices.items())),
        "ต้องเป็นจริง": _said(form, question.code, question.constraint),
        "ถ้าไม่จริงจะแจ้งว่า": _Said(wording.message_text(message, form), message.text) if message else _plain(""),
        "คำนวณจาก": _said(form, question.code, question.calculation),
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
        "อยู่ที่คำถาม": _Said(form.label_of(rule.question), rule.question),
        "กฎ": _Said(
            wording.rule_sentence(rule, form), f"{rule.when.text if rule.when else ''} ⇒ {rule.expression.text}"
        ),
        "ความหนัก": _plain(wording.SEVERITIES[rule.severity]),
        "ข้อความแจ้ง": _Said(message, rule.message.text),
    }
    return _Described(message, form.label_of(rule.question), texts)


def _said(form: Form, own: str, *expressions: Expression | None) -> _Said:
    """Expressions in words, compared as they are written."""
    written = [one for one in expressions if one is not None]
    return _Said(
        " และ ".join(wording.sentence(one, form, own) for one in written), " and ".join(one.text for one in written)
    )


def _plain(text: str) -> _Said:
    return _Said(text, text)


def _place(form: Form, item: Question | Register) -> str:
    sheet = form.sheets[item.sheet]
    place = f"{sheet.label} › {sheet.sections[item.section].label}"
    register = form.registers.get(getattr(item, "register", None) or "")
    return f"{place} › {register.label}" if register and register.label not in place else place


def _yes(holds: bool) -> _Said:
    return _plain("ใช่" if holds else "ไม่ใช่")
