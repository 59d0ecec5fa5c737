"""Certifying: one signature, one certificate for each sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from localgov.access.actor import Actor, Grant
from localgov.access.decision import Denied
from localgov.accounts.models import DutyException, RoleAssignment, User
from localgov.audit import services as audit
from localgov.certification import declarations, policies, selectors
from localgov.certification.models import NUMBER_PREFIX, Certificate, CertificateException, Level, Seat
from localgov.certification.selectors.texts import exceptions_used, texts_of_many
from localgov.certification.services.effects import certified_figures_write
from localgov.filings.models import Sheet
from localgov.filings.selectors.judging import asked_of, facts_of
from localgov.filings.selectors.workspace import Workspace, last_year_scalars, reach_of, workspaces
from localgov.filings.services.workflow import Stale, Taking, steps_apply
from localgov.filings.states import TRANSITIONS, Action, Status
from localgov.forms import selectors as forms
from localgov.forms.engine.dependencies import Reach
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations import selectors as organisations
from localgov.rounds.models import RosterEntry

CHANGED_MEANWHILE = "มีการเปลี่ยนแปลงหลังจากที่ท่านเปิดดู โปรดเปิดดูใหม่ก่อนลงนาม"
_NO_TERM = "วาระดำรงตำแหน่งของท่านไม่ครอบคลุมวันที่ลงนาม จึงลงนามรับรองไม่ได้ โปรดแจ้งผู้ที่แต่งตั้งท่าน (สถจ. หรือกรม)"

#: Units in one transaction of an act over many.
CHUNK = 50

#: What the signer saw: the lock counter of each sheet that he signs, by sheet code.
Seen = Mapping[str, int]


@dataclass(frozen=True)
class UnitOutcome:
    """What became of one unit in an act over many: its certificates, or the Thai reason why not."""

    entry: RosterEntry
    certificates: tuple[Certificate, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Signature:
    """What one person signs of one unit. The same `id` twice has one effect; with `seen`, only what the signer saw is signed."""

    actor: Actor
    entry: RosterEntry
    id: UUID
    seen: Seen | None = None


def unit_certify(
    *, actor: Actor, at: datetime, entry: RosterEntry, signature: UUID, seen: Seen | None = None
) -> list[Certificate]:
    """The executive certifies every verified sheet of his unit, once every applicable sheet is verified or certified.

    The same `signature` twice has one effect. With `seen`, nothing is signed that the signer did not see.

    Raises:
        Denied: with the sheets that are not ready, or the duty that forbids.
        Stale: what waits for the signature is no longer what was seen.
    """
    return _certify_one(Signature(actor, entry, signature, seen), level=Level.UNIT, at=at)


def province_certify(
    *, actor: Actor, at: datetime, entry: RosterEntry, signature: UUID, seen: Seen | None = None
) -> list[Certificate]:
    """The province certifies every sheet that the unit has certified. `signature` and `seen` as in `unit_certify`.

    Raises:
        Denied: with a Thai reason.
        Stale: what waits for the signature is no longer what was seen.
    """
    return _certify_one(Signature(actor, entry, signature, seen), level=Level.PROVINCE, at=at)


def units_certify(*, at: datetime, signatures: Sequence[Signature]) -> list[UnitOutcome]:
    """Executives of many units of one round certify, each for his own: all or nothing for each, and each refusal is told."""
    return _certify_many(signatures, level=Level.UNIT, at=at)


def province_certify_many(
    *,
    actor: Actor,
    at: datetime,
    entries: Iterable[RosterEntry],
    signature: UUID,
    seen: Mapping[str, Seen] | None = None,
) -> list[UnitOutcome]:
    """Certify many units of one round in one act: each unit is all or nothing for itself, and each refusal is told.

    `seen`, by unit code, as in `unit_certify`.
    """
    signatures = [
        Signature(actor, entry, signature, None if seen is None else seen.get(entry.code, {})) for entry in entries
    ]
    return _certify_many(signatures, level=Level.PROVINCE, at=at)


class _Task:
    """One unit on its way through a signature: the sheets that it covers and their texts, or the refusal."""

    def __init__(self, sent: Signature, space: Workspace, *, level: Level) -> None:
        self.sent = sent
        self.space = space
        self.level = level
        self.sheets: list[Sheet] = []
        self.certificates: list[Certificate] = []
        self.term: RoleAssignment | None = None
        self.refusal: Denied | Stale | None = None

    def prepare(self, *, in_force: Collection[str], at: datetime) -> None:
        """Ask whether the signer may, and for what."""
        if self.level == Level.UNIT:
            allowed = policies.can_certify_unit(self.sent.actor, space=self.space, in_force=in_force, at=at)
        else:
            allowed = policies.can_certify_province(self.sent.actor, space=self.space, at=at)
        sheets = policies.waiting_sheets(self.space, level=self.level)
        seen = self.sent.seen
        if not allowed.allowed:
            self.refusal = Denied(allowed.reason)
        elif seen is not None and dict(seen) != {sheet.section: sheet.lock for sheet in sheets}:
            self.refusal = Stale()
        else:
            self.sheets = sheets

    @property
    def grant(self) -> Grant | None:
        """The grant under which the signer certifies."""
        return policies.certifying_grant(self.sent.actor, level=self.level, path=self.space.entry.path)

    def takings(self) -> list[Taking]:
        """The steps of the sheets."""
        action = Action.CERTIFY_LAO if self.level == Level.UNIT else Action.CERTIFY_PROVINCE
        return [
            Taking(
                actor=self.sent.actor,
                entry=self.space.entry,
                sheet=sheet,
                step=TRANSITIONS[Status(sheet.status), action],
            )
            for sheet in self.sheets
        ]

    def act(self, *, at: datetime) -> audit.Act:
        """The signature as the record of acts tells it."""
        return audit.Act(
            actor=self.sent.actor,
            type="certificate.sign",
            target_kind="filing",
            target_id=self.space.filing.pk if self.space.filing else "",
            target_label=self.space.entry.full_name,
            role=self.grant.role if self.grant else "",
            path=self.space.entry.path,
            at=at,
            data={"level": self.level.value, "certificates": [one.number for one in self.certificates]},
        )

    def outcome(self) -> UnitOutcome:
        """What is told of the unit in an act over many."""
        reason = CHANGED_MEANWHILE if isinstance(self.refusal, Stale) else self.refusal.reason if self.refusal else ""
        return UnitOutcome(self.sent.entry, tuple(self.certificates), reason)


def _certify_one(sent: Signature, *, level: Level, at: datetime) -> list[Certificate]:
    (task,) = _certify([sent], level=level, at=at)
    if task.refusal is not None:
        raise task.refusal
    return task.certificates


def _certify_many(signatures: Sequence[Signature], *, level: Level, at: datetime) -> list[UnitOutcome]:
    tasks = [
        task
        for start in range(0, len(signatures), CHUNK)
        for task in _certify(signatures[start : start + CHUNK], level=level, at=at)
    ]
    return [task.outcome() for task in tasks]


@transaction.atomic
def _certify(signatures: Sequence[Signature], *, level: Level, at: datetime) -> list[_Task]:
    """Sign what may be signed, in as many statements for many units as for one."""
    round = signatures[0].entry.round
    every = frozenset(forms.compiled(round.form_version_id).sheets)
    # The province signs the text that the unit signed: it needs no rows.
    reach = None if level == Level.UNIT else Reach(answers=every, rows=frozenset(), last_year=frozenset())
    entries = {one.entry.pk: one.entry for one in signatures}
    spaces = workspaces(entries=entries.values(), round=round, lock=True, reach=reach)
    tasks = [_Task(one, spaces[one.entry.pk], level=level) for one in signatures]
    signed = _signed_before(tasks, level=level)
    filings = [space.filing.pk for space in spaces.values() if space.filing is not None]
    both = selectors.certified_by_both(filings) if level == Level.UNIT else {}
    for task in tasks:
        filing = task.space.filing.pk if task.space.filing is not None else 0
        task.certificates = signed.get((filing, task.sent.id, task.sent.actor.user_id), [])
        if not task.certificates:
            task.prepare(in_force=both.get(filing, frozenset()), at=at)
    _require_terms(tasks, at=at)
    covered = [(task.sent.actor, task.space, task.sheets) for task in tasks if task.sheets]
    exceptions = exceptions_used(covered) if covered and level == Level.UNIT else {}
    texts = _snapshots(tasks, exceptions, at=at) if level == Level.UNIT else _unit_texts(tasks)
    signing = [task for task in tasks if task.sheets]
    if signing:
        steps_apply(at=at, takings=[taking for task in signing for taking in task.takings()])
        _certificates_write(signing, texts=texts, level=level, at=at)
        _rights_write(signing, exceptions)
        _figures_write(signing, level=level)
        audit.record_many(*(task.act(at=at) for task in signing))
    return tasks


def _signed_before(tasks: Sequence[_Task], *, level: Level) -> dict[tuple[int, UUID, int | None], list[Certificate]]:
    """What these signatures have left already, by filing, signature and signer: the second press of the button."""
    found: dict[tuple[int, UUID, int | None], list[Certificate]] = {}
    certificates = Certificate.objects.filter(
        signature__in={task.sent.id for task in tasks},
        level=level,
        sheet__filing__in=[task.space.filing.pk for task in tasks if task.space.filing is not None],
    )
    for one in certificates.annotate(filing=F("sheet__filing")).order_by("pk"):
        found.setdefault((one.filing, one.signature, one.signer_id), []).append(one)
    return found


def _require_terms(tasks: Sequence[_Task], *, at: datetime) -> None:
    """Find the term in which each signer signs, locked against an end at the same moment; without one he is refused."""
    signing = [task for task in tasks if task.sheets]
    if not signing:
        return
    held = RoleAssignment.objects.in_force(bangkok_date(at)).select_for_update(of=("self",), no_key=True)
    of_signers = held.filter(user__in={task.sent.actor.user_id for task in signing}).order_by("pk")
    terms = {(one.user_id, one.role, one.organisation_id): one for one in of_signers}
    for task in signing:
        grant = task.grant
        key = (task.sent.actor.user_id or 0, grant.role if grant else "", (grant.organisation_id if grant else 0) or 0)
        task.term = terms.get(key)
        if task.term is None:
            task.refusal, task.sheets = Denied(_NO_TERM), []


def _snapshots(
    tasks: Sequence[_Task], exceptions: Mapping[int, tuple[DutyException, ...]], *, at: datetime
) -> dict[int, tuple[str, str]]:
    """What the units certify, by sheet: the answers that are asked; one that is no longer asked stays out."""
    signing = [task for task in tasks if task.sheets]
    if not signing:
        return {}
    round = signing[0].space.round
    last_year = last_year_scalars(
        round=round,
        organisation_ids={task.space.entry.organisation_id for task in signing},
        sections=reach_of(round, {sheet.section for task in signing for sheet in task.sheets}).last_year,
    )
    wanted = []
    for task in signing:
        before = last_year.get(task.space.entry.organisation_id, {})
        facts = facts_of(space=task.space, last_year=before, at=at)
        asked = {sheet.section: asked_of(facts, space=task.space, section=sheet.section) for sheet in task.sheets}
        wanted.append((task.space, task.sheets, asked))
    return texts_of_many(wanted, exceptions=exceptions)


def _unit_texts(tasks: Sequence[_Task]) -> dict[int, tuple[str, str]]:
    """The texts that the units certified, by sheet: the province certifies the same hash. A unit without is refused."""
    certificates = selectors.unit_certificates([sheet.pk for task in tasks for sheet in task.sheets])
    for task in tasks:
        if any(sheet.pk not in certificates for sheet in task.sheets):
            task.refusal = Denied("ไม่พบใบรับรองระดับ อปท. ของด้านนี้ โปรดส่งกลับให้ อปท. รับรองใหม่")
            task.sheets = []
    return {sheet: (one.snapshot, one.sha256) for sheet, one in certificates.items()}


def _figures_write(tasks: Sequence[_Task], *, level: Level) -> None:
    """A first revision that is signed changes the readings of its own level alone; an amendment may change both."""
    places = [(task.space, sheet) for task in tasks for sheet in task.sheets]
    certified_figures_write([(space, sheet.section) for space, sheet in places], levels=[level])
    amended = [(space, sheet.section) for space, sheet in places if sheet.revision > 1]
    certified_figures_write(amended, levels=[other for other in Level if other != level])


def _certificates_write(
    tasks: Sequence[_Task], *, texts: Mapping[int, tuple[str, str]], level: Level, at: datetime
) -> None:
    declaration = declarations.CURRENT[level]
    signers = User.objects.in_bulk({task.sent.actor.user_id for task in tasks})
    offices = {
        task: task.grant.organisation_id
        if task.grant and task.grant.organisation_id
        else signers[task.sent.actor.user_id].organisation_id
        for task in tasks
    }
    names = organisations.full_names_on(organisation_ids=set(offices.values()), on=bangkok_date(at))
    numbers = _numbers(sum(len(task.sheets) for task in tasks))
    for task in tasks:
        signer = signers[task.sent.actor.user_id]
        task.certificates = [
            Certificate(
                sheet=sheet,
                level=level,
                number=f"{NUMBER_PREFIX}{task.space.round.fiscal_year_be}-{next(numbers):07d}",
                snapshot=texts[sheet.pk][0],
                sha256=texts[sheet.pk][1],
                declaration_version=declaration.version,
                declaration=declaration.text,
                signer_id=signer.pk,
                signer_name=signer.display_name,
                signer_position=task.grant.position_title if task.grant else "",
                signer_organisation=names.get(offices[task], ""),
                signature=task.sent.id,
                at=at,
            )
            for sheet in task.sheets
        ]
    Certificate.objects.bulk_create([one for task in tasks for one in task.certificates])


def _rights_write(tasks: Sequence[_Task], exceptions: Mapping[int, tuple[DutyException, ...]]) -> None:
    """By what right each certificate was signed, and on which exceptions it rests."""
    Seat.objects.bulk_create(
        Seat(
            certificate=one,
            assignment=task.term,
            is_acting=task.term.is_acting,
            order_number=task.term.order_number,
        )
        for task in tasks
        if task.term is not None
        for one in task.certificates
    )
    used = [(one, found) for task in tasks for one in task.certificates for found in exceptions.get(one.sheet_id, ())]
    CertificateException.objects.bulk_create(
        CertificateException(certificate=one, exception=found) for one, found in used
    )


def _numbers(count: int) -> Iterator[int]:
    """So many numbers of certificates, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('certification_number') FROM generate_series(1, %s)", [count])
        return iter(sorted(number for (number,) in cursor.fetchall()))
