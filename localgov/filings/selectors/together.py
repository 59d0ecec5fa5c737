"""Several people at one domain: who is there now, and what the others have changed since a page was printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from localgov.access.actor import Actor
from localgov.filings import document, showing
from localgov.filings.models import Change, Presence, RegisterRow, Sheet
from localgov.filings.selectors.judging import judge
from localgov.filings.selectors.workspace import Workspace, last_year_answers, workspace
from localgov.filings.states import Status
from localgov.forms import selectors as forms
from localgov.lib.thai_calendar import format_datetime_short
from localgov.rounds.models import RosterEntry

#: More than so many changed answers are not brought into an open page one by one: the page is opened anew.
MOST_BROUGHT = 300


@dataclass(frozen=True)
class Present:
    """Somebody else at the same domain: his name, the question where he is, its label, whether he is typing."""

    name: str
    place: str
    label: str
    is_typing: bool

    @property
    def text(self) -> str:
        """สมชาย กำลังกรอก “ประชากรชาย”."""
        where = f"“{self.label}”" if self.label else ""
        return f"{self.name} {'กำลังกรอก' if self.is_typing else 'อยู่ที่'} {where}" if where else self.name

    def as_json(self) -> dict[str, Any]:
        """As the page's script reads it."""
        return {"name": self.name, "place": self.place, "typing": self.is_typing, "text": self.text}


def present(*, actor: Actor, entry: RosterEntry, section: str, at: datetime) -> tuple[Present, ...]:
    """Who else has the domain open (1 query)."""
    rows = Presence.objects.filter(roster_entry_id=entry.pk, section=section, until__gte=at)
    found = rows.exclude(user_id=actor.user_id or 0).order_by("until")
    return presents(entry, found.values_list("user_id", "label", "place", "is_typing"))


def presents(entry: RosterEntry, rows: Iterable[tuple[int, str, str, bool]]) -> tuple[Present, ...]:
    """Open pages as people: of each the page that spoke last."""
    form = forms.compiled(entry.round.form_version_id)
    newest = {user: (label, place, is_typing) for user, label, place, is_typing in rows}
    return tuple(
        Present(label, place, form.label_of(place) if form.item(place) else "", is_typing)
        for label, place, is_typing in newest.values()
    )


def changed_since(*, entry: RosterEntry, section: str, since: int, at: datetime) -> dict[str, Any]:
    """What was changed after the change `since`: each place as it stands now, by whom, and the sheet's judgement.

    Read by `assets/record/together.ts`. `reload` says why the page must be opened anew instead.
    """
    space = workspace(entry=entry, round=entry.round)
    sheet = space.sheets.get(section)
    if sheet is None:
        return {}
    if sheet.status != Status.RECORDING:
        return {"reload": f"ด้านนี้เปลี่ยนสถานะเป็น “{Status(sheet.status).label}” แล้ว"}
    changes = list(Change.objects.filter(sheet=sheet, pk__gt=since).order_by("pk"))
    touched = {_place(item): (item, change) for change in changes for item in change.items}
    if len(touched) > MOST_BROUGHT:
        names = "และ".join(dict.fromkeys(change.actor_label for change in changes))
        return {"reload": f"{names} แก้ไขด้านนี้ {len(touched):,} ข้อ"}
    if not touched:
        return {}
    rows = {str(row.row_id): row for row in space.rows.get(sheet.pk, [])}
    last_year = last_year_answers(round=entry.round, organisation_id=entry.organisation_id)
    return {
        "changed": [_as_it_stands(space, sheet, rows, item) | _who(change) for item, change in touched.values()],
        "judged": judge(space=space, section=section, last_year=last_year, at=at).as_json(),
    }


def last_writer(*, sheet: Sheet, code: str = "", row: UUID | None = None, op: str = "") -> dict[str, str]:
    """Who wrote an answer, or with `op` did that to a row, last, and when; empty when the record does not know."""
    item = {"question": code, "op": op, "row": str(row) if row else ""}
    wanted = {key: value for key, value in item.items() if value}
    change = Change.objects.filter(sheet=sheet, items__contains=[wanted]).order_by("-pk").first()
    return _who(change) if change else {}


def _who(change: Change) -> dict[str, str]:
    """The name, the moment in Thai time, and the batch."""
    return {"by": change.actor_label, "when": format_datetime_short(change.at), "batch": str(change.batch)}


def _place(item: Mapping[str, Any]) -> tuple[str, str]:
    """The question and row of a change; adding and deleting a row are of the row itself."""
    return str(item["question"]), str(item.get("row") or "")


def _as_it_stands(
    space: Workspace, sheet: Sheet, rows: Mapping[str, RegisterRow], item: Mapping[str, Any]
) -> dict[str, Any]:
    code, row_id = _place(item)
    register = str(item.get("register") or "")
    row = rows.get(row_id)
    at_row: dict[str, Any] = {"register": register, "row": row_id} if row_id else {}
    if row_id and row is None:
        return {"op": "delete", "code": code, **at_row}
    if row is not None:
        at_row |= {"row_seq": row.seq, "after": _row_before(rows, row)}
        if code == register:
            return {"op": "row", "code": code, **at_row}
    stored = (row.values if row else sheet.answers).get(code)
    answer = document.to_answer(stored)
    question = space.form.questions.get(code)
    return {
        "op": "set",
        "code": code,
        **at_row,
        "value": answer,
        "text": showing.typed_text(question, answer) if question else "",
        "words": showing.answer_text(question, answer) if question else "",
        "seq": document.sequence(stored),
        "note": str((stored or {}).get("note", "")),
        "carried": bool((stored or {}).get("carried")),
        "old": showing.answer_text(question, item.get("old")) if question and item.get("op") == "set" else "",
    }


def _row_before(rows: Mapping[str, RegisterRow], row: RegisterRow) -> str:
    """The row of the same register that stands above; empty for the first."""
    siblings = [one for one in rows.values() if one.register == row.register]
    place = siblings.index(row)
    return str(siblings[place - 1].row_id) if place else ""
