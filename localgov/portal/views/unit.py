"""A unit's pages for everyone: its name and place, its certified figures, what it publishes; and all figures of a domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from localgov.audit.state import state_of
from localgov.directory.selectors.public import ToldWebsite, told_website
from localgov.figures.models import Stage
from localgov.forms import selectors as forms
from localgov.forms.translations import domain_label, group_label
from localgov.lib.domains import DOMAINS, Domain
from localgov.organisations.areas import area_name
from localgov.organisations.maps import point_map
from localgov.organisations.models import OrganisationVersion
from localgov.organisations.naming import english_unit_name, type_name, unit_name
from localgov.organisations.selectors import UnitStory, unit_story
from localgov.portal import headlines, wording
from localgov.portal.policies import OpenQuestion
from localgov.portal.selectors import places, readings
from localgov.portal.selectors.unit_certificates import CertifiedDomain, certified_domains
from localgov.portal.selectors.unit_figures import (
    Peers,
    UnitFigure,
    YearOfUnit,
    peers,
    recorded_at,
    unit_figures,
    years_of_unit,
)
from localgov.portal.views.base import FiguresPage, Option, ReadingBar
from localgov.publishing.selectors import shown
from localgov.publishing.states import PublishedKind
from localgov.ui.pages import Crumb
from localgov.ui.public import not_there

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
#: Kinds of what units publish, as addresses of the travel site write them.
_SHELVES: Final = (
    ("news", PublishedKind.NEWS),
    ("products", PublishedKind.PRODUCT),
    ("places", PublishedKind.PLACE),
)
_ON_A_SHELF: Final = 3


@dataclass(frozen=True)
class Shelf:
    """The newest that the unit publishes of one kind."""

    slug: str
    title: str
    items: tuple[shown.ShownRow, ...]


@dataclass(frozen=True)
class DomainCard:
    """One domain of the unit: how far it is certified, and its first figures. `count`: how many it has in all."""

    domain: Domain
    title: str
    more: str
    url: str
    state: str
    state_text: str
    figures: tuple[UnitFigure, ...]
    count: int


@dataclass(frozen=True)
class Named:
    """A name that the unit bore from a day on, until before another."""

    name: str
    first: date
    end: date | None
    is_current: bool


class _UnitPage(FiguresPage):
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
        return _shown_name(self.unit)

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
        """The years in which the unit was on the roster."""
        return years_of_unit(self.unit.organisation_id)

    @cached_property
    def own(self) -> YearOfUnit | None:
        """The unit in the year that is read; None where it was on no roster then."""
        return next((one for one in self.standing if one.fiscal_year == self.year.fiscal_year), None)

    @cached_property
    def certified(self) -> dict[str, CertifiedDomain]:
        """What is in force of the year that is read."""
        return certified_domains(organisation_id=self.unit.organisation_id, round_id=self.year.round_id)

    def year_of(self, found: Sequence[readings.Year], wanted: str) -> readings.Year | None:
        """The year that was asked for, else the newest of which the unit has most certified, else the country's."""
        by_year = {one.fiscal_year: one for one in found}
        asked = next((one for one in found if str(one.fiscal_year) == wanted), None)
        own = [one for one in self.standing if one.fiscal_year in by_year and (one.by_both or one.by_unit)]
        best = max(own, key=lambda one: (one.by_both > 0, one.fiscal_year), default=None)
        return asked or (by_year[best.fiscal_year] if best else readings.year_shown(found, ""))

    def questions(self, sheet: str = "") -> dict[str, OpenQuestion]:
        """What is open and asked of the unit's type, in the order of the form."""
        kind = self.own.unit_type if self.own else self.unit.unit_type
        return {
            code: one
            for code, one in self.year.questions.items()
            if kind in one.applies_to and (not sheet or one.sheet == sheet)
        }

    def figures(self, codes: Iterable[str], others: Peers | None = None) -> dict[str, UnitFigure]:
        """The unit's figures."""
        return unit_figures(
            found=self.years,
            year=self.year,
            organisation_id=self.unit.organisation_id,
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
                organisation_id=self.unit.organisation_id, fiscal_year=self.year.fiscal_year, stage=self.stage
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
        kind = self.own.unit_type if self.own else self.unit.unit_type
        return forms.applicable_sheets(self.year.form_version_id, kind)

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


class Unit(_UnitPage):
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
            organisation_id=self.unit.organisation_id,
            stage=self.stage,
            codes=compared,
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
            certified=[(_title(one), cell) for one in DOMAINS if (cell := self.certified.get(one.code))],
            fiscal_year=self.year.fiscal_year,
            **self._of_the_register(has_similar=bool(standing)),
        )

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
            title=_title(domain),
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
        shelves = self._shelves()
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
            "address": _address(unit),
            "website": website,
            "history": _names_only(story),
            "description": _("ข้อมูล 8 ด้านที่รับรองแล้ว ที่ตั้ง เว็บไซต์ และประวัติของ%(name)s") % {"name": _shown_name(unit)},
            "structured_data": self._structured(website),
        }

    def _shelves(self) -> list[Shelf]:
        """What the unit publishes, of each kind that it has anything of."""
        if not shown.unit_shows_anything(self.unit.organisation_id):
            return []
        found = []
        for slug, kind in _SHELVES:
            items = shown.shown_items(kind=kind, organisation_id=self.unit.organisation_id)[:_ON_A_SHELF]
            if items:
                found.append(Shelf(slug, str(kind.label), tuple(items)))
        return found

    def _structured(self, website: ToldWebsite | None) -> dict[str, Any]:
        """The unit for search engines (schema.org)."""
        unit = self.unit
        address = {
            "@type": "PostalAddress",
            "addressCountry": "TH",
            "addressRegion": area_name(unit.province_code) or None,
            "addressLocality": area_name(unit.district_code) or None,
            "postalCode": unit.postcode or None,
            "streetAddress": _address(unit) or None,
        }
        former = [line.version.full_name for line in self.story.history if line.version.full_name != unit.full_name]
        english = english_unit_name(unit.name, unit.unit_type, unit.province_code, unit.district_code)
        found: dict[str, Any] = {
            "@type": "GovernmentOrganization",
            "name": unit.full_name,
            "alternateName": [name for name in dict.fromkeys([unit.short_name, english, *former]) if name],
            "identifier": unit.organisation.code,
            "url": self.request.build_absolute_uri(self.request.path),
            "sameAs": website.url if website and website.url else None,
            "address": {key: value for key, value in address.items() if value},
        }
        if unit.latitude is not None:
            found["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": float(unit.latitude),
                "longitude": float(unit.longitude or 0),
            }
        if self.story.ended_on:
            found["dissolutionDate"] = self.story.ended_on.isoformat()
        return {key: value for key, value in found.items() if value}


