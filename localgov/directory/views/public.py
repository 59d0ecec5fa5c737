"""เว็บไซต์ อปท. for everyone: a list to search, and the whole of it as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localgov.audit.state import state_of
from localgov.directory import forms
from localgov.directory.selectors.public import ListedWebsite, ListedWebsites
from localgov.lib.thai_calendar import bangkok_date
from localgov.ui.columns import Column, Kind
from localgov.ui.public import PublicAnswer, PublicListPage


def _state() -> str:
    """The websites told, and the register."""
    return state_of("directory_websiterecord", watched=("organisations_organisationversion",))


class WebsiteList(PublicListPage):
    """INFO15: the websites that units recorded, fresh to the second."""

    template = "directory/website_list.html"
    screen_code = "INFO15"
    title = _("เว็บไซต์ อปท.")
    file_name = "websites"
    lead = _("เว็บไซต์ที่องค์กรปกครองส่วนท้องถิ่นบันทึกไว้ในระบบ เรียงตามจังหวัด ประเภท และชื่อ")
    search_form = forms.WebsiteSearch
    columns: ClassVar[tuple[Column, ...]] = (
        Column("full_name", _("อปท."), heading=True),
        Column("type_name", _("ประเภท")),
        Column("district_name", _("อำเภอ")),
        Column("province_name", _("จังหวัด")),
        Column("url", _("เว็บไซต์"), url=lambda row: row.url),
        Column("fiscal_year", _("ยืนยันล่าสุดปีงบประมาณ")),
        Column("at", _("บันทึกเมื่อ"), Kind.DATE, value=lambda row: bangkok_date(row.at)),
    )

    def version(self) -> str:
        """What is told on this day."""
        return _state()

    def rows(self, search: Mapping[str, Any]) -> Sequence[ListedWebsite]:
        """Those of the register of today."""
        return ListedWebsites(
            on=timezone.localdate(),
            province_code=search.get("province") or "",
            unit_type=search.get("unit_type") or "",
            name=search.get("name") or "",
        )


class WebsiteTable(PublicAnswer):
    """The whole list as CSV in UTF-8, for programs and for Excel."""

    def version(self) -> str:
        """As the list."""
        return _state()

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
