"""Markup that a page repeats by the hundred, written by Python: a template takes about fifty times as long for a cell.

What it looks like belongs to `assets/src`; everything that comes from data passes `escape`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from localgov.ui import icons
from localgov.ui.columns import Cell, Kind
from localgov.ui.states import StateLook

if TYPE_CHECKING:
    from localgov.ui.lists import Heading, ListView, PageLink, Row, RowAction
    from localgov.ui.maps import ClassMap, MapArea
    from localgov.ui.menus import ShownGroup, ShownItem


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
    written = escape if get_language() == "th" else as_written
    rows = [
        f'<tr role="row">{_pick(row) if view.has_picks else ""}'
        f"{''.join(_cell(cell, *label, written) for cell, label in zip(row.cells, labels, strict=True))}"
        f"{_actions(row) if view.has_actions else ''}</tr>"
        for row in view.rows
    ]
    return mark_safe("\n".join(rows))  # noqa: S308 - every part is escaped


def list_pager(view: ListView) -> SafeString:
    """Below a list: how many rows a page shows, which of how many these are, and the other pages."""
    sizes = "".join(
        f"{_page_link(url, 'true' if size == view.page_size else '', '')}{size}</a>" for size, url in view.sizes
    )
    numbers = {"first": f"{view.first:,}", "last": f"{view.last:,}", "count": f"{view.count:,}"}
    span = (
        _("%(first)s ถึง %(last)s จากมากกว่า %(count)s")
        if view.count_is_floor
        else _("%(first)s ถึง %(last)s จาก %(count)s")
    )
    parts = [
        f'<div class="pager"><div class="pager-sizes"><span>{_("หน้าละ")}</span>{sizes}<span>{_("รายการ")}</span>'
        f'<span class="pager-range">{span % numbers}</span></div>'
    ]
    if view.pages or view.previous_url or view.next_url:
        before, after = ' rel="prev"', ' rel="next"'
        parts.append(f'<nav class="pager-pages" aria-label="{_("หน้าของรายการ")}">')
        if view.previous_url:
            parts.append(f"{_page_link(view.previous_url, '', before)}{_('ก่อนหน้า')}</a>")
        parts += [_numbered(link) for link in view.pages]
        if view.next_url:
            parts.append(f"{_page_link(view.next_url, '', after)}{_('ถัดไป')}</a>")
        parts.append("</nav>")
    parts.append("</div>")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


#: A number beside a line of the menu is told exactly below this.
_MOST_IN_MARK = 100


@lru_cache(maxsize=1024)
def main_menu(groups: tuple[ShownGroup, ...]) -> SafeString:
    """เมนูหลัก: lines under their headings. Most pages print one that was printed before."""
    parts = [
        '<nav id="main-menu" class="main-menu no-print" aria-labelledby="main-menu-title">'
        f'<a class="menu-close" href="#content">{icons.icon_svg("x")}ปิดเมนู</a><h2 id="main-menu-title">เมนูหลัก</h2>'
    ]
    for number, group in enumerate(groups, start=1):
        named = f' aria-labelledby="menu-group-{number}"' if group.label else ""
        if group.label:
            parts.append(f'<h3 id="menu-group-{number}">{escape(group.label)}</h3>')
        parts.append(f"<ul{named}>")
        for item in group.items:
            here = ' aria-current="page"' if item.active else ""
            mark = _menu_mark(item) if item.count else ""
            parts.append(f'<li><a href="{escape(item.url)}"{here}>{escape(item.label)}{mark}</a></li>')
        parts.append("</ul>")
    parts.append("</nav>")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def _menu_mark(item: ShownItem) -> str:
    shown = f"{item.count:,}" if item.count < _MOST_IN_MARK else f"{_MOST_IN_MARK - 1}+"
    words = f'<span class="sr-only"> {escape(item.counted)} </span>'
    return f'{words}<span class="menu-mark" title="{escape(item.counted)}">{shown}</span>'


def map_areas(drawing: ClassMap) -> SafeString:
    """The outlines of a map, those that lead somewhere as links."""
    return mark_safe("\n    ".join(map(_map_area, drawing.areas)))  # noqa: S308 - every part is escaped


def _map_area(area: MapArea) -> str:
    head = f'<path class="map-area"{" data-marked" if area.is_marked else ""} d="{escape(area.path)}"'
    if not area.url:
        return f'{head} fill="none"/>'
    fill = f"url(#map-{area.level})" if area.level else "#fff"
    words = f"{escape(area.name)} {escape(area.text)}"
    return f'<a href="{escape(area.url)}" tabindex="-1">{head} fill="{fill}"><title>{words}</title></path></a>'


_THAI = re.compile(r"[\u0e00-\u0e7f](?:.*[\u0e00-\u0e7f])?", re.DOTALL)


def as_written(text: str) -> SafeString:
    """A text, marked `lang="th"` from its first to its last Thai letter on an English page."""
    found = None if get_language() == "th" else _THAI.search(text)
    if found is None:
        return mark_safe(escape(text))  # noqa: S308 - escaped
    before, after = text[: found.start()], text[found.end() :]
    return mark_safe(f'{escape(before)}<span lang="th">{escape(found[0])}</span>{escape(after)}')  # noqa: S308 - escaped


def _numbered(link: PageLink) -> str:
    if not link.number:
        return '<span class="pager-gap">…</span>'
    label = f' aria-label="{_("หน้า %(number)s") % {"number": link.number}}"'
    return f"{_page_link(link.url, 'page' if link.current else '', label)}{link.number:,}</a>"


def _page_link(url: str, current: str, more: str) -> str:
    here = f' aria-current="{current}"' if current else ""
    return f'<a class="pager-link" href="{escape(url)}" hx-get="{escape(url)}"{here}{more}>'


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
            f'<span class="sr-only"> ({_("เรียงลำดับ")})</span></a>'
        )
    return f'<th scope="col" role="columnheader" data-align="{heading.column.align}"{sorted_by}>{label}</th>'


def _pick(row: Row) -> str:
    if not row.pick:
        return '<td role="cell" class="pick-cell"></td>'
    return (
        '<td role="cell" class="pick-cell"><input type="checkbox" class="pick" form="picks" name="pick"'
        f' value="{escape(row.pick)}" aria-label="เลือก {escape(row.name)}"></td>'
    )


def _cell(cell: Cell, label: str, align: str, written: Callable[[str], str]) -> str:
    text = written(cell.text)
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
    kind = f' data-kind="{cell.column.kind}"' if cell.column.kind in (Kind.DATE, Kind.DATETIME) else ""
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


#: What Django gives the option that is chosen.
_CHOSEN = {"selected": True}

# --- form controls ---------------------------------------------------------------------------------------------------


def select(widget: Mapping[str, Any]) -> SafeString:
    """A drop-down list from its widget's context, as Django's `select.html` writes it."""
    parts = [f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        chosen = "".join(_option(one["value"], one["label"], bool(one["selected"]), one["attrs"]) for one in options)
        parts.append(f'<optgroup label="{escape(str(group))}">{chosen}</optgroup>' if group else chosen)
    parts.append("</select>")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def _option(value: Any, label: Any, is_chosen: bool, attributes: Mapping[str, Any]) -> str:
    plain = type(value) is str and type(label) is str and attributes == (_CHOSEN if is_chosen else {})
    if plain:
        return _plain_option(value, label, is_chosen)
    return f'<option value="{escape(str(value))}"{_attributes(attributes)}>{conditional_escape(label)}</option>'


@lru_cache(maxsize=4096)
def _plain_option(value: str, label: str, is_chosen: bool) -> str:
    """Provinces, types and years stand in nearly every list."""
    return f'<option value="{escape(value)}"{" selected" if is_chosen else ""}>{escape(label)}</option>'


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
