"""บันทึกเว็บไซต์ อปท. and บันทึกผู้ดูแลระบบ INFO: one unit, one fiscal year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.directory import forms, policies, services
from localgov.directory.models import AdministratorRecord, WebsiteRecord
from localgov.directory.models.unit_record import UnitRecord
from localgov.directory.selectors import records
from localgov.directory.selectors.checks import check_of
from localgov.filings.selectors.filing_page import FORM_CODE, own_entry
from localgov.filings.selectors.workspace import entry_visible
from localgov.rounds.models import RosterEntry
from localgov.ui.pages import Crumb, Page


class _OwnUnit(Page):
    """Leads a unit's people to the page of their own unit in the running year, an office to INFO11."""

    permission = Permission.DIRECTORY_VIEW
    leads_to: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go there."""
        entry = own_entry(actor=self.request.actor, at=timezone.now())
        return redirect(unit_url(self.leads_to, entry) if entry else reverse("directory:website-status"))


class WebsiteHome(_OwnUnit):
    """The menu's line บันทึกเว็บไซต์ อปท."""

    leads_to = "directory:website-detail"


class AdministratorHome(_OwnUnit):
    """The menu's line บันทึกผู้ดูแลระบบ INFO."""

    leads_to = "directory:administrator-detail"


class _UnitRecordPage(Page):
    """What holds of a unit in a year, what was ever told, and the form that tells it anew."""

    permission = Permission.DIRECTORY_VIEW
    kind: ClassVar[type[UnitRecord]]
    name: ClassVar[str]
    entry: RosterEntry

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the unit of that year's roster; 404 where the actor may not see it."""
        super().setup(request, *args, **kwargs)
        entry = entry_visible(
            actor=self.request.actor,
            form_code=FORM_CODE,
            fiscal_year=kwargs["fiscal_year"],
            organisation_code=kwargs["unit_code"],
            permission=Permission.DIRECTORY_VIEW,
        )
        if entry is None:
            raise Http404
        self.entry = entry

    def page_title(self) -> str:
        """What is recorded, of which year."""
        return f"{self.title} ปีงบประมาณ {self.entry.round.fiscal_year_be}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu's group."""
        return (Crumb("อปท."), Crumb(self.entry.short_name))

    def get(self, request: HttpRequest, fiscal_year: int, unit_code: str) -> HttpResponse:
        """The page."""
        return self._page(self.form(None))

    def post(self, request: HttpRequest, fiscal_year: int, unit_code: str) -> HttpResponse:
        """Confirm last year's, or record what was typed."""
        seen = forms.Seen(request.POST)
        form = self.form(None if "confirm" in request.POST else request.POST)
        if not seen.is_valid() or (form.is_bound and not form.is_valid()):
            return self._page(form, status=422)
        try:
            self.act(
                form, {"actor": self.request.actor, "at": timezone.now(), "entry": self.entry, **seen.cleaned_data}
            )
        except Denied as refusal:
            return self._page(self.form(self._as_now(request.POST)), refusal=refusal.reason, status=409)
        messages.success(request, f"บันทึก{self.name}ของ {self.entry.short_name} ปีงบประมาณ {fiscal_year} แล้ว")
        return redirect(request.path)

    def form(self, data: QueryDict | None) -> Any:
        """The form of the page."""
        raise NotImplementedError

    def act(self, form: Any, common: dict[str, Any]) -> None:
        """Record or, where the form is unbound, confirm."""
        raise NotImplementedError

    def _as_now(self, posted: QueryDict) -> QueryDict | None:
        """What was typed, for a person who has seen by now what stands."""
        if "confirm" in posted:
            return None
        data = posted.copy()
        standing = records.newest(self.kind, entry=self.entry)
        data["seen"] = str(standing.pk if standing else 0)
        return data

    def _page(self, form: Any, *, refusal: str = "", status: int = 200) -> HttpResponse:
        told = records.history(self.kind, entry=self.entry)
        year = self.entry.round.fiscal_year_be
        standing = next((one for one in told if one.fiscal_year_be == year), None)
        before = max((one for one in told if one.fiscal_year_be < year), key=_order, default=None)
        return self.render(
            entry=self.entry,
            form=form,
            standing=standing,
            before=None if standing else before,
            history=told,
            seen=standing.pk if standing else 0,
            may_record=policies.can_record(self.request.actor, self.entry),
            refusal=refusal,
            years=[(one, unit_url(self._address(), self.entry, one)) for one in records.years_of(self.entry)],
            year=year,
            status=status,
            **self.more(standing),
        )

    def more(self, standing: Any) -> dict[str, Any]:
        """What else the page shows of what stands."""
        return {}

    def _address(self) -> str:
        return f"directory:{self.request.resolver_match.url_name}" if self.request.resolver_match else ""


class WebsiteDetail(_UnitRecordPage):
    """INFO12: มี with an address, ไม่มี, or not yet recorded."""

    template = "directory/website_detail.html"
    screen_code = "INFO12"
    title = "บันทึกเว็บไซต์ อปท."
    kind = WebsiteRecord
    name = "เว็บไซต์"

    def form(self, data: QueryDict | None) -> forms.Website:
        """With what stands; where nothing does, the register's address waits in the box."""
        standing = records.newest(WebsiteRecord, entry=self.entry)
        suggestion = "" if standing else records.register_website(self.entry, at=timezone.now())
        return forms.Website(data, standing=standing, suggestion=suggestion)

    def more(self, standing: WebsiteRecord | None) -> dict[str, Any]:
        """Whether the address answers, where the installation asks."""
        return {"check": check_of(standing.url)} if settings.WEBSITE_CHECKS and standing else {}

    def act(self, form: forms.Website, common: dict[str, Any]) -> None:
        """Record or confirm."""
        if form.is_bound:
            services.website_record(**common, address=form.cleaned_data["address"])
        else:
            services.website_confirm(**common)


class AdministratorDetail(_UnitRecordPage):
    """INFO13: the persons whom the province and the Department call when something fails."""

    template = "directory/administrator_detail.html"
    screen_code = "INFO13"
    title = "บันทึกผู้ดูแลระบบ INFO"
    kind = AdministratorRecord
    name = "ผู้ดูแลระบบ INFO "

    def form(self, data: QueryDict | None) -> Any:
        """A row for each person, and one for another."""
        return forms.people_formset(data, standing=records.newest(AdministratorRecord, entry=self.entry))

    def act(self, form: Any, common: dict[str, Any]) -> None:
        """Record or confirm."""
        if not form.is_bound:
            services.administrators_confirm(**common)
            return
        rows = [row.cleaned_data for row in form if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        people = [services.Person(row["name"], row["position"], row["phone"], row["email"]) for row in rows]
        services.administrators_record(**common, people=people)


def unit_url(name: str, entry: RosterEntry, fiscal_year: int | None = None) -> str:
    """A page of the room about a unit, of the roster's year or another; the round is loaded."""
    year = entry.round.fiscal_year_be if fiscal_year is None else fiscal_year
    return reverse(name, kwargs={"fiscal_year": year, "unit_code": entry.code})


def _order(record: UnitRecord) -> tuple[int, int]:
    return record.fiscal_year_be, record.pk
