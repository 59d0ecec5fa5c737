"""Acts on what is certified: take back, return, amend, order, revoke. One page asks, one post acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.certification import forms, services
from localgov.certification.selectors.acts import ACTS, ActView, act_view, action_of
from localgov.certification.selectors.certificate_page import signed_together
from localgov.certification.services.signing import CHANGED_MEANWHILE
from localgov.filings.models import Sheet
from localgov.filings.services import Stale
from localgov.filings.states import Action
from localgov.filings.views.unit_page import UnitPage
from localgov.ui.pages import Crumb

_SERVICES: dict[Action, Callable[..., Sheet]] = {
    Action.TAKE_BACK_LAO: services.unit_take_back,
    Action.RETURN_BY_PROVINCE: services.province_return,
    Action.TAKE_BACK_PROVINCE: services.province_take_back,
    Action.AMEND: services.amend,
    Action.ORDER_AMENDMENT: services.order_amendment,
    Action.REVOKE: services.revoke,
}

_CONSEQUENCES: dict[Action, tuple[str, ...]] = {
    Action.TAKE_BACK_LAO: (
        "ใบรับรองระดับ อปท. ของด้านนี้จะสิ้นผล และด้านนี้กลับไปสถานะ “ตรวจสอบแล้ว”",
        "หากต้องแก้ข้อมูล ให้ส่งกลับให้ผู้บันทึกที่หน้าของด้านนี้ หากข้อมูลถูกต้อง ลงนามรับรองใหม่ได้",
    ),
    Action.RETURN_BY_PROVINCE: (
        "ใบรับรองระดับ อปท. ของด้านนี้จะสิ้นผล และเปิดฉบับแก้ไขให้ อปท. โดยคัดลอกคำตอบเดิม",
        "อปท. ต้องแก้ไข ตรวจสอบ และรับรองใหม่ ด้านอื่นไม่ได้รับผลกระทบ",
    ),
    Action.TAKE_BACK_PROVINCE: (
        "ใบรับรองระดับจังหวัดของด้านนี้จะสิ้นผล และด้านนี้กลับมารอจังหวัดรับรอง",
        "ทำได้ภายใน 7 วันนับแต่วันที่จังหวัดรับรอง",
    ),
    Action.AMEND: (
        "จะเปิดฉบับแก้ไขโดยคัดลอกคำตอบเดิม ฉบับที่รับรองแล้วยังมีผลจนกว่าฉบับใหม่จะได้รับรองครบทั้งสองระดับ",
        "แก้แล้วต้องส่งตรวจ ตรวจสอบ และรับรองใหม่ตามลำดับ ผู้รับรองจะเห็นเฉพาะข้อที่เปลี่ยน",
    ),
    Action.ORDER_AMENDMENT: (
        "จะเปิดฉบับแก้ไขให้ อปท. พร้อมเหตุผลที่ท่านระบุ",
        "ระหว่างที่ยังไม่ได้รับรองใหม่ครบทั้งสองระดับ ข้อมูลด้านนี้ถือว่าไม่เป็นปัจจุบัน (มีผลต่อคะแนน LPA ตัวชี้วัดที่ 7)",
    ),
    Action.REVOKE: (
        "ใบรับรองทุกฉบับของด้านนี้ที่รับรองครบทั้งสองระดับจะสิ้นผลทันที ฉบับก่อนหน้าไม่กลับมามีผลแทน และไม่ใช้ข้อมูลด้านนี้ในรายงานอีก",
        "จะเปิดฉบับแก้ไขให้ อปท. บันทึก ตรวจสอบ และรับรองใหม่ (หากมีฉบับแก้ไขเปิดอยู่แล้ว ใช้ฉบับนั้น)",
    ),
}

#: What the box of the reason says beneath its label.
_NOTE_HELP: dict[Action, str] = {
    Action.RETURN_BY_PROVINCE: "ระบุให้ชัดว่าต้องแก้ข้อใด อย่างไร อปท. จะเห็นข้อความนี้",
    Action.ORDER_AMENDMENT: "ระบุให้ชัดว่าต้องแก้ข้อใด อย่างไร อปท. จะเห็นข้อความนี้",
    Action.AMEND: "ผู้ตรวจสอบ ผู้บริหาร และจังหวัดจะเห็นข้อความนี้",
}


class SheetAct(UnitPage):
    """INFO34: what an act does, its reason and its button."""

    template = "certification/sheet_act.html"
    screen_code = "INFO34"

    @property
    def action(self) -> Action:
        """The act of the address; 404 for one that certification does not know."""
        action = action_of(self.kwargs["act"])
        if action is None:
            raise Http404
        return action

    def page_title(self) -> str:
        """The act's words with the domain."""
        return f"{self.action.label}: ด้านที่ {self.number} {self.section_label}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """รับรองข้อมูล › the unit."""
        return (
            Crumb("รับรองข้อมูล", reverse("certification:certify-list")),
            Crumb(f"{self.entry.short_name} ปีงบประมาณ {self.kwargs['fiscal_year']}", self.back_url()),
        )

    def back_url(self) -> str:
        """The page of the level whose act it is."""
        of_unit = self.action in (Action.TAKE_BACK_LAO, Action.AMEND)
        return reverse(f"certification:{'unit' if of_unit else 'province'}-certify", kwargs=self.place)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        self._require_right()
        return self._ask()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Act, and go back."""
        self._require_right()
        form = self._form(request.POST)
        if not form.is_valid():
            return self._ask(status=422, form=form)
        try:
            _SERVICES[self.action](
                actor=self.request.actor,
                at=timezone.now(),
                entry=self.entry,
                section=self.section,
                **form.cleaned_data,
            )
        except Stale:
            return self._ask(status=409, refusal=CHANGED_MEANWHILE)
        except Denied as refusal:
            return self._ask(status=409, form=form, refusal=refusal.reason)
        messages.success(request, f"{self.action.label}: ด้านที่ {self.number} {self.section_label} เรียบร้อยแล้ว")
        return redirect(self.sheet_url() if self.action == Action.AMEND else self.back_url())

    def _require_right(self) -> None:
        """Who may never do this here is refused (403), whatever the state."""
        permission = next(step.permission for step in ACTS if step.action == self.action)
        if not self.request.actor.can(permission, at=self.entry.path, section=self.section):
            raise Denied(f"บัญชีนี้ไม่มีสิทธิ “{self.action.label}” ของหน่วยงานนี้")

    def _form(self, data: Any = None, *, lock: int = 0) -> forms.Act:
        step = next(step for step in ACTS if step.action == self.action)
        form = forms.Act(data, needs_note=step.needs_note, needs_order=step.needs_order, initial={"lock": lock})
        form.fields["note"].help_text = _NOTE_HELP.get(self.action, "")
        return form

    def _ask(self, *, status: int = 200, form: forms.Act | None = None, refusal: str = "") -> HttpResponse:
        view = self._view()
        why_not = "" if view is None else view.decision.reason
        if view is None:
            why_not = f"ขณะนี้ด้านนี้ไม่อยู่ในสถานะที่ “{self.action.label}” ได้"
        return self.render(
            status=status,
            entry=self.entry,
            view=view,
            form=form or self._form(lock=view.sheet.lock if view else 0),
            refusal=refusal or why_not,
            consequences=_CONSEQUENCES[self.action],
            back_url=self.back_url(),
            sheet_url=self.sheet_url(),
        )

    def _view(self) -> ActView | None:
        """The act on the revision that it would be taken on."""
        return act_view(
            self.request.actor, entry=self.entry, section=self.section, action=self.action, at=timezone.now()
        )


