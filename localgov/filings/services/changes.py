"""What a batch asks for: one dataclass per kind of change, and reading them from a sender's JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

#: More than any page sends at once; a workbook or a carry-forward splits its work.
MOST_CHANGES = 5000
#: What no text of the database holds, and nobody types: NUL, and halves of a pair that make one character.
_UNHELD = re.compile("[\x00\ud800-\udfff]")
#: The same in text that `json.dumps` wrote, and a few that only look so.
_DOUBTFUL = re.compile(r"\\u0000|[\ud800-\udfff]")


class BatchMalformed(ValueError):
    """The sender's JSON is not a batch; the message is a Thai sentence."""


@dataclass(frozen=True)
class SetAnswer:
    """Set (or with None clear) the answer of a question, or of a register's cell when `row` is given.

    `carried`: brought from last year, to be confirmed; only the carry-forward sets it.
    """

    code: str
    answer: Any
    seq: int
    register: str = ""
    row: UUID | None = None
    carried: bool = False


@dataclass(frozen=True)
class SetNote:
    """Give the reason why a doubtful answer is right (or with an empty text take it away).

    `was`: the reason as the sender saw it; None when he does not say, and then the newest is written over.
    """

    code: str
    note: str
    register: str = ""
    row: UUID | None = None
    was: str | None = None


@dataclass(frozen=True)
class ConfirmCarried:
    """Confirm answers brought from last year as still true."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class AddRow:
    """Add a row to a register, after another row or at the end. The sender chooses the row's id."""

    register: str
    row: UUID
    after: UUID | None = None


@dataclass(frozen=True)
class DeleteRow:
    """Delete a row of a register that still is as the sender saw it."""

    register: str
    row: UUID
    seq: int


AnyChange = SetAnswer | SetNote | ConfirmCarried | AddRow | DeleteRow


def read_changes(items: Any) -> list[AnyChange]:
    """The changes of a batch as sent by a page or the API.

    Raises:
        BatchMalformed: the JSON is not a list of changes.
    """
    if not isinstance(items, list) or not items:
        raise BatchMalformed("ชุดข้อมูลที่ส่งมาต้องมีรายการอย่างน้อยหนึ่งรายการ")
    if len(items) > MOST_CHANGES:
        raise BatchMalformed(f"ส่งได้ครั้งละไม่เกิน {MOST_CHANGES:,} รายการ โปรดแบ่งส่ง")
    if not _holds(items):
        try:
            items = sound(items)
        except RecursionError as error:
            raise BatchMalformed("มีรายการที่ซ้อนกันลึกเกินไป") from error
    return [_read(item, number) for number, item in enumerate(items, start=1)]


def _holds(items: list[Any]) -> bool:
    """Whether the database can hold every character of some JSON: true of nearly all, and cheap to see of all at once."""
    try:
        text = json.dumps(items, ensure_ascii=False, default=str)
    except RecursionError:
        return False
    return _DOUBTFUL.search(text) is None


def sound(value: Any) -> Any:
    """A JSON value without the characters that no text of the database holds."""
    if isinstance(value, str):
        return _UNHELD.sub("", value)
    if isinstance(value, Mapping):
        return {sound(key): sound(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [sound(inner) for inner in value]
    return value


def _read(item: Any, number: int) -> AnyChange:
    if not isinstance(item, Mapping):
        raise BatchMalformed(f"รายการที่ {number} ไม่ใช่คู่ชื่อกับค่า")
    op = item.get("op", "set")
    register = _text(item, "register", number)
    try:
        if op == "set":
            seq = _seq(item, number)
            return SetAnswer(_code(item, number), item.get("value"), seq, register, _row(item))
        if op == "note":
            was = _text(item, "was", number) if "was" in item else None
            return SetNote(_code(item, number), _text(item, "note", number).strip()[:1000], register, _row(item), was)
        if op == "confirm":
            return ConfirmCarried(_codes(item, number))
        if op == "add":
            return AddRow(register, UUID(str(item.get("row"))), UUID(str(item["after"])) if item.get("after") else None)
        if op == "delete":
            return DeleteRow(register, UUID(str(item.get("row"))), _seq(item, number))
    except (ValueError, AttributeError) as error:
        if isinstance(error, BatchMalformed):
            raise
        raise BatchMalformed(f"รายการที่ {number} อ้างถึงแถวที่ไม่ถูกรูปแบบ") from error
    raise BatchMalformed(f"รายการที่ {number} ไม่รู้จักคำสั่ง “{op}”")


def _code(item: Mapping[str, Any], number: int) -> str:
    code = item.get("code")
    if not isinstance(code, str) or not code:
        raise BatchMalformed(f"รายการที่ {number} ไม่มีรหัสข้อคำถาม (code)")
    return code


def _codes(item: Mapping[str, Any], number: int) -> tuple[str, ...]:
    codes = item.get("codes")
    if not isinstance(codes, Sequence) or isinstance(codes, str) or not all(isinstance(code, str) for code in codes):
        raise BatchMalformed(f"รายการที่ {number} ต้องมีรายการรหัสข้อคำถาม (codes)")
    return tuple(codes)


def _seq(item: Mapping[str, Any], number: int) -> int:
    seq = item.get("seq", 0)
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 0:
        raise BatchMalformed(f"รายการที่ {number} มีเลขลำดับ (seq) ไม่ถูกต้อง")
    return seq


def _text(item: Mapping[str, Any], key: str, number: int) -> str:
    value = item.get(key) or ""
    if not isinstance(value, str):
        raise BatchMalformed(f"รายการที่ {number}: “{key}” ต้องเป็นข้อความ")
    return value


def _row(item: Mapping[str, Any]) -> UUID | None:
    row = item.get("row")
    return UUID(str(row)) if row else None
