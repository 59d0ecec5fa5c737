"""One register row as its own page prints it: its columns as questions, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from localgov.access.actor import Actor
from localgov.filings.selectors.fields import FieldView, field_view
from localgov.filings.selectors.sheet_page import SheetPage, sheet_page
from localgov.forms.engine.model import Register
from localgov.rounds.models import RosterEntry


@dataclass(frozen=True)
class RowPage:
    """Everything that the page of one row prints."""

    sheet_page: SheetPage
    register: Register
    row_id: UUID
    number: int
    seq: int
    fields: tuple[FieldView, ...]
    is_new: bool

    def batch(self, text: str) -> UUID:
        """The id of the batch that the page sends: the page's own, so that a second press has no effect."""
        try:
            return UUID(text)
        except ValueError:
            return uuid4()

    def new_row_url(self, place: Mapping[str, Any]) -> str:
        """The page of a further row."""
        return reverse(
            "filings:row-detail",
            kwargs={**place, "number": self.sheet_page.number, "register": self.register.code, "row": "new"},
        )

    @property
    def fresh_batch(self) -> str:
        """An id for the next batch."""
        return str(uuid4())


def row_page(
    *, actor: Actor, entry: RosterEntry, number: int, register: str, row_id: UUID, is_new: bool, at: datetime
) -> RowPage | None:
    """A row of a register of a sheet; None where the sheet, the register or the row is not there."""
    page = sheet_page(actor=actor, entry=entry, number=number, at=at, show_missing=not is_new)
    if page is None:
        return None
    view = next((one.register for one in page.sections if one.register and one.register.code == register), None)
    if view is None or not view.visible:
        return None
    row = next((one for one in view.rows if one.row_id == str(row_id)), None)
    if row is None and not is_new:
        return None
    placed = {
        code: [one for one in page.judgement.findings if one.row_id == str(row_id) and one.finding.question == code]
        for code in view.register.columns
    }
    values = row.values if row else {}
    fields = tuple(
        field_view(
            blank.question,
            values.get(blank.code),
            findings=placed[blank.code],
            visible=row is None or blank.code not in row.hidden,
            district_code=entry.district_code,
            province_code=entry.province_code,
        )
        for blank in view.blank
    )
    return RowPage(
        sheet_page=page,
        register=view.register,
        row_id=row_id,
        number=row.number if row else len(view.rows) + 1,
        seq=row.seq if row else 0,
        fields=fields,
        is_new=is_new,
    )
