"""What linked questions show: the value that the other record last handed down, from where, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from localgov.filings import showing
from localgov.filings.linking import LINK_SOURCES
from localgov.filings.models import LinkedValue
from localgov.forms import selectors as forms
from localgov.forms.engine.model import Question, Register
from localgov.rounds.models import RosterEntry


@dataclass(frozen=True)
class LinkedView:
    """A linked question or register of a sheet. `text` is empty and `rows` is None while nothing was handed down."""

    code: str
    label: str
    source: str
    url: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] | None = None
    by: str = ""
    at: datetime | None = None


def linked_views(*, entry: RosterEntry, section: str, as_of: datetime | None = None) -> Mapping[str, LinkedView]:
    """The linked questions and registers of a sheet by code; one query, none for a sheet without them. The round is loaded."""
    form = forms.compiled(entry.round.form_version_id)
    items: list[Question | Register] = [*form.questions.values(), *form.registers.values()]
    linked = {
        item.code: item
        for item in items
        if item.sheet == section
        and item.linked in LINK_SOURCES
        and entry.unit_type in item.applies_to
        and not (isinstance(item, Question) and item.register)
    }
    if not linked:
        return {}
    found = LinkedValue.objects.filter(roster_entry=entry, question__in=linked)
    if as_of is not None:
        found = found.filter(recorded_at__lte=as_of)
    newest = {one.question: one for one in found.order_by("question", "-pk").distinct("question")}
    return {code: _view(item, newest.get(code), entry) for code, item in linked.items()}


def _view(item: Question | Register, value: LinkedValue | None, entry: RosterEntry) -> LinkedView:
    source = LINK_SOURCES[item.linked]
    rows: tuple[tuple[str, ...], ...] | None = None
    columns: tuple[str, ...] = ()
    text = ""
    if isinstance(item, Register):
        columns = tuple(column.label for column in item.columns.values())
        rows = tuple(_row(item, row) for row in value.value or []) if value else None
    elif value is not None:
        text = showing.answer_text(item, value.value)
    return LinkedView(
        code=item.code,
        label=item.label,
        source=source.label,
        url=_url(source.url_name, entry),
        text=text,
        columns=columns,
        rows=rows,
        by=value.actor_label if value else "",
        at=value.at if value else None,
    )


def _row(register: Register, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(showing.answer_text(column, row.get(code)) for code, column in register.columns.items())


def _url(name: str, entry: RosterEntry) -> str:
    """Where it is recorded; empty where that page does not exist."""
    try:
        return reverse(name, kwargs={"fiscal_year": entry.round.fiscal_year_be, "unit_code": entry.code})
    except NoReverseMatch:
        return ""
