"""What every page of public figures shares: which year and which stage are read, and how the reader chooses others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from localgov.lib.numbers import format_number
from localgov.portal import wording
from localgov.portal.selectors import freshness, readings
from localgov.portal.selectors.figure_lines import FigureLine
from localgov.portal.selectors.places import COUNTRY, Place
from localgov.portal.selectors.readings import Reading, Year
from localgov.ui.pages import Crumb
from localgov.ui.public import PublicPage


@dataclass(frozen=True)
class Option:
    """One choice of a select."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class ReadingBar:
    """Of when, of how many and how certain the figures of a page are, with the choices of another year or stage.

    `kept` are the page's other query parameters, which the choice must not lose.
    """

    years: tuple[Option, ...]
    stages: tuple[Option, ...]
    as_of: Any
    behind: str
    certified: str
    is_recorded: bool
    kept: tuple[tuple[str, str], ...]


class FiguresPage(PublicPage):
    """A public page of figures: the same for everyone. Subclasses answer `show`, which no open year spares them."""

    #: What the page's address may say besides `year` and `stage`.
    own_parameters: ClassVar[tuple[str, ...]] = ()

    place: Place = COUNTRY
    years: Sequence[Year]
    year: Year
    notices: list[str]

    def known_parameters(self) -> Collection[str]:
        """The choice of year and stage, and the page's own."""
        return ("year", "stage", *self.own_parameters)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; where no fiscal year is open, a page that says what will come."""
        self.notices = []
        self.find(**kwargs)
        self.years = readings.years(self.state)
        wanted = request.GET.get("year", "")
        year = self.year_of(self.years, wanted)
        if wanted and (year is None or str(year.fiscal_year) != wanted):
            self.notices.append(_("ไม่มีข้อมูลของปีที่ขอ จึงแสดงปีที่มี"))
        stage = request.GET.get("stage", "")
        if stage and stage not in wording.STAGES:
            self.notices.append(_("ไม่รู้จักระดับการรับรองที่ขอ จึงแสดงข้อมูลที่รับรองแล้วทั้งสองระดับ"))
        self.stage = wording.STAGES.get(stage, wording.STAGES["both"])[0]
        if year is None:
            return self.show_nothing()
        self.year = year
        return self.show()

    def find(self, **kwargs: Any) -> None:
        """Set what the address names, above all `place`; raise Http404 in words for what is not there."""

    def year_of(self, found: Sequence[Year], wanted: str) -> Year | None:
        """The year that is read: the one that was asked for, else the one that tells most."""
        return readings.year_shown(found, wanted)

    def show(self) -> HttpResponse:
        """The page of `reading()`."""
        raise NotImplementedError

    def show_nothing(self) -> HttpResponse:
        """The page before the first year is open."""
        return self.render(place=self.place)

    def render(self, *, status: int = 200, partial: str | None = None, **context: Any) -> HttpResponse:
        """The page, with what had to be said of the request."""
        not_yet = _("ยังไม่มีปีงบประมาณที่เปิดให้บันทึก เมื่อ อปท. บันทึกและรับรองข้อมูลแล้ว ตัวเลขจะแสดงที่นี่ทันที")
        return super().render(status=status, partial=partial, notices=self.notices, not_yet=not_yet, **context)

    def reading(self) -> Reading:
        """What the page reads."""
        return Reading(self.year, self.stage, self.place, self.state)

    @cached_property
    def state(self) -> str:
        """The state of the data, asked before anything of it is read."""
        return freshness.version(wording.STAGES.get(self.request.GET.get("stage", ""), wording.STAGES["both"])[0])

    def version(self) -> str:
        """The state of the data that the page shows."""
        return self.state

    def breadcrumb(self) -> Sequence[Crumb]:
        """The way down from the country, without หน้าแรก, which the frame gives."""
        return [Crumb(one.title, one.url) for one in self.place.way if one is not COUNTRY]

    def keep(self) -> str:
        """`?year=2569&stage=unit`: what links to other pages of figures carry on, empty for what is shown anyway."""
        kept = [f"{key}={value}" for key in ("year", "stage") if (value := self.asked(key))]
        return f"?{'&'.join(kept)}" if kept else ""

    def asked(self, key: str) -> str:
        """A choice of the address that is known; empty for any other."""
        value = self.request.GET.get(key, "")
        if key == "stage":
            return value if value in wording.STAGES and value != "both" else ""
        return value if value == str(self.year.fiscal_year) else ""

    def bar(self, line: FigureLine | None) -> ReadingBar:
        """The bar of the page; `line` is the figure whose coverage stands for the page's (two statements at most)."""
        reading = self.reading()
        both = ""
        if line is not None and reading.stage is not readings.DEFAULT_STAGE:
            found = readings.totals(replace(reading, stage=readings.DEFAULT_STAGE), [line.question.code])
            total = found.get(line.question.code)
            both = _("รับรองแล้วทั้งสองระดับ %(units)s แห่ง") % {"units": format_number(total.answered if total else 0)}
        return ReadingBar(
            years=tuple(
                Option(str(one.fiscal_year), wording.year_text(one.fiscal_year), one.round_id == self.year.round_id)
                for one in self.years
            ),
            stages=tuple(
                Option(slug, str(name), stage is self.stage) for slug, (stage, name) in wording.STAGES.items()
            ),
            as_of=freshness.as_of(reading),
            behind=line.behind if line else "",
            certified=both,
            is_recorded=wording.stage_slug(self.stage) == "recorded",
            kept=tuple((key, value) for key in self.own_parameters if (value := self.request.GET.get(key, ""))),
        )
