"""ข้อมูลปฏิบัติงาน อปท. (R3.2): what each unit did in INFO in the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date, fiscal_year_bounds, fiscal_year_of
from localgov.lib.unit_types import UnitType
from localgov.monitoring.forms import PlaceSearch, WorkSearch
from localgov.monitoring.selectors import activity
from localgov.monitoring.selectors.activity import WorkKind, WorkLine
from localgov.monitoring.views.board import sees_one_unit
from localgov.organisations import areas
from localgov.organisations.models import OrganisationVersion
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb

_YEARS_BACK = 5


def _work_url(unit: OrganisationVersion) -> str:
    return reverse("monitoring:unit-activity", args=[unit.organisation.code])


class ActivityList(ListPage):
    """The units of the actor's tree; each leads to what it did."""

    permission = Permission.MONITOR_VIEW
    screen_code = "INFO89"
    title = "ข้อมูลปฏิบัติงาน อปท."
    lead = "เลือก อปท. เพื่อดูว่าในปีงบประมาณนั้นได้ปฏิบัติงานอะไรในระบบ INFO บ้าง"
    file_name = "activity"
    columns = (
        Column("short_name", "อปท.", heading=True, sort=("sort_key",), url=_work_url),
        Column("type", "ประเภท", value=lambda row: UnitType(row.unit_type).abbreviation),
        Column("district", "อำเภอ", value=lambda row: areas.district_name(row.district_code)),
        Column("province", "จังหวัด", value=lambda row: areas.province_name(row.province_code)),
        Column("last_login", "เข้าใช้ครั้งล่าสุด", kind=Kind.DATETIME, blank="ยังไม่เคย"),
    )

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The list, or the way to the only unit that the actor sees."""
        scopes = request.actor.scopes(Permission.MONITOR_VIEW)
        if sees_one_unit(scopes):
            return redirect("monitoring:unit-activity", code=scopes[0].rstrip(".").rpartition(".")[2])
        return super().get(request, *args, **kwargs)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Places of the actor's tree."""
        provinces = provinces_in_sight(self.request.actor, Permission.MONITOR_VIEW)
        code = data.get("province") or (provinces[0].code if len(provinces) == 1 else "")
        districts = districts_in_sight(self.request.actor, code, Permission.MONITOR_VIEW)
        return PlaceSearch(
            data,
            provinces=[(one.code, one.name) for one in provinces],
            districts=[(one.code, one.name) for one in districts],
        )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[OrganisationVersion]:
        """Units in Thai order."""
        return activity.units_by_use(actor=self.request.actor, on=bangkok_date(timezone.now()), search=search)

    def row_actions(self, row: OrganisationVersion) -> Sequence[RowAction]:
        """Open its work."""
        return (RowAction("view", _work_url(row)),)


class UnitActivity(ListPage):
    """What one unit did in a fiscal year, day by day."""

    permission = Permission.MONITOR_VIEW
    screen_code = "INFO90"
    file_name = "unit-activity"
    empty_hint = "ปีงบประมาณนี้ยังไม่มีการปฏิบัติงานในระบบ"
    columns = (
        Column("day", "วันที่", kind=Kind.DATE, heading=True, sort=("day",)),
        Column("told", "การปฏิบัติงาน"),
        Column("where", "แบบข้อมูล", blank="–"),
        Column("who", "ผู้ปฏิบัติ"),
        Column("last_at", "ครั้งสุดท้ายของวัน", kind=Kind.DATETIME),
    )

    @cached_property
    def unit(self) -> OrganisationVersion:
        """The unit of the address. Raises Http404 where the actor does not watch it."""
        today = bangkok_date(timezone.now())
        found = activity.unit_of(actor=self.request.actor, on=today, code=self.kwargs["code"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def years(self) -> list[int]:
        """This fiscal year and some before it."""
        year = fiscal_year_of(timezone.now())
        return list(range(year, year - _YEARS_BACK - 1, -1))

    @cached_property
    def year(self) -> int:
        """The fiscal year asked for, else this one."""
        asked = self.request.GET.get("fiscal_year", "")
        return next((year for year in self.years if str(year) == asked), self.years[0])

    def page_title(self) -> str:
        """Named after the unit."""
        return f"ข้อมูลปฏิบัติงาน {self.unit.short_name}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """The list above, for who watches more than this unit."""
        if sees_one_unit(self.request.actor.scopes(Permission.MONITOR_VIEW)):
            return ()
        return (Crumb("ข้อมูลปฏิบัติงาน อปท.", reverse("monitoring:activity")),)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Year and sort of work."""
        return WorkSearch(data, years=self.years)

    def rows(self, search: Mapping[str, Any]) -> Sequence[WorkLine]:
        """Newest day first."""
        self.lines = activity.work_of(organisation_id=self.unit.organisation_id, fiscal_year=self.year)
        kind = search.get("kind")
        return [line for line in self.lines if line.kind == kind] if kind else self.lines

    lines: list[WorkLine]

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The year's sums."""
        sums = {kind: sum(line.times for line in self.lines if line.kind == kind) for kind in WorkKind}
        first, last = fiscal_year_bounds(self.year)
        return {
            "list_head": "monitoring/parts/activity_head.html",
            "year": self.year,
            "first": first,
            "last": last,
            "unit": self.unit,
            "days": len({line.day for line in self.lines}),
            "saves": sums[WorkKind.SAVE],
            "answers": sum(line.answers for line in self.lines),
            "sign_ins": sums[WorkKind.SIGN_IN],
            "steps": sums[WorkKind.STEP],
        }
