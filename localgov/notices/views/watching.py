"""Circulars for those who sent them: what was sent, who has opened and acknowledged, who has not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date
from localgov.lib.unit_types import UnitType
from localgov.notices import forms, policies
from localgov.notices.models import Addressee, Circular
from localgov.notices.models.circular import publishing_offices
from localgov.notices.selectors import watching
from localgov.notices.selectors.addressing import OFFICE_KINDS
from localgov.notices.states import CircularState
from localgov.notices.views.reading import TITLE, circular_url
from localgov.organisations import areas
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb

SENT = "หนังสือที่ส่งออก"


def _percent(part: int, whole: int) -> str:
    return f"ร้อยละ {part * 100 // whole} ของผู้รับ" if whole else ""


class SentList(ListPage):
    """NTC03: circulars of the actor's office, and of the offices that it watches."""

    permission = Permission.NOTICE_VIEW
    title = SENT
    screen_code = "NTC03"
    file_name = "sent-circulars"
    search_form = forms.SentSearch
    lead = "หนังสือแจ้งเวียนของหน่วยงานท่านและของสำนักงานในสังกัด พร้อมจำนวนผู้รับที่เปิดอ่านและรับทราบ"
    empty_hint = "ยังไม่มีหนังสือแจ้งเวียนที่ส่งออก"
    columns = (
        Column("number", "เลขที่หนังสือ", sort=("number",)),
        Column("dated", "ลงวันที่", Kind.DATE, sort=("dated",)),
        Column("subject", "เรื่อง", heading=True, url=lambda row: _manage_url(row), sort=("subject",)),
        Column("office_name", "จาก", sort=("office_name",)),
        Column("finish_on", "ให้เสร็จภายใน", Kind.DATE, blank="–", sort=("finish_on",)),
        Column("state", "สถานะ", Kind.STATE),
        Column("addressee_count", "ผู้รับ", Kind.NUMBER, unit="แห่ง", sort=("addressee_count",)),
        Column("opened", "เปิดอ่าน", Kind.NUMBER, unit="แห่ง", sort=("opened",)),
        Column("acknowledged", "รับทราบ", Kind.NUMBER, unit="แห่ง", sort=("acknowledged",)),
    )

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under what one receives."""
        return (Crumb(TITLE, reverse("notices:circular-list")),)

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Circular]:
        """Newest first."""
        return watching.sent(actor=self.request.actor, words=search["words"] or "", state=search["state"] or "")

    def row_actions(self, row: Circular) -> Sequence[RowAction]:
        """A draft is written on, the rest is watched."""
        if row.state == CircularState.DRAFT:
            return (RowAction("edit", _manage_url(row)),)
        return (RowAction("view", circular_url(row.pk), "อ่าน"),)

    def add_button(self) -> AddButton | None:
        """For the offices that send."""
        writes = publishing_offices(self.request.actor)
        return AddButton(reverse("notices:circular-write"), "ออกหนังสือแจ้งเวียน") if writes else None


def _manage_url(circular: Circular) -> str:
    """Where its sender goes on: the draft's preview, or who has not acknowledged."""
    name = "circular-preview" if circular.state == CircularState.DRAFT else "addressee-list"
    return reverse(f"notices:{name}", args=[circular.pk])


def _type_name(row: Addressee) -> str:
    """อบต., or สถอ. of an office."""
    if row.unit_type:
        return UnitType(row.unit_type).abbreviation
    return OFFICE_KINDS.get(row.organisation.kind, "")


