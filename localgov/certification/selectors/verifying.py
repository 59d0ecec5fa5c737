"""Checking every certificate anew: the kept text against its hash, its columns, its sheet, its step and the other level's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from localgov.certification.models import Certificate, Level
from localgov.filings import document
from localgov.filings.models import RegisterRow, Sheet, StepTaken
from localgov.filings.states import CERTIFIED, Action, Status
from localgov.forms import selectors as forms
from localgov.forms.engine.model import Form, Question, Register
from localgov.lib.canonical import canonical_bytes, read_canonical, sha256_hex

#: Sheets that are read at once, with their certificates, rows and steps: four queries a chunk.
CHUNK = 500
_ACTIONS = {Level.UNIT: Action.CERTIFY_LAO, Level.PROVINCE: Action.CERTIFY_PROVINCE}


@dataclass(frozen=True)
class Problem:
    """One thing that does not agree. `certificate` is blank where a certificate is missing."""

    certificate: str
    unit: str
    fiscal_year: int
    section: str
    words: str


@dataclass(frozen=True)
class Checked:
    """What was found in one chunk of sheets."""

    sheets: int
    certificates: int
    problems: tuple[Problem, ...]


def certificates_checked(*, province_code: str = "", fiscal_year: int | None = None) -> Iterator[Checked]:
    """Check every certificate of the country, a province or a year, a chunk of sheets at a time.

    An answer that the text lacks is noticed where its question is always asked; one whose question depends on others may
    rightly be left out.
    """
    sheets = _sheets(province_code=province_code, fiscal_year=fiscal_year)
    last = 0
    while chunk := list(sheets.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield _chunk(chunk)


def _sheets(*, province_code: str, fiscal_year: int | None) -> QuerySet[Sheet]:
    """Sheets that have a certificate, or whose status says that they should."""
    has_one = Exists(Certificate.objects.filter(sheet=OuterRef("pk")))
    found = Sheet.objects.filter(has_one) | Sheet.objects.filter(status__in=CERTIFIED)
    if province_code:
        found = found.filter(filing__roster_entry__province_code=province_code)
    if fiscal_year is not None:
        found = found.filter(filing__round__fiscal_year_be=fiscal_year)
    entry, round = "filing__roster_entry", "filing__roster_entry__round"
    needed = ["section", "revision", "status", "answers", "verifier_id", "filing__id"]
    needed += [f"{entry}__{field}" for field in ("code", "full_name", "unit_type", "province_code", "district_code")]
    needed += [f"{round}__fiscal_year_be", f"{round}__form_version__sha256"]
    return found.select_related(f"{round}__form_version").only(*needed).order_by("pk")


def _chunk(sheets: Sequence[Sheet]) -> Checked:
    keys = [sheet.pk for sheet in sheets]
    certificates = _by_sheet(
        Certificate.objects.filter(sheet__in=keys)
        .select_related("lapse")
        .defer("declaration")
        .order_by("sheet_id", "pk")
    )
    rows = _by_sheet(RegisterRow.objects.filter(sheet__in=keys).order_by("register", "position", "id"))
    steps = set(
        StepTaken.objects.filter(sheet__in=keys, action__in=_ACTIONS.values()).values_list(
            "sheet_id", "action", "actor_id", "at"
        )
    )
    problems: list[Problem] = []
    for sheet in sheets:
        check = _SheetCheck(sheet, rows.get(sheet.pk, []), steps)
        for number, words in check.problems(certificates.get(sheet.pk, [])):
            entry = sheet.filing.roster_entry
            problems.append(Problem(number, entry.code, entry.round.fiscal_year_be, sheet.section, words))
    count = sum(len(found) for found in certificates.values())
    return Checked(len(sheets), count, tuple(problems))


def _by_sheet(found: QuerySet[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for one in found:
        grouped.setdefault(one.sheet_id, []).append(one)
    return grouped


class _SheetCheck:
    """The check of one sheet revision with all its certificates."""

    def __init__(self, sheet: Sheet, rows: Sequence[RegisterRow], steps: set[tuple[Any, ...]]) -> None:
        self.sheet, self.rows, self.steps = sheet, rows, steps
        self.entry = sheet.filing.roster_entry
        self.form = forms.compiled(self.entry.round.form_version_id)
        self.read: dict[str, tuple[str, ...]] = {}

    def problems(self, certificates: Sequence[Certificate]) -> Iterator[tuple[str, str]]:
        """Each problem with the number of its certificate."""
        of_unit: Certificate | None = None
        for certificate in certificates:
            if certificate.level == Level.UNIT:
                of_unit = certificate
            yield from ((certificate.number, words) for words in self._one(certificate, of_unit))
        standing = {one.level for one in certificates if not hasattr(one, "lapse")}
        for level in self._levels() - standing:
            yield "", f"สถานะของด้านนี้คือ “{self.sheet.get_status_display()}” แต่ไม่มีใบรับรอง{Level(level).label}ที่มีผล"
        for level in standing - self._levels():
            yield "", f"มีใบรับรอง{Level(level).label}ที่มีผล แต่สถานะของด้านนี้คือ “{self.sheet.get_status_display()}”"

    def _levels(self) -> set[str]:
        """The levels whose certificates must stand in this status."""
        if self.sheet.status == Status.CERTIFIED_PROVINCE:
            return {Level.UNIT, Level.PROVINCE}
        return {Level.UNIT} if self.sheet.status == Status.CERTIFIED_LAO else set()

    def _one(self, certificate: Certificate, of_unit: Certificate | None) -> Iterator[str]:
        if sha256_hex(certificate.snapshot.encode()) != certificate.sha256:
            yield "SHA-256 ของข้อความที่เก็บไว้ไม่ตรงกับค่าที่ลงนาม"
        if certificate.level == Level.PROVINCE:
            if of_unit is None:
                yield "จังหวัดรับรองโดยไม่มีใบรับรองระดับ อปท."
            elif of_unit.sha256 != certificate.sha256:
                yield f"SHA-256 ไม่ตรงกับใบรับรองระดับ อปท. เลขที่ {of_unit.number}"
        action = _ACTIONS[Level(certificate.level)]
        if (self.sheet.pk, action, certificate.signer_id, certificate.at) not in self.steps:
            yield "ไม่พบขั้นตอนการรับรองของผู้ลงนามคนนี้ในเวลานั้น"
        # The province signs the unit's very text: it is read once.
        if certificate.snapshot not in self.read:
            self.read[certificate.snapshot] = tuple(self._text(certificate.snapshot))
        yield from self.read[certificate.snapshot]

    def _text(self, text: str) -> Iterator[str]:
        """What the text says of the sheet, against the sheet."""
        try:
            body = read_canonical(text)
        except ValueError:
            yield "ข้อความที่เก็บไว้ไม่ใช่ JSON ในรูปมาตรฐาน"
            return
        version = self.entry.round.form_version
        said = {
            "หน่วยงาน": (body["unit"]["code"], self.entry.code),
            "ชื่อหน่วยงาน": (body["unit"]["name"], self.entry.full_name),
            "ประเภทหน่วยงาน": (body["unit"]["type"], self.entry.unit_type),
            "อำเภอ": (body["unit"]["district"], self.entry.district_code),
            "จังหวัด": (body["unit"]["province"], self.entry.province_code),
            "ปีงบประมาณ": (body["fiscal_year"], self.entry.round.fiscal_year_be),
            "ด้าน": (body["sheet"]["code"], self.sheet.section),
            "ฉบับที่": (body["revision"], self.sheet.revision),
            "แบบข้อมูล": (body["form"]["sha256"], version.sha256),
            "ผู้ตรวจสอบ": (_account(body["people"]["verifier"]), self.sheet.verifier_id),
        }
        yield from (f"{name}ในข้อความไม่ตรงกับฐานข้อมูล" for name, (one, other) in said.items() if one != other)
        yield from self._answers(body)
        yield from self._registers(body)

    def _answers(self, body: Mapping[str, Any]) -> Iterator[str]:
        answers = self.sheet.answers
        for code, entry in body["answers"].items():
            if not _same(entry, answers.get(code)):
                yield f"คำตอบ “{self.form.label_of(code)}” ในข้อความไม่ตรงกับที่เก็บไว้"
        for code in _always_asked(self.form, self.sheet.section, self.entry.unit_type):
            if code not in body["answers"] and document.is_answered(answers.get(code)):
                yield f"คำตอบ “{self.form.label_of(code)}” ที่เก็บไว้ไม่มีในข้อความ"

    def _registers(self, body: Mapping[str, Any]) -> Iterator[str]:
        kept: dict[str, list[RegisterRow]] = {}
        for row in self.rows:
            kept.setdefault(row.register, []).append(row)
        for register, said in body["registers"].items():
            rows = kept.get(register, [])
            if [row["id"] for row in said] != [str(row.row_id) for row in rows]:
                yield f"แถวของ “{self.form.label_of(register)}” ในข้อความไม่ตรงกับที่เก็บไว้"
                continue
            for number, (one, row) in enumerate(zip(said, rows, strict=True), start=1):
                if not all(_same(entry, row.values.get(code)) for code, entry in one["values"].items()):
                    yield f"“{self.form.label_of(register)}” แถวที่ {number} ในข้อความไม่ตรงกับที่เก็บไว้"
        always = _always_asked(self.form, self.sheet.section, self.entry.unit_type)
        for register in kept:
            if register in always and register not in body["registers"]:
                yield f"แถวของ “{self.form.label_of(register)}” ที่เก็บไว้ไม่มีในข้อความ"


def _account(verifier: Any) -> int | None:
    """The verifier's account; the first format wrote the number alone."""
    found: int | None = verifier["id"] if isinstance(verifier, dict) else verifier
    return found


def _same(entry: Mapping[str, Any], stored: Mapping[str, Any] | None) -> bool:
    """Whether a text's entry is the stored answer."""
    if not document.is_answered(stored):
        return False
    answer = document.to_answer(stored)
    if entry["value"] != answer and canonical_bytes(entry["value"]) != canonical_bytes(answer):
        return False
    note = (stored or {}).get("note") or None
    return entry.get("note") == note or canonical_bytes(entry.get("note")) == canonical_bytes(note)


@lru_cache(maxsize=512)
def _always_asked(form: Form, section: str, unit_type: str) -> frozenset[str]:
    """Codes of a sheet's questions and registers that a type of unit is asked whatever it answers."""
    items: list[Question | Register] = []
    for part in form.sheets[section].sections.values():
        items += [part.register] if part.register else part.questions.values()
    return frozenset(
        item.code
        for item in items
        if item.relevant is None and not item.gates and not item.linked and unit_type in item.applies_to
    )
