"""The one machinery of all lists (MISSION R2.4): search form, columns, order, pages, Excel, actions of a row."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page as DjangoPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localgov.ui import list_workbook
from localgov.ui.columns import Cell, Column, attribute, cell_of
from localgov.ui.list_query import PAGE_SIZES, ListQuery, read_query, with_initials
from localgov.ui.pages import Page
from localgov.ui.templatetags.ui import changed_query
from localgov.ui.words import Words

LIST_PARTIAL = "_components/list.html"


@dataclass(frozen=True)
class RowAction:
    """One thing to do with a row. `kind` is `view` (magnifier), `edit` (sheet) or `delete` (red cross)."""

    kind: str
    url: str
    label: str = ""

    @property
    def word(self) -> str:
        """The word beside the icon."""
        return self.label or {"view": "ดู", "edit": "แก้ไข", "delete": "ลบ"}[self.kind]

    @property
    def icon(self) -> str:
        """The icon of the kind."""
        return {"view": "search", "edit": "file-pen", "delete": "x"}[self.kind]


@dataclass(frozen=True)
class AddButton:
    """เพิ่มข้อมูล above a list; `reason` stands in words where it may not be used now."""

    url: str
    label: str = "เพิ่มข้อมูล"
    reason: str = ""


@dataclass(frozen=True)
class Heading:
    """A column's heading as the page shows it: `direction` is aria-sort's word, `url` the next order."""

    column: Column
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the page: cells, actions, a name that tells its actions apart for screen readers, the value of its box."""

    cells: tuple[Cell, ...]
    actions: tuple[RowAction, ...]
    name: str
    pick: str = ""


