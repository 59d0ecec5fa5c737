"""The changes of an amendment in words: old, new, who, why (DESIGN §4: an amendment's certifier sees what changed)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from localgov.certification.changes import Body, Change
from localgov.filings import showing
from localgov.forms.engine.model import Form, Question, QuestionType

NOT_ANSWERED = "ยังไม่ตอบ"
_ROW_WORDS = {"add": "เพิ่มแถว", "delete": "ลบแถว"}


@dataclass(frozen=True)
class Difference:
    """One changed answer, or a row that came or went (`what`); `note` is the reason given beside the new value.

    `figures`: old and new are numbers or dates, which paper writes in Thai digits.
    """

    label: str
    place: str
    what: str
    old: str
    new: str
    who: str
    note: str
    figures: bool = False


def differences(form: Form, body: Body) -> tuple[Difference, ...]:
    """The changes that an amending text carries; none for a first revision, or a text older than its `amends`."""
    amends = body.get("amends") or {"changes": ()}
    numbers = {row["id"]: number for rows in body["registers"].values() for number, row in enumerate(rows, start=1)}
    return tuple(_difference(form, change, numbers) for change in amends["changes"])


def _difference(form: Form, change: Change, numbers: Mapping[str, int]) -> Difference:
    who = (change.get("by") or {}).get("name", "")
    code, row = change["question"], str(change.get("row", ""))
    number = f"แถวที่ {numbers[row]}" if row in numbers else ""
    if "op" in change:
        old, new = (_row_text(form, code, change[side]) for side in ("old", "new"))
        return Difference(form.label_of(code), number, _ROW_WORDS[change["op"]], old, new, who, "")
    place = f"{form.label_of(change['register'])} {number}" if row else ""
    note = (change["new"] or {}).get("note", "")
    old, new = (_text(form, code, change[side]) for side in ("old", "new"))
    what, question = "แก้เหตุผล" if old == new else "", form.questions.get(code)
    figures = question is not None and in_figures(question)
    return Difference(form.label_of(code), place, what, old, new, who, note, figures)


def in_figures(question: Question) -> bool:
    """Whether its answers are written in digits alone: numbers, years, dates. Telephone numbers and codes are copied."""
    return question.type in (QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.DATE)


def _text(form: Form, code: str, entry: Mapping[str, Any] | None) -> str:
    return showing.any_text(form, code, entry["value"]) if entry else NOT_ANSWERED


def _row_text(form: Form, register: str, cells: Mapping[str, Mapping[str, Any]] | None) -> str:
    values: Iterable[tuple[str, Any]] = ((code, entry["value"]) for code, entry in (cells or {}).items())
    return showing.row_text(form, register, dict(values))
