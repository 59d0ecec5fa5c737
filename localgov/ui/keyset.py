"""Lists that grow without end: pages by the key of the last row shown, so that page 100,000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from localgov.ui.list_query import PAGE_SIZES, ListQuery, read_query, with_initials
from localgov.ui.lists import Heading, ListPage, ListView
from localgov.ui.templatetags.ui import changed_query

#: How far rows are counted; beyond it the page says "more than".
COUNTED = 10_000
#: Rows of one workbook; who asks for more is told to narrow the search.
MOST_EXPORTED = 100_000


class Keyset(Protocol):
    """Rows, newest first, that can be entered at any key."""

    def key_of(self, row: Any) -> str:
        """The key that an address carries for a row."""

    def is_key(self, text: str) -> bool:
        """Whether a text of an address is such a key."""

    def older(self, than: str, limit: int) -> Sequence[Any]:
        """The next rows after a key (empty = from the newest), newest first."""

    def newer(self, than: str, limit: int) -> Sequence[Any]:
        """The rows just before a key, newest first."""

    def count(self, limit: int) -> int:
        """How many rows there are, counted up to `limit`."""


class ByPk:
    """A queryset whose order is its primary key, newest first."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows

    def key_of(self, row: Any) -> str:
        """The primary key."""
        return str(row.pk)

    def is_key(self, text: str) -> bool:
        """Digits that a bigint can hold."""
        return text.isascii() and text.isdigit() and len(text) <= 18

    def older(self, than: str, limit: int) -> Sequence[Any]:
        """Rows with a smaller key."""
        rows = self.rows.filter(pk__lt=int(than)) if than else self.rows
        return list(rows.order_by("-pk")[:limit])

    def newer(self, than: str, limit: int) -> Sequence[Any]:
        """Rows with a larger key, the nearest."""
        return list(reversed(self.rows.filter(pk__gt=int(than)).order_by("pk")[:limit]))

    def count(self, limit: int) -> int:
        """Counted no further than needed."""
        return self.rows.order_by()[:limit].count()


class KeysetPage(ListPage):
    """A list whose rows are a `Keyset`; its columns offer no sorting, its order is time."""

    def keyset(self, search: Mapping[str, Any]) -> Keyset:
        """The rows that the actor may see and the search asks for."""
        raise NotImplementedError

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, its table alone for htmx, or the workbook."""
        form = self.build_search_form(with_initials(request.GET, self.search_form))
        query = read_query(request.GET, form=form, columns=self.columns, default_sort="")
        rows = self.keyset(query.search)
        notices: tuple[str, ...] = ()
        if request.GET.get("export") == "xlsx":
            found = rows.older("", MOST_EXPORTED + 1)
            if len(found) <= MOST_EXPORTED:
                return self._workbook(found, query)
            notices = (f"รายการเกิน {MOST_EXPORTED:,} แถว ซึ่งเกินหนึ่งไฟล์ โปรดกำหนดช่วงวันที่ให้แคบลงแล้วส่งออกใหม่",)
        return self._page(form, rows, query, notices)

    def _page(self, form: Any, rows: Keyset, query: ListQuery, notices: tuple[str, ...]) -> HttpResponse:
        view = self._slice(rows, query, notices)
        return self._render_list(form=form, view=view, query=query)

    def _slice(self, rows: Keyset, query: ListQuery, notices: tuple[str, ...]) -> ListView:
        size, asked = query.page_size, self.request.GET
        newer, older = (asked.get(name, "") for name in ("newer", "older"))
        if any(key and not rows.is_key(key) for key in (newer, older)):
            notices, newer, older = (*notices, "ไม่รู้จักหน้าที่ขอ จึงแสดงรายการล่าสุด"), "", ""
        start = asked.get("start", "")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 12 and (newer or older) else 1
        found: Sequence[Any]
        if newer:
            found = rows.newer(newer, size + 1)
            has_newer, has_older, found = len(found) > size, True, found[-size:]
        else:
            found = rows.older(older, size + 1)
            has_newer, has_older, found = bool(older), len(found) > size, found[:size]
        count = rows.count(COUNTED + 1) if found else 0
        previous = {"newer": rows.key_of(found[0]), "older": None, "start": max(1, first - size)} if found else {}
        following = {"older": rows.key_of(found[-1]), "newer": None, "start": first + size} if found else {}
        return ListView(
            headings=tuple(Heading(column) for column in self.columns),
            rows=tuple(self._row(row) for row in found),
            totals=(),
            has_actions=any(self.row_actions(row) for row in found),
            has_picks=False,
            count=min(count, COUNTED),
            count_is_floor=count > COUNTED,
            first=first if found else 0,
            last=first + len(found) - 1 if found else 0,
            page_size=size,
            sizes=tuple((each, self._address(per_page=each)) for each in PAGE_SIZES),
            pages=(),
            previous_url=self._url(**previous) if has_newer and found else "",
            next_url=self._url(**following) if has_older and found else "",
            export_url=self._address(export="xlsx"),
            is_filtered=bool(query.filters),
            notices=(*query.notices, *notices),
        )

    def _address(self, **changes: object) -> str:
        """This list from its newest row, with some keys changed."""
        return changed_query(self.request.GET, {"export": None, "newer": None, "older": None, "start": None} | changes)
