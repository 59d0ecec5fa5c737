"""A unit's page for everyone: its name and place, its certified figures, what it publishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from localgov.directory.selectors.public import told_website
from localgov.figures.models import Stage
from localgov.forms import selectors as forms
from localgov.lib.domains import DOMAINS, Domain
from localgov.organisations.maps import point_map
from localgov.organisations.naming import type_name
from localgov.portal import headlines
from localgov.portal.policies import OpenQuestion
from localgov.portal.selectors import places
from localgov.portal.selectors.unit_figures import Peers, UnitFigure, YearOfUnit, peers
from localgov.portal.selectors.unit_merged import merged_units
from localgov.portal.views.unit_base import UnitPage
from localgov.portal.views.unit_cards import DomainCard
from localgov.portal.views.unit_facts import domain_title, names_of, office_address, shown_name
from localgov.portal.views.unit_items import unit_shelves
from localgov.portal.views.unit_structured import structured_unit
from localgov.publishing.selectors import shown

#: What a domain's card shows behind its two telling figures, as far as the form has them.
_MORE: Final[Mapping[str, tuple[str, ...]]] = {
    "domain_1": ("waste_collected_tpd", "health_promoting_hospital_count"),
    "domain_2": ("child_centre_enrolled_count", "library_count"),
    "domain_3": ("disaster_plan_has", "broadcast_tower_count"),
    "domain_4": ("road_concrete_km", "bridge_count"),
    "domain_5": ("groundwater_well_count", "water_storage_total_m3"),
    "domain_6": ("population_male", "population_female"),
    "domain_7": ("buddhist_temple_count", "tradition_count"),
    "domain_8": ("market_count", "attraction_count"),
}


class Unit(UnitPage):
    """One unit at a glance."""

    template = "portal/unit.html"

    def version(self) -> str:
        """Also what the unit publishes."""
        return f"{super().version()} {shown.shown_version()}"

    def show_nothing(self) -> HttpResponse:
        """What the register alone tells."""
        return self.render(**self._of_the_register())

    def show(self) -> HttpResponse:
        """The figures over what the register tells."""
        if self.own is None:
            return self.show_nothing()
        questions = self.questions()
        first = [code for code in headlines.headlines(self.year.questions) if code in questions]
        told = {
            domain: [code for code in (*codes, *_MORE.get(domain, ())) if code in questions]
            for domain, codes in headlines.telling(self.year.questions).items()
        }
        compared = [*first, *(code for codes in told.values() for code in codes[:1])]
        others = peers(
            year=self.year,
            own=self.own,
            stage=self.stage,
            codes=compared,
            state=self.state,
        )
        figures = self.figures(dict.fromkeys([*first, *(code for codes in told.values() for code in codes)]), others)
        domains = [self._card(domain, told.get(domain.code, []), figures, questions) for domain in self._domains()]
        standing = [figures[code] for code in dict.fromkeys(compared) if figures[code].standing]
        return self.render(
            bar=self.unit_bar(),
            waiting=self._waiting(),
            headlines=[figures[code] for code in first] if any(figures[code].text for code in first) else [],
            domains=domains,
            compared=standing,
            peers_text=_peers_text(others, self.own) if others else "",
            certified=[(domain_title(one), cell) for one in DOMAINS if (cell := self.certified.get(one.code))],
            fiscal_year=self.year.fiscal_year,
            merged=merged_units(
                self.story.predecessors if not any(one.is_former for one in self.standing) else (),
                years=self.years,
                codes=first,
                stage=self.stage,
            ),
            figures_csv=self._file("csv"),
            figures_json=self._file("json"),
            **self._of_the_register(has_similar=bool(standing)),
        )

    def _file(self, name: str) -> str:
        """The figures of all years as a file, at the stage that is read."""
        address = reverse(f"portal:unit-figures-{name}", args=[self.unit.organisation.code])
        stage = self.asked("stage")
        return f"{address}?stage={stage}" if stage else address

    def _domains(self) -> list[Domain]:
        sheets = forms.sheet_labels(self.year.form_version_id)
        return [one for one in DOMAINS if one.code in sheets]

    def _card(
        self,
        domain: Domain,
        codes: Sequence[str],
        figures: Mapping[str, UnitFigure],
        questions: Mapping[str, OpenQuestion],
    ) -> DomainCard:
        state, text = self.state_of_domain(domain)
        count = sum(1 for one in questions.values() if one.sheet == domain.code)
        return DomainCard(
            domain=domain,
            title=domain_title(domain),
            more=_("ดูทั้ง %(count)s ข้อ") % {"count": count},
            url=self.domain_url(domain.number),
            state=state,
            state_text=text,
            figures=tuple(figures[code] for code in codes) if any(figures[code].text for code in codes) else (),
            count=count,
        )

    def _waiting(self) -> dict[str, str] | None:
        """Where the figures of the page are empty and a less certain stage has some: what and where."""
        if self.stage is not Stage.PROVINCE or any(one.by_both for one in self.certified.values()):
            return None
        if not self.certified:
            return None
        year = f"year={self.year.fiscal_year}&" if self.asked("year") else ""
        return {
            "text": _("อปท. รับรองแล้ว %(count)s ด้าน รอจังหวัดรับรอง") % {"count": len(self.certified)},
            "url": f"?{year}stage=unit",
            "label": _("ดูข้อมูลที่ อปท. รับรองแล้ว"),
        }

    def _of_the_register(self, *, has_similar: bool = False) -> dict[str, Any]:
        unit, story = self.unit, self.story
        province = places.province(unit.province_code)
        website = told_website(unit.organisation_id)
        shelves = unit_shelves(unit.organisation_id)
        jumps = [
            ("figures", _("ข้อมูล 8 ด้าน"), True),
            ("similar", _("เทียบกับที่คล้ายกัน"), has_similar),
            *((one.slug, one.title, True) for one in shelves),
            ("certificates", _("ใบรับรอง"), has_similar or bool(getattr(self, "year", None) and self.certified)),
            ("place", _("ที่ตั้ง"), True),
            ("history", _("ประวัติ"), True),
        ]
        return {
            "story": story,
            "version": unit,
            "type_name": type_name(unit.unit_type),
            "province": province,
            "district": places.district(unit.district_code),
            "shelves": shelves,
            "jumps": [(slug, label) for slug, label, is_there in jumps if is_there],
            "map": point_map(province_code=unit.province_code, latitude=unit.latitude, longitude=unit.longitude),
            "map_label": _("ตำแหน่งสำนักงานใน%(province)s") % {"province": province.title if province else ""},
            "address": office_address(unit),
            "website": website,
            "history": names_of(story),
            "description": _("ข้อมูล 8 ด้านที่รับรองแล้ว ที่ตั้ง เว็บไซต์ และประวัติของ%(name)s") % {"name": shown_name(unit)},
            "structured_data": structured_unit(
                story,
                page=self.request.build_absolute_uri(self.request.path),
                website=website.url if website else "",
            ),
        }


def _peers_text(others: Peers, own: YearOfUnit) -> str:
    """The rule by which the similar units were chosen."""
    return _(
        "เทียบกับค่ากลาง (มัธยฐาน) ของ%(type)sอีก %(count)s แห่งใน%(place)s ที่ให้ข้อมูลระดับเดียวกัน "
        "ใกล้เคียงหมายถึงต่างจากค่ากลางไม่เกินร้อยละ 10 การเทียบนี้ช่วยให้อ่านตัวเลข ไม่ใช่การจัดอันดับ"
    ) % {"type": type_name(own.unit_type), "count": others.count, "place": others.place.title}
