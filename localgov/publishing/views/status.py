"""สถานะการบันทึกข่าว สินค้า และสถานที่: by province and of one province (R6.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.filings.views.years import OfYear
from localgov.organisations import areas
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.publishing import policies, status_forms
from localgov.publishing.selectors import status
from localgov.publishing.selectors.duties import SHORT, Asked, asked_of
from localgov.publishing.selectors.status import AreaStatus, UnitStatus
from localgov.publishing.states import PublishedKind
from localgov.publishing.views.lists import list_url
from localgov.rounds.reading import RosterFilter
from localgov.ui.columns import Column, Kind
from localgov.ui.letters import letter_button
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage
from localgov.ui.pages import Crumb

TITLE = "สถานะการบันทึกข่าว สินค้า และสถานที่"
_ENTERED = {
    kind: Column(f"{kind.value.lower()}.recorded", SHORT[kind], Kind.NUMBER, sort=(f"{kind.value.lower()}.recorded",))
    for kind in PublishedKind
}
_CHOSEN = tuple(
    Column(f"chosen.{word}", label, Kind.NUMBER, sort=(f"chosen.{word}",))
    for word, label in (("shown", "เผยแพร่"), ("waiting", "รอตรวจ"), ("checked", "ตรวจแล้ว"), ("returned", "ส่งกลับ"))
)


class _Status(OfYear, ListPage):
    """What both share: the year, the moment, what the year asked for then, the actor's own tree."""

    permission = Permission.MONITOR_VIEW
    province_code = ""
    template = "_list.html"
    empty_hint = "ไม่มี อปท. ตามเงื่อนไขนี้ในปีงบประมาณที่เลือก"

    @cached_property
    def duty(self) -> Asked:
        """What the year asks for, as it was said by the moment."""
        return asked_of(self.round.fiscal_year_be, as_of=self.asked.at)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Of the past it is known what was entered, not how far the check was: no columns of that."""
        super().setup(request, *args, **kwargs)
        if self.asked.at:
            self.columns = tuple(one for one in self.columns if one not in _CHOSEN)  # type: ignore[misc]

    def wanted(self, search: Mapping[str, Any]) -> RosterFilter:
        """The filter that a search means."""
        return RosterFilter(
            prefixes=self.request.actor.scopes(Permission.MONITOR_VIEW),
            province_code=self.province_code,
            district_code=search.get("district") or "",
            unit_type=search.get("unit_type") or "",
            name=search.get("name") or "",
            as_of=self.asked.at,
        )

    def add_button(self) -> AddButton | None:
        """The letter to those that have less than asked; the list of those with nothing at all is narrower than any letter."""
        search, lacking = self.request.GET.dict(), self.request.GET.get("lacking", "")
        return letter_button(
            actor=self.request.actor,
            cause=lacking if lacking in PublishedKind.values else "ENTRIES",
            search=search | {"province": self.province_code, "status": lacking == "NOTHING"},
            form=self.round.form_code,
            fiscal_year=self.round.fiscal_year_be,
            **self.moment,
        )

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """What the year asks for, and by when."""
        return {
            "list_head": "publishing/parts/status_head.html",
            "round": self.round,
            "asked": self.asked,
            "duty": self.duty,
            "counts": [(SHORT[kind], count) for kind, count in self.duty.counts.items()],
            "may_ask": policies.can_ask_for_entries(self.request.actor).allowed,
        }


class EntryStatus(_Status):
    """INFO91: the provinces that the actor watches, and รวม."""

    screen_code = "INFO91"
    title = TITLE
    file_name = "entries-by-province"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "จังหวัด", heading=True, url=lambda row: row.url),
        Column("units", "อปท.ทั้งหมด", Kind.NUMBER, sort=("units",)),
        Column("nothing", "ไม่มีรายการเลย", Kind.NUMBER, sort=("nothing",)),
        Column("lacking", "ยังไม่ครบ", Kind.NUMBER, sort=("lacking",)),
        *_ENTERED.values(),
        *_CHOSEN,
    )
    total: AreaStatus

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group."""
        return (Crumb("ติดตาม"),)

    def build_search_form(self, data: QueryDict) -> status_forms.StatusSearch:
        """With the years that were opened; the one shown is chosen."""
        data = data.copy()
        data["fiscal_year"] = str(self.round.fiscal_year_be)
        return status_forms.StatusSearch(data, years=[one.fiscal_year_be for one in self.rounds])

    def rows(self, search: Mapping[str, Any]) -> Sequence[AreaStatus]:
        """A line for each province."""
        found = status.provinces_status(round=self.round, wanted=self.wanted(search), asked=self.duty)
        kind = kind_of(search)
        kept = {
            "fiscal_year": self.round.fiscal_year_be,
            "unit_type": search.get("unit_type") or "",
            "kind": kind or "",
        } | self.moment
        self.total = status.total_of(found)
        self.total.chosen = self.total.of(kind)
        for row in found:
            row.chosen = row.of(kind)
            row.url = f"{reverse('publishing:entry-status-detail', args=[row.code])}?{urlencode(kept)}"
        return found

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object]:
        """The row รวม."""
        return {column.key: column.raw(self.total) for column in self.columns}