class UnitDomain(_UnitPage):
    """Every open figure of one domain of a unit."""

    template = "portal/unit_domain.html"

    def find(self, **kwargs: Any) -> None:
        """The unit and the domain of the address."""
        super().find(**kwargs)
        found = next((one for one in DOMAINS if one.number == kwargs["number"]), None)
        if found is None:
            raise not_there(_("ข้อมูล อปท. มี 8 ด้าน ไม่มีด้านตามที่อยู่นี้"))
        self.domain = found

    def page_title(self) -> str:
        """The domain and whose it is."""
        return _("%(domain)s ของ%(unit)s") % {
            "domain": domain_label(self.domain.code, self.domain.name),
            "unit": _shown_name(self.unit),
        }

    def breadcrumb(self) -> Sequence[Crumb]:
        """Down to the unit."""
        return [
            *super().breadcrumb(),
            Crumb(_shown_name(self.unit), reverse("portal:unit", args=[self.unit.organisation.code])),
        ]

    def show_nothing(self) -> HttpResponse:
        """Before the first year is open."""
        return self.render(version=self.unit, groups=[])

    def show(self) -> HttpResponse:
        """The figures by the form's groups."""
        questions = self.questions(self.domain.code)
        figures = self.figures(questions)
        groups: dict[str, list[UnitFigure]] = {}
        for code, question in questions.items():
            groups.setdefault(question.section, []).append(figures[code])
        sections = forms.compiled(self.year.form_version_id).sheets.get(self.domain.code)
        labels = {code: one.label for code, one in sections.sections.items()} if sections else {}
        state, text = self.state_of_domain(self.domain)
        return self.render(
            version=self.unit,
            bar=self.unit_bar(),
            state=state,
            state_text=text,
            domains=[
                (one, domain_label(one.code, one.name), self.domain_url(one.number), one == self.domain)
                for one in DOMAINS
            ],
            domain=self.domain,
            unit_url=f"{reverse('portal:unit', args=[self.unit.organisation.code])}{self.keep()}",
            groups=[(code, group_label(code, labels.get(code, code)), found) for code, found in groups.items()],
            has_lines=any(one.line for one in figures.values()),
            description=_("ข้อมูลด้าน%(domain)s ของ%(unit)s รายข้อ พร้อมข้อมูลย้อนหลัง")
            % {"domain": domain_label(self.domain.code, self.domain.name), "unit": _shown_name(self.unit)},
        )


def _title(domain: Domain) -> str:
    """`ด้านที่ 6 การจัดการภายในและธรรมาภิบาล`."""
    return _("ด้านที่ %(number)s %(name)s") % {"number": domain.number, "name": domain_label(domain.code, domain.name)}


def _shown_name(unit: OrganisationVersion) -> str:
    """Its name in the language of the page."""
    return unit_name(
        name=unit.name,
        full_name=unit.full_name,
        unit_type=unit.unit_type,
        province_code=unit.province_code,
        district_code=unit.district_code,
    )


def _address(unit: OrganisationVersion) -> str:
    """The office's address as far as the register has it."""
    moo = f"หมู่ที่ {unit.moo}" if unit.moo else ""
    house = "" if unit.address.strip("-– ") == "" else unit.address
    found = [part for part in (house, moo) if part]
    district, province = places.district(unit.district_code), places.province(unit.province_code)
    area = [
        f"อำเภอ{district.thai_name}" if district else "",
        f"จังหวัด{province.thai_name}" if province else "",
        unit.postcode,
    ]
    return " ".join([*found, *(part for part in area if part)]) if found else ""


def _names_only(story: UnitStory) -> list[Named]:
    """The periods in which the unit bore one name and type, newest first; other changes of the register are not told."""
    found: list[Named] = []
    for line in story.history:
        if line.is_future:
            continue
        version = line.version
        if found and found[-1].name == version.full_name:
            found[-1] = replace(found[-1], first=version.valid_from)
        else:
            found.append(Named(version.full_name, version.valid_from, version.valid_to, line.is_current))
    return found


def _peers_text(others: Peers, own: YearOfUnit) -> str:
    """The rule by which the similar units were chosen."""
    return _(
        "เทียบกับค่ากลาง (มัธยฐาน) ของ%(type)sอีก %(count)s แห่งใน%(place)s ที่ให้ข้อมูลระดับเดียวกัน "
        "ใกล้เคียงหมายถึงต่างจากค่ากลางไม่เกินร้อยละ 10 การเทียบนี้ช่วยให้อ่านตัวเลข ไม่ใช่การจัดอันดับ"
    ) % {"type": type_name(own.unit_type), "count": others.count, "place": others.place.title}
