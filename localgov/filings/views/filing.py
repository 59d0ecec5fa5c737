"""Pages above the domains: the way in, the list of units, a unit's eight domains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geothai
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.filings.selectors import filing_page
from localgov.filings.views.unit_page import UnitPage
from localgov.forms import selectors as form_selectors
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.rounds.models import RosterEntry
from localgov.ui.columns import Column
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.moments import AtMoment
from localgov.ui.pages import Crumb


class UnitSearch(forms.Form):
    """Search of the list of filings."""

    fiscal_year = forms.TypedChoiceField(label="ปีงบประมาณ", required=False, coerce=int, empty_value=None)
    name = forms.CharField(label="ชื่อหรือรหัส อปท.", required=False, max_length=100)
    unit_type = forms.ChoiceField(
        label="ประเภท อปท.", required=False, choices=[("", "--เลือกประเภท--"), *UNIT_TYPE_CHOICES]
    )


def _unit_url(entry: RosterEntry) -> str:
    return reverse("filings:filing-detail", kwargs={"fiscal_year": entry.round.fiscal_year_be, "unit_code": entry.code})


def _province(entry: RosterEntry) -> str:
    province = geothai.province(entry.province_code)
    return str(province.name_th) if province else ""


def _district(entry: RosterEntry) -> str:
    district = geothai.district(entry.district_code)
    return str(district.name_th) if district else ""


class FilingHome(ListPage):
    """INFO20: leads a unit's people to their own filing; an office finds the unit whose filing it wants to read."""

    permission = Permission.FILING_VIEW
    title = "ข้อมูล อปท. 8 ด้าน"
    screen_code = "INFO20"
    lead = "เลือก อปท. เพื่ออ่านข้อมูลที่บันทึก สถานะแต่ละด้าน และประวัติการแก้ไข"
    empty_hint = "ยังไม่เปิดรอบการบันทึกข้อมูล อปท. 8 ด้าน ในปีงบประมาณใด หรือบัญชีนี้ไม่มี อปท. ในความดูแล"
    file_name = "filings"
    columns = (
        Column("full_name", "อปท.", heading=True, sort=("sort_key",), url=_unit_url),
        Column("code", "รหัส", sort=("code",)),
        Column("unit_type", "ประเภท", value=lambda entry: entry.get_unit_type_display(), sort=("unit_type",)),
        Column("district", "อำเภอ", value=_district),
        Column("province", "จังหวัด", value=_province),
    )

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go to the own unit's filing, or list the units of an office."""
        entry = filing_page.own_entry(actor=self.request.actor, at=timezone.now())
        return redirect(_unit_url(entry)) if entry else super().get(request, *args, **kwargs)

    def build_search_form(self, data: QueryDict) -> forms.Form:
        """The years are those in which the actor may see anything."""
        years = filing_page.visible_years(actor=self.request.actor)
        data = data.copy()
        current = filing_page.current_year(years, at=timezone.now())
        if not data.get("fiscal_year") and current is not None:
            data["fiscal_year"] = str(current)
        form = UnitSearch(data)
        form.fields["fiscal_year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        return form

    def rows(self, search: Mapping[str, Any]) -> QuerySet[RosterEntry]:
        """The units of a year under the actor."""
        return filing_page.units_visible(
            actor=self.request.actor,
            fiscal_year=search["fiscal_year"],
            name=search["name"] or "",
            unit_type=search["unit_type"] or "",
        )

    def row_actions(self, row: RosterEntry) -> Sequence[RowAction]:
        """Read the filing."""
        return (RowAction("view", _unit_url(row)),)


class FilingDetail(AtMoment, UnitPage):
    """INFO21: the eight domains of a unit in a year, with what waits for whom."""

    template = "filings/filing_detail.html"
    screen_code = "INFO21"

    def page_title(self) -> str:
        """ข้อมูล อปท. 8 ด้าน ปีงบประมาณ 2570."""
        return f"ข้อมูล อปท. 8 ด้าน ปีงบประมาณ {self.entry.round.fiscal_year_be}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """The page itself ends the trail."""
        return super().breadcrumb()[:1]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the domains."""
        past = self.asked.at
        page = filing_page.filing_page(actor=self.request.actor, entry=self.entry, at=past or timezone.now(), past=past)
        notes = form_selectors.notes_on(filing_page.FORM_CODE, past=past)
        return self.render(page=page, years=self._year_links(page), links=self._links(), asked=self.asked, notes=notes)

    def _year_links(self, page: filing_page.FilingPage) -> list[tuple[int, str]]:
        places = [(year, {**self.place, "fiscal_year": year}) for year in page.years]
        return [
            (year, f"{reverse('filings:filing-detail', kwargs=place)}{self.asked.suffix}") for year, place in places
        ]

    def _links(self) -> list[tuple[str, str, str]]:
        """Pages of other rooms about the same filing, as far as they exist: label, icon, address."""
        found = []
        of_now = [
            ("รับรองข้อมูลระดับ อปท.", "badge-check", "certification:unit-certify"),
            ("รับรองข้อมูลระดับจังหวัด", "shield-check", "certification:province-certify"),
        ]
        of_any_moment = [
            ("ใบรับรอง", "badge-check", "certification:certificate-list"),
            ("คะแนน LPA ตัวชี้วัดที่ 7", "chart-column", "scoring:score-detail"),
        ]
        for label, icon, name in of_any_moment if self.asked.at else [*of_now, *of_any_moment]:
            try:
                found.append((label, icon, f"{reverse(name, kwargs=self.place)}{self.asked.suffix}"))
            except NoReverseMatch:
                continue
        return found
