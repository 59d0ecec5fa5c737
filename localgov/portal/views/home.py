"""หน้าแรก: the country at a glance."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from localgov.organisations import naming
from localgov.portal import headlines
from localgov.portal.selectors import figure_lines, register
from localgov.portal.views.base import FiguresPage
from localgov.portal.views.country_figures import country_figures
from localgov.portal.views.domain_cards import domain_cards
from localgov.portal.views.shelves import place_shelf
from localgov.publishing.selectors.shown import shown_version


class Home(FiguresPage):
    """The public front page (MISSION R10.1)."""

    template = "portal/home.html"
    title = gettext_lazy("ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น")
    own_parameters: ClassVar[tuple[str, ...]] = ("map",)

    def show_nothing(self) -> HttpResponse:
        """What the register alone tells."""
        return self.render(**self._of_the_register())

    def show(self) -> HttpResponse:
        """Headline figures, domains, the map, the way down."""
        reading, questions = self.reading(), self.year.questions
        codes, telling = headlines.headlines(questions), headlines.telling(questions)
        read = (*codes, *(code for pair in telling.values() for code in pair))
        lines = figure_lines.lines(reading, read)
        shown = [lines[code] for code in codes]
        asked = reading.known([self.request.GET.get("map", "")])
        column = codes.index(asked[0].code) if asked and asked[0].code in codes else 0
        return self.render(
            bar=self.bar(shown[0] if shown else None),
            keep=self.keep(),
            headlines=shown,
            domains=domain_cards(lines, telling, url=self._domain_url),
            figures=country_figures(reading, read, tuple(codes), column, self.keep(), get_language() or "")
            if codes
            else "",
            **self._of_the_register(),
        )

    def version(self) -> str:
        """The figures', and what is published."""
        return f"{super().version()} {shown_version()}"

    def _of_the_register(self) -> dict[str, Any]:
        counted = register.units_by_type(self.place, on=timezone.localdate(), state=self.state)
        return {
            "is_front": True,
            "shelf": place_shelf(self.place),
            "structured_data": {
                "@context": "https://schema.org",
                "@type": "WebSite",
                "name": str(self.title),
                "url": self.request.build_absolute_uri(reverse("portal:home")),
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": f"{self.request.build_absolute_uri(reverse('portal:unit-list'))}?text={{text}}",
                    "query-input": "required name=text",
                },
            },
            "units": sum(counted.values()),
            "types": [(naming.type_name(kind), count) for kind, count in counted.items()],
            "description": _("ตัวเลขของ อปท. ทั้งประเทศจากข้อมูลที่บันทึก ตรวจสอบ และรับรองในระบบ"),
        }

    def _domain_url(self, number: int) -> str:
        return f"{reverse('portal:domain', args=[number])}{self.keep()}"
