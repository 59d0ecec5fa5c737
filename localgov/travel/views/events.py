"""ปฏิทินกิจกรรม: a month as a grid and as a list, and the same as calendar files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localgov.lib.icalendar import CONTENT_TYPE, CalendarEvent, calendar_text
from localgov.lib.refusals import quoted
from localgov.organisations import areas
from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind
from localgov.travel import looks, months
from localgov.travel.area_names import named_provinces
from localgov.travel.day_names import days_text, month_name, year_text
from localgov.travel.views.pages import TravelPage, item_or_404, item_url, nothing_there
from localgov.ui.public import PublicAnswer, not_there

#: What a calendar program subscribes to: from so long ago to so far ahead.
_BEFORE, _AFTER = timedelta(days=90), timedelta(days=400)


@dataclass(frozen=True)
class EventLine:
    """An event in a list or in a day of the grid."""

    title: str
    url: str
    starts: date
    ends: date
    month: str
    days: str
    unit: str
    province: str
    address: str


def event_lines(rows: Iterable[shown.ShownRow]) -> list[EventLine]:
    """The lines of some news that have days."""
    return [
        EventLine(
            title=row.title,
            url=item_url(row),
            starts=row.event_from,
            ends=row.event_to or row.event_from,
            month=month_name(row.event_from.month),
            days=days_text(row.event_from, row.event_to),
            unit=row.unit_name,
            province=areas.province_name(row.province_code),
            address=row.address,
        )
        for row in rows
        if row.event_from is not None
    ]


class CalendarMonth(TravelPage):
    """One month, of the country or of a province."""

    title = gettext_lazy("ปฏิทินกิจกรรม")
    template = "travel/calendar.html"
    section = "calendar"
    parameters = ("month", "province")
    description = gettext_lazy("งานประเพณี เทศกาล และกิจกรรมของท้องถิ่นทั่วประเทศ ตามวัน")

    def get(self, request: HttpRequest) -> HttpResponse:
        """The month that is asked for, else this one."""
        today = timezone.localdate()
        notices = []
        asked, code = request.GET.get("month", ""), request.GET.get("province", "")
        month = months.month_asked(asked, today=today)
        if asked and month is None:
            notices.append(_("ไม่มีเดือน %(month)s ในปฏิทิน จึงแสดงเดือนนี้") % {"month": quoted(asked)})
        if code and areas.province(code) is None:
            notices.append(_("ไม่รู้จักจังหวัด %(province)s จึงแสดงทั้งประเทศ") % {"province": quoted(code)})
            code = ""
        month = month or months.month_of(today)
        lines = event_lines(shown.shown_events(month.first, month.last, province_code=code))
        return self.render(
            heading=f"{month_name(month.number)} {year_text(month.year)}",
            weeks=months.weeks_of(month, lines, today=today),
            weekdays=_weekdays(),
            lines=lines,
            notices=notices,
            province_code=code,
            province=areas.province_name(code),
            provinces=named_provinces(),
            month=month,
            previous_url=_month_url(month.after(-1), code, today),
            next_url=_month_url(month.after(1), code, today),
            feed_url=request.build_absolute_uri(_feed_url(code)),
        )


class EventFile(PublicAnswer):
    """One event for a reader's own calendar; 404 for what is not shown, and for news without days."""

    def version(self) -> str:
        """As the pages'."""
        return shown.shown_version()

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file."""
        item = item_or_404(looks.SLUGS[PublishedKind.NEWS], pk)
        if item.event_from is None:
            raise nothing_there()
        return _file(request, [item], name=item.title, file_name=f"event-{pk}.ics")


class CalendarFile(PublicAnswer):
    """The events of a province (or, by `all`, of the country) around today, for programs that subscribe."""

    def version(self) -> str:
        """As the pages'."""
        return shown.shown_version()

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The file."""
        province = "" if code == "all" else code
        if province and areas.province(province) is None:
            raise not_there(_("ไม่รู้จักจังหวัดนี้ ใช้รหัสจังหวัดสองหลัก หรือ all สำหรับทั้งประเทศ"))
        today = timezone.localdate()
        rows = shown.shown_events(today - _BEFORE, today + _AFTER, province_code=province)
        name = _("กิจกรรมท้องถิ่น %(place)s") % {"place": areas.province_name(province) or _("ทั้งประเทศ")}
        return _file(request, rows, name=name, file_name=f"events-{code}.ics")


def _file(request: HttpRequest, rows: Sequence[shown.ShownRow], *, name: str, file_name: str) -> HttpResponse:
    host = request.get_host().partition(":")[0]
    events = [
        CalendarEvent(
            uid=f"news-{row.id}@{host}",
            first=row.event_from,
            last=row.event_to or row.event_from,
            title=row.title,
            stamp=row.since,
            place=row.address or f"{row.unit_name} {row.province_name}",
            text=row.excerpt,
            url=request.build_absolute_uri(item_url(row)),
        )
        for row in rows
        if row.event_from is not None
    ]
    response = HttpResponse(calendar_text(events, name=name), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _weekdays() -> list[str]:
    return [_("อาทิตย์"), _("จันทร์"), _("อังคาร"), _("พุธ"), _("พฤหัสบดี"), _("ศุกร์"), _("เสาร์")]


def _month_url(month: months.Month, code: str, today: date) -> str:
    """The page of another month; empty beyond the calendar's reach."""
    if months.month_asked(month.address, today=today) is None:
        return ""
    return f"{reverse('travel:calendar')}?month={month.address}" + (f"&province={code}" if code else "")


def _feed_url(code: str) -> str:
    return reverse("travel:calendar-file", args=[code or "all"])
