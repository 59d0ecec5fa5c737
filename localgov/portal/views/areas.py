"""A region, a province, a district: its figures, its domains, what lies below it, its units."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from localgov.organisations import naming
from localgov.portal import headlines, wording
from localgov.portal.selectors import figure_lines, places, readings, register
from localgov.portal.selectors.places import COUNTRY, Place, PlaceKind
from localgov.portal.selectors.readings import Reading, Spread
from localgov.portal.views.base import FiguresPage
from localgov.portal.views.domain_cards import domain_cards
from localgov.portal.views.maps import marked_map
from localgov.portal.views.shelves import place_shelf
from localgov.portal.views.unit_rows import unit_rows
from localgov.publishing.selectors.shown import shown_version
from localgov.ui.public import not_there


@lru_cache(maxsize=128)
def _unit_rows(
    place: Place, reading: Reading | None, code: str, keep: str, state: str, on: date, language: str
) -> SafeString:
    """Rows of its units of a day, with their answers to one question: made once for each state of the data and language."""
    units = register.units_of(place, on=on)
    texts = None
    if reading is not None and units:
        question = reading.year.questions[code]
        found = readings.answers(
            [reading.year], units=[one.organisation_id for one in units], codes=[code], stage=reading.stage
        )
        texts = {unit: wording.answer_text(question, answer) for (unit, _year, _code), answer in found.items()}
    return unit_rows(units, texts, with_district=place.kind is PlaceKind.PROVINCE, keep=keep)


class _AreaPage(FiguresPage):
    """What the three have in common."""

    template = "portal/area.html"

    def page_title(self) -> str:
        """Its name with what it is."""
        return self.place.title

    def find(self, **kwargs: Any) -> None:
        """The place of the address."""
        found = self.place_of(**kwargs)
        if found is None:
            raise not_there(_("ไม่มีพื้นที่ตามที่อยู่นี้ในทะเบียนวันนี้ อาจถูกยุบหรือเปลี่ยนรหัส โปรดเริ่มจากหน้าแรก"))
        self.place = found

    def place_of(self, **kwargs: Any) -> Place | None:
        """The place that an address names, None for none."""
        raise NotImplementedError

    def show_nothing(self) -> HttpResponse:
        """What the register alone tells."""
        return self.render(**self._of_the_register())

    def show(self) -> HttpResponse:
        """The figures of the place and of what lies below it."""
        reading, questions = self.reading(), self.year.questions
        codes, telling = headlines.headlines(questions), headlines.telling(questions)
        lines = figure_lines.lines(reading, [*codes, *(code for pair in telling.values() for code in pair)])
        shown = [lines[code] for code in codes]
        below = places.below(self.place)
        along = Spread.PROVINCE if self.place.kind is PlaceKind.REGION else Spread.DISTRICT
        return self.render(
            bar=self.bar(shown[0] if shown else None),
            keep=self.keep(),
            headlines=shown,
            domains=domain_cards(lines, telling, url=self.domain_url),
            rows=figure_lines.area_rows(reading, below, codes, along) if below else [],
            **self._of_the_register([line.question.code for line in shown[:1]]),
        )

    def domain_url(self, number: int) -> str:
        """A domain's figures of this place, or of the province it lies in."""
        key = "region" if self.place.kind is PlaceKind.REGION else "province"
        code = self.place.code if self.place.kind is PlaceKind.REGION else self.place.code[:2]
        kept = "".join(f"&{name}={value}" for name in ("year", "stage") if (value := self.asked(name)))
        return f"{reverse('portal:domain', args=[number])}?{key}={code}{kept}"

    def _of_the_register(self, codes: list[str] | None = None) -> dict[str, Any]:
        on, language = timezone.localdate(), get_language() or ""
        counted = register.units_by_type(self.place, on=on, state=self.state)
        lists_units = self.place.kind in {PlaceKind.PROVINCE, PlaceKind.DISTRICT}
        code = codes[0] if codes else ""
        reading = self.reading() if code else None
        keep = self.keep() if code else ""
        return {
            "place": self.place,
            "shelf": place_shelf(self.place) if self.place.kind is PlaceKind.PROVINCE else None,
            "structured_data": self._structured(),
            "units": sum(counted.values()),
            "types": [(naming.type_name(kind), count) for kind, count in counted.items() if count],
            "unit_rows": _unit_rows(self.place, reading, code, keep, self.state, on, language) if lists_units else "",
            "unit_question": self.year.questions[code] if code else None,
            "map": marked_map(self.place.province_codes, language),
            "description": _("ข้อมูล อปท. 8 ด้านของ%(place)s: ตัวเลขรวม รายพื้นที่ และ อปท. ในพื้นที่")
            % {"place": self.place.title},
        }

    def _structured(self) -> dict[str, Any]:
        """The place and what it lies in, for search engines (schema.org); the way down is the breadcrumb's."""
        above = self.place.way[-1]
        return {
            "@type": "AdministrativeArea",
            "name": self.place.title,
            "url": self.request.build_absolute_uri(self.place.url),
            "containedInPlace": {"@type": "Country", "name": _("ประเทศไทย")}
            if above is COUNTRY
            else {
                "@type": "AdministrativeArea",
                "name": above.title,
                "url": self.request.build_absolute_uri(above.url),
            },
        }


class Region(_AreaPage):
    """One of the four regions."""

    def place_of(self, **kwargs: Any) -> Place | None:
        """By its slug."""
        return places.region(kwargs["slug"])


class Province(_AreaPage):
    """One province."""

    def place_of(self, **kwargs: Any) -> Place | None:
        """By its DOPA code."""
        return places.province(kwargs["code"])

    def version(self) -> str:
        """The figures', and what its units publish."""
        found = places.province(self.kwargs["code"])
        return f"{super().version()} {shown_version(province_code=found.code) if found else ''}"


class District(_AreaPage):
    """One district."""

    def place_of(self, **kwargs: Any) -> Place | None:
        """By its DOPA code."""
        return places.district(kwargs["code"])
