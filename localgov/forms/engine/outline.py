"""The first reading of the survey sheet: which group, register and question stands where, with every cell's own faults."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from localgov.forms.engine.model import ROSTER_CODES, UNIT_TYPES, Kind, QuestionType
from localgov.forms.engine.problems import Problem
from localgov.forms.engine.source import RawRow

_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_KIND_TYPES = {
    Kind.MONEY: QuestionType.DECIMAL,
    Kind.YEAR_BE: QuestionType.INTEGER,
    Kind.PHONE: QuestionType.TEXT,
    Kind.EMAIL: QuestionType.TEXT,
    Kind.URL: QuestionType.TEXT,
    Kind.TAMBON: QuestionType.TEXT,
    Kind.BOOLEAN: QuestionType.SELECT_ONE,
}
_WORDS = {
    "last_year": ("no",),
    "pii": ("personal", "none"),
    "open_data": ("yes", "no"),
    "sensitive": ("yes", "no"),
}
_GROUP_COLUMNS = frozenset({"type", "name", "label", "hint", "required", "relevant", "applies_to", "linked"})
DEFAULT_DECIMALS = 2
MAX_DECIMALS = 6


class Level(StrEnum):
    """What a group of the survey is to us."""

    SHEET = "sheet"
    SECTION = "section"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A group or repeat: its row, its level, the groups around it (outermost first), its limits with theirs."""

    row: RawRow
    code: str
    level: Level
    around: tuple[GroupDraft, ...]
    applies_to: frozenset[str]
    linked: str


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question before its expressions are read."""

    row: RawRow
    code: str
    type: QuestionType
    kind: Kind
    list_name: str
    decimals: int
    around: tuple[GroupDraft, ...]
    applies_to: frozenset[str]
    linked: str

    @property
    def register(self) -> str | None:
        """The code of the register it is a column of."""
        return self.around[-1].code if self.around[-1].level is Level.REGISTER else None


@dataclass(slots=True)
class Outline:
    """All groups and questions of a survey in order; filled by `read_outline`."""

    groups: list[GroupDraft] = field(default_factory=list)
    questions: list[QuestionDraft] = field(default_factory=list)


def read_outline(rows: Iterable[RawRow], problems: list[Problem]) -> Outline:
    """The survey's groups and questions; faults are added to `problems` and the row is left out."""
    reader = _OutlineReader(problems)
    for row in rows:
        reader.take(row)
    reader.finish()
    return reader.outline


