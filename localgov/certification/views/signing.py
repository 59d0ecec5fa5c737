"""The page on which one unit's domains are signed, at its own level and at the province's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.certification import forms, services
from localgov.certification.models import Level
from localgov.certification.selectors.certificate_page import signed_together
from localgov.certification.selectors.certify_page import certify_page
from localgov.certification.services.signing import CHANGED_MEANWHILE
from localgov.filings.selectors import filing_page
from localgov.filings.services import Stale
from localgov.filings.views.unit_page import UnitPage
from localgov.ui.pages import Crumb, Page


class CertifyHome(Page):
    """Leads a unit's people to their own page, an office to the province's queue."""

    permission = Permission.FILING_VIEW
    title = "รับรองข้อมูล"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """One redirect."""
        entry = filing_page.own_entry(actor=self.request.actor, at=timezone.now())
        if entry is None:
            return redirect("certification:province-queue")
        return redirect("certification:unit-certify", entry.round.fiscal_year_be, entry.code)


class CertifyPage(UnitPage):
    """What both levels share: reading is for whoever sees the filing, signing for the certifier of the level."""

    template = "certification/unit_certify.html"
    level: ClassVar[Level]
    certifying: ClassVar[Permission]

    def breadcrumb(self) -> Sequence[Crumb]:
        """รับรองข้อมูล › the unit's filing."""
        crumbs = list(super().breadcrumb())
        crumbs[0] = Crumb("รับรองข้อมูล", reverse("certification:certify-list"))
        return crumbs

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what would be signed."""
        return self._show()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Sign, and show the certificates."""
        form = forms.Sign(request.POST)
        if not form.is_valid():
            self._require_right()
            return self._show(status=422, form=form)
        signature = form.cleaned_data["signature"]
        try:
            self.sign(signature=signature, seen=form.cleaned_data["seen"])
        except Stale:
            return self._show(status=409, refusal=CHANGED_MEANWHILE)
        except Denied as refusal:
            self._require_right()
            return self._show(status=409, refusal=refusal.reason)
        messages.success(request, "ลงนามรับรองเรียบร้อยแล้ว")
        return redirect(reverse("certification:signature-detail", kwargs={**self.place, "signature": signature}))

    def sign(self, **kwargs: Any) -> None:
        """The one service call of the level."""
        raise NotImplementedError

    def _require_right(self) -> None:
        """Who may never sign here is refused (403), whatever the state."""
        if not self.request.actor.can(self.certifying, at=self.entry.path):
            raise Denied(f"บัญชีนี้ไม่มีสิทธิ{self.title} ของหน่วยงานนี้")

    def _show(self, *, status: int = 200, form: forms.Sign | None = None, refusal: str = "") -> HttpResponse:
        page = certify_page(actor=self.request.actor, entry=self.entry, level=self.level, at=timezone.now())
        fresh = forms.Sign(initial={"signature": uuid4(), "seen": forms.seen_text(page.seen)})
        return self.render(
            status=status,
            page=page,
            form=form or fresh,
            refusal=refusal,
            place=self.place,
            is_province=self.level == Level.PROVINCE,
            other_url=reverse(self.other_level, kwargs=self.place),
        )

    other_level: ClassVar[str]


class UnitCertify(CertifyPage):
    """INFO31: the executive signs every verified domain of his unit."""

    title = "รับรองข้อมูลระดับ อปท."
    screen_code = "INFO31"
    level = Level.UNIT
    certifying = Permission.CERTIFY_UNIT
    other_level = "certification:province-certify"

    def sign(self, **kwargs: Any) -> None:
        """One signature over all."""
        services.unit_certify(actor=self.request.actor, at=timezone.now(), entry=self.entry, **kwargs)


class ProvinceCertify(CertifyPage):
    """INFO33: the province reads what the unit certified, signs all of it, or returns single domains."""

    title = "รับรองข้อมูลระดับจังหวัด"
    screen_code = "INFO33"
    level = Level.PROVINCE
    certifying = Permission.CERTIFY_PROVINCE
    other_level = "certification:unit-certify"

    def sign(self, **kwargs: Any) -> None:
        """One signature over all."""
        services.province_certify(actor=self.request.actor, at=timezone.now(), entry=self.entry, **kwargs)


class SignatureDetail(UnitPage):
    """INFO32: what one signature left: a certificate for each domain, with its hash and check code."""

    title = "ผลการลงนามรับรอง"
    template = "certification/signature_detail.html"
    screen_code = "INFO32"

    def breadcrumb(self) -> Sequence[Crumb]:
        """รับรองข้อมูล › the unit's page."""
        return (
            Crumb("รับรองข้อมูล", reverse("certification:certify-list")),
            Crumb(
                f"{self.entry.short_name} ปีงบประมาณ {self.kwargs['fiscal_year']}",
                reverse("certification:unit-certify", kwargs=self.place),
            ),
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the certificates; a signature that left none here is 404."""
        views = signed_together(entry=self.entry, signature=kwargs["signature"])
        if not views:
            raise Http404
        first = views[0].certificate
        page = "province-certify" if first.level == Level.PROVINCE else "unit-certify"
        needed = Permission.CERTIFY_PROVINCE if first.level == Level.PROVINCE else Permission.CERTIFY_UNIT
        return self.render(
            entry=self.entry,
            views=views,
            first=first,
            level=views[0].level,
            place=self.place,
            back_url=reverse(f"certification:{page}", kwargs=self.place),
            may_print=any(view.in_force for view in views),
            may_take_back=self.request.actor.can(needed, at=self.entry.path) and any(view.in_force for view in views),
        )