def _items_url(kind: PublishedKind) -> Callable[[UnitStatus], str]:
    return lambda row: row.urls.get(kind, "")


class EntryStatusDetail(_Status):
    """INFO92: the units of one province; those that lack something can be listed alone."""

    screen_code = "INFO92"
    title = TITLE
    file_name = "entries-of-province"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("short_name", "อปท.", heading=True),
        Column("district_name", "อำเภอ"),
        Column("lacking", "ยังไม่ครบ", blank="ครบ"),
        *(replace(column, url=_items_url(kind)) for kind, column in _ENTERED.items()),
        *_CHOSEN,
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A province in the actor's sight, or 404."""
        super().setup(request, *args, **kwargs)
        self.province_code = kwargs["province_code"]
        in_sight = provinces_in_sight(self.request.actor, Permission.MONITOR_VIEW)
        if self.province_code not in [one.code for one in in_sight]:
            raise Http404

    def page_title(self) -> str:
        """With the province."""
        return f"{self.title} จังหวัด{areas.province_name(self.province_code)}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """The provinces."""
        return (Crumb("ติดตาม"), Crumb(TITLE, reverse("publishing:entry-status")))

    def build_search_form(self, data: QueryDict) -> status_forms.UnitStatusSearch:
        """With the districts that the actor sees."""
        data = data.copy()
        data["fiscal_year"] = str(self.round.fiscal_year_be)
        found = districts_in_sight(self.request.actor, self.province_code, Permission.MONITOR_VIEW)
        return status_forms.UnitStatusSearch(
            data,
            years=[one.fiscal_year_be for one in self.rounds],
            districts=[(one.code, one.name) for one in found],
        )

    def rows(self, search: Mapping[str, Any]) -> Sequence[UnitStatus]:
        """A line for each unit."""
        found = status.units_status(
            round=self.round, wanted=self.wanted(search), asked=self.duty, lacking=search.get("lacking") or ""
        )
        for row in found:
            row.chosen = row.of(kind_of(search))
            if self.asked.at is None:
                row.urls = {
                    kind: f"{list_url(kind)}?{self._entered(row)}" for kind in PublishedKind if row.of(kind).recorded
                }
        return found

    def _entered(self, row: UnitStatus) -> str:
        """What the lists are asked, to show the items that the board counts."""
        return urlencode({"unit": row.code, "fiscal_year": self.round.fiscal_year_be})


def kind_of(search: Mapping[str, Any]) -> PublishedKind | None:
    """The kind that is looked at; None for all."""
    return PublishedKind(search["kind"]) if search.get("kind") else None
