"""What changed between two revisions of a sheet: old, new, who (DESIGN §4: an amendment's certifier sees what changed)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from localgov.filings import document, showing
from localgov.filings.models import RegisterRow, Sheet
from localgov.forms.engine.model import Form, Section

NOT_ANSWERED = "ยังไม่ตอบ"


@dataclass(frozen=True)
class Revision:
    """A sheet revision with its register rows in order."""

    sheet: Sheet
    rows: Sequence[RegisterRow]


@dataclass(frozen=True)
class Difference:
    """One changed answer, or a row that came or went (`what`). `by` is the account that wrote the new value, if known."""

    label: str
    place: str
    what: str
    old: str
    new: str
    by: int | None


def differences(form: Form, *, before: Revision, after: Revision) -> tuple[Difference, ...]:
    """Every difference between two revisions of the same sheet, in the form's reading order."""
    found: list[Difference] = []
    for section in form.sheets[after.sheet.section].sections.values():
        found.extend(_section(form, section, before, after))
    return tuple(found)


def _section(form: Form, section: Section, before: Revision, after: Revision) -> Iterator[Difference]:
    codes = [section.register.code] if section.register else list(section.questions)
    yield from _answers(form, codes, before.sheet.answers, after.sheet.answers)
    if section.register:
        yield from _rows(form, section.register.code, before.rows, after.rows)


def _answers(
    form: Form, codes: Iterable[str], old: Mapping[str, Any], new: Mapping[str, Any], place: str = ""
) -> Iterator[Difference]:
    for code in codes:
        was, now = _text(form, code, old.get(code)), _text(form, code, new.get(code))
        if was != now:
            by = (new.get(code) or {}).get("by")
            yield Difference(form.label_of(code), place, "", was or NOT_ANSWERED, now or NOT_ANSWERED, by)


def _rows(form: Form, register: str, old: Sequence[RegisterRow], new: Sequence[RegisterRow]) -> Iterator[Difference]:
    before = {row.row_id: row for row in old if row.register == register}
    after = {row.row_id: row for row in new if row.register == register}
    label = form.label_of(register)
    for number, (row_id, row) in enumerate(after.items(), start=1):
        place = f"{label} แถวที่ {number}"
        if row_id not in before:
            yield Difference(label, f"แถวที่ {number}", "เพิ่มแถว", "", _row_text(form, row), _writer(row))
        else:
            yield from _answers(form, form.registers[register].columns, before[row_id].values, row.values, place)
    for row_id, row in before.items():
        if row_id not in after:
            yield Difference(label, "", "ลบแถว", _row_text(form, row), "", None)


def _text(form: Form, code: str, stored: Mapping[str, Any] | None) -> str:
    return showing.any_text(form, code, document.to_answer(stored)) if document.is_answered(stored) else ""


def _row_text(form: Form, row: RegisterRow) -> str:
    return showing.row_text(form, row.register, document.row_answers(row.values))


def _writer(row: RegisterRow) -> int | None:
    return next((stored["by"] for stored in row.values.values() if stored.get("by")), None)
