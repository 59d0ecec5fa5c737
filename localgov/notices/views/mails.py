"""Pages of the outbox: what is sent and what could not be; account workbooks to the provinces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.notices import mail_forms, policies, post, services
from localgov.notices.models import Mail
from localgov.notices.selectors import mails
from localgov.notices.selectors.mails import ProvinceMail
from localgov.notices.states import MailState
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page

_OUTBOX = "อีเมลที่ระบบส่ง"
_ACCOUNTS = "ส่งบัญชีให้จังหวัดทางอีเมล"


def standing() -> dict[str, Any]:
    """Whether e-mails can be sent at all, for the head of the lists."""
    return {"is_set_up": post.is_set_up(), "trouble": mails.server_trouble()}


class MailList(ListPage):
    """The outbox: every e-mail to the actor's tree."""

    permission = Permission.MAIL_VIEW
    template = "notices/mail_list.html"
    title = _OUTBOX
    screen_code = "MAIL01"
    file_name = "mails"
    search_form = mail_forms.MailSearch
    empty_hint = "ยังไม่มีอีเมลที่ต้องส่ง"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("created_at", "เขียนเมื่อ", Kind.DATETIME, sort=("created_at",)),
        Column("to_label", "ผู้รับ", heading=True, url=lambda row: reverse("mail:mail-detail", args=[row.pk])),
        Column("to", "อีเมล"),
        Column("kind", "เรื่อง", value=lambda row: row.get_kind_display()),
        Column("state", "สถานะ", value=lambda row: row.get_state_display(), sort=("state",)),
        Column("sent_at", "ส่งเมื่อ", Kind.DATETIME, sort=("sent_at",)),
        Column("tries", "ลองแล้ว", Kind.NUMBER, unit="ครั้ง"),
        Column("last_error", "เหตุที่ยังไม่สำเร็จ"),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[Mail]:
        """Newest first."""
        return mails.mails(actor=self.request.actor, search=search)

    def add_button(self) -> AddButton | None:
        """Sending again what failed of those searched for."""
        manages = self.request.actor.scopes(Permission.MAIL_MANAGE)
        form = mail_forms.MailSearch(self.request.GET)
        if not manages or not form.is_valid():
            return None
        failed = mails.failed_mails(actor=self.request.actor, search=form.cleaned_data).count()
        if not failed:
            return None
        return AddButton(f"{reverse('mail:mail-retry-many')}?{_asked(form)}", f"ส่งใหม่ {failed:,} ฉบับที่ไม่สำเร็จ")

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Counts by state above the list."""
        counts = mails.mail_counts(actor=self.request.actor)
        return standing() | {"counts": [(state.label, counts[state]) for state in MailState]}


class _OfMail(Page):
    """A page of one e-mail."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the e-mail."""
        super().setup(request, *args, **kwargs)
        self.mail = get_object_or_404(Mail.objects.visible_to(self.request.actor), pk=kwargs["pk"])

    def page_title(self) -> str:
        """The subject."""
        return self.mail.subject

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_OUTBOX, reverse("mail:mail-list")),)


class MailDetail(_OfMail):
    """One e-mail: what it says, what became of it."""

    permission = Permission.MAIL_VIEW
    template = "notices/mail_detail.html"
    screen_code = "MAIL02"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.render(mail=self.mail, retry=policies.can_retry(self.request.actor, self.mail))


