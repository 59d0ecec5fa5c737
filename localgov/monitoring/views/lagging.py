"""Who has not: the lists to chase from, by cause; and the units where nobody signs in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import last_day_before
from localgov.lib.unit_types import UnitType
from localgov.monitoring.causes import ENTRY_CAUSES, IDLE_DAYS, YEAR_CAUSES, Cause, causes_of
from localgov.monitoring.forms import IdleSearch, LaggingSearch
from localgov.monitoring.selectors import TimeStatus, sheet_word
from localgov.monitoring.selectors.idle import IdleRow, IdleRows
from localgov.monitoring.selectors.lagging import LaggingRows, LaggingUnit
from localgov.monitoring.selectors.progress import own_duty
from localgov.monitoring.views.board import MAIN_FORM, Board
from localgov.organisations import areas
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.publishing.selectors.duties import asked_of
from localgov.rounds.reading import RosterFilter
from localgov.ui.columns import Column, Kind
from localgov.ui.letters import letter_button
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage


class LaggingList(Board):
    """Units that have not done what a round asks, by cause, with what they did so far."""

    screen_code = "INFO86"
    title = "อปท. ที่ยังค้าง"
    file_name = "lagging"
    empty_hint = "ไม่มี อปท. ที่ค้างเรื่องนี้ในรอบและพื้นที่ที่เลือก"
    columns = (
        Column("short_name", "อปท.", heading=True),
        Column("type_name", "ประเภท"),
        Column("district_name", "อำเภอ"),
        Column("province_name", "จังหวัด"),
        Column("done", "ทำไปแล้ว"),
        Column("since", "อยู่ขั้นนี้ตั้งแต่", kind=Kind.DATE, blank="–"),
        Column(
            "due",
            "ครบกำหนด",
            kind=Kind.DATE,
            value=lambda row: last_day_before(row.due_at) if row.due_at else None,
            blank="–",
        ),
        Column("time", "กำหนดเวลา", value=lambda row: time_text(row), blank="–"),
    )

    @cached_property
    def cause(self) -> Cause:
        """The cause asked for, else the last thing that the round asks of the unit itself."""
        asked = self.request.GET.get("cause", "")
        own = own_duty(self.round)
        return next((one for one in self.causes if one == asked), own)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What can be asked of the round: websites, administrators and what units publish go by the year of the eight domains."""
        more = YEAR_CAUSES if self.form_code == MAIN_FORM else ()
        return (*causes_of(self.round.profile), *more)

    def page_title(self) -> str:
        """With the cause."""
        return f"อปท. ที่ยังค้าง: {self.cause.label}"

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """The causes that the round knows, and the actor's tree."""
        data["cause"] = data.get("cause") or self.cause
        causes = [(one.value, one.label) for one in self.causes]
        return LaggingSearch(data, causes=causes, **self.choices(data))

    def rows(self, search: Mapping[str, Any]) -> Sequence[LaggingUnit]:
        """All units that lag, in Thai order."""
        return LaggingRows(
            cause=self.cause,
            wanted=self.wanted(search),
            at=self.now,
            round=self.round,
            late_only=search.get("time_status") == TimeStatus.LATE,
        )

    def add_button(self) -> AddButton | None:
        """The letter to those on the list."""
        return self.letter_button(self.cause)

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """What the list counts as late."""
        year, past = self.round.fiscal_year_be, self.past_moment()
        return {
            "entries": asked_of(year, as_of=past) if self.cause in ENTRY_CAUSES else None,
            "list_head": "monitoring/parts/lagging_head.html",
            "asked": self.asked,
            "round": self.round,
            "word": sheet_word(self.round),
            "own_part": self.cause if self.cause in YEAR_CAUSES else own_duty(self.round),
        }


def time_text(row: LaggingUnit) -> str:
    """Late and extended, in words."""
    return " · ".join(word for word, said in (("เลยกำหนด", row.late), ("ขยายเวลา", row.extended)) if said)


class IdleList(ListPage):
    """Units where no account has signed in for 90 days."""

    permission = Permission.MONITOR_VIEW
    screen_code = "INFO87"
    title = f"อปท. ที่ไม่มีผู้เข้าใช้ระบบเกิน {IDLE_DAYS} วัน"
    lead = (
        f"นับทุกบัญชีของ อปท. จนถึงขณะที่เปิดหน้านี้ บัญชีที่ไม่เคยเข้าใช้นับตั้งแต่วันที่ส่งมอบ ผู้ที่เพิ่งได้รับบัญชีไม่เกิน {IDLE_DAYS} วันจึงยังไม่อยู่ในรายการ"
    )
    file_name = "idle-units"
    empty_hint = "ทุก อปท. ในพื้นที่ของท่านมีผู้เข้าใช้ระบบ"
    columns = (
        Column("short_name", "อปท.", heading=True, value=lambda row: row.place[2]),
        Column("type", "ประเภท", value=lambda row: UnitType(row.place[4]).abbreviation),
        Column("district", "อำเภอ", value=lambda row: areas.district_name(row.place[6])),
        Column("province", "จังหวัด", value=lambda row: areas.province_name(row.place[5])),
        Column("accounts", "จำนวนบัญชี", kind=Kind.NUMBER),
        Column("use", "การเข้าใช้", value=lambda row: row.use.label),
        Column("last_at", "เข้าใช้ครั้งล่าสุด", kind=Kind.DATE, blank="–"),
        Column("given_at", "ได้รับบัญชีเมื่อ", kind=Kind.DATE, blank="–"),
    )

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Places of the actor's tree, and how the accounts were used."""
        provinces = provinces_in_sight(self.request.actor, Permission.MONITOR_VIEW)
        code = data.get("province") or (provinces[0].code if len(provinces) == 1 else "")
        districts = districts_in_sight(self.request.actor, code, Permission.MONITOR_VIEW)
        return IdleSearch(
            data,
            provinces=[(one.code, one.name) for one in provinces],
            districts=[(one.code, one.name) for one in districts],
        )

    def rows(self, search: Mapping[str, Any]) -> Sequence[IdleRow]:
        """In Thai order within their districts."""
        wanted = RosterFilter(
            prefixes=self.request.actor.scopes(Permission.MONITOR_VIEW),
            region=search.get("region") or "",
            province_code=search.get("province") or "",
            district_code=search.get("district") or "",
            unit_type=search.get("unit_type") or "",
            name=(search.get("name") or "").strip(),
        )
        return IdleRows(wanted=wanted, at=timezone.now(), use=search.get("use") or "")

    def add_button(self) -> AddButton | None:
        """The letter to those on the list, however their accounts were used."""
        search = {name: value for name, value in self.request.GET.dict().items() if name != "use"}
        return letter_button(actor=self.request.actor, cause=Cause.IDLE, search=search)
