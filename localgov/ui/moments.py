"""The past moment that a page is asked for (`?date=…&time=…`), and how pages say which it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import cached_property

from localgov.lib.moments import MomentRefused, read_day_time
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import BANGKOK, be_year, format_datetime, parse_date
from localgov.ui.pages import Page


@dataclass(frozen=True)
class Asked:
    """What was typed, and the moment it means: None for the present, with a Thai sentence where it could not be read.

    `kept`: the rest of the address, which the form of the moment brings along.
    """

    at: datetime | None = None
    refusal: str = ""
    date: str = ""
    time: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """`15 มิถุนายน 2570 เวลา 16:30 น.`; empty for the present."""
        return format_datetime(self.at) if self.at is not None else ""

    @property
    def suffix(self) -> str:
        """What links to other pages append to stay at the moment; empty for the present."""
        return f"?{urlencode({'date': self.date, 'time': self.time})}" if self.at is not None else ""


def asked_moment(query: Mapping[str, Any], *, now: datetime) -> Asked:
    """Read the moment from an address or from the values of a search form."""
    date, time = str(query.get("date") or "").strip(), str(query.get("time") or "").strip()
    kept = tuple((key, str(value)) for key, value in query.items() if key not in ("date", "time", "page") and value)
    if not date:
        refusal = "โปรดระบุวันที่ด้วย จึงจะดูข้อมูล ณ เวลาที่ผ่านมาได้" if time else ""
        return Asked(refusal=refusal, time=time, kept=kept)
    try:
        return Asked(read_day_time(parse_date(date), time, now=now), "", date, time, kept)
    except MomentRefused as refused:
        return Asked(None, refused.reason, date, time, kept)
    except Refusal as refused:
        return Asked(None, refused.message, date, time, kept)


def moment_suffix(moment: datetime) -> str:
    """The part of an address that asks for a moment, to the microsecond."""
    local = moment.astimezone(BANGKOK)
    day = f"{local.day}/{local.month}/{be_year(local.year)}"
    return f"?{urlencode({'date': day, 'time': f'{local:%H:%M:%S.%f}'})}"


class AtMoment(Page):
    """A page or a list that can show the past; named before the other base."""

    @cached_property
    def asked(self) -> Asked:
        """The moment of the address."""
        return asked_moment(self.request.GET.dict(), now=timezone.now())

    def past_moment(self) -> datetime | None:
        """The moment asked for; None for the present."""
        return self.asked.at

    def export_hindrance(self) -> str:
        """No file of the present goes out under a moment that could not be read."""
        return self.asked.refusal