class MailRetry(_OfMail):
    """Sending one e-mail again."""

    permission = Permission.MAIL_MANAGE
    template = "_confirm.html"
    screen_code = "MAIL03"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        policies.can_retry(self.request.actor, self.mail).require()
        unclear = "ไม่ทราบว่าฉบับนี้ถึงผู้รับแล้วหรือไม่ ถ้าถึงแล้วผู้รับอาจได้รับซ้ำ ตรวจกับผู้รับก่อน"
        return self.render(
            question=f"ส่งอีเมล “{self.mail.subject}” ถึง {self.mail.to_label} ({self.mail.to}) ใหม่",
            consequences=[unclear] if self.mail.state == MailState.UNKNOWN else [],
            confirm_label="ส่งใหม่",
            cancel_url=reverse("mail:mail-detail", args=[pk]),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Queue it."""
        services.mail_retry(actor=self.request.actor, at=timezone.now(), mail_id=pk)
        messages.success(request, "นำอีเมลกลับเข้าคิวส่งแล้ว")
        return redirect("mail:mail-detail", pk)


class MailRetryMany(Page):
    """Sending again every failed e-mail that a search of the outbox finds."""

    permission = Permission.MAIL_MANAGE
    template = "_confirm.html"
    title = "ส่งอีเมลที่ไม่สำเร็จใหม่"
    screen_code = "MAIL08"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the search; 404 for one that the list does not understand."""
        super().setup(request, *args, **kwargs)
        self.form = mail_forms.MailSearch(self.request.GET)
        if not self.form.is_valid():
            raise Http404
        self.found = mails.failed_mails(actor=self.request.actor, search=self.form.cleaned_data)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_OUTBOX, reverse("mail:mail-list")),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self._ask(status=200)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Queue them."""
        ids = list(self.found.values_list("pk", flat=True))
        try:
            count = services.mails_retry(actor=self.request.actor, at=timezone.now(), mail_ids=ids)
        except Denied as refusal:
            return self._ask(status=409, refusal=refusal.reason)
        messages.success(request, f"นำอีเมล {count:,} ฉบับกลับเข้าคิวส่งแล้ว")
        return redirect(self._back())

    def _back(self) -> str:
        return f"{reverse('mail:mail-list')}?{_asked(self.form)}"

    def _ask(self, *, status: int, refusal: str = "") -> HttpResponse:
        return self.render(
            question=refusal or f"ส่งอีเมลที่ไม่สำเร็จ {self.found.count():,} ฉบับตามเงื่อนไขที่ค้นหาใหม่",
            consequences=(
                "ระบบลองส่งใหม่ทันที แม้ฉบับที่พ้นเวลาที่ควรส่งแล้ว",
                "ฉบับที่ไม่ทราบผลไม่ถูกส่งซ้ำ ต้องตรวจกับผู้รับแล้วสั่งทีละฉบับ",
            ),
            confirm_label="ส่งใหม่ทั้งหมด",
            cancel_url=self._back(),
            status=status,
        )


def _asked(form: mail_forms.MailSearch) -> str:
    return urlencode({name: value for name, value in form.cleaned_data.items() if value})


class AccountMailList(ListPage):
    """Which provinces were sent their account workbook, when, and which could not be."""

    permission = Permission.ACCOUNTS_ISSUE
    template = "notices/account_mail_list.html"
    title = _ACCOUNTS
    screen_code = "MAIL04"
    file_name = "account-mails"
    lead = (
        "ส่งแฟ้ม Excel รหัสใช้ครั้งเดียวของแต่ละจังหวัดไปที่อีเมลทางการของ สถจ. รหัสออกให้ขณะส่งและไม่เก็บไว้ในระบบ "
        "รหัสของแฟ้มก่อนหน้าใช้ไม่ได้อีก"
    )
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "จังหวัด", heading=True),
        Column("email", "อีเมลของ สถจ.", blank="ยังไม่กำหนด"),
        Column("missing", "ยังไม่ออกบัญชี", Kind.NUMBER),
        Column("not_in_use", "ยังไม่เข้าใช้", Kind.NUMBER),
        Column("in_use", "เข้าใช้แล้ว", Kind.NUMBER),
        Column("mail.state", "สถานะการส่ง", value=lambda row: row.mail.get_state_display() if row.mail else "ยังไม่เคยส่ง"),
        Column("mail.sent_at", "ส่งเมื่อ", Kind.DATETIME),
        Column("mail.last_error", "เหตุที่ยังไม่สำเร็จ"),
    )

    def rows(self, search: Mapping[str, Any]) -> Sequence[ProvinceMail]:
        """All provinces under the actor."""
        self.provinces = mails.province_mails(actor=self.request.actor, at=timezone.now())
        return self.provinces

    def row_actions(self, row: ProvinceMail) -> Sequence[RowAction]:
        """The address; sending, where it can be."""
        if not policies.can_mail_accounts(self.request.actor).allowed:
            return ()
        edit = RowAction("edit", reverse("mail:account-address", args=[row.province_code]), "อีเมล")
        if not (row.email and row.to_hand_over) or row.is_waiting:
            return (edit,)
        return (edit, RowAction("view", reverse("mail:account-send", args=[row.province_code]), "ส่ง"))

    def add_button(self) -> AddButton | None:
        """All that can be sent."""
        if not policies.can_mail_accounts(self.request.actor).allowed:
            return None
        return AddButton(reverse("mail:account-send-all"), "ส่งทุกจังหวัดที่พร้อม")

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Whether it can be sent safely."""
        return standing() | {"is_private": post.is_private()}


