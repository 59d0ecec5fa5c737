"""ผู้บริหาร อปท. and เจ้าหน้าที่: seating people by order, from–to, and ending their terms."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES, RoleCode, Seat
from localgov.accounts import policies, selectors, services
from localgov.accounts.forms import people as forms
from localgov.accounts.models import RoleAssignment
from localgov.accounts.periods import last_day
from localgov.accounts.views.people import PeopleList, PersonPage, refuse, show_code
from localgov.lib import thai_calendar
from localgov.lib.refusals import Refusal
from localgov.lib.unit_types import UNIT_TYPE_CHOICES
from localgov.organisations.models import OrganisationVersion
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page

_GROUP = "ทะเบียนและบัญชี"


def _today() -> Any:
    return thai_calendar.bangkok_date(timezone.now())


def _executive_url(row: OrganisationVersion) -> str:
    return reverse("accounts:executive-detail", args=[row.organisation.code])


class ExecutiveList(ListPage):
    """Units with and without a seated executive: who can't certify yet."""

    permission = Permission.SEAT_UNIT_EXECUTIVE
    title = "ผู้บริหาร อปท."
    screen_code = "ACC030"
    search_form = forms.ExecutiveSearch
    file_name = "executives"
    lead = "อปท. ที่ไม่มีผู้บริหารในระบบ รับรองข้อมูลไม่ได้ · ที่ไม่มีผู้ตรวจสอบ ตรวจสอบไม่ได้ · ดูล่วงหน้าได้ เช่น ณ วันครบกำหนด"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("full_name", "อปท.", sort=("sort_key",), heading=True, url=_executive_url),
        Column("executive_name", "ผู้บริหารในระบบ", sort=("executive_name",), blank="ยังไม่มี"),
        Column("executive_title", "ตำแหน่ง"),
        Column("verifier_count", "ผู้ตรวจสอบ", Kind.NUMBER, unit="คน", sort=("verifier_count",)),
        Column(
            "first_day",
            "ตั้งแต่วันที่",
            Kind.DATE,
            value=lambda row: row.executive_held.lower if row.executive_held else None,
        ),
        Column(
            "last_day",
            "ถึงวันที่",
            Kind.DATE,
            value=lambda row: last_day(row.executive_held) if row.executive_held else None,
        ),
    )

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu group."""
        return (Crumb(_GROUP),)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Province only where there is more than one."""
        provinces = selectors.provinces(
            actor=self.request.actor, permission=Permission.SEAT_UNIT_EXECUTIVE, on=_today()
        )
        return forms.ExecutiveSearch(data, provinces=provinces, unit_types=UNIT_TYPE_CHOICES)

    def rows(self, search: Mapping[str, Any]) -> Any:
        """The selector's units."""
        return selectors.units_with_executives(
            actor=self.request.actor, on=_today(), seats_on=search.get("on") or _today(), search=search
        )

    def row_actions(self, row: OrganisationVersion) -> Sequence[RowAction]:
        """Seat or end there."""
        return (RowAction("edit", _executive_url(row), label="แต่งตั้ง"),)


@method_decorator(never_cache, name="dispatch")
class ExecutiveDetail(Page):
    """The executives of one unit: the history, and the form that seats one."""

    permission = Permission.SEAT_UNIT_EXECUTIVE
    template = "accounts/executive_detail.html"
    screen_code = "ACC031"
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
        return f"ผู้บริหาร {self.unit.full_name}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_GROUP), Crumb("ผู้บริหาร อปท.", reverse("accounts:executive-list")))

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """History and an empty form."""
        return self._page(self._form())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Seat."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            seated = services.position_seat(
                actor=self.request.actor,
                at=timezone.now(),
                organisation_id=self.unit.organisation_id,
                role=RoleCode.EXECUTIVE,
                person=form.chosen(),
                term=form.term(),
            )
        except (Denied, Refusal) as refusal:
            refuse(form, refusal)
            return self._page(form, status=409)
        return _after_seating(self, seated, redirect("accounts:executive-detail", code))

    def _form(self, data: QueryDict | None = None) -> forms.SeatForm:
        people = selectors.people_of_unit(organisation_id=self.unit.organisation_id)
        return forms.SeatForm(data, people=[(user.pk, selectors.user_label(user)) for user in people])

    def _page(self, form: forms.SeatForm, *, status: int = 200) -> HttpResponse:
        today = _today()
        terms = selectors.executives_of(organisation_id=self.unit.organisation_id)
        rows = [_term(row, today) for row in terms]
        can_end = any(row["end_url"] for row in rows)
        return self.render(
            form=form, terms=rows, terms_can_end=can_end, unit_code=self.unit.organisation.code, status=status
        )


