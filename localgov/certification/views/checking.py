"""The public check of a certificate: no sign-in, the hash computed anew from the kept text while the page is made."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localgov.certification import forms
from localgov.certification.selectors.certificate_page import public_page
from localgov.certification.selectors.checking import (
    address_of,
    certificates_of_hash,
    history_of,
    paper_agrees,
)
from localgov.ui.pages import Crumb
from localgov.ui.public import PublicPage


class CertificateCheck(PublicPage):
    """INFO39: whether a certificate is genuine and still counts; `?code=` is the check code or hash on the paper."""

    cached = False  # the hash is computed while the reader waits
    parameters = ("code",)
    template = "certification/certificate_check.html"
    screen_code = "INFO39"
    heading = ""

    def page_title(self) -> str:
        """ตรวจสอบใบรับรอง and its number."""
        return _("ตรวจสอบใบรับรอง %(number)s") % {"number": self.heading}

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the page where a number is typed."""
        return (Crumb(_("ตรวจสอบใบรับรอง"), reverse("certificates:certificate-check-find")),)

    def get(self, request: HttpRequest, address: str) -> HttpResponse:
        """Compute, compare, say it in words."""
        page = public_page(address=address)
        if page is None:
            return _not_found(request, text=address)
        self.heading = page.certificate.number
        typed = request.GET.get("code", "").strip()
        return self.render(
            page=page,
            now=timezone.now(),
            typed=typed,
            agrees=paper_agrees(page.certificate, typed) if typed else None,
            history=history_of(page),
        )


class CertificateCheckFind(PublicPage):
    """INFO40: type the number and the check code (or the hash) that a paper carries."""

    cached = False
    parameters = ("number", "code")
    template = "certification/certificate_check_find.html"
    title = _("ตรวจสอบใบรับรอง")
    description = _("ตรวจว่าใบรับรองข้อมูลของ อปท. เป็นของจริงและยังมีผล ไม่ต้องเข้าสู่ระบบ")
    screen_code = "INFO40"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The form; a known number is opened with the typed code, a code alone finds its certificates."""
        form = forms.CertificateCheckSearch(request.GET if request.GET else None)
        if not form.is_bound:
            return self.render(form=form)
        if not form.is_valid():
            return self.render(form=form, status=422)
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        if number:
            address = address_of(number)
            if address is None:
                return self.render(form=form, unknown=number, status=404)
            target = reverse("certificates:certificate-check", args=[address])
            return redirect(f"{target}?{forms.code_query(code)}" if code else target)
        found = certificates_of_hash(code)
        return self.render(form=form, found=found, unknown="" if found else code, status=200 if found else 404)


def _not_found(request: HttpRequest, *, text: str) -> HttpResponse:
    view = CertificateCheckFind()
    view.setup(request)
    return view.render(form=forms.CertificateCheckSearch(), unknown=text, status=404)
