"""A letter composed: every word of one letter in its place, in Thai digits, for the PDF, the Word file and the page alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from localgov.lib.numbers import format_number
from localgov.lib.thai_calendar import (
    MONTHS_LONG,
    bangkok_date,
    be_year,
    format_date_long,
    format_datetime,
    last_day_before,
)
from localgov.monitoring.selectors.lagging import Cause
from localgov.organisations import areas
from localgov.reports import wording
from localgov.reports.kinds import LetterKind, Numbering, PaperForm
from localgov.reports.models import Letter, LetterRun
from localgov.reports.wording import thai

_PEN: Final = "." * 12
_SIGNED: Final = "." * 56
_DEMO: Final = "ข้อมูลสาธิต ไม่ใช่หนังสือราชการจริง"
#: A flat list of so many fits one page in two halves, of more than the other in smaller type.
_MOST_HALVES, _MOST_WIDE = 76, 40


@dataclass(frozen=True)
class Item:
    """One numbered line of a list."""

    number: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Lines under one heading, empty for a list without headings."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Enclosure:
    """The enclosed list: `halves` puts its one group in two columns of one page, `dense` in smaller type."""

    title: str
    lead: tuple[str, ...]
    groups: tuple[Group, ...]
    total: str
    halves: bool
    dense: bool


@dataclass(frozen=True)
class Composition:
    """One letter; `closing` is empty on a memorandum. Empty words and rows are not printed."""

    form: PaperForm
    title: str
    demo: str
    urgency: str
    number: str
    agency: str
    address: tuple[str, ...]
    date: str
    subject: str
    to: str
    references: tuple[str, ...]
    enclosures: tuple[str, ...]
    paragraphs: tuple[str, ...]
    closing: str
    signature: tuple[str, ...]
    contact: tuple[str, ...]
    list: Enclosure | None


def compose(run: LetterRun, letter: Letter, *, is_demo: bool) -> Composition:
    """The letter as it is printed; the run's round is loaded. Works on rows that are not saved yet, for the preview."""
    kind, head = LetterKind(run.kind), run.letterhead
    values = field_values(run, letter)
    is_memo = kind.form is PaperForm.MEMO
    contact = _contact(head)
    number = number_of(run, letter)
    return Composition(
        form=kind.form,
        title=f"{wording.fill(run.subject, values)} ({letter.addressee_name})",
        demo=_DEMO if is_demo else "",
        urgency=run.urgency,
        number=number or _PEN,
        agency=" ".join((thai(head["agency"]), *contact)) if is_memo else thai(head["agency"]),
        address=tuple(_lines(thai(f"{head['agency']}\n{head['address']}"))),
        date=date_of(run),
        subject=thai(wording.fill(run.subject, values)),
        to=thai(letter.addressee),
        references=tuple(_lines(thai(run.references))),
        enclosures=() if kind.to_unit else (f"{_list_name(kind)} จำนวน ๑ ชุด",),
        paragraphs=tuple(thai(part) for part in wording.paragraphs(wording.fill(run.body, values))),
        closing="" if is_memo else "ขอแสดงความนับถือ",
        signature=(f"({run.signer_name or _SIGNED})", *_lines(thai(head["signer_position"]))),
        contact=() if is_memo else contact,
        list=None if kind.to_unit else _enclosure(run, letter, kind, number),
    )


def field_values(run: LetterRun, letter: Letter) -> dict[str, str]:
    """What each field of a template becomes in this letter; those without a meaning in it are left out."""
    kind, first = LetterKind(run.kind), letter.units[0]
    values = {
        "สำนักงาน": run.letterhead["agency"],
        "ผู้รับ": letter.addressee,
        "จำนวน": format_number(letter.unit_count),
        "วันที่ครบกำหนด": format_date_long(run.finish_by),
        "วันที่ข้อมูล": _clock(run.as_of),
        "ปีงบประมาณ": str(run.fiscal_year_be),
    }
    if run.round is not None:
        values["แบบข้อมูล"] = run.round.title
        values["กำหนดของรอบ"] = format_date_long(last_day_before(run.round.due_at))
    if kind is LetterKind.PROVINCES:
        values["จำนวนจังหวัด"] = format_number(len({unit["province"] for unit in letter.units}))
    else:
        values["จังหวัด"] = areas.province_name(first["province"])
    if kind is LetterKind.DISTRICT:
        values["อำเภอ"] = areas.district_name(letter.path.split(".")[2])
    if kind.to_unit:
        values["อำเภอ"] = areas.district_name(first["district"])
        values["หน่วยงาน"], values["สถานะ"] = first["full_name"], first["done"]
    return values


