"""Publishing forms: a workbook or text becomes a draft, a draft a frozen version. Nothing is ever half published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.forms import policies, selectors
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import Form
from localgov.forms.engine.problems import FormBroken, Problem
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.engine.source import FormSource, from_json, to_json
from localgov.forms.meanings import conflicts, meanings
from localgov.forms.models import FormDraft, FormVersion, QuestionCode

#: Where the repository keeps its forms as text.
FORMS_FOLDER = Path(__file__).resolve().parents[3] / "forms"


@dataclass(frozen=True)
class Published:
    """The version in force; `created` is False when the very same text had been published before."""

    version: FormVersion
    created: bool


@transaction.atomic
def form_publish(*, actor: Actor, at: datetime, source: FormSource) -> Published:
    """Publish a form: checked whole, its codes permanent, then frozen. The same text again changes nothing.

    Raises:
        FormBroken: every fault by sheet, row and column: of the form itself, a version number used before, no fiscal years,
            codes that would change their meaning.
        Denied: no right.
    """
    policies.can_publish(actor).require()
    form = build_form(source)
    with (
        connection.cursor() as cursor
    ):  # two versions of one form at once: the second waits, then reads the first's codes
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"form {form.form_id}"])
    same = FormVersion.objects.filter(form_code=form.form_id, sha256=form.sha256).first()
    if same is not None:
        return Published(same, created=False)
    _refuse(_publishing_problems(form))
    years = form.fiscal_year_from, form.fiscal_year_to
    assert years[0] is not None and years[1] is not None  # noqa: S101, PT018 - `_publishing_problems` refused blank ones
    version = FormVersion.objects.create(
        form_code=form.form_id,
        version=form.version,
        title=form.title,
        source=to_json(source),
        sha256=form.sha256,
        fiscal_year_from=years[0],
        fiscal_year_to=years[1],
        published_by=actor.user_id,
        published_at=at,
    )
    added, retired = _codes_write(form, version)
    audit.record(
        actor=actor,
        type="form.publish",
        target_kind="form_version",
        target_id=version.pk,
        target_label=f"{form.title} {form.version}",
        at=at,
        data={"sha256": form.sha256, "codes_added": added, "codes_retired": retired},
    )
    return Published(version, created=True)


def form_publish_from_folder(*, form_code: str, actor: Actor, at: datetime) -> Published:
    """Publish a form of the repository's `forms/` folder. Raises as `form_publish`."""
    return form_publish(actor=actor, at=at, source=read_folder(FORMS_FOLDER / form_code))


@transaction.atomic
def form_draft_save(*, actor: Actor, at: datetime, source: FormSource, file_name: str) -> FormDraft:
    """Keep an uploaded form, checked whole, until its owner publishes it. The same text again is the same draft.

    Raises:
        FormBroken: every fault that would refuse publishing.
        Denied: no right, or nothing differs from a published version.
    """
    policies.can_publish(actor).require()
    form = build_form(source)
    same = FormVersion.objects.filter(form_code=form.form_id, sha256=form.sha256).first()
    if same is not None:
        raise Denied(f"ไฟล์นี้เหมือนกับ “{same.title}” รุ่น {same.version} ที่เผยแพร่แล้วทุกประการ ไม่มีอะไรต้องเผยแพร่")
    _refuse(_publishing_problems(form))
    draft, _ = FormDraft.objects.update_or_create(
        sha256=form.sha256,
        defaults={
            "form_code": form.form_id,
            "version": form.version,
            "title": form.title,
            "source": to_json(source),
            "file_name": file_name[:200],
            "uploaded_by": actor.user_id,
            "uploaded_label": actor.label[:200],
            "uploaded_at": at,
        },
    )
    audit.record(
        actor=actor,
        type="form.draft",
        target_kind="form_draft",
        target_id=draft.pk,
        target_label=f"{form.title} {form.version}",
        at=at,
        data={"sha256": form.sha256, "file_name": draft.file_name},
    )
    return draft


@transaction.atomic
def form_draft_publish(*, actor: Actor, at: datetime, draft_id: int) -> Published:
    """Publish a draft and remove it. Raises as `form_publish` (a code may have been published meanwhile)."""
    policies.can_publish(actor).require()
    draft = FormDraft.objects.select_for_update().get(pk=draft_id)
    published = form_publish(actor=actor, at=at, source=from_json(draft.source))
    draft.delete()
    return published


@transaction.atomic
def form_draft_discard(*, actor: Actor, at: datetime, draft_id: int) -> None:
    """Throw a draft away. Raises Denied without the right."""
    policies.can_publish(actor).require()
    draft = FormDraft.objects.select_for_update().get(pk=draft_id)
    audit.record(
        actor=actor,
        type="form.draft_discard",
        target_kind="form_draft",
        target_id=draft.pk,
        target_label=f"{draft.title} {draft.version}",
        at=at,
        data={"sha256": draft.sha256},
    )
    draft.delete()


def _publishing_problems(form: Form) -> list[Problem]:
    """What stands against publishing a form without faults of its own."""
    settings = form.source.settings[0]
    problems = []
    if FormVersion.objects.filter(form_code=form.form_id, version=form.version).exists():
        message = f"รุ่น {form.version} เผยแพร่ไปแล้วและแก้ไขไม่ได้ ตั้งเลขรุ่นใหม่"
        problems.append(settings.problem("version", message))
    for column, year in (("fiscal_year_from", form.fiscal_year_from), ("fiscal_year_to", form.fiscal_year_to)):
        if year is None:
            problems.append(settings.problem(column, "ต้องระบุปีงบประมาณ พ.ศ. ที่ใช้แบบรุ่นนี้ เช่น 2571"))
    return problems + conflicts(form, selectors.known_codes(form_code=form.form_id))


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise FormBroken(found)


def _codes_write(form: Form, version: FormVersion) -> tuple[int, int]:
    """Enter new codes, retire those left out; returns how many of each."""
    here = meanings(form)
    known = selectors.known_codes(form_code=form.form_id)
    new = [
        QuestionCode(
            form_code=form.form_id,
            code=code,
            data_type=meaning.data_type,
            unit=meaning.unit,
            register=meaning.register,
            first_version=version,
        )
        for code, meaning in here.items()
        if code not in known
    ]
    QuestionCode.objects.bulk_create(new)
    gone = [code for code, one in known.items() if code not in here and not one.retired]
    QuestionCode.objects.filter(form_code=form.form_id, code__in=gone).update(retired_in=version)
    return len(new), len(gone)
