"""เว็บไซต์ อปท. for everyone: a list to search, and the whole of it as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views import View

from localgov.directory import forms
from localgov.directory.selectors.public import ListedWebsite, ListedWebsites
from localgov.lib.thai_calendar import bangkok_date
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import ListPage


class WebsiteList(ListPage):
    """INFO15: the websites that units recorded, fresh to the second."""

    public = True
    template = "directory/website_list.html"
    screen_code = "INFO15"
    title = "เว็บไซต์ อปท."
    file_name = "websites"
    lead = "เว็บไซต์ที่องค์กรปกครองส่วนท้องถิ่นบันทึกไว้ในระบบ เรียงตามจังหวัด ประเภท และชื่อ"
    search_form = forms.WebsiteSearch
    columns: ClassVar[tuple[Column, ...]] = (
        Column("full_name", "อปท.", heading=True),
        Column("type_name", "ประเภท"),
        Column("district_name", "อำเภอ"),
        Column("province_name", "จังหวัด"),
        Column("url", "เว็บไซต์", url=lambda row: row.url),
        Column("fiscal_year", "ยืนยันล่าสุดปีงบประมาณ"),
        Column("at", "บันทึกเมื่อ", Kind.DATE, value=lambda row: bangkok_date(row.at)),
    )

    def rows(self, search: Mapping[str, Any]) -> Sequence[ListedWebsite]:
        """Those of the register of today."""
        return ListedWebsites(
            on=timezone.localdate(),
            province_code=search.get("province") or "",
            unit_type=search.get("unit_type") or "",
            name=search.get("name") or "",
        )


class WebsiteTable(View):
    """The whole list as CSV in UTF-8, for programs and for Excel."""

    public = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every row."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(
            ("province_code", "province", "district", "type", "code", "name", "website", "fiscal_year", "recorded_on")
        )
        for one in ListedWebsites(on=timezone.localdate()):
            day = bangkok_date(one.at).isoformat()
            writer.writerow(
                (
                    one.province_code, one.province_name, one.district_name, one.type_name, one.code, one.full_name,
                    one.url, one.fiscal_year, day,
                )
            )  # fmt: skip
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="websites.csv"'
        return response
