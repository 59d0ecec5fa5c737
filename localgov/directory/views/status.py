"""INFO11 รายการสถานะการบันทึกเว็บไซต์ในระบบของ Info, by province and of one province."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from localgov.access.permissions import Permission
from localgov.directory import forms
from localgov.directory.selectors import status
from localgov.directory.selectors.status import ProvinceStatus, StatusFilter, UnitStatus
from localgov.filings.views.years import OfYear
from localgov.organisations import areas
from localgov.organisations.selectors.sight import provinces_in_sight
from localgov.rounds.reading import WHOLE_COUNTRY
from localgov.ui.columns import Column, Kind
from localgov.ui.letters import letter_button
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb

TITLE = "รายการสถานะการบันทึกเว็บไซต์ในระบบของ Info"


class _Status(OfYear, ListPage):
    """What both share: the year, the types, the moment, and the actor's own tree."""

    permission = Permission.MONITOR_VIEW
    province_code = ""
    template = "_list.html"
    shows_checks = False

    def build_search_form(self, data: QueryDict) -> forms.StatusSearch:
        """With the years that were opened; the one shown is chosen."""
        data = data.copy()
        data["fiscal_year"] = str(self.round.fiscal_year_be)
        years = [one.fiscal_year_be for one in self.rounds]
        return forms.StatusSearch(data, years=years, by_check=self.shows_checks)

    def wanted(self, search: Mapping[str, Any], province_code: str = "") -> StatusFilter:
        """The filter that a search means."""
        return StatusFilter(
            prefixes=self.request.actor.scopes(Permission.MONITOR_VIEW),
            unit_types=tuple(search.get("unit_type") or ()),
            province_code=province_code,
            as_of=self.asked.at,
            check=search.get("check") or "",
        )

    def head(self) -> dict[str, Any]:
        """What stands above the list: year, moment, whose units."""
        return {
            "list_head": "directory/parts/status_head.html",
            "asked": self.asked,
            "round": self.round,
            "whole_country": WHOLE_COUNTRY in self.request.actor.scopes(Permission.MONITOR_VIEW),
        }

    def add_button(self) -> AddButton | None:
        """The letter to those that have recorded no website."""
        search: dict[str, Any] = {"unit_type": self.request.GET.getlist("unit_type"), "province": self.province_code}
        year = self.round.fiscal_year_be
        return letter_button(
            actor=self.request.actor,
            cause="WEBSITE",
            search=search,
            form=self.round.form_code,
            fiscal_year=year,
            **self.moment,
        )

    def kept(self, search: Mapping[str, Any]) -> str:
        """The year, types and moment, for links to the other page."""
        query: dict[str, Any] = {"fiscal_year": self.round.fiscal_year_be, "unit_type": search.get("unit_type") or []}
        return urlencode(query | self.moment, doseq=True)


_FIGURES = (
    Column("units", "อปท.ทั้งหมด", Kind.NUMBER, sort=("units",)),
    Column("recorded", "บันทึกข้อมูล อปท. 8 ด้าน", Kind.NUMBER, sort=("recorded",)),
    Column("answered", "บันทึกเว็บไซต์แล้ว", Kind.NUMBER, sort=("answered",)),
    Column("with_website", "มีเว็บไซต์", Kind.NUMBER, sort=("with_website",)),
    Column("without_website", "ไม่มีเว็บไซต์", Kind.NUMBER, sort=("without_website",)),
    Column("with_person", "ผู้รับผิดชอบ", Kind.NUMBER, sort=("with_person",)),
)


class WebsiteStatus(_Status):
    """INFO11: the provinces that the actor watches, and รวม."""

    screen_code = "INFO11"
    title = TITLE
    file_name = "websites-by-province"
    empty_hint = "ไม่มี อปท. ตามเงื่อนไขนี้ในปีงบประมาณที่เลือก"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "ลำดับ", Kind.NUMBER),
        Column("fiscal_year", "ปีงบประมาณ"),
        Column("name", "จังหวัด", heading=True, url=lambda row: row.url),
        *_FIGURES,
        Column("details", "รายละเอียด", value=lambda row: "เปิด", url=lambda row: row.url),
    )
    total: ProvinceStatus

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group."""
        return (Crumb("ติดตาม"),)

    def rows(self, search: Mapping[str, Any]) -> Sequence[ProvinceStatus]:
        """A line for each province."""
        found = status.provinces_status(round=self.round, wanted=self.wanted(search))
        for row in found:
            row.url = f"{reverse('directory:website-status-detail', args=[row.code])}?{self.kept(search)}"
        self.total = status.total_of(found)
        return found

    def totals(self, search: Mapping[str, Any]) -> Mapping[str, object]:
        """The row รวม."""
        return {"name": "รวม"} | {column.key: getattr(self.total, column.key) for column in _FIGURES}

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Which moment is shown."""
        return self.head()


class WebsiteStatusDetail(_Status):
    """INFO14: รายละเอียด of one province: its figures again, then its units; those that have not recorded with empty cells."""

    screen_code = "INFO14"
    title = "รายการสถานะ: การบันทึกเว็บไซต์ในระบบของ Info"
    file_name = "websites-of-province"
    empty_hint = "ไม่มี อปท. ตามเงื่อนไขนี้ในปีงบประมาณที่เลือก"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("short_name", "อปท", heading=True, url=lambda row: row.page),
        Column("has_website", "มีเว็บไซต์"),
        Column("url", "เว็บไซต์", url=lambda row: row.url or ""),
        Column("people", "ผู้รับผิดชอบ"),
    )
    _CHECK: ClassVar[Column] = Column("check_text", "ผลตรวจที่อยู่เว็บไซต์")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A province in the actor's sight, or 404."""
        super().setup(request, *args, **kwargs)
        self.province_code = kwargs["province_code"]
        in_sight = provinces_in_sight(self.request.actor, Permission.MONITOR_VIEW)
        if self.province_code not in [one.code for one in in_sight]:
            raise Http404
        self.shows_checks = settings.WEBSITE_CHECKS and self.asked.at is None
        if self.shows_checks:  # of the present alone: what was found earlier is not kept
            self.columns = (*self.columns, self._CHECK)  # type: ignore[misc]

    def page_title(self) -> str:
        """With the province."""
        return f"{self.title} จังหวัด{areas.province_name(self.province_code)}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """The provinces."""
        return (Crumb("ติดตาม"), Crumb(TITLE, reverse("directory:website-status")))

    def rows(self, search: Mapping[str, Any]) -> Sequence[UnitStatus]:
        """A line for each unit."""
        wanted = self.wanted(search, self.province_code)
        self.figures = status.provinces_status(round=self.round, wanted=wanted)
        year = self.round.fiscal_year_be
        return [
            replace(row, page=reverse("directory:website-detail", kwargs={"fiscal_year": year, "unit_code": row.code}))
            for row in status.units_status(round=self.round, wanted=wanted)
        ]

    def row_actions(self, row: UnitStatus) -> Sequence[RowAction]:
        """The unit's page."""
        return (RowAction("view", row.page),)

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The figures of the province."""
        figures = [(column.label, getattr(row, column.key)) for row in self.figures for column in _FIGURES]
        return self.head() | {"figures": figures}
