"""Certificates on paper: the page, the signed text, and finding one by its number or check code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.certification import forms
from localgov.certification.selectors.certificate_page import (
    certificate_page,
    certificate_visible,
    certificates_named,
    unit_certificates,
)
from localgov.filings.selectors.linked import linked_views
from localgov.filings.views.unit_page import UnitPage
from localgov.ui.moments import AtMoment
from localgov.ui.pages import Crumb, Page


class CertificateDetail(AtMoment, Page):
    """INFO36: who certified what, when, in which position; the answers; the hash computed anew."""

    permission = Permission.FILING_VIEW
    template = "certification/certificate_detail.html"
    screen_code = "INFO36"
    heading = ""

    def page_title(self) -> str:
        """ใบรับรองข้อมูล and its number."""
        return f"ใบรับรองข้อมูล {self.heading}".strip()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under รับรองข้อมูล."""
        return (Crumb("รับรองข้อมูล", reverse("certification:certify-list")),)

    def get(self, request: HttpRequest, address: str) -> HttpResponse:
        """Show it; one that the actor may not see is 404."""
        page = certificate_page(actor=self.request.actor, address=address, past=self.asked.at)
        if page is None:
            raise Http404
        self.heading = page.certificate.number
        linked = linked_views(entry=page.entry, section=page.certificate.sheet.section, as_of=self.asked.at)
        return self.render(page=page, linked=linked.values(), now=timezone.now(), asked=self.asked)


class CertificateList(AtMoment, UnitPage):
    """INFO41: every certificate of a unit in a year, as it stands or stood at a past moment."""

    template = "certification/certificate_list.html"
    screen_code = "INFO41"
    title = "ใบรับรองของหน่วยงาน"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Newest first."""
        views = unit_certificates(entry=self.entry, past=self.asked.at)
        return self.render(views=views, entry=self.entry, place=self.place, asked=self.asked)


class CertificateText(Page):
    """The bytes that were signed, as a file: anyone can compute their SHA-256."""

    permission = Permission.FILING_VIEW
    title = "ข้อความที่รับรอง"

    def get(self, request: HttpRequest, address: str) -> HttpResponse:
        """The kept text, byte for byte."""
        certificate = certificate_visible(actor=self.request.actor, address=address)
        if certificate is None:
            raise Http404
        response = HttpResponse(certificate.snapshot.encode(), content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="certificate-{certificate.address}.json"'
        return response


class CertificateFind(Page):
    """INFO37: find a certificate by its number or by the check code printed on it."""

    permission = Permission.FILING_VIEW
    template = "certification/certificate_find.html"
    title = "ค้นหาใบรับรอง"
    screen_code = "INFO37"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under รับรองข้อมูล."""
        return (Crumb("รับรองข้อมูล", reverse("certification:certify-list")),)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The form; a single hit is opened at once."""
        form = forms.CertificateSearch(request.GET)
        asked = form.cleaned_data["text"] if form.is_valid() else ""
        found = certificates_named(actor=self.request.actor, text=asked) if asked else []
        if len(found) == 1:
            return redirect("certification:certificate-detail", found[0].address)
        return self.render(form=form, asked=asked, found=found)
