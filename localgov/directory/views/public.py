"""เว็บไซต์ อปท. and เว็บไซต์ สถจ. for everyone: lists, and the whole of them as CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localgov.directory import forms
from localgov.directory.selectors.offices import ListedOffice, listed_offices, office_state
from localgov.directory.selectors.public import ListedWebsite, ListedWebsites, website_state
from localgov.lib.thai_calendar import bangkok_date
from localgov.ui import open_data
from localgov.ui.columns import Column, Kind
from localgov.ui.public import PublicAnswer, PublicListPage


class WebsiteList(PublicListPage):
    """INFO15: the websites that units recorded, fresh to the second."""

    template = "directory/website_list.html"
    screen_code = "INFO15"
    title = _("เว็บไซต์ อปท.")
    file_name = "websites"
    lead = _("เว็บไซต์ที่องค์กรปกครองส่วนท้องถิ่นบันทึกไว้ในระบบ เรียงตามจังหวัด ประเภท และชื่อ")
    search_form = forms.WebsiteSearch
    columns: ClassVar[tuple[Column, ...]] = (
        Column("shown_name", _("อปท."), heading=True),
        Column("type_name", _("ประเภท")),
        Column("district_name", _("อำเภอ")),
        Column("province_name", _("จังหวัด")),
        Column("url", _("เว็บไซต์"), url=lambda row: row.url),
        Column("fiscal_year", _("ยืนยันล่าสุดปีงบประมาณ")),
        Column("at", _("บันทึกเมื่อ"), Kind.DATE, value=lambda row: bangkok_date(row.at)),
    )

    def version(self) -> str:
        """What is told on this day."""
        return website_state()

    def rows(self, search: Mapping[str, Any]) -> Sequence[ListedWebsite]:
        """Those of the register of today."""
        return ListedWebsites(
            on=timezone.localdate(),
            province_code=search.get("province") or "",
            unit_type=search.get("unit_type") or "",
            name=search.get("name") or "",
        )


class _Websites(PublicAnswer):
    """What the two files of the list share. The names of the columns are fixed for ever."""

    columns: ClassVar[tuple[str, ...]] = (
        "province_code", "province", "district", "type", "code", "name", "website", "fiscal_year", "recorded_on",
    )  # fmt: skip

    def version(self) -> str:
        """As the list."""
        return website_state()

    def rows(self) -> Iterator[Sequence[object]]:
        """Every row."""
        for one in ListedWebsites(on=timezone.localdate()):
            yield (
                one.province_code, one.province_name, one.district_name, one.type_name, one.code, one.full_name,
                one.url, one.fiscal_year, bangkok_date(one.at),
            )  # fmt: skip


class WebsiteTable(_Websites):
    """The whole list as CSV in UTF-8, for programs and for Excel."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every row."""
        return open_data.csv_response(self.columns, self.rows(), file_name="websites")


class WebsiteData(_Websites):
    """The whole list as JSON, for programs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every row."""
        return open_data.json_response(self.columns, self.rows(), title="เว็บไซต์ อปท.", as_of=timezone.localdate())


class OfficeList(PublicListPage):
    """INFO18: the websites of the provincial offices, every province in Thai order (R10.1)."""

    template = "directory/office_list.html"
    screen_code = "INFO18"
    title = _("เว็บไซต์ สถจ.")
    file_name = "office-websites"
    lead = _("เว็บไซต์ของสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ตามที่แต่ละสำนักงานบันทึกไว้")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("province_name", _("จังหวัด"), heading=True),
        Column(
            "url",
            _("เว็บไซต์"),
            value=lambda row: _("ไม่มี") if row.url == "" else row.url,
            blank=_("ยังไม่บันทึก"),
            url=lambda row: row.url or "",
        ),
        Column("at", _("บันทึกเมื่อ"), Kind.DATE, value=lambda row: row.at and bangkok_date(row.at)),
    )

    def version(self) -> str:
        """What is told on this day."""
        return office_state()

    def rows(self, search: Mapping[str, Any]) -> Sequence[ListedOffice]:
        """Those of the register of today."""
        return listed_offices(on=timezone.localdate())


class _Offices(PublicAnswer):
    """What the two files of the list share. The names of the columns are fixed for ever."""

    columns: ClassVar[tuple[str, ...]] = (
        "province_code",
        "province",
        "office",
        "has_website",
        "website",
        "recorded_on",
    )

    def version(self) -> str:
        """As the list."""
        return office_state()

    def rows(self) -> Iterator[Sequence[object]]:
        """Every office; `has_website` and `website` are blank where nothing is told."""
        for one in listed_offices(on=timezone.localdate()):
            has = None if one.url is None else one.url != ""
            yield one.province_code, one.province_name, one.full_name, has, one.url, one.at and bangkok_date(one.at)


class OfficeTable(_Offices):
    """The whole list as CSV in UTF-8, for programs and for Excel."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every row."""
        return open_data.csv_response(self.columns, self.rows(), file_name="office-websites")


class OfficeData(_Offices):
    """The whole list as JSON, for programs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every row."""
        return open_data.json_response(self.columns, self.rows(), title="เว็บไซต์ สถจ.", as_of=timezone.localdate())
