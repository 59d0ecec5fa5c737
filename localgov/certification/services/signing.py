"""Certifying: one signature, one certificate for each sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.accounts.models import User
from localgov.audit import services as audit
from localgov.certification import declarations, policies, selectors
from localgov.certification.models import NUMBER_PREFIX, Certificate, Level
from localgov.certification.selectors.texts import texts_of
from localgov.certification.services.effects import refresh_certified_figures
from localgov.filings.models import Sheet
from localgov.filings.selectors.judging import judge
from localgov.filings.selectors.workspace import Workspace, last_year_answers, workspace
from localgov.filings.services.workflow import Stale, Taking, steps_apply
from localgov.filings.states import TRANSITIONS, Action, Status
from localgov.organisations import selectors as organisations
from localgov.rounds.models import RosterEntry

CHANGED_MEANWHILE = "มีการเปลี่ยนแปลงหลังจากที่ท่านเปิดดู โปรดเปิดดูใหม่ก่อนลงนาม"


@dataclass(frozen=True)
class UnitOutcome:
    """What became of one unit in an act over many: its certificates, or the Thai reason why not."""

    entry: RosterEntry
    certificates: tuple[Certificate, ...] = ()
    reason: str = ""


#: What the signer saw: the lock counter of each sheet that he signs, by sheet code.
Seen = Mapping[str, int]


@transaction.atomic
def unit_certify(
    *, actor: Actor, at: datetime, entry: RosterEntry, signature: UUID, seen: Seen | None = None
) -> list[Certificate]:
    """The executive certifies every verified sheet of his unit, once every applicable sheet is verified or certified.

    The same `signature` twice has one effect. With `seen`, nothing is signed that the signer did not see.

    Raises:
        Denied: with the sheets that are not ready, or the duty that forbids.
        Stale: what waits for the signature is no longer what was seen.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    done = _signed(actor, space=space, level=Level.UNIT, signature=signature)
    if done:
        return done
    in_force = selectors.sections_certified_by_both(filing=space.filing)
    policies.can_certify_unit(actor, space=space, in_force=in_force, at=at).require()
    return _sign(actor=actor, at=at, space=space, level=Level.UNIT, signature=signature, seen=seen)


@transaction.atomic
def province_certify(
    *, actor: Actor, at: datetime, entry: RosterEntry, signature: UUID, seen: Seen | None = None
) -> list[Certificate]:
    """The province certifies every sheet that the unit has certified. `signature` and `seen` as in `unit_certify`.

    Raises:
        Denied: with a Thai reason.
        Stale: what waits for the signature is no longer what was seen.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    done = _signed(actor, space=space, level=Level.PROVINCE, signature=signature)
    if done:
        return done
    policies.can_certify_province(actor, space=space, at=at).require()
    return _sign(actor=actor, at=at, space=space, level=Level.PROVINCE, signature=signature, seen=seen)


def province_certify_many(
    *,
    actor: Actor,
    at: datetime,
    entries: Iterable[RosterEntry],
    signature: UUID,
    seen: Mapping[str, Seen] | None = None,
) -> list[UnitOutcome]:
    """Certify many units in one act: each unit is all or nothing for itself, and each refusal is told.

    `seen`, by unit code, as in `unit_certify`.
    """
    outcomes = []
    for entry in entries:
        try:
            certificates = province_certify(
                actor=actor,
                at=at,
                entry=entry,
                signature=signature,
                seen=None if seen is None else seen.get(entry.code, {}),
            )
        except Denied as refusal:
            outcomes.append(UnitOutcome(entry, reason=refusal.reason))
        except Stale:
            outcomes.append(UnitOutcome(entry, reason=CHANGED_MEANWHILE))
        else:
            outcomes.append(UnitOutcome(entry, certificates=tuple(certificates)))
    return outcomes


def _signed(actor: Actor, *, space: Workspace, level: Level, signature: UUID) -> list[Certificate]:
    """What this signer's signature has left already: the second press of the button."""
    if space.filing is None:
        return []
    found = Certificate.objects.filter(
        signature=signature, level=level, signer_id=actor.user_id or 0, sheet__filing=space.filing
    )
    return list(found.order_by("pk"))


