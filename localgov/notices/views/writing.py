"""Writing a circular: the text, the preview with the count of addressees and its files, publishing, correcting, withdrawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date
from localgov.notices import forms, policies, services, uploads
from localgov.notices.models import Circular, CircularFile
from localgov.notices.selectors import addressing
from localgov.notices.views.reading import TITLE, circular_url, days_to_finish
from localgov.notices.views.watching import SENT
from localgov.organisations.models import Kind
from localgov.organisations.selectors.sight import districts_in_sight, provinces_in_sight
from localgov.rounds.models import Round
from localgov.ui.pages import Crumb, Page

_P = Permission.NOTICE_PUBLISH


class _Writing(Page):
    """What every page of a sender begins with; one about a circular knows only those of the actor's own office."""

    permission = _P

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under what was sent."""
        return (Crumb(TITLE, reverse("notices:circular-list")), Crumb(SENT, reverse("notices:sent-list")))

    def own(self, pk: int) -> Circular:
        """The circular with this number, or 404."""
        found = (
            Circular.objects.visible_to(self.request.actor).select_related("round", "replaces").filter(pk=pk).first()
        )
        if found is None or not policies.can_manage(self.request.actor, found).allowed:
            raise Http404
        return found

    def act(self, act: Callable[[], object], pk: int, done: str) -> HttpResponse:
        """Do it and say so, or say why not; then back to the circular."""
        try:
            act()
        except Denied as refusal:
            messages.error(self.request, refusal.reason)
        else:
            messages.success(self.request, done)
        return redirect(circular_url(pk))


class CircularWriting(_Writing):
    """NTC04: a new circular."""

    template = "notices/circular_write.html"
    title = "ออกหนังสือแจ้งเวียน"
    screen_code = "NTC04"
    circular: Circular | None = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form, dated today."""
        return self._page(self._form(initial={"dated": bangkok_date(timezone.now())}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the draft and show it as its readers will see it."""
        return self._keep()

    def _keep(self) -> HttpResponse:
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            kept = services.circular_draft(
                actor=self.request.actor,
                at=timezone.now(),
                text=form.text(),
                audience=form.audience(),
                circular_id=self.circular.pk if self.circular else None,
            )
        except Denied as refusal:
            form.add_error(None, refusal.reason)
            return self._page(form, status=422)
        return redirect("notices:circular-preview", pk=kept.pk)

    def _form(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> forms.WriteCircular:
        actor = self.request.actor
        provinces = provinces_in_sight(actor, _P)
        districts = {
            one.name: [(district.code, district.name) for district in districts_in_sight(actor, one.code, _P)]
            for one in provinces
        }
        depth = min((scope.count(".") for scope in actor.scopes(_P)), default=3)
        below = {1: [Kind.PROVINCE.value, Kind.DISTRICT.value], 2: [Kind.DISTRICT.value]}
        return forms.WriteCircular(
            data,
            rounds=list(Round.objects.order_by("-fiscal_year_be", "title")),
            provinces=[(one.code, one.name) for one in provinces],
            districts=districts,
            office_kinds=below.get(depth, []),
            is_correction=self.circular is not None and self.circular.replaces_id is not None,
            initial=initial,
        )

    def _page(self, form: forms.WriteCircular, *, status: int = 200) -> HttpResponse:
        cancel = circular_url(self.circular.pk) if self.circular else reverse("notices:sent-list")
        return self.render(form=form, circular=self.circular, cancel_url=cancel, status=status)


class CircularEditing(CircularWriting):
    """NTC05: the text of a draft."""

    title = "แก้ไขร่างหนังสือแจ้งเวียน"
    screen_code = "NTC05"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the draft, or 404."""
        super().setup(request, *args, **kwargs)
        self.circular = self.own(kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # type: ignore[override]
        """The draft in the form."""
        assert self.circular is not None  # noqa: S101 - loaded above
        policies.can_edit(self.request.actor, self.circular).require()
        return self._page(self._form(initial=forms.WriteCircular.values_of(self.circular)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:  # type: ignore[override]
        """Keep what was typed."""
        return self._keep()


class CircularPreview(_Writing):
    """NTC07: a draft as its readers will see it, whom it reaches, its files; the button that publishes it."""

    template = "notices/circular_preview.html"
    screen_code = "NTC07"
    title = "ตรวจทานก่อนเผยแพร่"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft."""
        return self.page(self.own(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish."""
        circular = self.own(pk)
        try:
            sent = services.circular_publish(actor=self.request.actor, at=timezone.now(), circular_id=pk)
        except Denied as refusal:
            return self.page(circular, refusal=refusal.reason, status=409)
        messages.success(request, f"เผยแพร่แล้ว ส่งถึง {sent.addressee_count:,} แห่ง ทุกแห่งเห็นในหน้าแรกทันที")
        return redirect("notices:addressee-list", pk=pk)

    def page(
        self, circular: Circular, *, form: forms.AttachFile | None = None, refusal: str = "", status: int = 200
    ) -> HttpResponse:
        """The page, with the file form that was refused if one was."""
        if not policies.can_edit(self.request.actor, circular).allowed and not refusal:
            return redirect(circular_url(circular.pk))
        today = bangkok_date(timezone.now())
        counts = addressing.counts(circular, on=today)
        files = list(circular.files.order_by("at", "pk"))
        total = sum(one.count for one in counts)
        return self.render(
            circular=circular,
            files=files,
            counts=counts,
            total=total,
            to=addressing.wording(circular),
            days=days_to_finish(circular.finish_on, today),
            may_publish=policies.can_publish(self.request.actor, circular, addressees=total, files=len(files)),
            form=form or forms.AttachFile(),
            refusal=refusal,
            status=status,
        )


class FileAttaching(CircularPreview):
    """A file for a draft."""

    screen_code = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """It is chosen on the preview."""
        return redirect("notices:circular-preview", pk=self.own(pk).pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep it."""
        circular = self.own(pk)
        form = forms.AttachFile(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(circular, form=form, status=422)
        sent = form.cleaned_data["file"]
        try:
            content = sent.read(uploads.LARGEST + 1)
            services.file_attach(
                actor=self.request.actor, at=timezone.now(), circular_id=pk, name=sent.name or "", content=content
            )
        except (uploads.NotAcceptable, Denied) as refusal:
            form.add_error("file", refusal.reason if isinstance(refusal, Denied) else refusal.message)
            return self.page(circular, form=form, refusal="แนบไฟล์ไม่ได้", status=422)
        messages.success(request, f"แนบไฟล์ “{sent.name}” แล้ว")
        return redirect("notices:circular-preview", pk=pk)


class FileRemoving(_Writing):
    """Taking a file from a draft."""

    def post(self, request: HttpRequest, file_id: UUID) -> HttpResponse:
        """Take it away."""
        found = CircularFile.objects.filter(pk=file_id).first()
        if found is None:
            raise Http404
        circular = self.own(found.circular_id)
        return self.act(
            lambda: services.file_remove(actor=self.request.actor, file_id=file_id), circular.pk, "ลบไฟล์แนบแล้ว"
        )


class CircularDiscarding(_Writing):
    """Throwing a draft away."""

    template = "_confirm.html"
    title = "ทิ้งร่างหนังสือ"
    screen_code = "NTC08"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Sure?"""
        circular = self.own(pk)
        policies.can_edit(self.request.actor, circular).require()
        return self.render(
            question=f"ทิ้งร่าง {circular.number} เรื่อง {circular.subject}",
            consequences=("ร่างและรายการไฟล์แนบจะถูกลบ หนังสือที่เผยแพร่แล้วไม่เปลี่ยน",),
            confirm_label="ทิ้งร่าง",
            kind="danger",
            cancel_url=circular_url(pk),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw it away."""
        self.own(pk)
        services.circular_discard(actor=self.request.actor, circular_id=pk)
        messages.success(request, "ทิ้งร่างแล้ว")
        return redirect("notices:sent-list")


class CircularCorrecting(_Writing):
    """ออกฉบับแก้ไข: begins the draft of the next version."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Copy it and go on in the form."""
        self.own(pk)
        try:
            begun = services.circular_correct(actor=self.request.actor, at=timezone.now(), circular_id=pk)
        except Denied as refusal:
            messages.error(request, refusal.reason)
            return redirect(circular_url(pk))
        return redirect("notices:circular-edit", pk=begun.pk)


class CircularWithdrawing(_Writing):
    """NTC09: ยกเลิกหนังสือ, with a reason."""

    template = "_confirm.html"
    title = "ยกเลิกหนังสือแจ้งเวียน"
    screen_code = "NTC09"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Why?"""
        return self._page(self.own(pk), forms.Withdraw())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw it."""
        circular = self.own(pk)
        form = forms.Withdraw(request.POST)
        if not form.is_valid():
            return self._page(circular, form, status=422)
        try:
            services.circular_withdraw(actor=self.request.actor, at=timezone.now(), circular_id=pk, **form.cleaned_data)
        except Denied as refusal:
            form.add_error(None, refusal.reason)
            return self._page(circular, form, status=409)
        messages.success(request, f"ยกเลิกหนังสือ {circular.number} แล้ว ผู้รับทุกแห่งเห็นเหตุผลทันที")
        return redirect(circular_url(pk))

    def _page(self, circular: Circular, form: forms.Withdraw, *, status: int = 200) -> HttpResponse:
        return self.render(
            form=form,
            question=f"ยกเลิกหนังสือ {circular.number} เรื่อง {circular.subject} ที่ส่งถึง {circular.addressee_count:,} แห่ง",
            consequences=(
                "ผู้รับยังอ่านได้ แต่เห็นว่ายกเลิกแล้วพร้อมเหตุผล และไม่ต้องรับทราบอีก",
                "การยกเลิกเปลี่ยนกลับไม่ได้ ถ้าต้องการส่งอีกให้ออกหนังสือใหม่",
            ),
            confirm_label="ยกเลิกหนังสือ",
            kind="danger",
            cancel_url=circular_url(circular.pk),
            status=status,
        )
