"""Pages of forms: the list, reading a version, what changed, the workbook down and up, publishing a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.forms import forms, selectors, services
from localgov.forms.differences import differences
from localgov.forms.engine.model import Form
from localgov.forms.engine.problems import FormBroken, Problem
from localgov.forms.models import FormDraft, FormVersion
from localgov.forms.policies import can_publish
from localgov.forms.reading import SheetPart, narrowed, portrait
from localgov.forms.workbooks import source_of_upload, workbook_of
from localgov.lib.unit_types import UnitType
from localgov.ui.columns import Column, Kind
from localgov.ui.list_query import ListQuery
from localgov.ui.lists import AddButton, ListPage, RowAction
from localgov.ui.pages import Crumb, Page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FormList(ListPage):
    """Every published version; for owners of forms also the drafts that wait."""

    permission = Permission.FORM_VIEW
    template = "forms/form_list.html"
    title = "แบบข้อมูล"
    screen_code = "FRM01"
    search_form = forms.FormSearch
    file_name = "forms"
    lead = "แบบที่เผยแพร่แล้วทุกรุ่น แต่ละรุ่นคงอยู่ตลอดและแก้ไขไม่ได้"
    empty_hint = "ยังไม่มีแบบที่เผยแพร่ เจ้าของแบบข้อมูลส่งสมุดงานของแบบได้จากหน้านี้"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("title", "ชื่อแบบ", sort=("title",), heading=True, url=lambda row: version_url(row.pk)),
        Column("version", "รุ่น", sort=("version",)),
        Column("years", "ใช้กับปีงบประมาณ", value=lambda row: years_text(row), sort=("fiscal_year_from",)),
        Column("published_at", "เผยแพร่เมื่อ", Kind.DATETIME, sort=("published_at",)),
        Column("form_code", "รหัสแบบ", sort=("form_code",)),
    )

    def rows(self, search: Mapping[str, Any]) -> QuerySet[FormVersion]:
        """Versions by words of their title or code."""
        words = search["words"] or ""
        found = selectors.versions(actor=self.request.actor)
        return found.filter(Q(title__icontains=words) | Q(form_code__icontains=words)) if words else found

    def row_actions(self, row: FormVersion) -> Sequence[RowAction]:
        """Reading."""
        return (RowAction("view", version_url(row.pk)),)

    def add_button(self) -> AddButton | None:
        """For owners of forms."""
        if not can_publish(self.request.actor).allowed:
            return None
        return AddButton(reverse("forms:draft-upload"), "ส่งสมุดงานของแบบ")

    def extra_context(self, query: ListQuery) -> Mapping[str, Any]:
        """Drafts, for who may publish them."""
        return {"drafts": selectors.drafts(actor=self.request.actor) if self.add_button() else ()}


class VersionPage(Page):
    """A page about one published version."""

    permission = Permission.FORM_VIEW
    version: FormVersion

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the version: 404 for one that isn't there or isn't for this actor."""
        super().setup(request, *args, **kwargs)
        self.version = get_object_or_404(selectors.versions(actor=self.request.actor), pk=kwargs["pk"])

    def page_title(self) -> str:
        """The form and its version."""
        return f"{self.version.title} รุ่น {self.version.version}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list of forms."""
        return (Crumb("แบบข้อมูล", reverse("forms:form-list")),)