class _OutlineReader:
    """Walks the rows with the stack of open groups."""

    def __init__(self, problems: list[Problem]) -> None:
        self.outline = Outline()
        self.problems = problems
        self.open: list[GroupDraft] = []
        self.codes: dict[str, RawRow] = {}

    def refuse(self, row: RawRow, column: str, message: str) -> None:
        self.problems.append(row.problem(column, message))

    def take(self, row: RawRow) -> None:
        written = " ".join(row.get("type").replace("_", " ", 1).split()) if row.get("type") else ""
        match written:
            case "begin group" | "begin repeat":
                self._begin(row, is_repeat=written == "begin repeat")
            case "end group" | "end repeat":
                self._end(row, is_repeat=written == "end repeat")
            case "":
                self.refuse(row, "type", "ต้องบอกชนิดของคำถาม เช่น integer")
            case _:
                self._question(row)

    def finish(self) -> None:
        for group in self.open:
            kind = "repeat" if group.level is Level.REGISTER else "group"
            self.refuse(group.row, "type", f"begin {kind} “{group.code}” ยังไม่มี end {kind}")

    def _begin(self, row: RawRow, *, is_repeat: bool) -> None:
        code = self._code(row) or f"?{row.file}:{row.row}"
        level = Level.REGISTER if is_repeat else Level.SHEET if not self.open else Level.SECTION
        if is_repeat and len(self.open) != 1:
            self.refuse(row, "type", "ทะเบียน (begin repeat) ต้องอยู่ใต้ด้าน (group ชั้นที่ 1) โดยตรง")
        if not is_repeat and len(self.open) > 1:
            self.refuse(row, "type", "กลุ่มซ้อนได้ 2 ชั้นเท่านั้น: ด้าน แล้วส่วน")
        for column in row.cells:
            if column not in _GROUP_COLUMNS:
                self.refuse(row, column, f"กลุ่มและทะเบียนไม่ใช้คอลัมน์ {column}")
        if not is_repeat and row.get("required"):
            self.refuse(row, "required", "กลุ่มไม่มี required ใส่ที่คำถามแต่ละข้อ")
        self._label(row)
        parent = self.open[-1] if self.open else None
        applies_to = self._applies_to(row, parent)
        linked = row.get("linked") or (parent.linked if parent else "")
        group = GroupDraft(row, code, level, tuple(self.open), applies_to, linked)
        self.open.append(group)
        self.outline.groups.append(group)

    def _end(self, row: RawRow, *, is_repeat: bool) -> None:
        if not self.open:
            self.refuse(row, "type", f"{row.get('type')} ไม่มี begin ที่เข้าคู่กัน")
            return
        group = self.open.pop()
        if (group.level is Level.REGISTER) is not is_repeat:
            expected = "end repeat" if group.level is Level.REGISTER else "end group"
            self.refuse(row, "type", f"ต้องเป็น {expected} เพื่อปิด “{group.code}”")

    def _question(self, row: RawRow) -> None:
        code = self._code(row)
        self._label(row)
        self._words(row)
        if len(self.open) != 2:
            self.refuse(row, "name", "คำถามต้องอยู่ในส่วน (group ชั้นที่ 2) หรือในทะเบียน (begin repeat)")
        question_type, list_name = self._type(row) or (QuestionType.CALCULATE, "")
        kind = self._kind(row)
        if kind is not Kind.PLAIN and _KIND_TYPES[kind] is not question_type:
            self.refuse(row, "kind", f"kind {kind} ใช้กับชนิด {_KIND_TYPES[kind]} เท่านั้น")
        decimals = self._decimals(row, question_type)
        if row.get("type") == QuestionType.CALCULATE and not row.get("calculation"):
            self.refuse(row, "calculation", "คำถามชนิด calculate ต้องมีสูตรใน calculation")
        if code is None or len(self.open) != 2:
            return
        draft = QuestionDraft(
            row=row,
            code=code,
            type=question_type,
            kind=kind,
            list_name=list_name,
            decimals=decimals,
            around=tuple(self.open),
            applies_to=self._applies_to(row, self.open[-1]),
            linked=row.get("linked") or self.open[-1].linked,
        )
        self.outline.questions.append(draft)

    def _code(self, row: RawRow) -> str | None:
        code = row.get("name")
        if not _CODE.fullmatch(code):
            shown = f"“{code}” ใช้เป็นรหัสไม่ได้: " if code else "ต้องมีรหัส: "
            self.refuse(row, "name", shown + "ใช้ a-z 0-9 และ _ ขึ้นต้นด้วยตัวอักษร ไม่เกิน 60 ตัว")
            return None
        if code in ROSTER_CODES:
            self.refuse(row, "name", f"“{code}” เป็นชื่อที่ระบบใช้เอง ตั้งรหัสอื่น")
            return None
        first = self.codes.setdefault(code, row)
        if first is not row:
            where = f"{first.file} แถว {first.row}".strip()
            self.refuse(row, "name", f"รหัส “{code}” ซ้ำกับ {where} รหัสต้องไม่ซ้ำกันทั้งแบบ")
            return None
        return code

    def _label(self, row: RawRow) -> None:
        if not row.get("label") and row.get("type") != QuestionType.CALCULATE:
            self.refuse(row, "label", "ต้องมีชื่อภาษาไทย (label)")

    def _words(self, row: RawRow) -> None:
        for column, accepted in _WORDS.items():
            if row.get(column) and row.get(column) not in accepted:
                self.refuse(row, column, f"“{row.get(column)}” ใช้ไม่ได้ ใช้ว่าง หรือ {' หรือ '.join(accepted)}")

    def _type(self, row: RawRow) -> tuple[QuestionType, str] | None:
        """The type and its list of choices; None (refused) leaves a question of any value, so that faults don't breed."""
        name, _, list_name = " ".join(row.get("type").split()).partition(" ")
        if name == "select" and list_name.startswith("one "):
            name, list_name = "select_one", list_name.removeprefix("one ")
        try:
            question_type = QuestionType(name)
        except ValueError:
            accepted = ", ".join(QuestionType)
            self.refuse(
                row, "type", f"ไม่รู้จักชนิด “{row.get('type')}” ใช้ได้เฉพาะ {accepted}, begin/end group, begin/end repeat"
            )
            return None
        if (question_type is QuestionType.SELECT_ONE) is not bool(list_name):
            wanted = "ต้องมีชื่อรายการตัวเลือก เช่น select_one yes_no" if not list_name else f"ชนิด {name} ไม่มีคำต่อท้าย"
            self.refuse(row, "type", wanted)
            return None
        return question_type, list_name

    def _kind(self, row: RawRow) -> Kind:
        try:
            return Kind(row.get("kind"))
        except ValueError:
            accepted = ", ".join(kind for kind in Kind if kind)
            self.refuse(row, "kind", f"ไม่รู้จัก kind “{row.get('kind')}” ใช้ได้เฉพาะ {accepted}")
            return Kind.PLAIN

    def _decimals(self, row: RawRow, question_type: QuestionType) -> int:
        written = row.get("decimals")
        if question_type is not QuestionType.DECIMAL:
            if written:
                self.refuse(row, "decimals", "ใช้กับชนิด decimal เท่านั้น")
            return 0
        if not written:
            return DEFAULT_DECIMALS
        if not (written.isascii() and written.isdigit() and int(written) <= MAX_DECIMALS):
            self.refuse(row, "decimals", f"ต้องเป็นจำนวนเต็ม 0 ถึง {MAX_DECIMALS}")
            return DEFAULT_DECIMALS
        return int(written)

    def _applies_to(self, row: RawRow, parent: GroupDraft | None) -> frozenset[str]:
        around = parent.applies_to if parent else frozenset(UNIT_TYPES)
        written = row.get("applies_to").split()
        unknown = [word for word in written if word not in UNIT_TYPES]
        if unknown:
            self.refuse(row, "applies_to", f"ไม่รู้จักประเภท {', '.join(unknown)} ใช้ได้เฉพาะ {' '.join(UNIT_TYPES)}")
            return around
        if not written:
            return around
        both = around & frozenset(written)
        if not both:
            self.refuse(row, "applies_to", "ไม่มีประเภทใดเหลือ เพราะกลุ่มที่ครอบอยู่ใช้กับประเภทอื่น")
        return both
