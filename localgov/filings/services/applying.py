"""Applying a batch to the loaded sheet in memory: the counter of each answer decides, stale writes are refused alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from localgov.access.actor import Actor
from localgov.filings import document
from localgov.filings.models import RegisterRow, Sheet
from localgov.filings.selectors import together
from localgov.filings.selectors.workspace import Workspace
from localgov.filings.services.changes import AddRow, AnyChange, ConfirmCarried, DeleteRow, SetAnswer, SetNote
from localgov.forms.engine.answers import to_json
from localgov.forms.engine.facts import readers_of
from localgov.forms.engine.findings import presentable
from localgov.forms.engine.model import Form, Question, Register
from localgov.forms.engine.values import Unreadable

#: Space between the positions of neighbouring rows, so that one can be put between them without moving the rest.
ROW_GAP = 1024
_asked: WeakKeyDictionary[Form, dict[tuple[str, str], Mapping[str, str]]] = WeakKeyDictionary()
#: As many rows as the largest real register of a unit has, many times over.
MOST_ROWS = 5000

_LINKED = "ข้อนี้ระบบดึงจากระบบอื่น บันทึกที่นี่ไม่ได้"


@dataclass
class Applied:
    """The outcome: what was accepted (for the record and the sender) and what was refused, and the rows to write."""

    items: list[dict[str, Any]] = field(default_factory=list)
    saved: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    new_rows: list[RegisterRow] = field(default_factory=list)
    changed_rows: list[RegisterRow] = field(default_factory=list)
    deleted_rows: list[UUID] = field(default_factory=list)


def apply_changes(*, space: Workspace, section: str, changes: Sequence[AnyChange], actor: Actor) -> Applied:
    """Apply changes, in order, to `space`'s sheet and rows in memory; nothing is written here."""
    batch = _Batch(space=space, section=section, actor=actor)
    for change in changes:
        batch.apply(change)
    return batch.applied


def _place(row: RegisterRow) -> tuple[str, int]:
    """Where a row stands among its sheet's."""
    return row.register, row.position


def _askable(form: Form, section: str, unit_type: str) -> Mapping[str, str]:
    """Code to register (empty outside one) of what a type of unit is asked in a sheet, worked out once for each form."""
    known = _asked.setdefault(form, {})
    if (section, unit_type) not in known:
        items: list[Question | Register] = [*form.questions.values(), *form.registers.values()]
        known[section, unit_type] = {
            item.code: (item.register or "") if isinstance(item, Question) else ""
            for item in items
            if item.sheet == section
            and unit_type in item.applies_to
            and not item.linked
            and not (isinstance(item, Question) and item.calculation is not None)
        }
    return known[section, unit_type]


