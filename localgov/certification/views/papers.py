"""Certificates as PDF: one, or all of a unit that count now."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from localgov.access.permissions import Permission
from localgov.certification import paper
from localgov.certification.models import Certificate
from localgov.certification.selectors.certificate_page import certificate_page, unit_pages
from localgov.filings.views.unit_page import UnitPage
from localgov.organisations.services.reset import installation_is_demo
from localgov.ui.pages import Page
from localgov.ui.paper import CONTENT_TYPE


def check_url_of(request: HttpRequest) -> paper.CheckUrl:
    """Makes the absolute address that a QR code carries: the public page with the check code of the paper."""

    def check_url(certificate: Certificate) -> str:
        path = reverse("certificates:certificate-check", args=[certificate.address])
        return request.build_absolute_uri(f"{path}?code={certificate.code}")

    return check_url


def _pdf(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


class CertificatePdf(Page):
    """One certificate on paper."""

    permission = Permission.FILING_VIEW
    title = "ใบรับรอง (PDF)"

    def get(self, request: HttpRequest, address: str) -> HttpResponse:
        """The PDF; a certificate that the actor may not see is 404."""
        page = certificate_page(actor=self.request.actor, address=address)
        if page is None:
            raise Http404
        content = paper.certificate_pdf(page, check_url=check_url_of(request), is_demo=installation_is_demo())
        return _pdf(content, name=f"certificate-{page.certificate.address}")


class UnitPdf(UnitPage):
    """All certificates of a unit that count now, behind a cover."""

    title = "ใบรับรองทั้งหมดของหน่วยงาน (PDF)"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The PDF; 404 while nothing is certified."""
        pages = unit_pages(entry=self.entry)
        if not pages:
            raise Http404
        content = paper.unit_pdf(self.entry, pages, check_url=check_url_of(request), is_demo=installation_is_demo())
        return _pdf(content, name=f"certificates-{self.entry.code}-{self.entry.round.fiscal_year_be}")
