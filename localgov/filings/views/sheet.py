"""The page of one domain, and what is posted from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.filings import replies, services
from localgov.filings.forms import plain_changes
from localgov.filings.selectors import sheet_page, together
from localgov.filings.selectors.filing_page import FORM_CODE
from localgov.filings.services.changes import AnyChange, BatchMalformed, read_changes, sound
from localgov.filings.views.unit_page import UnitPage
from localgov.forms import selectors as form_selectors
from localgov.lib.thai_calendar import format_time
from localgov.ui.moments import AtMoment

#: The largest number of a row that the database could have.
_MOST_ID = 2**63 - 1


class SheetDetail(AtMoment, UnitPage):
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
        self._seen_without_script()
        if saved.refused:
            return self._page(status=409, refused=replies.refusals(page, saved.refused))
        receipt = f" ใบรับ {saved.receipt}" if saved.receipt else ""
        messages.success(request, f"บันทึกแล้ว {format_time(saved.saved_at)}{receipt}")
        return redirect(self.sheet_url())

    def _seen_without_script(self) -> None:
        """Who posts the page has no script that would speak for him; the form's own id makes a page of one person one."""
        services.presence_speak(
            actor=self.request.actor,
            at=timezone.now(),
            entry=self.entry,
            section=self.section,
            page=uuid5(NAMESPACE_URL, f"{self.request.actor.user_id} {self.sheet_url()}"),
            lasts=services.WITHOUT_SCRIPT,
        )

    def _load(self) -> sheet_page.SheetPage:
        page = sheet_page.sheet_page(
            actor=self.request.actor,
            entry=self.entry,
            number=self.number,
            at=self.asked.at or timezone.now(),
            show_missing="check" in self.request.GET,
            past=self.asked.at,
        )
        if page is None:
            raise Http404
        return page

    def _page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        page = self._load()
        context |= {"state": replies.page_state(page), "store_key": replies.store_key(self.request.actor)}
        notes = form_selectors.notes_on(
            FORM_CODE, form_selectors.note_subject(FORM_CODE, page.section), past=self.asked.at
        )
        response = self.render(status=status, page=page, place=self.place, asked=self.asked, notes=notes, **context)
        response["Cache-Control"] = (
            "no-store"  # answers and the key of what waits here stay out of a shared machine's cache
        )
        return response

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
            sent = _read_json(request.body)
            batch, changes = _batch_id(sent), read_changes(sent.get("changes"))
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
        reply = replies.saved_json(self.entry, saved, changes)
        if spoken := _spoken(sent):
            written = 1 if saved.receipt and not saved.repeated else 0
            reply["together"] = self.together(spoken, written=written)
        return JsonResponse(reply)

    def together(self, spoken: Spoken, *, written: int = 0) -> dict[str, Any]:
        """Say that the page is open, and what the others did meanwhile; `written`: batches that this request saved."""
        at = timezone.now()
        heard = services.presence_speak(
            actor=self.request.actor,
            at=at,
            entry=self.entry,
            section=self.section,
            page=spoken.page,
            place=spoken.place,
            is_typing=spoken.is_typing,
            lasts=services.SPEAKS_FOR if spoken.stays else timedelta(0),
        )
        news: dict[str, Any] = {"lock": heard.lock, "newest": heard.newest}
        news["others"] = [one.as_json() for one in heard.others]
        if spoken.stays and heard.lock != spoken.lock + written:
            news |= together.changed_since(entry=self.entry, section=self.section, since=spoken.since, at=at)
        return news


class SheetTogether(AnswersSave):
    """Takes the heartbeat of an open page: where its person is; answers who else is there and what they changed."""

    own_key = "page: the same words twice leave the same row"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Speak and hear. 403: the actor records nothing here; 422: no heartbeat."""
        try:
            spoken = _spoken(_read_json(request.body))
        except BatchMalformed as error:
            return JsonResponse({"reason": str(error)}, status=422)
        if spoken is None:
            return JsonResponse({"reason": "ไม่มีเลขของหน้า (page) แบบ UUID"}, status=422)
        try:
            return JsonResponse(self.together(spoken))
        except Denied as refusal:
            return JsonResponse({"reason": refusal.reason}, status=403)


@dataclass(frozen=True)
class Spoken:
    """What an open page says of itself: its id, where its person is, and how far it knows the sheet."""

    page: UUID
    place: str
    is_typing: bool
    since: int
    lock: int
    stays: bool


def _spoken(sent: Mapping[str, Any]) -> Spoken | None:
    """The page's own words beside a batch or alone; None when it says nothing of itself that can be read."""
    try:
        page = UUID(str(sent.get("page")))
    except ValueError:
        return None
    since, lock = (value if isinstance(value := sent.get(key), int) else 0 for key in ("since", "lock"))
    return Spoken(
        page=page,
        place=str(sound(sent.get("place")) or "")[:80],
        is_typing=sent.get("typing") is True,
        since=min(max(since, 0), _MOST_ID),
        lock=lock,
        stays=sent.get("leaving") is not True,
    )


def _read_json(body: bytes) -> Mapping[str, Any]:
    """An object. Raises `BatchMalformed`."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BatchMalformed("ข้อมูลที่ส่งมาไม่ใช่ JSON") from error
    if not isinstance(sent, dict):
        raise BatchMalformed("ข้อมูลที่ส่งมาต้องเป็นชุดที่มี batch และ changes")
    return sent


def _batch_id(sent: Mapping[str, Any]) -> UUID:
    """The batch's id. Raises `BatchMalformed`."""
    try:
        return UUID(str(sent.get("batch")))
    except ValueError as error:
        raise BatchMalformed("ชุดข้อมูลต้องมีเลขประจำชุด (batch) แบบ UUID") from error


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