def _term(row: RoleAssignment, today: Any) -> dict[str, Any]:
    ended = selectors.has_ended(row, on=today)
    return {
        "name": row.user.display_name,
        "title": row.position_title,
        "acting": row.is_acting,
        "order": row.order_number,
        "first": row.granted_at if row.held.isempty else row.held.lower,
        "last": row.ended_at if row.held.isempty else last_day(row.held),
        "ended": ended,
        "end_url": "" if ended else reverse("accounts:position-end", args=[row.pk]),
    }


class PositionEnd(Page):
    """สิ้นสุดวาระ of an executive or officer."""

    permission = Permission.PEOPLE_VIEW
    template = "_confirm.html"
    title = "สิ้นสุดวาระ"
    screen_code = "ACC032"
    assignment: RoleAssignment

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Load the term, or 404."""
        self.assignment = selectors.seat_get(actor=request.actor, on=_today(), assignment_id=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the person."""
        return (Crumb(_GROUP), Crumb(self.assignment.user.display_name, self._back()))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the last day."""
        self._require()
        return self._page(forms.TermEnd(initial={"last_day": _today()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it."""
        self._require()
        form = forms.TermEnd(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            services.position_end(
                actor=self.request.actor, at=timezone.now(), assignment_id=pk, last=form.cleaned_data["last_day"]
            )
        except Denied as refusal:
            form.add_error("last_day", refusal.reason)
            return self._page(form, status=409)
        messages.success(request, "บันทึกวันสิ้นสุดวาระแล้ว ประวัติยังอยู่ครบ")
        return redirect(self._back())

    def _require(self) -> None:
        place = selectors.place_of(on=_today(), organisation_id=self.assignment.organisation_id)
        role, seat = RoleCode(self.assignment.role), Seat(place.organisation.kind)
        policies.can_seat(self.request.actor, role=role, path=place.path, seat=seat).require()

    def _back(self) -> str:
        if self.assignment.role == RoleCode.EXECUTIVE:
            return reverse("accounts:executive-detail", args=[self.assignment.organisation.code])
        return reverse("accounts:person-detail", args=[self.assignment.user_id])

    def _page(self, form: forms.TermEnd, *, status: int = 200) -> HttpResponse:
        title = self.assignment.position_title or ROLES[RoleCode(self.assignment.role)].name
        return self.render(
            form=form,
            question=f"สิ้นสุดวาระ “{title}” ของ {selectors.user_label(self.assignment.user)}",
            consequences=(
                "ตั้งแต่วันถัดจากวันสุดท้าย ผู้นี้ลงนามหรือทำรายการในตำแหน่งนี้ไม่ได้อีก",
                "สิ่งที่ลงนามไว้แล้วยังมีผลและแสดงชื่อเดิม",
            ),
            confirm_label="สิ้นสุดวาระ",
            kind="danger",
            cancel_url=self._back(),
            status=status,
        )


class OfficerList(PeopleList):
    """Accounts of the Department, the provincial and the district offices."""

    permission = Permission.SEAT_OFFICER
    title = "เจ้าหน้าที่กรม สถจ. และ สถอ."
    screen_code = "ACC040"
    file_name = "officers"

    def rows(self, search: Mapping[str, Any]) -> Any:
        """Accounts of offices alone."""
        return selectors.people(actor=self.request.actor, at=timezone.now(), search=search, offices_only=True)

    def add_button(self) -> AddButton:
        """A new officer."""
        return AddButton(reverse("accounts:officer-add"), label="เพิ่มเจ้าหน้าที่")


@method_decorator(never_cache, name="dispatch")
class OfficerAdd(Page):
    """เพิ่มเจ้าหน้าที่: account and role in one act; answers with the code, once."""

    permission = Permission.SEAT_OFFICER
    template = "accounts/person_form.html"
    title = "เพิ่มเจ้าหน้าที่"
    screen_code = "ACC041"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_GROUP), Crumb("เจ้าหน้าที่", reverse("accounts:officer-list")))

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form that begins today."""
        return self._page(self._form(initial={"first_day": _today()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make and seat."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            seated = services.position_seat(
                actor=self.request.actor,
                at=timezone.now(),
                organisation_id=int(form.cleaned_data["office"]),
                role=RoleCode(form.cleaned_data["role"]),
                person=form.person(),
                term=form.term(),
            )
        except (Denied, Refusal) as refusal:
            refuse(form, refusal)
            return self._page(form, status=409)
        return _after_seating(self, seated, redirect("accounts:officer-list"))

    def _form(self, data: QueryDict | None = None, **kwargs: Any) -> forms.OfficerAdd:
        offices = selectors.offices(actor=self.request.actor, permission=Permission.SEAT_OFFICER, on=_today())
        choices = [(str(office.organisation_id), office.full_name) for office in offices]
        return forms.OfficerAdd(data, offices=choices, roles=_office_roles(None), **kwargs)

    def _page(self, form: forms.OfficerAdd, *, status: int = 200) -> HttpResponse:
        return self.render(
            form=form,
            submit_label="สร้างบัญชีและแต่งตั้ง",
            cancel_url=reverse("accounts:officer-list"),
            status=status,
        )


@method_decorator(never_cache, name="dispatch")
class OfficerSeat(PersonPage):
    """เพิ่มบทบาท for an officer who has an account."""

    permission = Permission.SEAT_OFFICER
    template = "accounts/person_form.html"
    title = "เพิ่มบทบาท"
    screen_code = "ACC042"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An empty form that begins today."""
        return self._page(forms.OfficerSeat(roles=self._roles(), initial={"first_day": _today()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Seat."""
        form = forms.OfficerSeat(request.POST, roles=self._roles())
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            seated = services.position_seat(
                actor=self.request.actor,
                at=timezone.now(),
                organisation_id=self.record.user.organisation_id,
                role=RoleCode(form.cleaned_data["role"]),
                person=pk,
                term=form.term(),
            )
        except Denied as refusal:
            refuse(form, refusal)
            return self._page(form, status=409)
        return _after_seating(self, seated, redirect(self.person_url))

    def _roles(self) -> list[RoleCode]:
        return _office_roles(self.record.subject.seat)

    def _page(self, form: forms.OfficerSeat, *, status: int = 200) -> HttpResponse:
        return self.render(form=form, submit_label="แต่งตั้ง", cancel_url=self.person_url, status=status)


def _office_roles(seat: Seat | None) -> list[RoleCode]:
    """Roles given by the Department: at one kind of office, or at all kinds."""
    return [
        code
        for code, role in ROLES.items()
        if role.given_by is Permission.SEAT_OFFICER and (seat is None or role.seat is seat)
    ]


def _after_seating(page: Page, seated: services.Seated, otherwise: HttpResponse) -> HttpResponse:
    """The code where one was made, else back with a message."""
    if seated.issued is not None:
        return show_code(page, seated.issued)
    messages.success(page.request, "บันทึกการแต่งตั้งแล้ว")
    return otherwise
