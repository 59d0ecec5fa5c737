"""ข้อมูล อปท.: the list of units for everyone, with a search that forgives; the whole of it as CSV and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localgov.audit.state import state_of
from localgov.organisations import areas
from localgov.organisations.naming import type_abbreviation
from localgov.portal.selectors import places
from localgov.portal.selectors.unit_search import FoundUnit, FoundUnits, Nearness, UnitFilter
from localgov.portal.selectors.unit_table import COLUMNS, unit_rows
from localgov.portal.unit_forms import UnitSearch
from localgov.ui import open_data
from localgov.ui.columns import Column
from localgov.ui.list_query import ListQuery
from localgov.ui.public import PublicAnswer, PublicListPage


def _state() -> str:
    """The register."""
    return state_of(watched=("organisations_organisationversion",))


def _name(row: FoundUnit) -> str:
    """The name, and the old one by which it was found."""
    if not row.former:
        return row.shown_name
    return _("%(name)s (ชื่อเดิม %(former)s)") % {"name": row.shown_name, "former": row.former}


class UnitList(PublicListPage):
    """INFO16: units of today, and those that are no more where their name is asked for."""

    template = "portal/unit_list.html"
    screen_code = "INFO16"
    title = gettext_lazy("ข้อมูล อปท.")
    file_name = "units"
    lead = gettext_lazy(
        "ค้นหา อปท. ด้วยชื่อ ชื่อเดิม ชื่อย่อ (อบต. ทต.) ชื่อพร้อมอำเภอหรือจังหวัด รหัสไปรษณีย์ หรือรหัส อปท. สะกดใกล้เคียงก็พบ"
    )
    search_form = UnitSearch
    empty_hint = gettext_lazy("ลองพิมพ์เพียงส่วนหนึ่งของชื่อ หรือเลือกจังหวัดแล้วดูรายชื่อทั้งหมด")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "full_name",
            gettext_lazy("อปท."),
            heading=True,
            value=_name,
            url=lambda row: reverse("portal:unit", args=[row.code]),
        ),
        Column("unit_type", gettext_lazy("ประเภท"), value=lambda row: type_abbreviation(row.unit_type)),
        Column("district", gettext_lazy("อำเภอ"), value=lambda row: areas.district_name(row.district_code)),
        Column("province", gettext_lazy("จังหวัด"), value=lambda row: areas.province_name(row.province_code)),
        Column("code", gettext_lazy("รหัส")),
    )

    def version(self) -> str:
        """The register's."""
        return _state()

    def build_search_form(self, data: QueryDict) -> forms.Form:
        """With the districts of the province that is chosen."""
        return UnitSearch(data)

    def rows(self, search: Mapping[str, Any]) -> Sequence[FoundUnit]:
        """Those that the search means."""
        region, province = places.region(search.get("region") or ""), search.get("province") or ""
        codes = (province,) if province else region.province_codes if region else ()
        self.found = FoundUnits(
            search.get("text") or "",
            on=timezone.localdate(),
            only=UnitFilter(codes, search.get("district") or "", search.get("unit_type") or ""),
        )
        return self.found

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """How near the names come to what was typed."""
        notices = {
            Nearness.ALIKE: _("ไม่พบชื่อนี้ตรงตัว แสดงชื่อที่ใกล้เคียง"),
            Nearness.ELSEWHERE: _("ไม่พบชื่อนี้ในพื้นที่หรือประเภทที่ระบุ แสดงชื่อเดียวกันในที่อื่นและชื่อที่ใกล้เคียง"),
        }
        nearest = self.found.nearest
        return {"nearness": notices.get(nearest, "") if nearest is not None else ""}


class _UnitsOfToday(PublicAnswer):
    """What the two files of the list share."""

    def version(self) -> str:
        """The register's, with the websites told."""
        return state_of("directory_websiterecord", watched=("organisations_organisationversion",))

    def page_of(self) -> str:
        """The address of a unit's page with CODE where its code stands."""
        return self.request.build_absolute_uri(reverse("portal:unit", args=["CODE"]))


class UnitTable(_UnitsOfToday):
    """The whole register as CSV."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every unit of today."""
        rows = unit_rows(on=timezone.localdate(), page_of=self.page_of())
        return open_data.csv_response(COLUMNS, rows, file_name="units")


class UnitData(_UnitsOfToday):
    """The whole register as JSON."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every unit of today."""
        on = timezone.localdate()
        rows = unit_rows(on=on, page_of=self.page_of())
        return open_data.json_response(COLUMNS, rows, title="ทะเบียน อปท.", as_of=on)
