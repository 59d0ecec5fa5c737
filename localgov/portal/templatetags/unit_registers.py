"""`{% load unit_registers %}`: the rows of a register in one piece: they are hundreds of cells, which templates print slowly."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from localgov.forms.engine.model import Question
from localgov.portal import cells
from localgov.ui.markup import as_written

register = template.Library()

#: Where a point is looked at, as on the travel site (ADR 0028): an address that anyone may open, nothing is fetched from it.
MAP_OF_POINT = "https://www.google.com/maps/search/?api=1&query={0},{1}"


@register.simple_tag
def register_head(columns: Iterable[Question]) -> SafeString:
    """The headings of a register's columns."""
    heads = (f'<th scope="col"{_align(one)}>{escape(cells.heading(one))}</th>' for one in columns)
    return mark_safe("".join(heads))  # noqa: S308 - its parts are escaped


@register.simple_tag
def register_rows(columns: Sequence[Question], rows: Iterable[Mapping[str, Any]], first: int) -> SafeString:
    """Rows of a register (answers by column), numbered from `first`; the first column names the row."""
    heads = [(one, _align(one), escape(cells.heading(one))) for one in columns]
    lines = []
    for number, row in enumerate(rows, start=first):
        parts = [f'<tr><td class="is-number row-number">{number:,}</td>']
        for place, (column, align, label) in enumerate(heads):
            text = _cell(column, row.get(column.code))
            if place:
                parts.append(f'<td{align} data-label="{label}">{text}</td>')
            else:
                parts.append(f'<th scope="row">{text or "–"}</th>')
        lines.append("".join(parts) + "</tr>")
    return mark_safe("\n".join(lines))  # noqa: S308 - its parts are escaped


def _cell(column: Question, answer: Any) -> str:
    text = as_written(cells.cell_text(column, answer))
    point = cells.cell_point(column, answer)
    if point is None:
        return text
    url = escape(MAP_OF_POINT.format(*point))
    return f'<a href="{url}" rel="noopener noreferrer nofollow external">{text}</a>'


def _align(column: Question) -> str:
    return ' class="is-number"' if cells.in_figures(column) else ""
