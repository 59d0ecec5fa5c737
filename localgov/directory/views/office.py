"""บันทึกเว็บไซต์ สถจ.: an officer of a province tells where the office is found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.directory import forms, services
from localgov.directory.selectors import offices
from localgov.organisations.models import OrganisationVersion
from localgov.ui.pages import Page


class OfficeWebsiteDetail(Page):
    """INFO17: the office's website, what was ever told of it, and the form that tells it anew."""

    permission = Permission.OFFICE_RECORD
    template = "directory/office_website.html"
    title = "บันทึกเว็บไซต์ สถจ."
    screen_code = "INFO17"
    office: OrganisationVersion

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the actor's own office; 404 for whoever has none."""
        super().setup(request, *args, **kwargs)
        office = offices.own_office(self.request.actor, on=timezone.localdate())
        if office is None:
            raise Http404
        self.office = office

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self._page(None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Record."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            services.office_website_record(
                actor=self.request.actor,
                at=timezone.now(),
                office=self.office,
                address=form.cleaned_data["address"],
                seen=form.cleaned_data["seen"],
            )
        except Denied as refusal:
            return self._page(None, refusal=refusal.reason, status=409)
        messages.success(request, f"บันทึกเว็บไซต์ของ{self.office.full_name} แล้ว")
        return redirect(request.path)

    def _form(self, data: QueryDict | None) -> forms.Website:
        form = forms.Website(data, standing=offices.office_website(self.office.organisation_id))
        form.fields["has"].label = "เว็บไซต์ของสำนักงาน"
        return form

    def _page(self, form: forms.Website | None, *, refusal: str = "", status: int = 200) -> HttpResponse:
        told = offices.office_websites(self.office.organisation_id)
        return self.render(
            office=self.office,
            form=form or self._form(None),
            standing=told[0] if told else None,
            history=told,
            refusal=refusal,
            status=status,
        )
