"""Certifying: one signature, one certificate for each sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.accounts.models import User
from localgov.certification import declarations, policies, selectors
from localgov.certification.models import Certificate, Level
from localgov.certification.services.effects import refresh_certified_figures
from localgov.certification.snapshot import snapshot_text
from localgov.filings.models import Sheet
from localgov.filings.selectors.workspace import Workspace, workspace
from localgov.filings.services.workflow import step_apply
from localgov.filings.states import TRANSITIONS, Action, Status
from localgov.organisations import selectors as organisations
from localgov.rounds.models import RosterEntry


@dataclass(frozen=True)
class UnitOutcome:
    """What became of one unit in an act over many: its certificates, or the Thai reason why not."""

    entry: RosterEntry
    certificates: tuple[Certificate, ...] = ()
    reason: str = ""


@transaction.atomic
def unit_certify(*, actor: Actor, at: datetime, entry: RosterEntry, signature: UUID) -> list[Certificate]:
    """The executive certifies every verified sheet of his unit, once every applicable sheet is verified or certified.

    The same `signature` twice has one effect.

    Raises:
        Denied: with the sheets that are not ready, or the duty that forbids.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    done = _signed(space, signature)
    if done:
        return done
    policies.can_certify_unit(actor, space=space, at=at).require()
    ready = [sheet for sheet in policies.applicable_sheets(space) if sheet.status == Status.VERIFIED]
    return _sign(actor=actor, at=at, space=space, sheets=ready, level=Level.UNIT, signature=signature)


@transaction.atomic
def province_certify(*, actor: Actor, at: datetime, entry: RosterEntry, signature: UUID) -> list[Certificate]:
    """The province certifies every sheet that the unit has certified. The same `signature` twice has one effect.

    Raises:
        Denied: with a Thai reason.
    """
    space = workspace(entry=entry, round=entry.round, lock=True)
    done = _signed(space, signature)
    if done:
        return done
    policies.can_certify_province(actor, space=space, at=at).require()
    ready = [sheet for sheet in policies.applicable_sheets(space) if sheet.status == Status.CERTIFIED_LAO]
    return _sign(actor=actor, at=at, space=space, sheets=ready, level=Level.PROVINCE, signature=signature)


def province_certify_many(
    *, actor: Actor, at: datetime, entries: Iterable[RosterEntry], signature: UUID
) -> list[UnitOutcome]:
    """Certify many units in one act: each unit is all or nothing for itself, and each refusal is told."""
    outcomes = []
    for entry in entries:
        try:
            certificates = province_certify(actor=actor, at=at, entry=entry, signature=signature)
        except Denied as refusal:
            outcomes.append(UnitOutcome(entry, reason=refusal.reason))
        else:
            outcomes.append(UnitOutcome(entry, certificates=tuple(certificates)))
    return outcomes


def _signed(space: Workspace, signature: UUID) -> list[Certificate]:
    if space.filing is None:
        return []
    return list(Certificate.objects.filter(signature=signature, sheet__filing=space.filing).order_by("pk"))


def _sign(
    *, actor: Actor, at: datetime, space: Workspace, sheets: Sequence[Sheet], level: Level, signature: UUID
) -> list[Certificate]:
    action = Action.CERTIFY_LAO if level == Level.UNIT else Action.CERTIFY_PROVINCE
    certificates = []
    for sheet in sheets:
        text, sha256 = _snapshot(space, sheet) if level == Level.UNIT else _unit_snapshot(sheet)
        step = TRANSITIONS[Status(sheet.status), action]
        step_apply(actor=actor, at=at, entry=space.entry, sheet=sheet, step=step)
        certificates.append(
            _certificate(
                actor=actor, at=at, space=space, sheet=sheet, level=level, signature=signature, text=text, sha256=sha256
            )
        )
        refresh_certified_figures(space=space, section=sheet.section)
    return certificates


def _snapshot(space: Workspace, sheet: Sheet) -> tuple[str, str]:
    return snapshot_text(
        form=space.form,
        form_sha256=space.form.sha256,
        round=space.round,
        entry=space.entry,
        sheet=sheet,
        rows=space.rows.get(sheet.pk, []),
    )


def _unit_snapshot(sheet: Sheet) -> tuple[str, str]:
    """The text that the unit certified: the province certifies the same hash."""
    certificate = selectors.certificate_of(sheet=sheet, level=Level.UNIT)
    if certificate is None:
        raise Denied("ไม่พบใบรับรองระดับ อปท. ของด้านนี้ โปรดส่งกลับให้ อปท. รับรองใหม่")
    return certificate.snapshot, certificate.sha256


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
        number=f"รบ.{space.round.fiscal_year_be}-{number:07d}",
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
