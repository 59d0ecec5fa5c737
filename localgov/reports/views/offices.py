"""The office's own head of letters, and its kept words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.lib.thai_calendar import bangkok_date
from localgov.monitoring.selectors.lagging import Cause
from localgov.reports import services
from localgov.reports.forms import LetterheadForm
from localgov.reports.kinds import LetterKind
from localgov.reports.models import LetterTemplate
from localgov.reports.selectors import runs as selectors
from localgov.reports.selectors.offices import HEAD, WritingOffice, writing_office
from localgov.reports.views.composing import GROUP
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import ListPage
from localgov.ui.pages import Crumb, Page


class _OfOffice(Page):
    """A page of the office in whose name the actor writes."""

    permission: ClassVar[Permission | None] = Permission.LETTER_WRITE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the office."""
        super().setup(request, *args, **kwargs)
        office = writing_office(actor=self.request.actor, on=bangkok_date(timezone.now()))
        if office is None:
            raise Http404
        self.office: WritingOffice = office

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the letters made."""
        return (Crumb(GROUP, reverse("reports:run-list")),)


class LetterheadEdit(_OfOffice):
    """หัวหนังสือของสำนักงาน: what is printed on every letter."""

    template = "reports/letterhead_edit.html"
    title = "หัวหนังสือของสำนักงาน"
    screen_code = "LTR05"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is in use."""
        return self._page(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep a new version."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        values = {name: form.cleaned_data.get(name, self.office.head[name]) for name in HEAD}
        services.letterhead_save(actor=self.request.actor, at=timezone.now(), office=self.office.version, values=values)
        messages.success(request, "บันทึกหัวหนังสือแล้ว หนังสือที่ทำต่อจากนี้ใช้หัวใหม่ หนังสือเดิมคงเดิม")
        return redirect("reports:run-list")

    def _form(self, data: Any = None) -> LetterheadForm:
        asks = LetterKind.DISTRICT in self.office.kinds
        return LetterheadForm(data, asks_district_title=asks, initial=self.office.head)

    def _page(self, form: LetterheadForm, *, status: int = 200) -> HttpResponse:
        return self.render(form=form, office=self.office, cancel_url=reverse("reports:run-list"), status=status)


class TemplateList(_OfOffice, ListPage):
    """Every version of the office's words."""

    template = "reports/template_list.html"
    title = "แบบข้อความของสำนักงาน"
    screen_code = "LTR06"
    file_name = "letter-templates"
    lead = "เรื่องและเนื้อความที่สำนักงานเก็บไว้ รุ่นใหม่สุดของแต่ละแบบหนังสือและเรื่องที่ติดตามคือรุ่นที่ใช้ เก็บรุ่นใหม่ได้ขณะทำหนังสือ"
    empty_hint = "ยังไม่มีแบบของสำนักงาน ระบบเสนอข้อความกลางให้ แก้แล้วเก็บได้ขณะทำหนังสือ"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("kind", "แบบหนังสือ", value=lambda row: LetterKind(row.kind).label, heading=True, sort=("kind",)),
        Column("cause", "เรื่องที่ติดตาม", value=lambda row: Cause(row.cause).label, sort=("cause",)),
        Column("subject", "เรื่อง"),
        Column("body", "เนื้อความ"),
        Column("saved_label", "ผู้เก็บ"),
        Column("at", "เก็บเมื่อ", Kind.DATETIME, sort=("at",)),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[LetterTemplate]:
        """Newest first."""
        return selectors.templates_of(office_id=self.office.version.organisation_id)