class AddresseeList(ListPage):
    """NTC06: who has opened and acknowledged a circular, who has not; by province or district."""

    permission = Permission.NOTICE_VIEW
    template = "notices/addressee_list.html"
    title = "การเปิดอ่านและรับทราบ"
    screen_code = "NTC06"
    file_name = "circular-receipts"
    empty_hint = "ไม่มีผู้รับในเขตของท่าน"
    _COLUMNS = (
        Column("version.full_name", "หน่วยงาน", heading=True, sort=("position",)),
        Column("type", "ประเภท", value=_type_name),
        Column("district", "อำเภอ", value=lambda row: areas.district_name(row.district_code), blank="–"),
        Column("province", "จังหวัด", value=lambda row: areas.province_name(row.province_code)),
        Column("opened_at", "เปิดอ่านเมื่อ", Kind.DATETIME, blank="ยังไม่เปิดอ่าน", sort=("opened_at",)),
        Column("acknowledged_at", "รับทราบเมื่อ", Kind.DATETIME, blank="ยังไม่รับทราบ", sort=("acknowledged_at",)),
    )
    _RECORDED = Column(
        "recorded",
        "บันทึกข้อมูลหลังเผยแพร่",
        value=lambda row: "บันทึกแล้ว" if row.recorded else "ยังไม่บันทึก" if row.unit_type else "–",
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the circular; a unit sees no others, so it has no such page."""
        super().setup(request, *args, **kwargs)
        actor = self.request.actor
        found = Circular.objects.visible_to(actor).exclude(state=CircularState.DRAFT).filter(pk=kwargs["pk"])
        circular = found.select_related("round").first()
        if circular is None:
            raise Http404
        self.circular = circular
        self.today = bangkok_date(timezone.now())
        self.columns = (*self._COLUMNS, self._RECORDED) if circular.round_id else self._COLUMNS  # type: ignore[misc]

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the circular."""
        circular = self.circular
        return (Crumb(TITLE, reverse("notices:circular-list")), Crumb(circular.number, circular_url(circular.pk)))

    @cached_property
    def provinces(self) -> list[watching.PlaceCount]:
        """By province."""
        return watching.places(actor=self.request.actor, circular=self.circular, on=self.today)

    @cached_property
    def province_code(self) -> str:
        """The one province that is shown; empty for several."""
        if len(self.provinces) == 1:
            return self.provinces[0].code
        asked = self.request.GET.get("province", "")
        return asked if asked in {one.code for one in self.provinces} else ""

    @cached_property
    def districts(self) -> list[watching.PlaceCount]:
        """By district of that province."""
        if not self.province_code:
            return []
        return watching.places(
            actor=self.request.actor, circular=self.circular, on=self.today, province_code=self.province_code
        )

    def build_search_form(self, data: QueryDict) -> forms.AddresseeSearch:
        """With the places of the addressees."""
        provinces = [(one.code, one.name) for one in self.provinces if one.code]
        return forms.AddresseeSearch(
            data, provinces=provinces, districts=[(one.code, one.name) for one in self.districts if one.code]
        )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Addressee]:
        """In Thai order."""
        rows = watching.addressees(
            actor=self.request.actor,
            circular=self.circular,
            on=self.today,
            wanted=watching.AddresseeFilter(
                words=search.get("words") or "",
                province_code=search.get("province") or "",
                district_code=search.get("district") or "",
                unit_type=search.get("unit_type") or "",
                standing=search.get("standing") or "",
            ),
        )
        return watching.recorded_since(self.circular, rows) if self.circular.round_id else rows

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """The sums, and the places that have not."""
        total = sum(one.addressees for one in self.provinces)
        opened = sum(one.opened for one in self.provinces)
        acknowledged = sum(one.acknowledged for one in self.provinces)
        page = reverse("notices:addressee-list", args=[self.circular.pk])
        shown = self.districts if self.province_code else self.provinces
        return {
            "circular": self.circular,
            "may_end": policies.can_end(self.request.actor, self.circular),
            "stats": (
                ("ผู้รับ", total, "", page),
                ("เปิดอ่านแล้ว", opened, _percent(opened, total), ""),
                ("รับทราบแล้ว", acknowledged, _percent(acknowledged, total), f"{page}?standing=acknowledged"),
                ("ยังไม่รับทราบ", total - acknowledged, "", f"{page}?standing=not_acknowledged"),
            ),
            "places": shown if len(shown) > 1 else (),
            "place_key": "district" if self.province_code else "province",
            "province_code": self.province_code if len(self.provinces) > 1 else "",
        }