class _AccountPage(Page):
    """A page of the account workbooks: for who hands accounts down to the whole country."""

    permission = Permission.ACCOUNTS_ISSUE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the provinces, or the one of the address."""
        super().setup(request, *args, **kwargs)
        found = mails.province_mails(actor=self.request.actor, at=timezone.now())
        code = kwargs.get("province_code")
        self.provinces = [row for row in found if code is None or row.province_code == code]
        if code is not None and not self.provinces:
            raise Http404

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(_ACCOUNTS, reverse("mail:account-list")),)


class AccountSendAll(_AccountPage):
    """Sending the workbooks of all provinces that can be sent."""

    template = "_confirm.html"
    title = "ส่งบัญชีทุกจังหวัดที่พร้อม"
    screen_code = "MAIL05"

    def get(self, request: HttpRequest, province_code: str = "") -> HttpResponse:
        """Ask."""
        policies.can_mail_accounts(self.request.actor).require()
        ready = [row for row in self.provinces if row.email and row.to_hand_over and not row.is_waiting]
        count = sum(row.to_hand_over for row in ready)
        return self.render(
            question=f"ส่งรหัสใช้ครั้งเดียว {count:,} บัญชี ถึง สถจ. {len(ready):,} จังหวัด",
            consequences=(
                "ระบบออกรหัสใหม่ขณะส่ง รหัสเดิมของบัญชีที่ยังไม่เข้าใช้จะใช้ไม่ได้",
                "ส่งเฉพาะจังหวัดที่กำหนดอีเมลไว้และมีบัญชีที่ยังไม่เข้าใช้",
            ),
            confirm_label="ส่งอีเมล",
            cancel_url=reverse("mail:account-list"),
        )

    def post(self, request: HttpRequest, province_code: str = "") -> HttpResponseBase:
        """Queue them."""
        now = timezone.now()
        count = services.account_mails_queue(actor=self.request.actor, at=now, provinces=self.provinces)
        messages.success(request, f"นำอีเมล {count:,} ฉบับเข้าคิวส่งแล้ว ดูผลได้จากรายการนี้")
        return redirect("mail:account-list")


class AccountSend(AccountSendAll):
    """Sending the workbook of one province."""

    title = "ส่งบัญชีให้จังหวัด"
    screen_code = "MAIL06"


class AccountAddress(_AccountPage):
    """The address of a province's office."""

    template = "notices/mail_form.html"
    title = "อีเมลทางการของ สถจ."
    screen_code = "MAIL07"

    def page_title(self) -> str:
        """Of which province."""
        return f"{self.title} {self.provinces[0].name}"

    def get(self, request: HttpRequest, province_code: str) -> HttpResponse:
        """The form."""
        policies.can_mail_accounts(self.request.actor).require()
        return self._form(mail_forms.AddressForm(initial={"email": self.provinces[0].email}))

    def post(self, request: HttpRequest, province_code: str) -> HttpResponseBase:
        """Keep it."""
        form = mail_forms.AddressForm(request.POST)
        if form.is_valid():
            try:
                services.office_address_set(
                    actor=self.request.actor,
                    at=timezone.now(),
                    province_code=province_code,
                    email=form.cleaned_data["email"],
                )
            except Denied as refusal:
                form.add_error("email", refusal.reason)
            else:
                messages.success(request, "บันทึกอีเมลแล้ว")
                return redirect("mail:account-list")
        return self._form(form, status=422)

    def _form(self, form: mail_forms.AddressForm, *, status: int = 200) -> HttpResponse:
        return self.render(form=form, cancel_url=reverse("mail:account-list"), status=status)