class SignatureTakeBack(UnitPage):
    """INFO38: take back everything that one signature certified and that still stands."""

    title = "ถอนการรับรองทั้งหมดของการลงนามครั้งนี้"
    template = "certification/signature_take_back.html"
    screen_code = "INFO38"

    def breadcrumb(self) -> Sequence[Crumb]:
        """รับรองข้อมูล › the signature."""
        return (
            Crumb("รับรองข้อมูล", reverse("certification:certify-list")),
            Crumb("ผลการลงนามรับรอง", self._back_url()),
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self._ask()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take back."""
        form = forms.TakeBack(request.POST)
        if not form.is_valid():
            return self._ask(status=422, form=form)
        try:
            sheets = services.signature_take_back(
                actor=self.request.actor,
                at=timezone.now(),
                entry=self.entry,
                signature=kwargs["signature"],
                note=form.cleaned_data["note"],
            )
        except Denied as refusal:
            return self._ask(status=409, form=form, refusal=refusal.reason)
        messages.success(request, f"ถอนการรับรองแล้ว {len(sheets)} ด้าน")
        return redirect(self._back_url())

    def _ask(self, *, status: int = 200, form: forms.TakeBack | None = None, refusal: str = "") -> HttpResponse:
        views = signed_together(entry=self.entry, signature=self.kwargs["signature"])
        if not views:
            raise Http404
        action = Action.TAKE_BACK_LAO if views[0].certificate.level == "UNIT" else Action.TAKE_BACK_PROVINCE
        permission = next(step.permission for step in ACTS if step.action == action)
        if not self.request.actor.can(permission, at=self.entry.path):
            raise Denied("การถอนการรับรองเป็นหน้าที่ของผู้รับรองระดับนั้น")
        return self.render(
            status=status,
            entry=self.entry,
            views=[view for view in views if view.lapse is None],
            form=form or forms.TakeBack(),
            refusal=refusal,
            back_url=self._back_url(),
        )

    def _back_url(self) -> str:
        return reverse("certification:signature-detail", kwargs={**self.place, "signature": self.kwargs["signature"]})
