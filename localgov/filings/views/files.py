"""Attaching a file to a question, and fetching it again."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.filings import services, uploads
from localgov.filings.selectors import sheet_page
from localgov.filings.selectors.attachments import attachment_visible
from localgov.filings.selectors.row_page import row_page
from localgov.filings.views.unit_page import UnitPage
from localgov.forms import selectors as form_selectors
from localgov.forms.engine.model import Question, QuestionType
from localgov.ui.pages import Page


class AttachFile(forms.Form):
    """One file."""

    file = forms.FileField(
        label="ไฟล์",
        help_text="PDF, JPG, PNG หรือ GIF ไม่เกิน 10 MB ระบบลบข้อมูลสถานที่และกล้องออกจากภาพให้",
        error_messages={"empty": "ไฟล์ว่างเปล่า เลือกไฟล์อื่น", "required": "โปรดเลือกไฟล์"},
    )
    seq = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class FileAttach(UnitPage):
    """INFO27: choose a file as the answer of a question, or of a cell when `?row=` names its row."""

    permission: ClassVar[Permission | None] = Permission.FILING_RECORD
    template = "filings/file_attach.html"
    screen_code = "INFO27"

    @property
    def question(self) -> Question:
        """The question of the address; 404 for one that takes no file here."""
        question = form_selectors.compiled(self.entry.round.form_version_id).questions.get(self.kwargs["question"])
        if question is None or question.sheet != self.section or question.type is not QuestionType.FILE:
            raise Http404
        return question

    @property
    def row(self) -> UUID | None:
        """The row, for a question of a register."""
        if self.question.register is None:
            return None
        try:
            return UUID(self.request.GET.get("row", ""))
        except ValueError:
            raise Http404 from None

    def page_title(self) -> str:
        """แนบไฟล์: the question."""
        return f"แนบไฟล์: {self.question.label}"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the file."""
        return self._ask(AttachFile(initial={"seq": self._field().seq}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the file and answer with it."""
        form = AttachFile(request.POST, request.FILES)
        if not form.is_valid():
            return self._ask(form, status=422)
        sent = form.cleaned_data["file"]
        try:
            content = sent.read(uploads.LARGEST + 1)
            saved = services.file_attach(
                actor=self.request.actor,
                at=timezone.now(),
                entry=self.entry,
                section=self.section,
                code=self.question.code,
                row=self.row,
                seq=form.cleaned_data["seq"],
                name=sent.name or "",
                content=content,
            )
        except uploads.NotAcceptable as refusal:
            form.add_error("file", refusal.message)
            return self._ask(form, status=422)
        except Denied as refusal:
            messages.error(request, refusal.reason)
            return redirect(self._back())
        if saved.refused:
            messages.error(request, f"ไม่ได้แนบไฟล์: {saved.refused[0]['reason']}")
        else:
            messages.success(request, f"แนบไฟล์แล้ว ใบรับ {saved.receipt}")
        return redirect(self._back())

    def _field(self) -> Any:
        """The question as it stands now; 404 where it is not asked, 403 where it can't be answered."""
        at, actor = timezone.now(), self.request.actor
        if self.row is not None:
            page = row_page(
                actor=actor,
                entry=self.entry,
                number=self.number,
                register=self.question.register or "",
                row_id=self.row,
                is_new=False,
                at=at,
            )
            fields, whole = (page.fields, page.sheet_page) if page else ((), None)
        else:
            whole = sheet_page.sheet_page(actor=actor, entry=self.entry, number=self.number, at=at)
            fields = tuple(field for section in whole.sections for field in section.fields) if whole else ()
        field = next((one for one in fields if one.code == self.question.code), None)
        if field is None or whole is None:
            raise Http404
        whole.may_record.require()
        return field

    def _ask(self, form: AttachFile, *, status: int = 200) -> HttpResponse:
        return self.render(status=status, form=form, field=self._field(), back_url=self._back())

    def _back(self) -> str:
        if self.row is None:
            return f"{self.sheet_url()}#q-{self.question.code}"
        return reverse(
            "filings:row-detail",
            kwargs={**self.place, "number": self.number, "register": self.question.register, "row": str(self.row)},
        )


class FileDownload(Page):
    """The file itself, for whoever may read the filing; never shown inside a page of ours."""

    permission: ClassVar[Permission | None] = Permission.FILING_VIEW

    def get(self, request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
        """Send it, or 404."""
        found = attachment_visible(actor=self.request.actor, attachment_id=attachment_id)
        if found is None:
            raise Http404
        return FileResponse(
            found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
        )
