"""What every page of a unit's filing begins with: the year and unit of the address, or 404."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.urls import reverse

from localgov.access.permissions import Permission
from localgov.filings.selectors.filing_page import FORM_CODE
from localgov.filings.selectors.workspace import entry_visible
from localgov.forms import selectors as forms
from localgov.rounds.models import RosterEntry
from localgov.ui.pages import Crumb, Page


class UnitPage(Page):
    """A page about one unit's filing of one year; `number` in the address names a domain, counted from 1."""

    permission: ClassVar[Permission | None] = Permission.FILING_VIEW
    entry: RosterEntry

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the unit's roster entry; a unit that the actor may not see is 404."""
        super().setup(request, *args, **kwargs)
        entry = entry_visible(
            actor=self.request.actor,
            form_code=FORM_CODE,
            fiscal_year=kwargs["fiscal_year"],
            organisation_code=kwargs["unit_code"],
        )
        if entry is None:
            raise Http404
        self.entry = entry

    @property
    def place(self) -> dict[str, Any]:
        """The part of the address that names unit and year."""
        return {"fiscal_year": self.kwargs["fiscal_year"], "unit_code": self.kwargs["unit_code"]}

    @property
    def number(self) -> int:
        """The domain's place in the form, from 1."""
        return int(self.kwargs["number"])

    @property
    def section(self) -> str:
        """The domain's code; 404 for a domain that the form lacks or that does not apply to the unit."""
        codes = list(forms.compiled(self.entry.round.form_version_id).sheets)
        applicable = forms.applicable_sheets(self.entry.round.form_version_id, self.entry.unit_type)
        if not 1 <= self.number <= len(codes) or codes[self.number - 1] not in applicable:
            raise Http404
        return codes[self.number - 1]

    @property
    def section_label(self) -> str:
        """The domain's name."""
        return forms.sheet_labels(self.entry.round.form_version_id)[self.section]

    def filing_url(self) -> str:
        """The unit's filing."""
        return reverse("filings:filing-detail", kwargs=self.place)

    def sheet_url(self) -> str:
        """The domain's page."""
        return reverse("filings:sheet-detail", kwargs={**self.place, "number": self.number})

    def breadcrumb(self) -> Sequence[Crumb]:
        """ข้อมูล อปท. 8 ด้าน › the unit and year › (the domain)."""
        crumbs = [
            Crumb("ข้อมูล อปท. 8 ด้าน", reverse("filings:filing-home")),
            Crumb(f"{self.entry.short_name} ปีงบประมาณ {self.kwargs['fiscal_year']}", self.filing_url()),
        ]
        if "number" in self.kwargs:
            crumbs.append(Crumb(f"ด้านที่ {self.number} {self.section_label}", self.sheet_url()))
        return crumbs
