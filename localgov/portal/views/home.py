"""หน้าแรก: the country at a glance."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localgov.organisations import naming
from localgov.portal import headlines
from localgov.portal.selectors import figure_lines, places, register
from localgov.portal.selectors.readings import Spread
from localgov.portal.views.base import FiguresPage, Option
from localgov.portal.views.domain_cards import domain_cards
from localgov.portal.views.maps import figure_map
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
        lines = figure_lines.lines(reading, [*codes, *(code for pair in telling.values() for code in pair)])
        shown = [lines[code] for code in codes]
        rows = figure_lines.area_rows(reading, places.provinces(), codes, Spread.PROVINCE)
        asked = reading.known([self.request.GET.get("map", "")])
        column = codes.index(asked[0].code) if asked and asked[0].code in codes else 0
        return self.render(
            bar=self.bar(shown[0] if shown else None),
            keep=self.keep(),
            headlines=shown,
            domains=domain_cards(lines, telling, url=self._domain_url),
            rows=rows,
            regions=figure_lines.merged_rows(rows, places.regions(), [one.question for one in shown]),
            map=figure_map(rows, shown[column].question, column, url=lambda row: f"{row.place.url}{self.keep()}")
            if shown
            else None,
            map_figure=shown[column] if shown else None,
            map_texts=[(row.place, row.texts[column]) for row in rows if shown],
            map_options=[
                Option(line.question.code, line.question.label, number == column) for number, line in enumerate(shown)
            ],
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
