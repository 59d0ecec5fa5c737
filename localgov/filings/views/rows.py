"""One row of a register on a page of its own: for browsers without script, for phones, and for long rows."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.filings import replies, services
from localgov.filings.forms import plain_changes
from localgov.filings.selectors import row_page
from localgov.filings.selectors.row_page import RowPage
from localgov.filings.services.changes import AddRow, AnyChange, DeleteRow
from localgov.filings.views.unit_page import UnitPage


class RowDetail(UnitPage):
    """INFO24: add, change or delete one row of a register."""

    permission: ClassVar[Permission | None] = Permission.FILING_RECORD
    template = "filings/row_detail.html"
    screen_code = "INFO24"

    def page_title(self) -> str:
        """The register and the row."""
        page = self.page
        return f"{page.register.label}: {'เพิ่มแถว' if page.is_new else f'แถวที่ {page.number}'}"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the row."""
        return self._page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what was changed, or delete the row."""
        page = self.page
        changes = self._changes(page, request)
        if not changes:
            messages.info(request, "ไม่มีช่องที่เปลี่ยนจากที่บันทึกไว้")
            return redirect(self._table_url(page))
        try:
            saved = services.answers_save(
                actor=self.request.actor,
                at=timezone.now(),
                entry=self.entry,
                section=self.section,
                batch=page.batch(request.POST.get("batch", "")),
                changes=changes,
            )
        except Denied as refusal:
            messages.error(request, refusal.reason)
            return self._page(status=409)
        if saved.refused:
            return self._page(status=409, refused=replies.refusals(page.sheet_page, saved.refused))
        done = "ลบแถวแล้ว" if "delete" in request.POST else "บันทึกแถวแล้ว"
        messages.success(request, f"{done} ใบรับ {saved.receipt}" if saved.receipt else done)
        if "another" in request.POST:
            return redirect(page.new_row_url(self.place))
        return redirect(self._table_url(page))

    def _changes(self, page: RowPage, request: HttpRequest) -> list[AnyChange]:
        code, row = page.register.code, page.row_id
        if "delete" in request.POST:
            seq = request.POST.get("row-seq", "")
            return [] if page.is_new else [DeleteRow(code, row, int(seq) if seq.isdecimal() and len(seq) < 10 else 0)]
        answers = plain_changes(request.POST, [field.code for field in page.fields], register=code, row=row)
        if not page.is_new or not answers:
            return answers
        return [AddRow(code, row), *answers]

    def _table_url(self, page: RowPage) -> str:
        return f"{self.sheet_url()}#s-{page.register.section}"

    @cached_property
    def page(self) -> RowPage:
        """The row as it stands when the request begins."""
        text = self.kwargs["row"]
        try:
            row_id = UUID(self.request.POST.get("row-id", "")) if text == "new" else UUID(text)
        except ValueError:
            row_id = uuid4()
            if text != "new":
                raise Http404 from None
        page = row_page.row_page(
            actor=self.request.actor,
            entry=self.entry,
            number=self.number,
            register=self.kwargs["register"],
            row_id=row_id,
            is_new=text == "new",
            at=timezone.now(),
        )
        if page is None:
            raise Http404
        return page

    def _page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        if status != 200:
            del self.page  # what was refused is shown beside what stands now
        page = self.page
        if not page.sheet_page.editable:
            raise Denied(page.sheet_page.may_record.reason)
        return self.render(status=status, page=page, table_url=self._table_url(page), **context)
