"""Markup that a page repeats by the hundred, written by Python: a template takes about fifty times as long for a cell.

What it looks like belongs to `assets/src`; everything that comes from data passes `escape`.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from localgov.ui import icons
from localgov.ui.columns import Cell, Kind
from localgov.ui.states import StateLook

if TYPE_CHECKING:
    from localgov.ui.lists import Heading, ListView, Row, RowAction


def list_head(view: ListView) -> SafeString:
    """The headings of a list, those by which it can be sorted as links."""
    cells = [_heading(heading) for heading in view.headings]
    if view.has_picks:
        cells.insert(0, '<th scope="col" role="columnheader" class="pick-cell">เลือก</th>')
    if view.has_actions:
        cells.append('<th scope="col" role="columnheader" class="actions-head">การดำเนินการ</th>')
    return mark_safe("".join(cells))  # noqa: S308 - every part is escaped


def list_rows(view: ListView) -> SafeString:
    """The rows of a list: box, cells, actions."""
    labels = [(escape(one.column.full_label), one.column.align) for one in view.headings]
    rows = [
        f'<tr role="row">{_pick(row) if view.has_picks else ""}'
        f"{''.join(_cell(cell, *label) for cell, label in zip(row.cells, labels, strict=True))}"
        f"{_actions(row) if view.has_actions else ''}</tr>"
        for row in view.rows
    ]
    return mark_safe("\n".join(rows))  # noqa: S308 - every part is escaped


def state(look: StateLook, note: str = "") -> SafeString:
    """A state's word and icon (tag `state_badge`); `note` follows the word."""
    words = f"{look.label} {note}" if note else look.label
    return mark_safe(  # noqa: S308 - the words are escaped, the icon is of our own build
        f'<span class="state" data-tone="{escape(look.tone)}">{icons.icon_svg(look.icon)}{escape(words)}</span>'
    )


def _heading(heading: Heading) -> str:
    label = escape(heading.column.full_label)
    sorted_by = f' aria-sort="{heading.direction}"' if heading.direction else ""
    if heading.url:
        url = escape(heading.url)
        arrow = {"ascending": icons.icon_svg("arrow-up"), "descending": icons.icon_svg("arrow-down")}
        label = (
            f'<a href="{url}" hx-get="{url}">{label}{arrow.get(heading.direction, "")}'
            '<span class="sr-only"> (เรียงลำดับ)</span></a>'
        )
    return f'<th scope="col" role="columnheader" data-align="{heading.column.align}"{sorted_by}>{label}</th>'


def _pick(row: Row) -> str:
    if not row.pick:
        return '<td role="cell" class="pick-cell"></td>'
    return (
        '<td role="cell" class="pick-cell"><input type="checkbox" class="pick" form="picks" name="pick"'
        f' value="{escape(row.pick)}" aria-label="เลือก {escape(row.name)}"></td>'
    )


def _cell(cell: Cell, label: str, align: str) -> str:
    text = escape(cell.text)
    if cell.states:
        shown = f'<span class="state-group">{"".join(state(look, note) for look, note in cell.states)}</span>'
    elif cell.state is not None:
        shown = str(state(cell.state))
    elif cell.url:
        shown = f'<a href="{escape(cell.url)}">{text}</a>'
    else:
        shown = text if cell.column.heading else f"<span>{text}</span>"
    if cell.column.heading:
        return f'<th scope="row" role="rowheader" data-label="{label}" data-align="{align}">{shown}</th>'
    kind = ' data-kind="datetime"' if cell.column.kind is Kind.DATETIME else ""
    return f'<td role="cell"{kind} data-label="{label}" data-align="{align}">{shown}</td>'


def _actions(row: Row) -> str:
    name = escape(row.name)
    return (
        '<td role="cell" class="row-actions-cell"><span class="row-actions">'
        f"{''.join(_action(action, name) for action in row.actions)}</span></td>"
    )


def _action(action: RowAction, name: str) -> str:
    return (
        f'<a class="row-action" data-kind="{escape(action.kind)}" href="{escape(action.url)}">'
        f'{icons.icon_svg(action.icon)}{escape(action.word)}<span class="sr-only"> {name}</span></a>'
    )


# --- form controls ---------------------------------------------------------------------------------------------------


def select(widget: Mapping[str, Any]) -> SafeString:
    """A drop-down list from its widget's context, as Django's `select.html` writes it."""
    parts = [f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        chosen = "".join(
            f'<option value="{escape(str(one["value"]))}"{_attributes(one["attrs"])}>{conditional_escape(one["label"])}</option>'
            for one in options
        )
        parts.append(f'<optgroup label="{escape(str(group))}">{chosen}</optgroup>' if group else chosen)
    parts.append("</select>")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def box(widget: Mapping[str, Any]) -> SafeString:
    """An `input` from its widget's context, as Django's `input.html` writes it."""
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    name = escape(widget["name"])
    return mark_safe(  # noqa: S308 - every part is escaped
        f'<input type="{escape(widget["type"])}" name="{name}"{value}{_attributes(widget["attrs"])}>'
    )


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )
