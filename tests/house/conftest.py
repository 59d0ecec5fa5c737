"""The world that the walks over all addresses ask about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from localgov.access import duty
from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode, Seat
from localgov.accounts import services as accounts
from localgov.filings import services as filings
from localgov.filings.models import Attachment, Change, Sheet
from localgov.filings.services.changes import AddRow, AnyChange, SetAnswer
from localgov.filings.states import Status
from localgov.forms import services as forms
from localgov.inspection import services as inspection
from localgov.jobs import services as jobs
from localgov.library import services as library
from localgov.library.models import ItemKind
from localgov.monitoring.causes import Cause
from localgov.notices import services as notices
from localgov.notices.models import Circular, Mail
from localgov.notices.states import MailKind
from localgov.publishing.states import PublishedKind
from localgov.reports import services as letters
from localgov.reports.kinds import LetterKind
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry
from localgov.rounds.scopes import Reach, Scope
from localgov.travel import services as problems
from localgov.travel.states import ProblemKind
from tests.conftest import Person, Register
from tests.forms.test_publish import cell, edited, small
from tests.house.world import World
from tests.publishing.making import document_made_for, item_made, item_shown
from tests.reports.conftest import office_of, order_of


@pytest.fixture
def world(
    settings: Any,
    tmp_path: Path,
    register: Register,
    entry: RosterEntry,
    recorder: Person,
    province_officer: Person,
    form_owner: Person,
    fill: Callable[..., Sheet],
    sheet_in: Callable[[Status], Sheet],
    at: datetime,
) -> World:
    """Everything that can be asked for is there."""
    settings.MEDIA_ROOT = tmp_path
    row = uuid4()
    village = {"village_no": 1, "village_name": "บ้านลับเฉพาะ", "village_people": 6325}
    changes: list[AnyChange] = [AddRow("village", row)]
    changes += (SetAnswer(code, to, 0, "village", row) for code, to in village.items())
    filings.answers_save(actor=recorder.actor, at=at, entry=entry, section="domain_1", batch=uuid4(), changes=changes)
    sheet_in(Status.CERTIFIED_LAO)
    source = edited(small(), survey=cell("female", label="หญิงทุกวัย"))
    draft = forms.form_draft_save(actor=form_owner.actor, at=at, source=source, file_name="แบบ.xlsx")
    receipt = Change.objects.order_by("pk").values_list("receipt", flat=True)[0]
    attachment = Attachment.objects.create(
        roster_entry=entry,
        question="village_name",
        name="เอกสารลับเฉพาะ.pdf",
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        file=SimpleUploadedFile("ลับเฉพาะ.pdf", b"%PDF"),
        uploaded_label=recorder.actor.label,
        at=at,
    )
    reopening = rounds.round_reopen(
        actor=system_actor("ทดสอบ", RoleCode.DEPARTMENT_OFFICER),
        at=at,
        round_id=entry.round_id,
        reach=Reach(Scope.UNIT, entry.code),
        sections=None,
        from_at=entry.last_edit_at,
        until_at=entry.last_edit_at + timedelta(days=5),
        order=rounds.Order("1/2570 ลับเฉพาะ", "เหตุผลลับเฉพาะ"),
        key=uuid4(),
    )
    exception = accounts.exception_grant(
        actor=province_officer.actor,
        at=at,
        user_id=recorder.user.pk,
        parts=duty.Parts.RECORD_VERIFY,
        first_day=at.date(),
        last=at.date() + timedelta(days=30),
        order_number="2/2570 ลับเฉพาะ",
        reason="เหตุผลลับเฉพาะ",
    )
    download = library.item_add(
        actor=system_actor("ทดสอบ", RoleCode.DEPARTMENT_OFFICER),
        at=at,
        kind=ItemKind.MANUAL,
        title="คู่มือลับเฉพาะ",
        description="",
        audience=[Seat.DEPARTMENT],
        content=library.FileContent("ลับเฉพาะ.pdf", b"%PDF-1.7"),
    )
    letter = _letter(province_officer, at)
    item_shown(register.other_unit, at, PublishedKind.NEWS)
    item_made(register.unit, at, documents=[document_made_for(register.unit, at)])
    problems.problem_report(
        at=at,
        item=problems.ReportedItem(id=1, kind="PLACE", title="สถานที่ลับเฉพาะ", unit_code=entry.code),
        kind=ProblemKind.WRONG,
        text="เรื่องลับเฉพาะ",
        contact="ผู้แจ้งลับเฉพาะ",
        sender="",
    )
    head, _ = inspection.daily_head_make(at=at)
    _mail(entry, at)
    jobs.job_start(actor=recorder.actor, at=at, task="jobs:stalled", label="งานลับเฉพาะ", path=entry.path)
    waits = order_of(LetterKind.DISTRICT, entry.round, at, cause=Cause.NOT_CERTIFIED_PROVINCE)
    letters.run_make(actor=province_officer.actor, at=at, office=office_of(province_officer, at), order=waits)
    return World(
        register,
        entry,
        recorder,
        province_officer,
        draft.pk,
        receipt,
        str(row),
        attachment,
        reopening,
        head.day.isoformat(),
        exception,
        download,
        letter,
        item_made(register.unit, at, PublishedKind.PLACE, {"title": "สถานที่ลับเฉพาะ"}, actor=recorder.actor),
    )


def _letter(sender: Person, at: datetime) -> Circular:
    """A circular of our province to our unit alone, with a file."""
    text = notices.Text(number="1/2570 ลับเฉพาะ", dated=at.date(), subject="เรื่องลับเฉพาะ", body="เนื้อความลับเฉพาะ")
    draft = notices.circular_draft(actor=sender.actor, at=at, text=text, audience=notices.Audience())
    notices.file_attach(actor=sender.actor, at=at, circular_id=draft.pk, name="ลับเฉพาะ.pdf", content=b"%PDF-1.7")
    return notices.circular_publish(actor=sender.actor, at=at, circular_id=draft.pk)


def _mail(entry: RosterEntry, at: datetime) -> None:
    """An e-mail to our unit that could not be sent."""
    letter = notices.Letter(
        kind=MailKind.REMINDER,
        cause_key="ลับเฉพาะ",
        to="secret@example.go.th",
        to_label=entry.full_name,
        path=entry.path,
        subject="เรื่องลับเฉพาะ",
        body="เนื้อความลับเฉพาะ",
    )
    notices.mails_queue(actor=system_actor("ทดสอบ"), at=at, letters=[letter])
    notices.mail_not_taken(mail=Mail.objects.get(), at=at, reason="ลับเฉพาะ", for_good=True)
