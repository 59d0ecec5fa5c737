"""A domain in figures, and one question over the country. Their files are in `domain_files`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from localgov.forms.translations import domain_label
from localgov.lib.domains import DOMAINS, Domain
from localgov.portal import wording
from localgov.portal.policies import Measure, OpenQuestion
from localgov.portal.selectors import domain_page, figure_lines, places, question_page
from localgov.portal.selectors.places import COUNTRY
from localgov.portal.selectors.readings import Spread
from localgov.portal.views.base import FiguresPage, Option
from localgov.portal.views.data_sets import data_set
from localgov.portal.views.maps import figure_map
from localgov.ui.pages import Crumb
from localgov.ui.public import not_there


class _OfDomain(FiguresPage):
    """What the pages of a domain share: which domain, and the others beside it."""

    domain: Domain

    def find(self, **kwargs: Any) -> None:
        """The domain of the address."""
        found = domain_page.domain_of(kwargs["number"])
        if found is None:
            raise not_there(_("ข้อมูล อปท. มี 8 ด้าน ไม่มีด้านที่ขอ"))
        self.domain = found

    def page_title(self) -> str:
        """`ด้านที่ 6 การจัดการภายในและธรรมาภิบาล`."""
        return _("ด้านที่ %(number)s %(name)s") % {
            "number": self.domain.number,
            "name": domain_label(self.domain.code, self.domain.name),
        }


class DomainFigures(_OfDomain):
    """The figures of a domain, of the country, a region (`?region=`) or a province (`?province=`)."""

    template = "portal/domain.html"
    own_parameters: ClassVar[tuple[str, ...]] = ("region", "province")

    def page_title(self) -> str:
        """The domain, and the place if it is not the country."""
        title = super().page_title()
        return (
            title
            if self.place is COUNTRY
            else _("%(domain)s · %(place)s") % {"domain": title, "place": self.place.title}
        )

    def find(self, **kwargs: Any) -> None:
        """The domain, and the place of the query."""
        super().find(**kwargs)
        region, province = self.request.GET.get("region", ""), self.request.GET.get("province", "")
        place = places.province(province) or places.region(region)
        if (region or province) and place is None:
            self.notices.append(_("ไม่มีพื้นที่ที่ขอ จึงแสดงทั้งประเทศ"))
        self.place = place or COUNTRY

    def breadcrumb(self) -> Sequence[Crumb]:
        """The way to the place, if it is not the country."""
        if self.place is COUNTRY:
            return ()
        return [*super().breadcrumb(), Crumb(self.place.title, self.place.url)]

    def show(self) -> HttpResponse:
        """Groups and their questions."""
        groups = domain_page.groups(self.reading(), self.domain)
        lines = [line for group in groups for line in group.lines]
        widest = max(lines, key=lambda line: line.total.answered, default=None)
        description = _("%(domain)s: ตัวเลขของ%(place)s ปีงบประมาณ %(year)s") % {
            "domain": super().page_title(),
            "place": self.place.title,
            "year": wording.year_text(self.year.fiscal_year),
        }
        files = self._files() if lines else {}
        return self.render(
            description=description,
            structured_data=self._structured(description, files) if files and self.place is COUNTRY else None,
            files=files,
            bar=self.bar(widest),
            keep=self.keep(),
            domain=self.domain,
            domains=[
                (one.number, domain_label(one.code, one.name), self._url(one), one == self.domain) for one in DOMAINS
            ],
            place=self.place,
            groups=groups,
            regions=[Option(one.code, one.name, one == self.place) for one in places.regions()],
            provinces=[Option(one.code, one.name, one == self.place) for one in places.provinces()],
        )

    def show_nothing(self) -> HttpResponse:
        """Which domain it will be."""
        return self.render(
            domain=self.domain,
            domains=[
                (one.number, domain_label(one.code, one.name), self._url(one), one == self.domain) for one in DOMAINS
            ],
            place=self.place,
        )

    def _files(self) -> dict[str, str]:
        return {
            name: f"{reverse(f'portal:domain-{name}', args=[self.domain.number])}{self.keep()}"
            for name in ("csv", "json")
        }

    def _structured(self, description: str, files: Mapping[str, str]) -> dict[str, Any]:
        """The domain as a set of data, for search engines; of the country alone, which its files are of."""
        name = f"{super().page_title()} {wording.year_text(self.year.fiscal_year)}"
        return data_set(self.request, self.reading(), name=name, description=description, files=files)

    def _url(self, domain: Domain) -> str:
        query = urlencode({key: self.request.GET[key] for key in self.request.GET})
        address = reverse("portal:domain", args=[domain.number])
        return f"{address}?{query}" if query else address


class QuestionFigures(_OfDomain):
    """One question over the country: by province with a map, by type, over the years."""

    template = "portal/question.html"
    question: OpenQuestion

    def page_title(self) -> str:
        """Its label."""
        return self.question.label

    def breadcrumb(self) -> Sequence[Crumb]:
        """Its domain."""
        return [Crumb(super().page_title(), reverse("portal:domain", args=[self.domain.number]))]

    def choose(self) -> None:
        """The question of the address, open in the year."""
        found = self.year.questions.get(self.kwargs["slug"])
        if found is None or found.sheet != self.domain.code:
            raise not_there(_("ไม่มีตัวเลขนี้ในปีที่เลือก หรือไม่ใช่ข้อมูลที่เปิดเผย"))
        self.question = found

    def show(self) -> HttpResponse:
        """Everything of one question."""
        self.choose()
        reading, code = self.reading(), self.question.code
        rows = figure_lines.area_rows(reading, places.provinces(), [code], Spread.PROVINCE)
        line = figure_lines.lines(reading, [code])[code]
        has_choices = self.question.measure is Measure.CHOICES
        return self.render(
            description=_("%(question)s รายจังหวัด รายประเภท และรายปี จากข้อมูลที่ อปท. รับรอง")
            % {"question": self.question.label},
            structured_data=self._structured(),
            bar=self.bar(line),
            keep=self.keep(),
            domain=self.domain,
            line=line,
            rows=[(row, _choices(self.question, row)) for row in rows],
            choices=list(self.question.choices.values()),
            types=question_page.by_type(reading, self.question),
            points=question_page.over_years(reading, self.years, code) if not has_choices else [],
            map=None
            if has_choices
            else figure_map(rows, self.question, 0, url=lambda row: f"{row.place.url}{self.keep()}"),
            files=self._files(),
        )  # fmt: skip

    def _files(self) -> dict[str, str]:
        return {
            name: f"{reverse(f'portal:question-{name}', args=[self.domain.number, self.question.code])}{self.keep()}"
            for name in ("csv", "json")
        }

    def _structured(self) -> dict[str, Any]:
        """The question as a set of data, for search engines."""
        return data_set(
            self.request,
            self.reading(),
            name=self.question.label,
            description=_("%(question)s รายจังหวัด ปีงบประมาณ %(year)s")
            % {"question": self.question.label, "year": wording.year_text(self.year.fiscal_year)},
            files=self._files(),
        )

    def show_nothing(self) -> HttpResponse:
        """No year, no question."""
        raise not_there(_("ยังไม่มีปีงบประมาณที่เปิดให้บันทึก จึงยังไม่มีตัวเลขนี้"))


def _choices(question: OpenQuestion, row: figure_lines.AreaRow) -> list[int]:
    total = row.totals[0]
    return [total.choices.get(slug, 0) if total else 0 for slug in question.choices]
