"""Pages on which notes (หมายเหตุ) are written: all subjects, and one with its earlier versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from localgov.access.permissions import Permission
from localgov.forms import forms, selectors, services
from localgov.forms.models import HOME, Note
from localgov.forms.policies import can_write_note
from localgov.ui.columns import Column, Kind
from localgov.ui.lists import ListPage, RowAction
from localgov.ui.pages import Crumb, Page

GROUP = "หมายเหตุ"


@dataclass(frozen=True)
class Subject:
    """A row of the list: what a note may stand on, with its newest version."""

    subject: str
    label: str
    note: Note | None
    url: str


class NoteList(ListPage):
    """Everything on which a note may stand."""

    permission = Permission.NOTE_FORM
    title = GROUP
    screen_code = "FRM06"
    file_name = "notes"
    search_form = forms.FormSearch
    lead = "วิธีบันทึก สำนักหรือกองที่ตอบข้อสงสัย และโทรศัพท์สอบถาม ซึ่งแสดงบนหน้าแรก หน้าแบบข้อมูล และแต่ละด้าน"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("label", "แสดงที่", heading=True, url=lambda row: row.url),
        Column("office", "สำนักหรือกองที่ตอบ", value=lambda row: row.note.office if row.note else "", blank="–"),
        Column("telephone", "โทรศัพท์สอบถาม", value=lambda row: row.note.telephone if row.note else "", blank="–"),
        Column("version", "ฉบับที่", Kind.NUMBER, value=lambda row: row.note.version if row.note else None, blank="–"),
        Column("at", "เขียนเมื่อ", Kind.DATETIME, value=lambda row: row.note.at if row.note else None, blank="ยังไม่มี"),
        Column("by", "โดย", value=lambda row: row.note.written_label if row.note else "", blank="–"),
    )

    def rows(self, search: Mapping[str, Any]) -> Sequence[Subject]:
        """The home page first, then each form with its domains."""
        newest = selectors.notes_newest()
        words = (search["words"] or "").casefold()
        return [
            Subject(subject, label, newest.get(subject), self._url_of(subject))
            for subject, label in selectors.note_subjects().items()
            if words in label.casefold() or words in subject
        ]

    def row_actions(self, row: Subject) -> Sequence[RowAction]:
        """Writing, for who may."""
        return (RowAction("edit", row.url),) if row.url else ()

    def _url_of(self, subject: str) -> str:
        may = can_write_note(self.request.actor, subject).allowed
        return reverse("forms:note-write", args=[subject]) if may else ""


class NoteWrite(Page):
    """One note: its newest text to change, how it will look, and who wrote what before."""

    permission = Permission.NOTE_FORM
    template = "forms/note_write.html"
    screen_code = "FRM07"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Know the subject; 404 for one that there isn't."""
        super().setup(request, *args, **kwargs)
        self.subject = kwargs["subject"]
        label = selectors.note_subjects().get(self.subject)
        if label is None:
            raise Http404
        self.label = label

    def page_title(self) -> str:
        """หมายเหตุ: where it stands."""
        return f"หมายเหตุ: {self.label}"

    def breadcrumb(self) -> Sequence[Crumb]:
        """Under the list."""
        return (Crumb(GROUP, reverse("forms:note-list")),)

    def get(self, request: HttpRequest, subject: str) -> HttpResponse:
        """The newest text in the boxes."""
        can_write_note(self.request.actor, subject).require()
        versions = selectors.note_versions(subject)
        newest = versions[0] if versions else None
        initial = {name: getattr(newest, name, "") for name in ("text", "office", "telephone")}
        return self._page(forms.NoteWriting(initial={**initial, "seen": newest.version if newest else 0}), versions)

    def post(self, request: HttpRequest, subject: str) -> HttpResponse:
        """Show how it will look, or write it."""
        can_write_note(self.request.actor, subject).require()
        form = forms.NoteWriting(request.POST)
        if not form.is_valid():
            return self._page(form, selectors.note_versions(subject), status=422)
        if "preview" in request.POST:
            return self._page(form, selectors.note_versions(subject), preview=True)
        try:
            written = services.note_write(
                actor=self.request.actor, at=timezone.now(), subject=subject, **form.cleaned_data
            )
        except services.NoteStale as stale:
            versions = selectors.note_versions(subject)
            again = forms.NoteWriting({**form.cleaned_data, "seen": versions[0].version if versions else 0})
            again.add_error(None, stale.message)
            return self._page(again, versions, status=409)
        words = f"บันทึกหมายเหตุฉบับที่ {written.version} แล้ว" if written else "ไม่มีอะไรเปลี่ยนจากฉบับล่าสุด"
        messages.success(request, f"{words}: {self.label}")
        return redirect("forms:note-list")

    def _page(
        self, form: forms.NoteWriting, versions: Sequence[Note], *, preview: bool = False, status: int = 200
    ) -> HttpResponse:
        """The boxes; with `preview`, above them the note as readers will see it."""
        part = None
        if preview:
            cleaned = form.cleaned_data
            part = selectors.NotePart(cleaned["text"], cleaned["office"], cleaned["telephone"])
        return self.render(
            form=form,
            versions=versions,
            previewed=(part,) if part else (),
            is_home=self.subject == HOME,
            status=status,
        )
