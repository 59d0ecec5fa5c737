"""Lists of items: by kind, by province, by words. Plain links and GET forms; what can't be used is said, never refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localgov.lib.refusals import quoted
from localgov.organisations import areas
from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind
from localgov.travel import drawing, looks, search_forms
from localgov.travel.selectors import counting
from localgov.travel.selectors.counting import CountedPages
from localgov.travel.views.pages import Card, TravelPage, cards_of, item_url, kind_or_404
from localgov.ui.public import not_there
from localgov.ui.templatetags.ui import changed_query

PER_PAGE = 24


@dataclass(frozen=True)
class PageLink:
    """A number of the pager; without an address it is the gap between numbers."""

    number: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class CardPage:
    """A page of cards: which of how many, and the ways to the others."""

    cards: list[Card]
    rows: list[shown.ShownRow]
    count: int
    first: int
    last: int
    links: tuple[PageLink, ...]
    previous_url: str
    next_url: str


def card_page(wanted: Mapping[str, Any], query: QueryDict, notices: list[str], *, version: str) -> CardPage:
    """The page of `shown.shown_items(**wanted)` that the query asks for; what it can't have is said in `notices`."""
    paginator = CountedPages(wanted, PER_PAGE, version=version)
    asked = query.get("page", "")
    page = paginator.get_page(asked or 1)
    if asked and asked != str(page.number):
        notices.append(
            _("ไม่มีหน้า %(asked)s จึงแสดงหน้า %(page)s") % {"asked": quoted(asked, limit=12), "page": page.number}
        )
    rows: list[shown.ShownRow] = list(page.object_list)
    if paginator.in_titles:
        notices.append(
            _("มีรายการที่มีคำนี้มากกว่า %(most)s รายการ จึงค้นจากชื่อเท่านั้น เพิ่มคำหรือเลือกจังหวัดเพื่อค้นในเนื้อหาด้วย")
            % {"most": f"{shown.MOST_HOLDERS:,}"}
        )
    several = paginator.num_pages > 1
    elided = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1) if several else ()
    return CardPage(
        cards=cards_of(rows),
        rows=rows,
        count=paginator.count,
        first=page.start_index() if paginator.count else 0,
        last=page.end_index(),
        links=tuple(
            PageLink(f"{one:,}", changed_query(query, {"page": one}), one == page.number)
            if isinstance(one, int)
            else PageLink("…")
            for one in elided
        ),
        previous_url=changed_query(query, {"page": page.number - 1}) if page.has_previous() else "",
        next_url=changed_query(query, {"page": page.number + 1}) if page.has_next() else "",
    )


def read_search(form: search_forms.ItemSearch | search_forms.Near, notices: list[str]) -> Mapping[str, str]:
    """What a form asks for; a choice that there is not is left out and said in `notices`."""
    form.is_valid()
    for name in form.errors:
        typed = form.data.get(name, "")
        label = form[name].label if name in form.fields else name
        notices.append(
            _("ค่า %(typed)s ในช่อง “%(label)s” ใช้ไม่ได้ จึงไม่ได้ใช้ช่องนี้") % {"typed": quoted(typed, limit=30), "label": label}
        )
    return {name: form.cleaned_data.get(name) or "" for name in form.fields}


class ItemSearchPage(TravelPage):
    """Everything that is shown, by words, kind and area."""

    title = gettext_lazy("ค้นหาในท้องถิ่นไทย หัวใจพอเพียง")
    template = "travel/item_list.html"
    parameters = ("text", "what", "kind", "province", "district", "page")
    kind: PublishedKind | None = None
    province = ""

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """A page of cards."""
        notices: list[str] = []
        form = self._form()
        search = read_search(form, notices)
        kind = self.kind or looks.KINDS.get(search.get("what", ""))
        wanted = {
            "kind": kind,
            "category": search.get("kind", ""),
            "province_code": self.province or search.get("province", ""),
            "district_code": search.get("district", ""),
            "text": search.get("text", ""),
        }
        page = card_page(wanted, request.GET, notices, version=self.version())
        return self.render(
            form=form, page=page, notices=notices, is_filtered=any(search.values()), **self.more(search, page)
        )

    def _form(self) -> search_forms.ItemSearch:
        """The fields that this page asks for; the districts of a province once it is chosen."""
        query = self.request.GET
        province = self.province or query.get("province", "")
        known = province if areas.province(province) else ""
        what = looks.KINDS.get(query.get("what", ""))
        omitted = {name for name, fixed in (("what", self.kind), ("province", self.province)) if fixed}
        return search_forms.ItemSearch(query, kind=self.kind or what, province=known, omitted=omitted)

    def more(self, search: Mapping[str, str], page: CardPage) -> dict[str, Any]:
        """More for the template."""
        return {}


class ItemList(ItemSearchPage):
    """The items of one kind."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """404 for what is no kind."""
        super().setup(request, *args, **kwargs)
        self.kind = kind_or_404(kwargs["kind"])
        self.section = kwargs["kind"]  # type: ignore[misc]

    def page_title(self) -> str:
        """The kind's name."""
        assert self.kind is not None  # noqa: S101 - `setup` gave it
        return str(looks.KIND_TITLES[self.kind])


class ProvinceItems(ItemSearchPage):
    """What a province's units show, with its map."""

    template = "travel/province.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """404 for a code that is no province of today."""
        super().setup(request, *args, **kwargs)
        if areas.province(kwargs["code"]) is None:
            raise not_there(_("ไม่รู้จักจังหวัดนี้ เลือกจังหวัดจากแผนที่หรือรายชื่อในหน้าแรกของท้องถิ่นไทย หัวใจพอเพียง"))
        self.province = kwargs["code"]

    @cached_property
    def _version(self) -> str:
        """Fresh with what its own units change, whatever others do."""
        return shown.shown_version(province_code=self.province)

    def page_title(self) -> str:
        """ท้องถิ่นไทย in the province."""
        return _("เที่ยวท้องถิ่น จังหวัด%(province)s") % {"province": areas.province_name(self.province)}

    def more(self, search: Mapping[str, str], page: CardPage) -> dict[str, Any]:
        """Kinds as tabs with their counts; the map with the dots of this page."""
        counts = counting.counts(version=self.version(), by="kind", province_code=self.province)
        query = self.request.GET
        tabs = [
            ("", _("ทั้งหมด"), sum(counts.values()), changed_query(query, {"what": None, "kind": None, "page": None}))
        ]
        tabs += [
            (
                slug,
                str(looks.KIND_TITLES[kind]),
                counts.get(kind.value, 0),
                changed_query(query, {"what": slug, "kind": None, "page": None}),
            )
            for kind, slug in looks.SLUGS.items()
        ]
        return {
            "tabs": tabs,
            "what": search.get("what", ""),
            "province": areas.province_name(self.province),
            "drawing": drawing.province_drawing(self.province),
            "dots": dots_of(page.rows, self.province),
            "feed": self.province,
            "calendar_url": f"{reverse('travel:calendar')}?province={self.province}",
        }


@dataclass(frozen=True)
class Dot:
    """An item on a province's map."""

    x: str
    y: str
    title: str
    url: str
    number: int


def dots_of(rows: Sequence[shown.ShownRow], province: str) -> list[Dot]:
    """The dots of the items that know their point, numbered as they stand in the list."""
    drawn = drawing.province_drawing(province)
    if drawn is None:
        return []
    return [
        Dot(*drawn.frame.place(row.point), row.title, item_url(row), number)
        for number, row in enumerate(rows, start=1)
        if row.point is not None
    ]
