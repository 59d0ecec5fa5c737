"""Reading forms: compiled versions, kept in memory (a FormVersion never changes), and the notes on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import Form
from localgov.forms.engine.progress import applicable
from localgov.forms.engine.source import from_json
from localgov.forms.meanings import KnownCode, Meaning
from localgov.forms.models import HOME, FormDraft, FormVersion, Note, QuestionCode


@lru_cache(maxsize=32)
def compiled(form_version_id: int) -> Form:
    """The form of a published version, compiled once per process."""
    version = FormVersion.objects.get(pk=form_version_id)
    return build_form(from_json(version.source), check_xlsform=False)


@lru_cache(maxsize=512)
def applicable_sheets(form_version_id: int, unit_type: str) -> tuple[str, ...]:
    """Codes of the sheets that a type of unit must record, in order; the others are NOT_APPLICABLE (DESIGN §4, States)."""
    form = compiled(form_version_id)
    return tuple(code for code in form.sheets if applicable(form, code, unit_type))


def sheet_labels(form_version_id: int) -> dict[str, str]:
    """Thai titles of the sheets by code, in order."""
    return {code: sheet.label for code, sheet in compiled(form_version_id).sheets.items()}


def versions(*, actor: Actor, form_code: str = "") -> QuerySet[FormVersion]:
    """Published versions, newest first: the country's, for whoever may read forms. The heavy text stays in the database."""
    if not actor.scopes(Permission.FORM_VIEW):
        return FormVersion.objects.none()
    found = FormVersion.objects.defer("source").order_by("form_code", "-published_at", "-pk")
    return found.filter(form_code=form_code) if form_code else found


def earlier_version(version: FormVersion) -> FormVersion | None:
    """The version published before this one, None for a form's first."""
    return (
        FormVersion.objects.defer("source")
        .filter(form_code=version.form_code, pk__lt=version.pk)
        .order_by("-pk")
        .first()
    )


def newest_version(form_code: str) -> FormVersion | None:
    """The version of a form published last."""
    return FormVersion.objects.defer("source").filter(form_code=form_code).order_by("-pk").first()


def drafts(*, actor: Actor) -> QuerySet[FormDraft]:
    """Uploaded forms that wait, newest first; only who may publish sees them."""
    if not actor.scopes(Permission.FORM_PUBLISH):
        return FormDraft.objects.none()
    return FormDraft.objects.order_by("-uploaded_at", "-pk")


def draft_form(draft: FormDraft) -> Form:
    """The form of a draft (checked when it was uploaded)."""
    return build_form(from_json(draft.source), check_xlsform=False)


def known_codes(*, form_code: str) -> dict[str, KnownCode]:
    """Every code that a form ever had, with its meaning."""
    rows = QuestionCode.objects.filter(form_code=form_code).values_list(
        "code", "data_type", "unit", "register", "retired_in_id"
    )
    return {
        code: KnownCode(Meaning(data_type, unit, register), retired=retired_in is not None)
        for code, data_type, unit, register, retired_in in rows
    }


# --- notes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NotePart:
    """A note as pages print it. `telephone` is the note's own, else the Department's; empty when it has not said one."""

    text: str
    office: str
    telephone: str
    at: datetime | None = None


def note_subject(form_code: str, section: str) -> str:
    """The subject of the note on one domain of a form."""
    return f"{form_code}.{section}"


def notes_on(*subjects: str, past: datetime | None = None) -> tuple[NotePart, ...]:
    """The notes on some subjects, in that order, as they stand or stood at a past moment (1 query)."""
    found = Note.objects.filter(subject__in={HOME, *subjects})
    if past is not None:
        found = found.filter(recorded_at__lte=past)
    newest = {note.subject: note for note in found.order_by("subject", "-version").distinct("subject")}
    help_telephone = newest[HOME].telephone if HOME in newest else ""
    notes = (newest[subject] for subject in subjects if subject in newest)
    return tuple(
        NotePart(note.text, note.office, note.telephone or help_telephone, note.at)
        for note in notes
        if not note.is_blank
    )


def note_subjects() -> dict[str, str]:
    """Every subject of a note with its Thai name: the home page, each form, each domain of its newest version (1 query)."""
    newest = (
        FormVersion.objects.order_by("form_code", "-pk").distinct("form_code").values_list("pk", "form_code", "title")
    )
    names = {HOME: "หน้าแรกและหน้าเข้าสู่ระบบ"}
    for pk, form_code, title in newest:
        names[form_code] = title
        for place, (code, label) in enumerate(sheet_labels(pk).items(), start=1):
            names[note_subject(form_code, code)] = f"{title} · ด้านที่ {place} {label}"
    return names


def note_versions(subject: str) -> Sequence[Note]:
    """Every version of a note, newest first."""
    return list(Note.objects.filter(subject=subject).order_by("-version"))


def notes_newest() -> dict[str, Note]:
    """The newest version of every note, by subject."""
    return {note.subject: note for note in Note.objects.order_by("subject", "-version").distinct("subject")}
