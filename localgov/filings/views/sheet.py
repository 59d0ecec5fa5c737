"""The page of one domain, and what is posted from it."""

from __future__ import annotations

import json
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.filings import replies, services
from localgov.filings.forms import plain_changes
from localgov.filings.selectors import sheet_page
from localgov.filings.services.changes import AnyChange, BatchMalformed, read_changes
from localgov.filings.views.unit_page import UnitPage
from localgov.lib.thai_calendar import format_time


class SheetDetail(UnitPage):
    """INFO22: record one domain, or read it where it is locked or the actor only watches."""

    template = "filings/sheet_detail.html"
    screen_code = "INFO22"

    def page_title(self) -> str:
        """ด้านที่ 6 การจัดการภายในและธรรมาภิบาล."""
        return f"ด้านที่ {self.number} {self.section_label}"

    def breadcrumb(self) -> Any:
        """The page itself ends the trail."""
        return super().breadcrumb()[:-1]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page; `?check` shows what is missing beside each question."""
        return self._page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save the boxes that were changed, for a browser without script."""
        page = self._load()
        codes = [field.code for section in page.sections for field in section.fields]
        codes += [section.register.code for section in page.sections if section.register]
        changes = plain_changes(request.POST, codes)
        if not changes:
            messages.info(request, "ไม่มีข้อที่เปลี่ยนจากที่บันทึกไว้")
            return redirect(self.sheet_url())
        try:
            saved = self._save(changes)
        except Denied as refusal:
            messages.error(request, refusal.reason)
            return self._page(status=409)
        if saved.refused:
            return self._page(status=409, refused=replies.refusals(page, saved.refused))
        receipt = f" ใบรับ {saved.receipt}" if saved.receipt else ""
        messages.success(request, f"บันทึกแล้ว {format_time(saved.saved_at)}{receipt}")
        return redirect(self.sheet_url())

    def _load(self) -> sheet_page.SheetPage:
        page = sheet_page.sheet_page(
            actor=self.request.actor,
            entry=self.entry,
            number=self.number,
            at=timezone.now(),
            show_missing="check" in self.request.GET,
        )
        if page is None:
            raise Http404
        return page

    def _page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        page = self._load()
        return self.render(status=status, page=page, state=replies.page_state(page), place=self.place, **context)

    def _save(self, changes: list[AnyChange]) -> services.Saved:
        return services.answers_save(
            actor=self.request.actor,
            at=timezone.now(),
            entry=self.entry,
            section=self.section,
            batch=uuid4(),
            changes=changes,
        )


class AnswersSave(UnitPage):
    """Takes the batches of the page's script: JSON in, JSON out (assets/record/contract.ts)."""

    permission: ClassVar[Permission | None] = Permission.FILING_RECORD
    own_key = "batch: the change's unique key"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save a batch. 409: the sheet is locked; 403: not the actor's; 422: no batch; each with its reason."""
        try:
            batch, changes = _read_batch(request.body)
            saved = services.answers_save(
                actor=self.request.actor,
                at=timezone.now(),
                entry=self.entry,
                section=self.section,
                batch=batch,
                changes=changes,
            )
        except BatchMalformed as error:
            return JsonResponse({"reason": str(error)}, status=422)
        except Denied as refusal:
            may = self.request.actor.can(Permission.FILING_RECORD, at=self.entry.path, section=self.section)
            return JsonResponse({"reason": refusal.reason}, status=409 if may else 403)
        return JsonResponse(replies.saved_json(self.entry, saved, changes))


def _read_batch(body: bytes) -> tuple[UUID, list[AnyChange]]:
    """The batch's id and changes. Raises `BatchMalformed`."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BatchMalformed("ข้อมูลที่ส่งมาไม่ใช่ JSON") from error
    if not isinstance(sent, dict):
        raise BatchMalformed("ข้อมูลที่ส่งมาต้องเป็นชุดที่มี batch และ changes")
    try:
        batch = UUID(str(sent.get("batch")))
    except ValueError as error:
        raise BatchMalformed("ชุดข้อมูลต้องมีเลขประจำชุด (batch) แบบ UUID") from error
    return batch, read_changes(sent.get("changes"))


class SheetCarry(UnitPage):
    """Carries last year's answers into the sheet, in one act."""

    permission: ClassVar[Permission | None] = Permission.FILING_RECORD
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Carry, say how much, and show the page; the batch's id makes a second press harmless."""
        try:
            batch = UUID(request.POST.get("batch", ""))
        except ValueError:
            batch = uuid4()
        try:
            saved = services.answers_carry_forward(
                actor=self.request.actor, at=timezone.now(), entry=self.entry, section=self.section, batch=batch
            )
        except Denied as refusal:
            messages.error(request, refusal.reason)
            return redirect(self.sheet_url())
        waiting = saved.judgement.carried if saved.judgement else 0
        messages.success(
            request, f"ยกข้อมูลปีก่อนมาแล้ว รอยืนยัน {waiting:,} รายการ ตรวจแล้วกด “ยืนยัน” หรือแก้ให้เป็นปัจจุบัน ใบรับ {saved.receipt}"
        )
        return redirect(self.sheet_url())