class VersionDetail(VersionPage):
    """Reading a version: one domain at a time, or everything that holds the searched words."""

    template = "forms/version_detail.html"
    screen_code = "FRM02"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version, narrowed as asked."""
        form = selectors.compiled(pk)
        return self.render(
            version=self.version,
            years=years_text(self.version),
            earlier=selectors.earlier_version(self.version),
            reading_url=version_url(pk),
            **reading_context(form, request),
        )


class VersionDifferences(VersionPage):
    """What a version changed against the one before."""

    template = "forms/version_differences.html"
    screen_code = "FRM03"

    def page_title(self) -> str:
        """Named by what it compares."""
        return f"สิ่งที่เปลี่ยนในรุ่น {self.version.version}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the version."""
        return (*super().breadcrumb(), Crumb(super().page_title(), version_url(self.version.pk)))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The differences, or that there is nothing before."""
        earlier = selectors.earlier_version(self.version)
        found = differences(selectors.compiled(earlier.pk), selectors.compiled(pk)) if earlier else None
        return self.render(version=self.version, earlier=earlier, differences=found)


class VersionWorkbook(VersionPage):
    """The version as an XLSForm workbook with our rules."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file."""
        content = workbook_of(selectors.compiled(pk).source)
        name = f"{self.version.form_code}_{self.version.version}.xlsx"
        response = HttpResponse(content, content_type=_XLSX)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class DraftUpload(Page):
    """Sending a form's workbook: every fault at once, or a draft to look at."""

    permission = Permission.FORM_PUBLISH
    template = "forms/draft_upload.html"
    title = "ส่งสมุดงานของแบบ"
    screen_code = "FRM04"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list of forms."""
        return (Crumb("แบบข้อมูล", reverse("forms:form-list")),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty page, with the workbooks to start from."""
        return self._page(forms.WorkbookUpload())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check; on to the draft, or back with the faults."""
        form = forms.WorkbookUpload(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        upload = form.cleaned_data["workbook"]
        try:
            source = source_of_upload(upload.read())
            draft = services.form_draft_save(
                actor=self.request.actor, at=timezone.now(), source=source, file_name=upload.name
            )
        except FormBroken as broken:
            return self._page(form, problems=broken.problems, file_name=upload.name, status=422)
        except Denied as denied:
            form.add_error("workbook", denied.reason)
            return self._page(form, status=422)
        return redirect("forms:draft-detail", pk=draft.pk)

    def _page(
        self,
        form: forms.WorkbookUpload,
        *,
        problems: Sequence[Problem] = (),
        file_name: str = "",
        status: int = 200,
    ) -> HttpResponse:
        versions = selectors.versions(actor=self.request.actor)[:5]
        return self.render(form=form, problems=problems, file_name=file_name, versions=versions, status=status)


class DraftPage(Page):
    """A page about one draft; only owners of forms see any."""

    permission = Permission.FORM_PUBLISH

    def draft(self, pk: int) -> FormDraft:
        """The draft, 404 when it is gone."""
        return get_object_or_404(selectors.drafts(actor=self.request.actor), pk=pk)


class DraftDetail(DraftPage):
    """A draft before publishing: what it changes, and how it will read."""

    template = "forms/draft_detail.html"
    screen_code = "FRM05"
    title = "ตรวจดูก่อนเผยแพร่"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list of forms."""
        return (Crumb("แบบข้อมูล", reverse("forms:form-list")),)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft against the newest version, and in full."""
        return self.page(request, self.draft(pk))

    def page(self, request: HttpRequest, draft: FormDraft, problems: Sequence[Problem] = ()) -> HttpResponse:
        """The page; `problems` say why publishing was refused."""
        form = selectors.draft_form(draft)
        newest = selectors.newest_version(draft.form_code)
        return self.render(
            draft=draft,
            years=years_text(form),
            newest=newest,
            differences=differences(selectors.compiled(newest.pk), form) if newest else None,
            problems=problems,
            reading_url=reverse("forms:draft-detail", args=[draft.pk]),
            status=422 if problems else 200,
            **reading_context(form, request),
        )


class DraftPublish(DraftDetail):
    """Publishing a draft."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish, or show what stands against it."""
        draft = self.draft(pk)
        try:
            published = services.form_draft_publish(actor=self.request.actor, at=timezone.now(), draft_id=pk)
        except FormBroken as broken:
            return self.page(request, draft, broken.problems)
        messages.success(request, f"เผยแพร่ “{published.version.title}” รุ่น {published.version.version} แล้ว")
        return redirect("forms:version-detail", pk=published.version.pk)


class DraftDiscard(DraftPage):
    """Throwing a draft away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it and go back to the list."""
        draft = self.draft(pk)
        services.form_draft_discard(actor=self.request.actor, at=timezone.now(), draft_id=pk)
        messages.success(request, f"ทิ้งร่าง “{draft.title}” รุ่น {draft.version} แล้ว แบบที่เผยแพร่ไม่เปลี่ยน")
        return redirect("forms:form-list")


def version_url(pk: int) -> str:
    """Where a version is read."""
    return reverse("forms:version-detail", args=[pk])


def years_text(version: FormVersion | Form) -> str:
    """The fiscal years of a version or of a form about to become one: 2569–2570."""
    if version.fiscal_year_from == version.fiscal_year_to:
        return str(version.fiscal_year_from)
    return f"{version.fiscal_year_from}–{version.fiscal_year_to}"


def reading_context(form: Form, request: HttpRequest) -> dict[str, Any]:
    """What the reading template prints: the domains with counts, and those of them that are shown in full."""
    choice = forms.ReadingFilter(request.GET)
    choice.is_valid()
    words, unit_type = choice.cleaned_data.get("words") or "", choice.cleaned_data.get("unit_type") or ""
    sheets = narrowed(portrait(form), unit_type=unit_type, words=words)
    return {
        "filter_form": choice,
        "words": words,
        "unit_type": unit_type,
        "unit_type_name": UnitType(unit_type).label if unit_type else "",
        "sheets": sheets,
        "shown": sheets if words else _chosen(sheets, choice.cleaned_data.get("sheet") or ""),
        "question_count": sum(1 for question in form.questions.values() if question.register is None),
        "column_count": sum(1 for question in form.questions.values() if question.register is not None),
        "register_count": len(form.registers),
        "rule_count": len(form.rules),
        "found_count": sum(sheet.count for sheet in sheets),
    }


def _chosen(sheets: Sequence[SheetPart], code: str) -> Sequence[SheetPart]:
    """The domain asked for, else the first."""
    return [sheet for sheet in sheets if sheet.code == code] or sheets[:1]