def _sign(
    *, actor: Actor, at: datetime, space: Workspace, level: Level, signature: UUID, seen: Seen | None
) -> list[Certificate]:
    sheets = policies.waiting_sheets(space, level=level)
    if seen is not None and dict(seen) != {sheet.section: sheet.lock for sheet in sheets}:
        raise Stale
    action = Action.CERTIFY_LAO if level == Level.UNIT else Action.CERTIFY_PROVINCE
    texts = _snapshots(space, sheets, at=at) if level == Level.UNIT else _unit_snapshots(sheets)
    certificates = []
    for sheet in sheets:
        text, sha256 = texts[sheet.section]
        step = TRANSITIONS[Status(sheet.status), action]
        steps_apply(at=at, takings=[Taking(actor=actor, entry=space.entry, sheet=sheet, step=step)])
        certificates.append(
            _certificate(
                actor=actor, at=at, space=space, sheet=sheet, level=level, signature=signature, text=text, sha256=sha256
            )
        )
        # A first revision that is signed changes the readings of its own level alone; an amendment may change both.
        levels = (level,) if sheet.revision == 1 else tuple(Level)
        refresh_certified_figures(space=space, section=sheet.section, levels=levels)
    _record(actor=actor, at=at, space=space, level=level, certificates=certificates)
    return certificates


def _record(*, actor: Actor, at: datetime, space: Workspace, level: Level, certificates: list[Certificate]) -> None:
    grant = policies.certifying_grant(actor, level=level, path=space.entry.path)
    audit.record(
        actor=actor,
        type="certificate.sign",
        target_kind="filing",
        target_id=space.filing.pk if space.filing else "",
        target_label=space.entry.full_name,
        role=grant.role if grant else "",
        path=space.entry.path,
        at=at,
        data={"level": level.value, "certificates": [certificate.number for certificate in certificates]},
    )


def _snapshots(space: Workspace, sheets: Sequence[Sheet], *, at: datetime) -> dict[str, tuple[str, str]]:
    """What the unit certifies: the answers that are asked, by sheet; one that is no longer asked stays out."""
    last_year = last_year_answers(round=space.round, organisation_id=space.entry.organisation_id)
    judgements = {
        sheet.section: judge(space=space, section=sheet.section, last_year=last_year, at=at) for sheet in sheets
    }
    return texts_of(space, sheets, judgements)


def _unit_snapshots(sheets: Sequence[Sheet]) -> dict[str, tuple[str, str]]:
    """The texts that the unit certified: the province certifies the same hash."""
    found = {}
    for sheet in sheets:
        certificate = selectors.certificate_of(sheet=sheet, level=Level.UNIT)
        if certificate is None:
            raise Denied("ไม่พบใบรับรองระดับ อปท. ของด้านนี้ โปรดส่งกลับให้ อปท. รับรองใหม่")
        found[sheet.section] = certificate.snapshot, certificate.sha256
    return found


def _certificate(
    *,
    actor: Actor,
    at: datetime,
    space: Workspace,
    sheet: Sheet,
    level: Level,
    signature: UUID,
    text: str,
    sha256: str,
) -> Certificate:
    declaration = declarations.CURRENT[level]
    grant = policies.certifying_grant(actor, level=level, path=space.entry.path)
    signer = User.objects.get(pk=actor.user_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('certification_number')")
        (number,) = cursor.fetchone()
    return Certificate.objects.create(
        sheet=sheet,
        level=level,
        number=f"{NUMBER_PREFIX}{space.round.fiscal_year_be}-{number:07d}",
        snapshot=text,
        sha256=sha256,
        declaration_version=declaration.version,
        declaration=declaration.text,
        signer_id=signer.pk,
        signer_name=signer.display_name,
        signer_position=grant.position_title if grant else "",
        signer_organisation=organisations.full_name_on(
            organisation_id=grant.organisation_id if grant and grant.organisation_id else signer.organisation_id,
            on=at.date(),
        ),
        signature=signature,
        at=at,
    )
