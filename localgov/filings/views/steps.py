"""Taking a step: submit, verify, return, take back. One page asks, one post acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.filings import policies, services
from localgov.filings.forms import TakeStep
from localgov.filings.selectors import history, sheet_page
from localgov.filings.selectors.steps import StepView, action_of
from localgov.filings.states import Action
from localgov.filings.views.unit_page import UnitPage
from localgov.ui.pages import render_page

#: More events than this since a person looked are counted, not listed.
MOST_EVENTS = 20

_CONSEQUENCES: dict[Action, tuple[str, ...]] = {
    Action.SUBMIT: (
        "ด้านนี้จะล็อก แก้ไขไม่ได้จนกว่าจะดึงกลับหรือถูกส่งกลับ",
        "ผู้ตรวจสอบของหน่วยงานจะเห็นด้านนี้ในรายการที่รอตรวจ",
    ),
    Action.TAKE_BACK_SUBMISSION: ("ด้านนี้จะกลับมาแก้ไขได้", "เมื่อแก้เสร็จต้องส่งให้ผู้ตรวจสอบอีกครั้ง"),
    Action.VERIFY: (
        "ท่านยืนยันว่าได้ตรวจข้อมูลด้านนี้กับเอกสารหลักฐานแล้ว",
        "เมื่อตรวจสอบครบทุกด้าน ผู้บริหาร อปท. จะรับรองข้อมูลได้",
    ),
    Action.TAKE_BACK_VERIFICATION: ("ผลการตรวจสอบของด้านนี้จะถูกถอน และกลับไปรอตรวจ",),
    Action.RETURN: ("ด้านนี้จะกลับไปให้ผู้บันทึกแก้ไข พร้อมเหตุผลที่ท่านระบุ", "ผลการตรวจสอบที่ลงไว้จะเป็นอันยกเลิก"),
}


class SheetStep(UnitPage):
    """INFO23: what a step does, what stands in its way, and its button."""

    template = "filings/sheet_step.html"
    screen_code = "INFO23"

    @property
    def action(self) -> Action:
        """The step of the address; 404 for one that this room does not take."""
        action = action_of(self.kwargs["step"])
        if action is None:
            raise Http404
        return action

    def page_title(self) -> str:
        """The step's words with the domain."""
        return f"{self.action.label}: ด้านที่ {self.number} {self.section_label}"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self._ask()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Act, and go back to the filing."""
        form = TakeStep(request.POST)
        if not form.is_valid():
            return self._ask(status=422, form=form)
        try:
            services.sheet_take_action(
                actor=self.request.actor,
                at=timezone.now(),
                entry=self.entry,
                section=self.section,
                action=self.action,
                **form.cleaned_data,
            )
        except services.Stale:
            return self._stale(form.cleaned_data["lock"])
        except Denied as refusal:
            return self._ask(status=409, form=form, refusal=refusal.reason)
        messages.success(request, f"{self.action.label}: ด้านที่ {self.number} {self.section_label} เรียบร้อยแล้ว")
        return redirect(self.filing_url())

    def _load(self) -> sheet_page.SheetPage:
        page = sheet_page.sheet_page(
            actor=self.request.actor, entry=self.entry, number=self.number, at=timezone.now(), show_missing=True
        )
        if page is None:
            raise Http404
        return page

    def _ask(self, *, status: int = 200, form: TakeStep | None = None, refusal: str = "") -> HttpResponse:
        page = self._load()
        lock = page.sheet.lock if page.sheet else 0
        step = next((view for view in page.steps if view.action == self.action), None)
        return self.render(
            status=status,
            page=page,
            step=step,
            action=self.action,
            form=form or TakeStep(initial={"lock": lock}),
            lock=lock,
            refusal=refusal,
            why_not=self._why_not(page, step),
            consequences=(*_CONSEQUENCES[self.action], *self._resting(page)),
            needs_note=self._needs_note(page, step),
            place=self.place,
            sheet_url=self.sheet_url(),
        )

    def _why_not(self, page: sheet_page.SheetPage, step: StepView | None) -> str:
        if step is not None:
            return ""  # the button carries the policy's reason
        if page.sheet is None:
            return "ด้านนี้ยังไม่เริ่มบันทึก จึงยังทำรายการนี้ไม่ได้"
        return (
            f"ทำรายการ “{self.action.label}” ไม่ได้ เพราะด้านนี้อยู่ในสถานะ “{page.sheet.get_status_display()}” "
            "หรือไม่ใช่หน้าที่ของบัญชีที่ใช้อยู่"
        )

    def _resting(self, page: sheet_page.SheetPage) -> tuple[str, ...]:
        """That the act would rest on an exception, and that this is marked."""
        if page.sheet is None:
            return ()
        joined = policies.resting_on(self.request.actor, path=self.entry.path, sheet=page.sheet, action=self.action)
        if joined is None:
            return ()
        return (
            f"ท่านทำสองหน้าที่ในด้านนี้ ({joined.parts.label}) ได้ตามข้อยกเว้น คำสั่งเลขที่ {joined.order_number} "
            "ซึ่งจะระบุในประวัติและในใบรับรอง",
        )

    def _needs_note(self, page: sheet_page.SheetPage, step: StepView | None) -> bool:
        return step is not None and (
            step.step.needs_note or (step.step.needs_clean_checks and page.judgement.unexplained > 0)
        )

    def _stale(self, seen: int) -> HttpResponse:
        """409: somebody changed the sheet meanwhile; the page says who and what, and the way on."""
        page = self._load()
        since = max(1, (page.sheet.lock if page.sheet else 0) - seen)
        events = history.latest_events(entry=self.entry, section=self.section, limit=min(since, MOST_EVENTS))
        again = reverse("filings:sheet-step", kwargs={**self.place, "number": self.number, "step": self.kwargs["step"]})
        return render_page(
            self.request,
            "filings/sheet_stale.html",
            {
                "title": self.page_title(),
                "screen_code": self.screen_code,
                "breadcrumb": self.breadcrumb(),
                "page": page,
                "events": events,
                "again_url": again,
                "sheet_url": self.sheet_url(),
            },
            status=409,
        )