def number_of(run: LetterRun, letter: Letter) -> str:
    """ปจ ๐๐๒๓.๓/ว ๑๒๓; with a blank for the pen where there is no number; empty without a prefix too."""
    prefix = thai(run.number_prefix)
    if not letter.number:
        return f"{prefix}{_PEN}" if prefix else ""
    circular = "ว " if run.numbering == Numbering.SAME and not prefix.rstrip().endswith("ว") else ""
    gap = " " if prefix.endswith("ว") else ""
    return f"{prefix}{gap}{circular}{thai(letter.number)}"


def date_of(run: LetterRun) -> str:
    """๒๑ พฤศจิกายน ๒๕๖๙, or the month alone with room for the day."""
    if run.letter_date is not None:
        return format_date_long(run.letter_date, thai_digits=True)
    day: date = bangkok_date(run.at)
    return thai(f"{_PEN} {MONTHS_LONG[day.month - 1]} {be_year(day.year)}")


def _contact(head: dict[str, Any]) -> tuple[str, ...]:
    """The office that answers: its name, telephone and e-mail, of those that are given."""
    rows = (
        thai(head["section"]),
        f"โทร. {thai(head['telephone'])}" if head["telephone"] else "",
        f"ไปรษณีย์อิเล็กทรอนิกส์ {head['email']}" if head["email"] else "",
    )
    return tuple(row for row in rows if row)


def _clock(moment: datetime) -> str:
    """On letters a point stands between hours and minutes."""
    return format_datetime(moment).replace(":", ".")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _list_name(kind: LetterKind) -> str:
    return "บัญชีรายชื่อจังหวัด" if kind is LetterKind.PROVINCES else "บัญชีรายชื่อองค์กรปกครองส่วนท้องถิ่น"


def _enclosure(run: LetterRun, letter: Letter, kind: LetterKind, number: str) -> Enclosure:
    lack = wording.lack_of(cause=run.cause, cause_label=Cause(run.cause).label)
    what = f"{_list_name(kind)}{'ที่มีองค์กรปกครองส่วนท้องถิ่น' if kind is LetterKind.PROVINCES else 'ที่'}{lack}"
    count = format_number(letter.unit_count)
    total = f"รวมทั้งสิ้น {count} แห่ง"
    if kind is LetterKind.PROVINCES:
        groups = _provinces(letter.units)
        total = f"รวม {len(groups[0].items)} จังหวัด องค์กรปกครองส่วนท้องถิ่น {count} แห่ง"
    else:
        groups = _units(letter.units, by_district=kind is LetterKind.PROVINCE)
    lines = sum(len(group.items) for group in groups) + sum(2 for group in groups if group.label)
    paper = "บันทึกข้อความ" if kind.form is PaperForm.MEMO else "หนังสือ"
    attached = [f"แนบ{paper} ที่ {number} ลงวันที่ {date_of(run)}"] if letter.number and run.letter_date else []
    where = [_where(letter, kind)] if kind is not LetterKind.PROVINCES else []
    return Enclosure(
        title=thai(wording.fill(what, field_values(run, letter))),
        lead=(*where, thai(f"ข้อมูล ณ วันที่ {_clock(run.as_of)}"), *attached),
        groups=groups,
        total=thai(total),
        halves=len(groups) == 1 and not groups[0].label and lines <= _MOST_HALVES,
        dense=lines > _MOST_WIDE,
    )


def _where(letter: Letter, kind: LetterKind) -> str:
    province = areas.province_name(letter.units[0]["province"])
    return f"{letter.addressee_name} จังหวัด{province}" if kind is LetterKind.DISTRICT else f"จังหวัด{province}"


def _provinces(units: Sequence[dict[str, Any]]) -> tuple[Group, ...]:
    counts: dict[str, int] = {}
    for unit in units:
        counts[unit["province"]] = counts.get(unit["province"], 0) + 1
    items = (
        Item(thai(f"{number}."), f"จังหวัด{areas.province_name(code)}", thai(f"{format_number(count)} แห่ง"))
        for number, (code, count) in enumerate(counts.items(), start=1)
    )
    return (Group("", tuple(items)),)


def _units(units: Sequence[dict[str, Any]], *, by_district: bool) -> tuple[Group, ...]:
    """Numbered through; what every unit has in common is not said of each."""
    differ = len({unit["done"] for unit in units}) > 1
    grouped: dict[str, list[Item]] = {}
    for number, unit in enumerate(units, start=1):
        label = f"อำเภอ{areas.district_name(unit['district'])}" if by_district else ""
        note = thai(unit["done"]) if differ else ""
        grouped.setdefault(label, []).append(Item(thai(f"{number}."), thai(unit["name"]), note))
    return tuple(Group(label, tuple(items)) for label, items in grouped.items())