@dataclass(frozen=True)
class PageLink:
    """A number of the pager; `number` None is the gap between numbers."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class ListView:
    """Everything that the list template prints. `count_is_floor`: there are more rows than were counted."""

    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]
    has_actions: bool
    has_picks: bool
    count: int
    first: int
    last: int
    page_size: int
    sizes: tuple[tuple[int, str], ...]
    pages: tuple[PageLink, ...]
    previous_url: str
    next_url: str
    export_url: str
    is_filtered: bool
    notices: tuple[str, ...]
    count_is_floor: bool = False


class ListPage(Page):
    """A list. Subclasses give `columns`, `rows()` and, as needed, the rest.

    Costs two queries besides session and account: the count and the page (and whatever `totals` asks).
    """

    template = "_list.html"
    columns: ClassVar[tuple[Column, ...]] = ()
    search_form: ClassVar[type[forms.Form] | None] = None
    default_sort: ClassVar[str] = ""
    file_name: ClassVar[str] = "list"
    lead: ClassVar[Words] = ""
    empty_hint: ClassVar[Words] = gettext_lazy("ลองลดเงื่อนไขการค้นหา หรือกด “เริ่มค้นหาใหม่”")

    def rows(self, search: Mapping[str, Any]) -> "QuerySet[Any] | Sequence[Any]":
        """The rows that the actor may see and the search asks for, from a selector; a queryset stays lazy.

        Every field of the search form is a key of `search`; a blank or unusable one is None or empty. The order is the
        selector's where no column was chosen, and its tie-break where one was.
        """
        raise NotImplementedError

    def build_search_form(self, data: QueryDict) -> forms.Form | None:
        """The bound search form; override to give it choices that depend on the actor."""
        return self.search_form(data) if self.search_form else None

    def row_actions(self, row: Any) -> Sequence[RowAction]:
        """What can be done with a row; decided from the row alone, without queries."""
        return ()

    def row_pick(self, row: Any) -> str:
        """The value of the row's check box `pick` (in the form with id `picks`), for acts on many rows; empty = no box."""
        return ""

    def add_button(self) -> AddButton | None:
        """เพิ่มข้อมูล, where the actor may add."""
        return None

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object] | None:
        """The row รวม under the list: value by column key; None = no such row."""
        return None

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """More context for a template of the room that extends `_list.html`."""
        return {}

    def past_moment(self) -> datetime | None:
        """The past moment that the rows are of; None for the present. Asked after `rows`."""
        return None

    def export_hindrance(self) -> str:
        """Why no file can be given of what was asked: the page says it instead. Empty when one can."""
        return ""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, its table alone for htmx, or the workbook."""
        form = self.build_search_form(with_initials(request.GET, self.search_form))
        query = read_query(request.GET, form=form, columns=self.columns, default_sort=self.default_sort)
        rows = self._sorted(self.rows(query.search), query.sort)
        if request.GET.get("export") == "xlsx" and not self.export_hindrance():
            return self._workbook(rows, query)
        view = self._view(rows, query)
        return self._render_list(form=form, view=view, query=query)

    def _render_list(self, *, form: forms.Form | None, view: ListView, query: ListQuery) -> HttpResponse:
        return self.render(
            partial=LIST_PARTIAL,
            search_form=form,
            list=view,
            lead=self.lead,
            add_button=self.add_button(),
            empty_hint=self.empty_hint,
            **self.extra_context(query),
        )

    def _sorted(self, rows: "QuerySet[Any] | Sequence[Any]", sort: str) -> "QuerySet[Any] | Sequence[Any]":
        """Rows in the chosen order; the selector's own order breaks ties."""
        column = next((one for one in self.columns if one.key == sort.removeprefix("-")), None)
        if column is None or not column.sort:
            return rows
        descending = sort.startswith("-")
        if isinstance(rows, QuerySet):
            own_order = tuple(rows.query.order_by) or ("pk",)
            chosen = tuple(f"-{path}" if descending else path for path in column.sort)
            return rows.order_by(*chosen, *own_order)
        key = functools.partial(_sort_key, column.sort)
        return sorted(rows, key=key, reverse=descending)

    def _view(self, rows: "QuerySet[Any] | Sequence[Any]", query: ListQuery) -> ListView:
        paginator = Paginator(rows, query.page_size)
        page = _page_asked(paginator, query.page)
        notices = query.notices
        if query.page > paginator.num_pages:
            numbers = {"page": query.page, "last": paginator.num_pages}
            notices = (*notices, _("ไม่มีหน้า %(page)s จึงแสดงหน้าสุดท้าย (หน้า %(last)s)") % numbers)
        shown = tuple(self._row(row) for row in page.object_list)
        totals = self.totals(query.search) if shown else None
        return ListView(
            headings=tuple(self._heading(column, query.sort) for column in self.columns),
            rows=shown,
            totals=tuple(_total_cell(column, totals) for column in self.columns) if totals else (),
            has_actions=any(row.actions for row in shown),
            has_picks=any(row.pick for row in shown),
            count=paginator.count,
            first=page.start_index() if paginator.count else 0,
            last=page.end_index(),
            page_size=query.page_size,
            sizes=tuple((size, self._url(per_page=size, page=None)) for size in PAGE_SIZES),
            pages=self._page_links(paginator, page.number),
            previous_url=self._url(page=page.number - 1) if page.has_previous() else "",
            next_url=self._url(page=page.number + 1) if page.has_next() else "",
            export_url=self._url(export="xlsx", page=None, per_page=None),
            is_filtered=bool(query.filters),
            notices=notices,
        )

    def _row(self, row: Any) -> Row:
        cells = tuple(cell_of(column, row) for column in self.columns)
        heading = next((cell for cell in cells if cell.column.heading), cells[0])
        return Row(cells=cells, actions=tuple(self.row_actions(row)), name=heading.text, pick=self.row_pick(row))

    def _heading(self, column: Column, sort: str) -> Heading:
        if not column.sort:
            return Heading(column)
        if sort == column.key:
            return Heading(column, self._url(sort=f"-{column.key}", page=None), "ascending")
        if sort == f"-{column.key}":
            return Heading(column, self._url(sort=column.key, page=None), "descending")
        return Heading(column, self._url(sort=column.key, page=None))

    def _page_links(self, paginator: "Paginator[Any]", current: int) -> tuple[PageLink, ...]:
        if paginator.num_pages == 1:
            return ()
        return tuple(
            PageLink(number, self._url(page=number), number == current) if isinstance(number, int) else PageLink(None)
            for number in paginator.get_elided_page_range(current, on_each_side=1, on_ends=1)
        )

    def _url(self, **changes: object) -> str:
        """This list's address with some keys changed."""
        return changed_query(self.request.GET, {"export": None, **changes})

    def _workbook(self, rows: "QuerySet[Any] | Sequence[Any]", query: ListQuery) -> HttpResponseBase:
        past = self.past_moment()
        manifest = list_workbook.Manifest(
            title=self.page_title(),
            screen_code=self.screen_code,
            filters=query.filters,
            taken_at=past or timezone.now(),
            taken_by=self.request.actor.label,
            is_past=past is not None,
        )
        totals = self.totals(query.search)
        return list_workbook.response(
            columns=self.columns, rows=rows, totals=totals, manifest=manifest, file_name=self.file_name
        )


def _page_asked(paginator: "Paginator[Any]", number: int) -> "DjangoPage[Any]":
    """The page with this number, the last one for a number beyond it.

    Where each row carries `in_all`, the number of all, the page itself tells it and the rows are not counted apart.
    """
    rows = paginator.object_list
    if isinstance(rows, QuerySet) and "in_all" in rows.query.annotations:
        first = (number - 1) * paginator.per_page
        shown = list(rows[first : first + paginator.per_page])
        if shown or number == 1:
            paginator.__dict__["count"] = shown[0].in_all if shown else 0
            return DjangoPage(shown, number, paginator)
    return paginator.get_page(number)


def _sort_key(paths: tuple[str, ...], row: Any) -> tuple[tuple[bool, Any], ...]:
    """Values at the paths; None comes first."""
    values = (attribute(row, path) for path in paths)
    return tuple((value is not None, value if value is not None else 0) for value in values)


def _total_cell(column: Column, totals: Mapping[str, object]) -> Cell:
    value = totals.get(column.key)
    if value is None:
        return Cell(column=replace(column, blank=""), text="")
    return Cell(column=column, text=value if isinstance(value, str) else column.wording(value))
