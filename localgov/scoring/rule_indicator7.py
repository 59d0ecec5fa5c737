"""LPA indicator 7 “อปท. บันทึกข้อมูลที่สำคัญได้ตามกรอบระยะเวลา”, by year. Pure: standings in, score and reasons out.

Source: LPA 2564 (draft form), ด้านที่ 1 หน่วยที่ 2 (MISSION R4.7); the cases between its four lines are DESIGN §4, Score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from localgov.filings.selectors.standings import Standing
from localgov.filings.states import Status
from localgov.lib.numbers import format_number, round_half_up
from localgov.lib.thai_calendar import format_date_short

#: The version of the rule that each fiscal year is scored by: from this year on, until the next row.
RULE_VERSIONS: Mapping[int, str] = {2563: "LPA-2564-draft"}
#: The four lines of the indicator, for the page; the wording of the last is DESIGN's reading.
LINES: tuple[tuple[int, str], ...] = (
    (5, "บันทึกครบทุกด้าน ถูกต้อง เป็นปัจจุบันนับถึงวันตรวจ และรับรองข้อมูลทั้งระดับ อปท. และระดับจังหวัด"),
    (3, "บันทึกครบทุกด้าน ถูกต้อง เป็นปัจจุบัน และรับรองข้อมูลระดับ อปท."),
    (1, "บันทึกไม่ครบทุกด้าน หรือยังไม่ได้รับรองข้อมูลระดับ อปท."),
    (0, "ไม่ได้บันทึกข้อมูลแม้แต่ด้านเดียว"),
)


#: What each number of marks says of a unit.
SUMMARIES: Mapping[int, str] = {
    5: "บันทึกครบทุกด้าน รับรองแล้วทั้งระดับ อปท. และระดับจังหวัด",
    3: "บันทึกครบทุกด้านและ อปท. รับรองแล้ว แต่จังหวัดยังรับรองไม่ครบ",
    1: "ยังบันทึกไม่ครบหรือยังไม่ได้รับรองทุกด้าน",
    0: "ยังไม่บันทึกข้อมูลแม้แต่ด้านเดียว",
}


@dataclass(frozen=True)
class Reason:
    """Why one sheet keeps the score from being higher (or that it does not), and what would mend it."""

    section: str
    label: str
    text: str
    todo: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


@dataclass(frozen=True)
class Score:
    """The marks (0, 1, 3, 5) with reasons that are never empty, and what to do for the next line."""

    marks: int
    summary: str
    reasons: tuple[Reason, ...]
    next_marks: int | None = None

    @property
    def texts(self) -> list[str]:
        """Summary and reasons as sentences."""
        return [self.summary, *(str(reason) for reason in self.reasons)]

    @property
    def todos(self) -> list[Reason]:
        """The reasons that name something to do."""
        return [reason for reason in self.reasons if reason.todo]


def score(*, sections: Sequence[tuple[str, str]], standings: Mapping[str, Standing]) -> Score:
    """Score one unit from the standings of its applicable sections (code, Thai label), at the moment they were read for."""
    found = [(code, label, standings.get(code)) for code, label in sections]
    touched = [standing for _, _, standing in found if standing is not None and standing.touched]
    if not found:
        return Score(0, "ไม่มีด้านที่ อปท. ประเภทนี้ต้องบันทึก", ())
    if not touched:
        reasons = tuple(Reason(code, label, "ยังไม่บันทึก", "เริ่มบันทึกข้อมูลด้านนี้") for code, label, _ in found)
        return Score(0, SUMMARIES[0], reasons, next_marks=1)
    current = all(standing is not None and not standing.order_outstanding for _, _, standing in found)
    if current and all(standing is not None and standing.both for _, _, standing in found):
        return Score(5, SUMMARIES[5], _done(found))
    if current and all(standing is not None and standing.unit for _, _, standing in found):
        reasons = tuple(
            _to_five(code, label, standing) for code, label, standing in found if not (standing and standing.both)
        )
        return Score(3, SUMMARIES[3], reasons, next_marks=5)
    reasons = tuple(
        reason for code, label, standing in found if (reason := _to_three(code, label, standing)) is not None
    )
    return Score(1, SUMMARIES[1], reasons, next_marks=3)


def marks_of(*, needed: int, both: int, unit: int, touched: bool, order_outstanding: bool) -> int:
    """The marks alone, from counts of sheets in force: what lists of many units need. `score` gives the reasons."""
    if not needed or not touched:
        return 0
    if order_outstanding:
        return 1
    if both == needed:
        return 5
    return 3 if unit == needed else 1


def no_round(fiscal_year: int) -> Score:
    """The score before the year's round was opened: 0 with that reason."""
    return Score(0, f"ยังไม่เปิดรอบบันทึกข้อมูลปีงบประมาณ {fiscal_year}", ())


def mean_text(marks: Sequence[int]) -> str:
    """The mean of some marks, half-up to two places; “–” of none."""
    if not marks:
        return "–"
    return format_number(round_half_up(Decimal(sum(marks)) / len(marks), 2), 2)


def rule_version(fiscal_year: int) -> str:
    """The version of the rule for a fiscal year; the oldest for years before the first."""
    known = [year for year in RULE_VERSIONS if year <= fiscal_year]
    return RULE_VERSIONS[max(known)] if known else RULE_VERSIONS[min(RULE_VERSIONS)]


def _done(found: Sequence[tuple[str, str, Standing | None]]) -> tuple[Reason, ...]:
    return tuple(Reason(code, label, f"จังหวัดรับรองแล้ว{_since(standing)}") for code, label, standing in found if standing)


def _to_five(code: str, label: str, standing: Standing | None) -> Reason:
    since = _since(standing)
    return Reason(code, label, f"อปท. รับรองแล้ว รอจังหวัดรับรอง{since}", "ประสาน สถจ. ให้รับรองระดับจังหวัด")


_TO_THREE: Mapping[Status, tuple[str, str]] = {
    Status.RECORDING: ("กำลังบันทึก ยังไม่ส่งตรวจ", "บันทึกให้ครบแล้วส่งให้ผู้ตรวจสอบ"),
    Status.SUBMITTED: ("ส่งตรวจแล้ว รอผู้ตรวจสอบ", "ให้ผู้ตรวจสอบตรวจข้อมูล"),
    Status.VERIFIED: ("ตรวจสอบแล้ว รอผู้บริหารรับรอง", "ให้ผู้บริหาร อปท. รับรองข้อมูล"),
}


def _to_three(code: str, label: str, standing: Standing | None) -> Reason | None:
    if standing is None or not standing.touched:
        return Reason(code, label, "ยังไม่บันทึก", "เริ่มบันทึกข้อมูลด้านนี้")
    if standing.order_outstanding:
        return Reason(code, label, "จังหวัดสั่งให้แก้ไข ข้อมูลยังไม่เป็นปัจจุบัน", "แก้ไขตามที่จังหวัดสั่ง แล้วรับรองใหม่ทั้งสองระดับ")
    if standing.unit:
        return None
    text, todo = _TO_THREE.get(standing.status, ("ยังไม่ได้รับรอง", "ตรวจสอบและรับรองข้อมูลด้านนี้"))
    return Reason(code, label, f"{text}{_since(standing)}", todo)


def _since(standing: Standing | None) -> str:
    return f" (ตั้งแต่ {format_date_short(standing.since)})" if standing is not None else ""