class _Batch:
    """One batch being applied to one sheet."""

    def __init__(self, *, space: Workspace, section: str, actor: Actor) -> None:
        self.space = space
        self.section = section
        self.actor = actor
        self.sheet: Sheet = space.sheets[section]
        self.rows = space.rows.setdefault(self.sheet.pk, [])
        self.by_id = {row.row_id: row for row in self.rows}
        self.readers = readers_of(space.form)
        self.askable = _askable(space.form, section, space.entry.unit_type)
        self.applied = Applied()

    def apply(self, change: AnyChange) -> None:
        """Apply one change or note its refusal."""
        match change:
            case SetAnswer():
                self._set(change)
            case SetNote():
                self._note(change)
            case ConfirmCarried():
                self._confirm(change)
            case AddRow():
                self._add(change)
            case DeleteRow():
                self._delete(change)

    # --- answers -----------------------------------------------------------------------------------------------------

    def _set(self, change: SetAnswer) -> None:
        if self.askable.get(change.code) != change.register:
            reason = self._not_a_question(change.code, change.register)
            if reason:
                self._refuse(change.code, change.row, change.answer, reason)
                return
        if change.code in self.space.form.registers and any(row.register == change.code for row in self.rows):
            self._refuse(change.code, None, change.answer, "ตารางนี้ยังมีแถวอยู่ โปรดลบแถวก่อนตอบว่าไม่มี")
            return
        holder = self._holder(change.row)
        if holder is None:
            self._refuse_gone(change.code, change.row, change.answer)
            return
        stored = holder.get(change.code)
        answer = self._normal(change.code, change.answer)
        if document.sequence(stored) != change.seq:
            if document.to_answer(stored) != answer:
                self._refuse_stale(change, stored)
                return
            self._saved(change.code, change.row, document.sequence(stored))
            return
        old = document.to_answer(stored)
        entry = document.from_answer(answer)
        entry["seq"], entry["by"] = change.seq + 1, self.actor.user_id
        if stored and stored.get("note") and answer is not None:
            entry["note"] = stored["note"]
        if change.carried:
            entry["carried"] = True
        holder[change.code] = entry
        if change.row is not None:
            self._touch(change.row)
        more = {"carried": True} if change.carried else {}
        self._item("set", change.code, change.register, change.row, old, answer, **more)
        self._saved(change.code, change.row, change.seq + 1)

    def _note(self, change: SetNote) -> None:
        reason = self._not_a_question(change.code, change.register)
        holder = self._holder(change.row)
        if reason:
            self._refuse(change.code, change.row, change.note, reason)
            return
        if holder is None:
            self._refuse_gone(change.code, change.row, change.note)
            return
        old = holder.get(change.code, {}).get("note", "")
        if change.was is not None and old not in (change.was, change.note):
            self._refuse_stale_note(change, old)
            return
        stored = holder.setdefault(change.code, {"seq": 0, "by": self.actor.user_id})
        if change.note:
            stored["note"] = change.note
        else:
            stored.pop("note", None)
        self._touch(change.row)
        self._item("note", change.code, change.register, change.row, old, change.note)
        self._saved(change.code, change.row, document.sequence(stored))

    def _confirm(self, change: ConfirmCarried) -> None:
        wanted = set(change.codes)
        for code in change.codes:
            if self._not_a_question(code, ""):
                self._refuse(code, None, None, "ไม่มีข้อนี้ในด้านนี้")
                continue
            stored = self.sheet.answers.get(code)
            if stored and stored.pop("carried", None):
                self._item("confirm", code, "", None, document.to_answer(stored), document.to_answer(stored))
                self._saved(code, None, document.sequence(stored))
        for row in self.rows:
            if row.register in wanted and any(stored.pop("carried", None) for stored in list(row.values.values())):
                for stored in row.values.values():
                    stored.pop("carried", None)
                self._touch(row.row_id)
                self._item("confirm", row.register, row.register, row.row_id, None, None)

    # --- rows --------------------------------------------------------------------------------------------------------

    def _add(self, change: AddRow) -> None:
        register = self.space.form.registers.get(change.register)
        if register is None or register.sheet != self.section:
            self._refuse(change.register, change.row, None, "ไม่มีตารางนี้ในด้านนี้")
            return
        if register.linked:
            self._refuse(change.register, change.row, None, _LINKED)
            return
        if change.row in self.by_id:
            self._saved(change.register, change.row, self.by_id[change.row].seq)
            return
        siblings = [row for row in self.rows if row.register == change.register]
        if len(siblings) >= MOST_ROWS:
            self._refuse(change.register, change.row, None, f"ตารางหนึ่งมีได้ไม่เกิน {MOST_ROWS:,} แถว")
            return
        row = RegisterRow(
            register=change.register,
            row_id=change.row,
            position=self._position(siblings, change.after),
            values={},
            seq=1,
        )
        self.rows.append(row)
        if len(self.rows) > 1 and _place(self.rows[-2]) > _place(row):
            self.rows.sort(key=_place)
        self.by_id[change.row] = row
        self.applied.new_rows.append(row)
        place = len(self.rows) - 1 if self.rows[-1] is row else self.rows.index(row)
        before = self.rows[place - 1] if place and self.rows[place - 1].register == change.register else None
        after = str(before.row_id) if before else None
        self._item("add", change.register, change.register, change.row, None, None, after=after)
        self._saved(change.register, change.row, 1)
        self._take_back_none(change.register)

    def _take_back_none(self, register: str) -> None:
        """A register with a row no longer is answered ไม่มี; the answer's counter lives on."""
        stored = self.sheet.answers.get(register)
        if document.is_answered(stored):
            seq = document.sequence(stored) + 1
            self.sheet.answers[register] = {"seq": seq, "by": self.actor.user_id}
            self._item("set", register, "", None, document.to_answer(stored), None)
            self._saved(register, None, seq)

    def _position(self, siblings: list[RegisterRow], after: UUID | None) -> int:
        if not siblings:
            return ROW_GAP
        place = next((index for index, row in enumerate(siblings) if row.row_id == after), len(siblings) - 1)
        following = siblings[place + 1] if place + 1 < len(siblings) else None
        if following is None:
            return siblings[place].position + ROW_GAP
        between = (siblings[place].position + following.position) // 2
        if between > siblings[place].position:
            return between
        for index, row in enumerate(siblings):
            row.position = (index + 1) * ROW_GAP if index <= place else (index + 2) * ROW_GAP
            self._touch(row.row_id, count=False)
        return (place + 2) * ROW_GAP

    def _delete(self, change: DeleteRow) -> None:
        row = self.by_id.get(change.row)
        if row is None:
            self._saved(change.register, change.row, 0)
            return
        if row.seq != change.seq:
            who = together.last_writer(sheet=self.sheet, row=change.row)
            reason = f"{_named(who, 'แก้ไขแถวนี้')} หลังจากที่ท่านเปิดหน้า โปรดดูค่าใหม่ก่อนลบ"
            self._refuse(change.register, change.row, None, reason, row_seq=row.seq, **who)
            return
        self.rows.remove(row)
        del self.by_id[change.row]
        if row in self.applied.new_rows:
            self.applied.new_rows.remove(row)
        else:
            self.applied.deleted_rows.append(row.row_id)
        if row in self.applied.changed_rows:
            self.applied.changed_rows.remove(row)
        self._item("delete", row.register, row.register, row.row_id, document.row_answers(row.values), None)
        self._saved(row.register, change.row, 0)

    # --- parts -------------------------------------------------------------------------------------------------------

    def _not_a_question(self, code: str, register: str) -> str:
        """Why a code can't be answered here; empty when it can."""
        form, unit_type = self.space.form, self.space.entry.unit_type
        item = form.registers.get(code) if code in form.registers else form.questions.get(code)
        if item is None or item.sheet != self.section:
            return "ไม่มีข้อนี้ในด้านนี้"
        if isinstance(item, Question) and (item.register or "") != register:
            return "ข้อนี้อยู่ในตาราง ต้องระบุแถว" if item.register else "ข้อนี้ไม่ได้อยู่ในตาราง"
        if unit_type not in item.applies_to:
            return "ข้อนี้ไม่ใช้กับ อปท. ประเภทนี้"
        if item.linked:
            return _LINKED
        if isinstance(item, Question) and item.calculation is not None:
            return "ข้อนี้ระบบคำนวณให้"
        return ""

    def _holder(self, row: UUID | None) -> dict[str, Any] | None:
        holder: dict[str, Any] | None
        if row is None:
            holder = self.sheet.answers
        else:
            found = self.by_id.get(row)
            holder = found.values if found else None
        return holder

    def _normal(self, code: str, answer: Any) -> Any:
        """The answer in its stored form; what can't be read is kept as typed, and the checks say what is wrong with it."""
        reader = self.readers.get(code)
        if reader is None:
            return {"missing": "NONE"} if answer == {"missing": "NONE"} else None
        read = reader(answer)
        if not isinstance(read, Unreadable):
            return to_json(read)
        kept = presentable(answer)
        return str(kept) if isinstance(kept, float) else kept

    def _touch(self, row_id: UUID | None, *, count: bool = True) -> None:
        if row_id is None:
            return
        row = self.by_id[row_id]
        row.seq += int(count)
        if row not in self.applied.changed_rows and row not in self.applied.new_rows:
            self.applied.changed_rows.append(row)

    def _item(self, op: str, code: str, register: str, row: UUID | None, old: Any, new: Any, **more: Any) -> None:
        """Note what was done, whole enough for `filings.replay` to do it again."""
        self.applied.codes.add(code)
        item = {"op": op, "question": code, "register": register, "row": str(row) if row else None}
        self.applied.items.append(item | {"old": old, "new": new} | more)

    def _saved(self, code: str, row: UUID | None, seq: int) -> None:
        entry: dict[str, Any] = {"code": code, "row": str(row) if row else None, "seq": seq}
        if row is not None and row in self.by_id:
            entry["row_seq"] = self.by_id[row].seq
        self.applied.saved.append(entry)

    def _refuse(self, code: str, row: UUID | None, mine: Any, reason: str, **more: Any) -> None:
        refused = {"code": code, "row": str(row) if row else None, "mine": mine, "reason": reason}
        self.applied.refused.append(refused | more)

    def _refuse_gone(self, code: str, row: UUID | None, mine: Any) -> None:
        """What was typed into a row that somebody deleted: it is shown again, with who and when."""
        who = together.last_writer(sheet=self.sheet, row=row, op="delete")
        reason = f"{_named(who, 'ลบแถวนี้')} หลังจากที่ท่านเปิดหน้า" if who else "แถวนี้ถูกลบไปแล้ว"
        self._refuse(code, row, mine, reason, gone=True, **who)

    def _refuse_stale(self, change: SetAnswer, stored: dict[str, Any] | None) -> None:
        who = together.last_writer(sheet=self.sheet, code=change.code, row=change.row)
        reason = f"{_named(who, 'แก้ไขข้อนี้')} หลังจากที่ท่านเปิดหน้า โปรดเลือกค่าที่ถูกต้อง"
        values = {"theirs": document.to_answer(stored), "seq": document.sequence(stored)}
        self._refuse(change.code, change.row, change.answer, reason, **values, **who)

    def _refuse_stale_note(self, change: SetNote, theirs: str) -> None:
        who = together.last_writer(sheet=self.sheet, code=change.code, row=change.row, op="note")
        reason = f"{_named(who, 'แก้ไขเหตุผลของข้อนี้')} หลังจากที่ท่านเปิดหน้า โปรดเลือกข้อความที่ถูกต้อง"
        self._refuse(change.code, change.row, change.note, reason, note=True, theirs=theirs, **who)


def _named(who: Mapping[str, str], did: str) -> str:
    """Who did it when, as far as the record knows."""
    return f"{who['by']} {did}เมื่อ {who['when']}" if who else f"มีผู้{did}"
