"""Making a run of letters: the list is frozen, the letters numbered, the printing asked for, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.audit import services as audit
from localgov.jobs import services as jobs
from localgov.lib.numbers import format_number
from localgov.lib.thai_calendar import bangkok_date, be_year, format_date_short
from localgov.organisations.models import Organisation
from localgov.reports import policies, wording
from localgov.reports.addressing import LetterToBe
from localgov.reports.kinds import LetterKind, Numbering, Urgency
from localgov.reports.models import Letter, LetterRun
from localgov.reports.selectors.chasing import Question, chased, letters_to_be
from localgov.reports.selectors.offices import WritingOffice
from localgov.reports.wording import Wording

RENDER_TASK = "reports:letters"
_MOST_REFERENCES = 5
#: A letter dated so far from today is a slip of the hand.
_MOST_DAYS_AWAY = 60


@dataclass(frozen=True)
class RunOrder:
    """What a run of letters is to be.

    `as_of`: the past moment of the list, None = as things stand when it is made. `chosen`: paths of the addressees, None =
    all. `references`: lines of อ้างถึง.
    """

    question: Question
    kind: LetterKind
    words: Wording
    finish_by: date
    as_of: datetime | None = None
    letter_date: date | None = None
    urgency: Urgency = Urgency.NONE
    number_prefix: str = ""
    numbering: Numbering = Numbering.BLANK
    first_number: int | None = None
    references: str = ""
    chosen: Collection[str] | None = None
    key: UUID = field(default_factory=uuid4)


@transaction.atomic
def run_make(*, actor: Actor, at: datetime, office: WritingOffice, order: RunOrder) -> LetterRun:
    """Make the letters of an order and ask for their printing. The same `key` twice is one run.

    Raises:
        Denied: no right in this office, dates or numbers that can't be, nobody to write to.
        WordingRefused: a field of the text has no meaning.
        CauseUnfit: the round does not know the cause.
    """
    Organisation.objects.select_for_update().get(pk=office.version.organisation_id)
    before = LetterRun.objects.filter(key=order.key, made_by=actor.user_id).first()
    if before is not None:
        return before
    run, letters = letters_drafted(actor=actor, at=at, office=office, order=order)
    _require_free(run)
    run.job = jobs.job_start(
        actor=actor,
        at=at,
        task=RENDER_TASK,
        label=f"พิมพ์หนังสือติดตาม {format_number(len(letters))} ฉบับ",
        path=run.path,
        total=len(letters),
        arguments={"run_key": str(run.key)},
    )
    run.save(force_insert=True)
    Letter.objects.bulk_create(letters)
    audit.record(
        actor=actor,
        type="letter.make",
        target_kind="letter_run",
        target_id=run.pk,
        target_label=run.subject,
        path=run.path,
        at=at,
        data={
            "kind": run.kind,
            "cause": run.cause,
            "letters": run.letter_count,
            "units": run.unit_count,
            "filter": run.filter,
            "finish_by": run.finish_by.isoformat(),
        },
    )
    return run


def letters_drafted(
    *, actor: Actor, at: datetime, office: WritingOffice, order: RunOrder
) -> tuple[LetterRun, list[Letter]]:
    """The run and its letters as they would be made, not saved: what the preview shows. Raises as `run_make`."""
    policies.can_write(actor, path=office.version.path).require()
    policies.can_send(order.kind, office_kind=office.version.organisation.kind).require()
    _require_sound(order, today=bangkok_date(at))
    chosen = _chosen(order, office, at)
    question = order.question
    run = LetterRun(
        key=order.key,
        office_id=office.version.organisation_id,
        office_name=office.version.full_name,
        path=office.version.path,
        kind=order.kind,
        cause=question.cause,
        round=question.round,
        fiscal_year_be=question.fiscal_year,
        filter=question.filter,
        filter_words=question.filter_words,
        as_of=order.as_of or at,
        urgency=order.urgency,
        number_prefix=order.number_prefix,
        numbering=order.numbering,
        first_number=order.first_number,
        letter_date=order.letter_date,
        finish_by=order.finish_by,
        subject=order.words.subject,
        body=order.words.body,
        references=order.references,
        letterhead=office.head,
        signer_name=office.signer_name,
        letter_count=len(chosen),
        unit_count=sum(len(one.units) for one in chosen),
        made_by=actor.user_id,
        made_label=actor.label,
        at=at,
    )
    return run, [_letter(run, place, one) for place, one in enumerate(chosen, start=1)]


def _letter(run: LetterRun, place: int, addressee: LetterToBe) -> Letter:
    number = ""
    if run.first_number is not None:
        number = str(run.first_number + (place - 1 if run.numbering == Numbering.RUNNING else 0))
    return Letter(
        run=run,
        place=place,
        number=number,
        addressee=addressee.to,
        addressee_name=addressee.name,
        path=addressee.path,
        units=addressee.frozen_units,
        unit_count=len(addressee.units),
    )


def _chosen(order: RunOrder, office: WritingOffice, at: datetime) -> list[LetterToBe]:
    units = chased(question=order.question, office=office, at=at, as_of=order.as_of)
    found: Sequence[LetterToBe] = letters_to_be(kind=order.kind, units=units, office=office)
    if order.chosen is not None:
        found = [one for one in found if one.path in order.chosen]
    if not found:
        raise Denied("ไม่มีผู้รับหนังสือ: ไม่มี อปท. ที่เข้าเงื่อนไข หรือยังไม่ได้เลือกผู้รับ")
    return list(found)


def _require_sound(order: RunOrder, *, today: date) -> None:
    """Refuse dates and numbers that can't be, and fields without a meaning."""
    has_round = order.question.round is not None
    for text in (order.words.subject, order.words.body):
        wording.require_fields(text, kind=order.kind, has_round=has_round)
    if not wording.paragraphs(order.words.body):
        raise Denied("เนื้อความของหนังสือว่างเปล่า")
    if order.finish_by < today:
        raise Denied(f"วันที่ขอให้แล้วเสร็จ ({format_date_short(order.finish_by)}) ผ่านไปแล้ว โปรดเลือกวันนี้หรือวันหลังจากนี้")
    if order.letter_date is not None:
        if order.finish_by < order.letter_date:
            raise Denied("วันที่ขอให้แล้วเสร็จอยู่ก่อนวันที่ของหนังสือ")
        if abs((order.letter_date - today).days) > _MOST_DAYS_AWAY:
            raise Denied(f"วันที่ของหนังสือห่างจากวันนี้เกิน {_MOST_DAYS_AWAY} วัน โปรดตรวจสอบ หรือเว้นไว้ให้เขียนด้วยปากกา")
    if len(order.references.splitlines()) > _MOST_REFERENCES:
        raise Denied(f"อ้างถึงได้ไม่เกิน {_MOST_REFERENCES} ฉบับ บรรทัดละหนึ่งฉบับ")
    if (order.first_number is None) != (order.numbering == Numbering.BLANK):
        raise Denied("โปรดระบุเลขที่หนังสือ หรือเลือกเว้นไว้ให้เขียนด้วยปากกา")
    if order.first_number is not None and not order.number_prefix:
        raise Denied("โปรดระบุรหัสตัวพยัญชนะและเลขประจำของเจ้าของเรื่องก่อนเลขที่ เช่น ปจ 0023.3/")


def _require_free(run: LetterRun) -> None:
    """Refuse numbers that the office gave to other letters of the same year and prefix. The office's row is locked."""
    if run.first_number is None:
        return
    year = be_year((run.letter_date or bangkok_date(run.at)).year)
    last = run.first_number + (run.letter_count - 1 if run.numbering == Numbering.RUNNING else 0)
    others = LetterRun.objects.filter(
        office=run.office_id, number_prefix=run.number_prefix, first_number__isnull=False, first_number__lte=last
    )
    for other in others.order_by("-pk"):
        assert other.first_number is not None  # noqa: S101 - asked for above
        length = other.letter_count if other.numbering == Numbering.RUNNING else 1
        same_year = be_year((other.letter_date or bangkok_date(other.at)).year) == year
        if same_year and other.first_number + length > run.first_number:
            raise Denied(
                f"เลขที่ {run.number_prefix}{run.first_number} ซ้ำกับหนังสือที่ทำเมื่อ {format_date_short(other.at)} "
                f"({other.number_prefix}{other.first_number} จำนวน {length} เลข) โปรดใช้เลขอื่น"
            )
