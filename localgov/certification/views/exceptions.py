"""The list of tiny units' exceptions with the certificates that rest on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from localgov.access.duty import Parts
from localgov.access.permissions import Permission
from localgov.accounts.models import DutyException
from localgov.accounts.periods import last_day
from localgov.certification import forms
from localgov.certification.selectors import exceptions as selectors
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations import areas
from localgov.organisations.selectors.sight import provinces_in_sight
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb


class ExceptionList(ListPage):
    """ACC062: who joins two parts where, by which order, and how many certificates rest on it."""

    permission = Permission.PEOPLE_VIEW
    title = "ข้อยกเว้นแยกหน้าที่ของ อปท."
    screen_code = "ACC062"
    file_name = "duty-exceptions"
    lead = "คนหนึ่งทำสองหน้าที่ในข้อมูลด้านเดียวกันได้ตามคำสั่งจังหวัด ตั้งแต่วันที่ถึงวันที่ ใบรับรองที่ใช้ข้อยกเว้นระบุไว้ในตัวใบรับรอง"
    empty_hint = "ไม่มีข้อยกเว้นตามเงื่อนไขนี้ สถจ. ให้ข้อยกเว้นได้จากหน้าผู้บริหารของ อปท. นั้น"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_name", "อปท.", heading=True, sort=("unit_name",)),
        Column("province", "จังหวัด", value=lambda row: areas.province_name(row.province_code), sort=("province_code",)),
        Column("user.display_name", "ผู้ได้รับ", sort=("user__sort_key",)),
        Column("parts", "สองหน้าที่", value=lambda row: Parts(row.parts).label, sort=("parts",)),
        Column("first", "ตั้งแต่", Kind.DATE, value=lambda row: row.held.lower, blank="–"),
        Column("last", "ถึง", Kind.DATE, value=lambda row: None if row.held.isempty else last_day(row.held), blank="–"),
        Column("standing", "สถานะ", value=lambda row: selectors.standing_of(row, on=bangkok_date(timezone.now()))),
        Column("order_number", "คำสั่ง"),
        Column("certificate_count", "ใบรับรองที่ใช้", Kind.NUMBER, unit="ใบ", sort=("certificate_count",)),
    )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu group."""
        return (Crumb("ทะเบียนและบัญชี"),)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Province only where there is more than one."""
        provinces = provinces_in_sight(self.request.actor, Permission.PEOPLE_VIEW)
        return forms.ExceptionSearch(data, provinces=[(one.code, one.name) for one in provinces])

    def rows(self, search: Mapping[str, Any]) -> QuerySet[DutyException]:
        """The selector's exceptions."""
        return selectors.exceptions(actor=self.request.actor, on=bangkok_date(timezone.now()), search=search)

    def row_actions(self, row: Any) -> Sequence[RowAction]:
        """Granting and ending, where the actor may."""
        if not self.request.actor.can(Permission.SEAT_UNIT_EXECUTIVE, at=row.unit_path):
            return ()
        return (RowAction("edit", reverse("accounts:exception-detail", args=[row.unit_code]), "ดูและแก้ไข"),)
