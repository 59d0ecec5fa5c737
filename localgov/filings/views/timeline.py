"""The timeline of a filing, and a receipt found by its number."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from localgov.access.permissions import Permission
from localgov.filings.forms import FindReceipt
from localgov.filings.selectors import history
from localgov.filings.views.unit_page import UnitPage
from localgov.forms import selectors as forms
from localgov.ui.moments import AtMoment
from localgov.ui.pages import Crumb, Page


class FilingTimeline(AtMoment, UnitPage):
    """INFO25: every step and every changed answer of a filing, of one domain, or of one question."""

    template = "filings/timeline.html"
    screen_code = "INFO25"
    title = "ประวัติการบันทึกและการดำเนินการ"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of events; unknown filters show everything."""
        form = forms.compiled(self.entry.round.form_version_id)
        applicable = forms.applicable_sheets(self.entry.round.form_version_id, self.entry.unit_type)
        section = request.GET.get("domain", "")
        question = request.GET.get("question", "")
        page = request.GET.get("page", "")
        section = section if section in applicable else ""
        question = question if form.item(question) else ""
        events = history.timeline(
            entry=self.entry,
            section=section,
            question=question,
            page=int(page) if page.isdecimal() and len(page) < 7 else 1,
            past=self.asked.at,
        )
        return self.render(
            timeline=events,
            domains=[(code, form.sheets[code].label) for code in applicable],
            section=section,
            question=question,
            question_label=form.label_of(question) if question else "",
            filing_url=self.filing_url(),
            entry=self.entry,
            asked=self.asked,
        )


class ReceiptFind(Page):
    """Leads from a receipt number, typed anywhere, to its page."""

    permission = Permission.FILING_VIEW
    template = "filings/receipt_find.html"
    title = "ค้นหาใบรับ"
    screen_code = "INFO26"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for the number, or go to the receipt."""
        if "receipt" not in request.GET:
            return self.render(form=FindReceipt())
        form = FindReceipt(request.GET)
        if not form.is_valid():
            return self.render(form=form, status=422)
        found = history.receipt_of(actor=self.request.actor, text=form.cleaned_data["receipt"])
        if found is None:
            form.add_error("receipt", "ไม่พบใบรับเลขที่นี้ในหน่วยงานที่บัญชีนี้ดูได้ ตรวจเลขที่อีกครั้ง ตัวอย่าง 2570-004512")
            return self.render(form=form, status=404)
        return redirect(reverse("filings:receipt-detail", kwargs={"receipt": found.change.receipt}))


class ReceiptDetail(Page):
    """INFO26: one accepted batch: who, when, which answers, old and new, and its link in the chain."""

    permission: ClassVar[Permission | None] = Permission.FILING_VIEW
    template = "filings/receipt_detail.html"
    screen_code = "INFO26"

    def page_title(self) -> str:
        """ใบรับ 2570-004512."""
        return f"ใบรับ {self.kwargs['receipt']}"

    def breadcrumb(self) -> list[Crumb]:
        """Under the eight domains."""
        return [Crumb("ข้อมูล อปท. 8 ด้าน", reverse("filings:filing-home"))]

    def get(self, request: HttpRequest, receipt: str) -> HttpResponse:
        """Show the batch; one of a filing that the actor may not see is 404."""
        found = history.receipt_of(actor=self.request.actor, text=receipt)
        if found is None:
            raise Http404
        return self.render(found=found)
