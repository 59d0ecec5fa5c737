"""Every open figure of one domain of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from localgov.forms import selectors as forms
from localgov.forms.translations import domain_label, group_label
from localgov.lib.domains import DOMAINS
from localgov.portal.selectors.unit_figures import UnitFigure
from localgov.portal.views.unit_base import UnitPage
from localgov.portal.views.unit_facts import shown_name
from localgov.portal.views.unit_registers import listed_registers
from localgov.ui.pages import Crumb
from localgov.ui.public import not_there


class UnitDomain(UnitPage):
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
            "unit": shown_name(self.unit),
        }

    def breadcrumb(self) -> Sequence[Crumb]:
        """Down to the unit."""
        return [
            *super().breadcrumb(),
            Crumb(shown_name(self.unit), reverse("portal:unit", args=[self.unit.organisation.code])),
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
            registers=listed_registers(self, sheet=self.domain.code),
            has_lines=any(one.line for one in figures.values()),
            description=_("ข้อมูลด้าน%(domain)s ของ%(unit)s รายข้อ พร้อมข้อมูลย้อนหลัง")
            % {"domain": domain_label(self.domain.code, self.domain.name), "unit": shown_name(self.unit)},
        )
