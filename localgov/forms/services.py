"""Publishing forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.forms import policies
from localgov.forms.engine.builder import build_form
from localgov.forms.engine.model import Form, Question
from localgov.forms.engine.reader_text import read_folder
from localgov.forms.engine.source import FormSource, to_json
from localgov.forms.models import FormVersion, QuestionCode

#: Where the repository keeps its forms as text.
FORMS_FOLDER = Path(__file__).resolve().parents[2] / "forms"


@dataclass(frozen=True)
class Published:
    """The version in force; `created` is False when the very same text had been published before."""

    version: FormVersion
    created: bool


@transaction.atomic
def form_publish(*, actor: Actor, at: datetime, source: FormSource) -> Published:
    """Publish a form: checked whole, its codes permanent, then frozen. The same text again changes nothing.

    Raises:
        FormBroken: with every fault by sheet, row and column.
        Denied: no right, a version number used before, or a code that would change its meaning.
    """
    policies.can_publish(actor).require()
    form = build_form(source)
    before = FormVersion.objects.filter(form_code=form.form_id, version=form.version).first()
    if before is not None:
        if before.sha256 == form.sha256:
            return Published(before, created=False)
        raise Denied(f"แบบ {form.form_id} รุ่น {form.version} เผยแพร่ไปแล้วและแก้ไขไม่ได้ โปรดตั้งเลขรุ่นใหม่ในแผ่นงาน settings")
    if form.fiscal_year_from is None or form.fiscal_year_to is None:
        raise Denied("โปรดระบุปีงบประมาณที่ใช้ (fiscal_year_from, fiscal_year_to) ในแผ่นงาน settings")
    codes = {known.code: known for known in QuestionCode.objects.filter(form_code=form.form_id)}
    changed = code_conflicts(form, codes)
    if changed:
        raise Denied("รหัสข้อคำถามเปลี่ยนความหมายไม่ได้: " + " · ".join(changed))
    version = FormVersion.objects.create(
        form_code=form.form_id,
        version=form.version,
        title=form.title,
        source=to_json(source),
        sha256=form.sha256,
        fiscal_year_from=form.fiscal_year_from,
        fiscal_year_to=form.fiscal_year_to,
        published_by=actor.user_id,
        published_at=at,
    )
    _codes_write(form, version, codes)
    audit.record(
        actor=actor,
        type="form.publish",
        target_kind="form_version",
        target_id=version.pk,
        target_label=f"{form.title} {form.version}",
        at=at,
        data={"sha256": form.sha256},
    )
    return Published(version, created=True)


def form_publish_from_folder(*, form_code: str, actor: Actor, at: datetime) -> Published:
    """Publish a form of the repository's `forms/` folder."""
    return form_publish(actor=actor, at=at, source=read_folder(FORMS_FOLDER / form_code))


def code_conflicts(form: Form, codes: dict[str, QuestionCode]) -> list[str]:
    """Codes that this form would give another meaning (type, unit or register), or that were retired: Thai sentences."""
    found = []
    for code, (data_type, unit, register) in _meanings(form).items():
        known = codes.get(code)
        if known is None:
            continue
        if known.retired_in_id is not None:
            found.append(f"{code} เลิกใช้แล้ว นำกลับมาใช้ไม่ได้")
        elif (known.data_type, known.unit, known.register) != (data_type, unit, register):
            found.append(
                f"{code} เดิมเป็น {known.data_type} {known.unit or '(ไม่มีหน่วย)'} เปลี่ยนเป็น {data_type} {unit or '(ไม่มีหน่วย)'}"
            )
    return found


def _codes_write(form: Form, version: FormVersion, codes: dict[str, QuestionCode]) -> None:
    meanings = _meanings(form)
    QuestionCode.objects.bulk_create(
        [
            QuestionCode(
                form_code=form.form_id,
                code=code,
                data_type=data_type,
                unit=unit,
                register=register,
                first_version=version,
            )
            for code, (data_type, unit, register) in meanings.items()
            if code not in codes
        ]
    )
    gone = [known.pk for code, known in codes.items() if code not in meanings and known.retired_in_id is None]
    QuestionCode.objects.filter(pk__in=gone).update(retired_in=version)


def _meanings(form: Form) -> dict[str, tuple[str, str, str]]:
    """What makes a code's meaning: type with kind, unit, register."""
    found = {code: _meaning(question) for code, question in form.questions.items()}
    return found | dict.fromkeys(form.registers, ("register", "", ""))


def _meaning(question: Question) -> tuple[str, str, str]:
    kind = f":{question.kind.value}" if question.kind.value else ""
    return f"{question.type.value}{kind}", question.unit, question.register or ""
