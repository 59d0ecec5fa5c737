"""ข้อยกเว้นแยกหน้าที่ of a tiny unit: granting by the province's order, from–to, and ending."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.duty import Parts
from localgov.access.permissions import Permission
from localgov.access.roles import Seat
from localgov.accounts import selectors, services
from localgov.accounts.forms import exceptions as forms
from localgov.accounts.models import DutyException
from localgov.accounts.periods import last_day
from localgov.lib.thai_calendar import bangkok_date, format_date_short
from localgov.organisations.models import OrganisationVersion
from localgov.ui.pages import Crumb, Page

_GROUP = "ทะเบียนและบัญชี"
_TITLE = "ข้อยกเว้นแยกหน้าที่"


def _today() -> date:
    return bangkok_date(timezone.now())


def exceptions_url(code: str) -> str:
    """The exceptions of a unit."""
    return reverse("accounts:exception-detail", args=[code])


class ExceptionDetail(Page):
    """The exceptions of one unit: the history, and the form that grants one."""

    permission = Permission.SEAT_UNIT_EXECUTIVE
    template = "accounts/exception_detail.html"
    screen_code = "ACC060"
    unit: OrganisationVersion

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Load the unit, or 404."""
        self.unit = selectors.visible_place(
            actor=request.actor, permission=Permission.SEAT_UNIT_EXECUTIVE, code=kwargs["code"], on=_today()
        )
        if Seat(self.unit.organisation.kind) is not Seat.UNIT:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def page_title(self) -> str:
        """The unit."""
        return f"{_TITLE} {self.unit.full_name}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the unit's executives."""
        unit = self.unit.organisation.code
        return (
            Crumb(_GROUP),
            Crumb("ผู้บริหาร อปท.", reverse("accounts:executive-list")),
            Crumb(self.unit.short_name, reverse("accounts:executive-detail", args=[unit])),
        )

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """History and an empty form that begins today."""
        return self._page(self._form())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Grant."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        facts = form.cleaned_data
        try:
            services.exception_grant(actor=self.request.actor, at=timezone.now(), user_id=facts.pop("person"), **facts)
        except Denied as refusal:
            form.add_error(None, refusal.reason)
            return self._page(form, status=409)
        messages.success(request, "บันทึกข้อยกเว้นแล้ว สิ่งที่ทำตามข้อยกเว้นนี้จะระบุไว้ในประวัติและในใบรับรอง")
        return redirect(exceptions_url(code))

    def _form(self, data: QueryDict | None = None) -> forms.ExceptionGrant:
        people = selectors.people_of_unit(organisation_id=self.unit.organisation_id)
        choices = [(user.pk, selectors.user_label(user)) for user in people]
        return forms.ExceptionGrant(data, people=choices, initial={"first_day": _today()})

    def _page(self, form: forms.ExceptionGrant, *, status: int = 200) -> HttpResponse:
        today = _today()
        found = selectors.exceptions_of(organisation_id=self.unit.organisation_id)
        return self.render(form=form, lines=[_line(one, today) for one in found], status=status)


def _line(found: DutyException, today: date) -> dict[str, Any]:
    until = last_day(found.held)
    over = found.ended_at is not None or until is None or until < today
    return {
        "name": found.user.display_name,
        "parts": Parts(found.parts).label,
        "first": found.granted_at if found.held.isempty else found.held.lower,
        "last": found.ended_at if found.held.isempty else until,
        "withdrawn": found.held.isempty,
        "order": found.order_number,
        "reason": found.reason,
        "by": found.granted_label,
        "end_url": "" if over else reverse("accounts:exception-end", args=[found.pk]),
    }


class ExceptionEnd(Page):
    """สิ้นสุดข้อยกเว้น before its day."""

    permission = Permission.SEAT_UNIT_EXECUTIVE
    template = "_confirm.html"
    title = "สิ้นสุดข้อยกเว้น"
    screen_code = "ACC061"
    found: DutyException

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Load the exception, or 404."""
        self.found = selectors.exception_get(actor=request.actor, on=_today(), exception_id=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the unit's exceptions."""
        return (Crumb(_GROUP), Crumb(_TITLE, self._back()))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the last day."""
        return self._page(forms.ExceptionEnd(initial={"last": _today()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it."""
        form = forms.ExceptionEnd(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            services.exception_end(actor=self.request.actor, at=timezone.now(), exception_id=pk, **form.cleaned_data)
        except Denied as refusal:
            form.add_error("last", refusal.reason)
            return self._page(form, status=409)
        messages.success(request, "บันทึกวันสิ้นสุดข้อยกเว้นแล้ว ประวัติยังอยู่ครบ")
        return redirect(self._back())

    def _back(self) -> str:
        return exceptions_url(self.found.organisation.code)

    def _page(self, form: forms.ExceptionEnd, *, status: int = 200) -> HttpResponse:
        until = last_day(self.found.held)
        return self.render(
            form=form,
            question=f"สิ้นสุดข้อยกเว้น “{Parts(self.found.parts).label}” ของ {selectors.user_label(self.found.user)} "
            f"ที่กำหนดไว้ถึง {format_date_short(until) if until else '–'}",
            consequences=(
                "ตั้งแต่วันถัดจากวันสุดท้าย ผู้นี้ทำสองหน้าที่ในข้อมูลด้านเดียวกันไม่ได้อีก",
                "สิ่งที่ตรวจสอบและรับรองไว้แล้วยังมีผล และยังระบุข้อยกเว้นนี้",
            ),
            confirm_label="สิ้นสุดข้อยกเว้น",
            kind="danger",
            cancel_url=self._back(),
            status=status,
        )
