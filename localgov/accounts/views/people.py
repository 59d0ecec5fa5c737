"""ผู้ใช้และสิทธิ: the accounts that the actor may see, one account, and what may be done with it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from localgov.access.decision import Decision, Denied
from localgov.access.permissions import Permission
from localgov.access.roles import ROLES, RoleCode, Seat
from localgov.accounts import policies, selectors, services
from localgov.accounts.forms import people as forms
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.periods import last_day
from localgov.accounts.selectors import PersonRecord
from localgov.lib import thai_calendar
from localgov.lib.domains import DOMAINS
from localgov.lib.refusals import Refusal
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page

_GROUP = "ทะเบียนและบัญชี"


def _standing_word(user: Any) -> str:
    return selectors.standing_of(
        is_active=user.is_active, must_change=user.must_change_password, code_open=user.code_open
    ).label


COLUMNS = (
    Column("display_name", "ชื่อที่แสดง", sort=("sort_key",), heading=True, url=lambda user: _person_url(user.pk)),
    Column("username", "ชื่อผู้ใช้", sort=("username",)),
    Column("office", "หน่วยงาน", sort=("place_path",)),
    Column("roles", "บทบาท", value=lambda user: selectors.role_words(user.roles), blank="ยังไม่ได้รับสิทธิ"),
    Column("standing", "สถานะ", value=_standing_word),
    Column("last_login", "เข้าใช้ล่าสุด", Kind.DATETIME, sort=("last_login",), blank="ยังไม่เคย"),
)


def _person_url(user_id: int) -> str:
    return reverse("accounts:person-detail", args=[user_id])


class PeopleList(ListPage):
    """ผู้ใช้และสิทธิ of the actor's unit, or of every office and unit under its own."""

    permission = Permission.PEOPLE_VIEW
    title = "ผู้ใช้และสิทธิ"
    screen_code = "ACC010"
    search_form = forms.PeopleSearch
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    file_name = "people"
    empty_hint = "ยังไม่มีบัญชีบุคคล กด “เพิ่มข้อมูล” เพื่อสร้างบัญชีแรก"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """In a unit's own list every row has the same office: its column is left out."""
        super().setup(request, *args, **kwargs)
        if self._is_one_unit():
            self.columns = tuple(column for column in COLUMNS if column.key != "office")  # type: ignore[misc]

    def breadcrumb(self) -> Sequence[Crumb]:
        """The menu group."""
        return (Crumb(_GROUP),)

    def build_search_form(self, data: QueryDict) -> django_forms.Form:
        """Office and province only where there is more than one."""
        provinces = [] if self._is_one_unit() else self._provinces(Permission.PEOPLE_VIEW)
        return forms.PeopleSearch(data, provinces=provinces, one_unit=self._is_one_unit())

    def rows(self, search: Mapping[str, Any]) -> Any:
        """The selector's accounts."""
        return selectors.people(actor=self.request.actor, at=timezone.now(), search=search)

    def row_actions(self, row: User) -> Sequence[RowAction]:
        """Look at it; everything else is done there."""
        return (RowAction("view", _person_url(row.pk)),)

    def add_button(self) -> AddButton | None:
        """For who keeps the people of a unit."""
        if not self.request.actor.scopes(Permission.PEOPLE_MANAGE):
            return None
        return AddButton(reverse("accounts:person-add"), label="เพิ่มบัญชีบุคคล")

    def _is_one_unit(self) -> bool:
        return bool(self.request.actor.scopes(Permission.PEOPLE_MANAGE))

    def _provinces(self, permission: Permission) -> list[tuple[str, str]]:
        today = thai_calendar.bangkok_date(timezone.now())
        return selectors.provinces(actor=self.request.actor, permission=permission, on=today)


