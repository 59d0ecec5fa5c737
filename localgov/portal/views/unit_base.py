"""What the pages of one unit share: the unit of the address, and which year and stage of it are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from localgov.audit.state import state_of
from localgov.figures.models import Stage
from localgov.forms import selectors as forms
from localgov.lib.domains import Domain
from localgov.organisations.models import OrganisationVersion
from localgov.organisations.selectors import UnitStory, unit_story
from localgov.portal import wording
from localgov.portal.policies import OpenQuestion
from localgov.portal.selectors import places, readings
from localgov.portal.selectors.unit_certificates import CertifiedDomain, certified_domains
from localgov.portal.selectors.unit_figures import (
    YEARS,
    Peers,
    UnitFigure,
    YearOfUnit,
    recorded_at,
    unit_figures,
    years_of_unit,
)
from localgov.portal.views.base import FiguresPage, Option, ReadingBar
from localgov.portal.views.unit_facts import shown_name
from localgov.ui.pages import Crumb
from localgov.ui.public import not_there


@dataclass(frozen=True)
class Former:
    """The unit that the page's unit continues: its name and page, which of the shown years are its, until when it was.

    `is_read`: the year that is read is one of them.
    """

    name: str
    url: str
    years: str
    until: date
    is_read: bool


class UnitPage(FiguresPage):
    """What the pages of a unit share: the unit of the address, and which year and stage of it are read."""

    story: UnitStory

    def find(self, **kwargs: Any) -> None:
        """The unit of the address, also one that is no more."""
        found = unit_story(code=kwargs["code"], on=timezone.localdate())
        if found is None:
            raise not_there(_("ไม่มี อปท. รหัสนี้ในทะเบียน โปรดค้นหาด้วยชื่อในหน้า “ข้อมูล อปท.”"))
        self.story = found
        self.unit: OrganisationVersion = found.version
        place = places.district(self.unit.district_code) or places.province(self.unit.province_code)
        self.place = place or places.COUNTRY

    def page_title(self) -> str:
        """Its full name."""
        return shown_name(self.unit)

    def version(self) -> str:
        """The figures', with the register and the websites told."""
        return (
            f"{super().version()} {state_of('directory_websiterecord', watched=('organisations_organisationversion',))}"
        )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The way down to the district."""
        here = [] if self.place is places.COUNTRY else [Crumb(self.place.title, self.place.url)]
        return [*super().breadcrumb(), *here]

    @cached_property
    def standing(self) -> list[YearOfUnit]:
        """The years in which the unit, or the one that it continues, was on the roster."""
        return years_of_unit(self.unit.organisation_id)

    @cached_property
    def own(self) -> YearOfUnit | None:
        """The unit in the year that is read, or the one that it continues; None where neither was on the roster then."""
        return next((one for one in self.standing if one.fiscal_year == self.year.fiscal_year), None)

    @property
    def holder(self) -> int:
        """Whose figures, certificates and registers of the year are read."""
        return self.own.organisation_id if self.own else self.unit.organisation_id

    @property
    def holder_code(self) -> str:
        """Its code."""
        return self.own.code if self.own else self.unit.organisation.code

    @property
    def kind(self) -> str:
        """The type that it had in the year."""
        return self.own.unit_type if self.own else self.unit.unit_type

    def former(self) -> Former | None:
        """The unit that this one continues, where one of the years shown is its; else None."""
        shown = range(self.year.fiscal_year - YEARS + 1, self.year.fiscal_year + 1)
        found = [one for one in self.standing if one.is_former and one.fiscal_year in shown]
        if not found:
            return None
        years = [wording.year_text(one.fiscal_year) for one in reversed(found)]
        return Former(
            name=found[0].name,
            url=f"{reverse('portal:unit', args=[found[0].code])}?year={found[0].fiscal_year}",
            years=years[0] if len(years) == 1 else _("%(first)s ถึง %(last)s") % {"first": years[0], "last": years[-1]},
            until=self.story.history[-1].version.valid_from,
            is_read=bool(self.own and self.own.is_former),
        )

    @cached_property
    def certified(self) -> dict[str, CertifiedDomain]:
        """What is in force of the year that is read."""
        return certified_domains(organisation_id=self.holder, round_id=self.year.round_id)

    def year_of(self, found: Sequence[readings.Year], wanted: str) -> readings.Year | None:
        """The year that was asked for, else the newest of which the unit has most certified, else the country's."""
        by_year = {one.fiscal_year: one for one in found}
        asked = next((one for one in found if str(one.fiscal_year) == wanted), None)
        own = [one for one in self.standing if one.fiscal_year in by_year and (one.by_both or one.by_unit)]
        best = max(own, key=lambda one: (not one.is_former, one.by_both > 0, one.fiscal_year), default=None)
        return asked or (by_year[best.fiscal_year] if best else readings.year_shown(found, ""))

    def questions(self, sheet: str = "") -> dict[str, OpenQuestion]:
        """What is open and asked of the unit's type, in the order of the form."""
        return {
            code: one
            for code, one in self.year.questions.items()
            if self.kind in one.applies_to and (not sheet or one.sheet == sheet)
        }

    def render(self, *, status: int = 200, partial: str | None = None, **context: Any) -> HttpResponse:
        """The page, with whose years of old it shows."""
        if hasattr(self, "year"):
            context.setdefault("former", self.former())
        return super().render(status=status, partial=partial, **context)

    def figures(self, codes: Iterable[str], others: Peers | None = None) -> dict[str, UnitFigure]:
        """The unit's figures."""
        return unit_figures(
            found=self.years,
            year=self.year,
            standing=self.standing,
            stage=self.stage,
            codes=codes,
            others=others,
        )

    def unit_bar(self) -> ReadingBar:
        """The bar over the figures; what stands behind them are domains, not units."""
        behind = [one for one in self.certified.values() if one.by_both or self.stage is not Stage.PROVINCE]
        applicable = self.applicable()
        if self.stage is Stage.RECORDED:
            as_of: datetime | None = recorded_at(
                organisation_id=self.holder, fiscal_year=self.year.fiscal_year, stage=self.stage
            )
            text = ""
        else:
            as_of = max((one.at for one in behind if one.at), default=None)
            text = _("รับรองแล้ว %(count)s จาก %(all)s ด้าน") % {"count": len(behind), "all": len(applicable)}
        return ReadingBar(
            years=tuple(
                Option(str(one.fiscal_year), str(one.fiscal_year), one.round_id == self.year.round_id)
                for one in self.years
            ),
            stages=tuple(
                Option(slug, str(name), stage is self.stage) for slug, (stage, name) in wording.STAGES.items()
            ),
            as_of=as_of,
            behind=text,
            certified="",
            is_recorded=self.stage is Stage.RECORDED,
            kept=(),
        )

    def applicable(self) -> Sequence[str]:
        """Sheets that the unit's type records in the year."""
        return forms.applicable_sheets(self.year.form_version_id, self.kind)

    def state_of_domain(self, domain: Domain) -> tuple[str, str]:
        """How far a domain is certified: a word for the look, and the sentence."""
        one = self.certified.get(domain.code)
        if domain.code not in self.applicable():
            return "none", _("ด้านนี้ไม่ต้องบันทึกสำหรับ อปท. ประเภทนี้")
        if one is None:
            return "none", _("ยังไม่มีข้อมูลที่รับรอง")
        if one.by_both:
            return "both", _("รับรองแล้วทั้งสองระดับ")
        return "unit", _("อปท. รับรองแล้ว รอจังหวัดรับรอง")

    def domain_url(self, number: int) -> str:
        """All figures of a domain of the unit, in the same year and stage."""
        address = reverse("portal:unit-domain", args=[self.unit.organisation.code, number])
        return f"{address}{self.keep()}"
