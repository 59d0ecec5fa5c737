"""What a question code means, for ever: its type with kind, its unit, its register. Labels may change, a meaning never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from localgov.forms.engine.model import Form, Question
from localgov.forms.engine.problems import Problem
from localgov.forms.engine.source import RawRow

REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`data_type` is the XLSForm type and our kind (`decimal:money`), `unit` the Thai unit, `register` the code around a column."""

    data_type: str
    unit: str = ""
    register: str = ""


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A code that some version used before; `retired` when a later version left it out."""

    meaning: Meaning
    retired: bool


def meanings(form: Form) -> dict[str, Meaning]:
    """The meaning of every question, column and register of a form."""
    found = {code: _meaning(question) for code, question in form.questions.items()}
    return found | {code: Meaning(REGISTER) for code in form.registers}


def conflicts(form: Form, known: Mapping[str, KnownCode]) -> list[Problem]:
    """Codes that the form would give another meaning, or that were retired, each on its row of the survey."""
    rows = {row.get("name"): row for row in form.source.survey if not row.get("type").startswith("end")}
    return [
        problem
        for code, meaning in meanings(form).items()
        if code in known
        for problem in _of_code(code, meaning, known[code], rows[code])
    ]


def _of_code(code: str, meaning: Meaning, before: KnownCode, row: RawRow) -> Iterator[Problem]:
    if before.retired:
        yield row.problem("name", f"รหัส “{code}” เลิกใช้ไปแล้ว นำกลับมาใช้ไม่ได้ ตั้งรหัสใหม่")
        return
    was = before.meaning
    advice = "ถ้าเป็นคำถามใหม่ให้ตั้งรหัสใหม่ และเลิกใช้รหัสเดิม"
    if meaning.data_type != was.data_type:
        column = "kind" if meaning.data_type.split(":")[0] == was.data_type.split(":")[0] else "type"
        message = f"รหัส “{code}” เป็น {was.data_type} มาก่อน เปลี่ยนเป็น {meaning.data_type} ไม่ได้ {advice}"
        yield row.problem(column, message)
    if meaning.unit != was.unit:
        message = f"รหัส “{code}” ใช้หน่วย {_or_none(was.unit)} มาก่อน เปลี่ยนเป็น {_or_none(meaning.unit)} ไม่ได้ {advice}"
        yield row.problem("unit", message)
    if meaning.register != was.register:
        message = f"รหัส “{code}” อยู่ใน{_place(was.register)}มาก่อน ย้ายไป{_place(meaning.register)}ไม่ได้ {advice}"
        yield row.problem("name", message)


def _meaning(question: Question) -> Meaning:
    kind = f":{question.kind.value}" if question.kind.value else ""
    return Meaning(f"{question.type.value}{kind}", question.unit, question.register or "")


def _or_none(unit: str) -> str:
    return f"“{unit}”" if unit else "(ไม่มีหน่วย)"


def _place(register: str) -> str:
    return f"ทะเบียน {register} " if register else "คำถามทั่วไป (นอกทะเบียน) "