@method_decorator(never_cache, name="dispatch")
class PersonAdd(Page):
    """เพิ่มบัญชีบุคคล in the administrator's own unit; answers with the code, once."""

    permission = Permission.PEOPLE_MANAGE
    template = "accounts/person_form.html"
    title = "เพิ่มบัญชีบุคคล"
    screen_code = "ACC011"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_GROUP), Crumb("ผู้ใช้และสิทธิ", reverse("accounts:people-list")))

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        return self.render(form=forms.PersonAdd(), submit_label="สร้างบัญชีและออกรหัส")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it and show the code."""
        form = forms.PersonAdd(request.POST)
        if form.is_valid():
            actor = self.request.actor
            try:
                issued = services.person_create(
                    actor=actor, at=timezone.now(), organisation_id=actor.organisation_id or 0, **form.cleaned_data
                )
            except Refusal as refusal:
                form.add_error("username", refusal.message)
            else:
                return show_code(self, issued)
        return self.render(form=form, submit_label="สร้างบัญชีและออกรหัส", status=422)


class PersonPage(Page):
    """Base of the pages of one account: loads it, or 404."""

    permission = Permission.PEOPLE_VIEW
    record: PersonRecord

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Load what the actor may see."""
        self.record = selectors.person_get(actor=request.actor, at=timezone.now(), user_id=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list, and under the person for what is done with it."""
        crumbs = [Crumb(_GROUP), Crumb("ผู้ใช้และสิทธิ", reverse("accounts:people-list"))]
        if self.title:
            crumbs.append(Crumb(self.record.user.display_name, self.person_url))
        return crumbs

    @property
    def person_url(self) -> str:
        """The page of this account."""
        return _person_url(self.record.user.pk)

    @property
    def control(self) -> Decision:
        """Whether the actor may rename, close or give a code."""
        return policies.can_control(self.request.actor, self.record.subject)


class PersonDetail(PersonPage):
    """One account: facts, rights by domain, history of roles."""

    template = "accounts/person_detail.html"
    screen_code = "ACC012"

    def page_title(self) -> str:
        """The person."""
        return self.record.user.display_name

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set recorder and verifier rights."""
        policies.can_set_rights(self.request.actor, self.record.subject).require()
        form = forms.RightsForm(request.POST)
        if not form.is_valid():
            messages.error(request, "มีด้านที่ไม่มีอยู่ในข้อมูล อปท. 8 ด้าน โปรดกำหนดสิทธิอีกครั้ง")
            return self._page(status=422)
        services.rights_set(actor=self.request.actor, at=timezone.now(), user_id=pk, rights=form.rights())
        messages.success(request, "บันทึกสิทธิแล้ว มีผลทันที")
        return redirect(self.person_url)

    def _page(self, *, status: int = 200) -> HttpResponse:
        record, actor = self.record, self.request.actor
        today = thai_calendar.bangkok_date(timezone.now())
        is_office = record.subject.seat is not Seat.UNIT
        terms = [_term_row(row, today, actor) for row in record.assignments]
        return self.render(
            record=record,
            facts=_facts(record),
            control=self.control,
            rights_decision=policies.can_set_rights(actor, record.subject),
            has_rights_panel=not is_office and not record.user.is_handed_down,
            matrix=_matrix(record),
            overlap=record.rights.overlap(),
            terms=terms,
            terms_can_end=any(term["end_url"] for term in terms),
            can_seat_officer=is_office
            and not record.user.is_handed_down
            and actor.can(Permission.SEAT_OFFICER, at=record.place.path),
            status=status,
        )


def _facts(record: PersonRecord) -> list[tuple[str, object]]:
    user = record.user
    standing = record.standing.label
    if record.code_expires_at and record.standing is selectors.Standing.WAITING:
        standing += f" (รหัสใช้ได้ถึง {thai_calendar.format_datetime_short(record.code_expires_at)})"
    return [
        ("ชื่อผู้ใช้", user.username),
        ("หน่วยงาน", record.place.full_name),
        ("ประเภทบัญชี", "บัญชีที่ส่งมอบให้หน่วยงาน" if user.is_handed_down else "บัญชีบุคคล"),
        ("อีเมล", user.email or None),
        ("สถานะ", standing),
        ("เข้าใช้ล่าสุด", thai_calendar.format_datetime_short(user.last_login) if user.last_login else "ยังไม่เคย"),
    ]


def _matrix(record: PersonRecord) -> dict[str, Any]:
    """Rows of the rights table: each domain with its two boxes, and the two boxes for every domain."""
    recorder, verifier = record.rights.recorder, record.rights.verifier
    return {
        "recorder_all": recorder is None,
        "verifier_all": verifier is None,
        "rows": [
            {
                "domain": domain,
                "recorder": recorder is not None and domain.code in recorder,
                "verifier": verifier is not None and domain.code in verifier,
            }
            for domain in DOMAINS
        ],
    }


def _term_row(row: RoleAssignment, today: Any, actor: Any) -> dict[str, Any]:
    """One line of the history; seats that the actor may end lead to the page that does."""
    role = ROLES[RoleCode(row.role)]
    ended = selectors.has_ended(row, on=today)
    by_seat = role.given_by in (Permission.SEAT_OFFICER, Permission.SEAT_UNIT_EXECUTIVE)
    may_end = by_seat and not ended and not row.user.is_handed_down and bool(actor.scopes(role.given_by))
    numbers = [domain.number for domain in DOMAINS if row.sections and domain.code in row.sections]
    return {
        "title": row.position_title or role.name,
        "scope": "ด้านที่ " + ", ".join(map(str, numbers)) if numbers else ("ทุกด้าน" if role.by_section else ""),
        "acting": row.is_acting,
        "order": row.order_number,
        "first": row.granted_at if row.held.isempty else row.held.lower,
        "last": row.ended_at if row.held.isempty else last_day(row.held),
        "ended": ended,
        "end_url": reverse("accounts:position-end", args=[row.pk]) if may_end else "",
    }


class PersonEdit(PersonPage):
    """แก้ไขชื่อและอีเมล."""

    template = "accounts/person_form.html"
    title = "แก้ไขชื่อและอีเมล"
    screen_code = "ACC013"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form as it stands."""
        self.control.require()
        user = self.record.user
        return self._page(forms.PersonFields(initial={"display_name": user.display_name, "email": user.email}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write it."""
        self.control.require()
        form = forms.PersonFields(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        services.person_rename(actor=self.request.actor, at=timezone.now(), user_id=pk, **form.cleaned_data)
        messages.success(request, "บันทึกชื่อและอีเมลแล้ว")
        return redirect(self.person_url)

    def _page(self, form: django_forms.Form, *, status: int = 200) -> HttpResponse:
        return self.render(form=form, submit_label="บันทึกข้อมูล", cancel_url=self.person_url, status=status)


class _PersonConfirm(PersonPage):
    """Base of acts that ask first."""

    template = "_confirm.html"
    question: ClassVar[str] = ""
    consequences: ClassVar[Sequence[str]] = ()
    confirm_label: ClassVar[str] = ""
    kind: ClassVar[str] = "primary"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        self.control.require()
        return self.render(
            question=self.question.format(name=selectors.user_label(self.record.user)),
            consequences=self.consequences,
            confirm_label=self.confirm_label,
            kind=self.kind,
            cancel_url=self.person_url,
        )


@method_decorator(never_cache, name="dispatch")
class PersonCode(_PersonConfirm):
    """ออกรหัสใช้ครั้งเดียวใหม่; the answer shows the code, once."""

    title = "ออกรหัสใช้ครั้งเดียวใหม่"
    screen_code = "ACC014"
    question = "ออกรหัสใช้ครั้งเดียวใหม่ให้ {name}"
    consequences: ClassVar[Sequence[str]] = (
        "รหัสผ่านและรหัสใช้ครั้งเดียวเดิมของบัญชีนี้ใช้ไม่ได้ทันที",
        "ถ้ามีผู้เปิดบัญชีนี้ค้างไว้ จะออกจากระบบทันที",
        "รหัสใหม่แสดงครั้งเดียวในหน้าถัดไป",
    )
    confirm_label = "ออกรหัสใหม่"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it and show it."""
        return show_code(self, services.person_give_code(actor=self.request.actor, at=timezone.now(), user_id=pk))


class PersonClose(_PersonConfirm):
    """ปิดใช้บัญชี."""

    title = "ปิดใช้บัญชี"
    screen_code = "ACC015"
    question = "ปิดใช้บัญชี {name}"
    consequences: ClassVar[Sequence[str]] = (
        "เข้าสู่ระบบด้วยบัญชีนี้ไม่ได้อีกจนกว่าจะเปิดใช้ และผู้ที่เปิดค้างไว้จะออกจากระบบทันที",
        "สิ่งที่บันทึก ตรวจสอบ หรือรับรองไว้แล้วยังอยู่ครบ และสิทธิเดิมกลับมาเมื่อเปิดใช้",
    )
    confirm_label = "ปิดใช้บัญชี"
    kind = "danger"
    is_active: ClassVar[bool] = False

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close, or open."""
        services.person_set_active(actor=self.request.actor, at=timezone.now(), user_id=pk, is_active=self.is_active)
        messages.success(request, "เปิดใช้บัญชีแล้ว" if self.is_active else "ปิดใช้บัญชีแล้ว")
        return redirect(self.person_url)


class PersonOpen(PersonClose):
    """เปิดใช้บัญชี."""

    title = "เปิดใช้บัญชี"
    screen_code = "ACC016"
    question = "เปิดใช้บัญชี {name} อีกครั้ง"
    consequences: ClassVar[Sequence[str]] = ("สิทธิที่ยังไม่สิ้นสุดกลับมามีผล และเข้าสู่ระบบด้วยรหัสผ่านเดิมได้",)
    confirm_label = "เปิดใช้บัญชี"
    kind = "primary"
    is_active = True


class _CodePage(Page):
    """The answer of an act that made a code."""

    template = "accounts/code_shown.html"
    title = "รหัสใช้ครั้งเดียว"
    screen_code = "ACC017"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_GROUP), Crumb("ผู้ใช้และสิทธิ", reverse("accounts:people-list")))


def show_code(page: Page, issued: services.IssuedCode) -> HttpResponse:
    """The code in clear, in the answer to the POST itself: nothing keeps it, coming back shows nothing."""
    shown = _CodePage()
    shown.setup(page.request)
    response = shown.render(issued=issued, person_url=_person_url(issued.user.pk))
    response["Cache-Control"] = "no-store"
    return response


def refuse(form: django_forms.Form, refusal: Denied | Refusal) -> None:
    """Put a refusal where it belongs: of the username beside it, any other above the form."""
    if isinstance(refusal, Refusal):
        form.add_error("username", refusal.message)
    else:
        form.add_error(None, refusal.reason)
