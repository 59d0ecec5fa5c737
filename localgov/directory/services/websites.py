"""Recording a unit's website (R5.1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.audit import services as audit
from localgov.directory.models import WebsiteRecord
from localgov.directory.models.website import URL_LENGTH
from localgov.directory.services.recording import begin, to_confirm
from localgov.filings import services as filings
from localgov.lib.urls import NotAWebAddress, Reason, parse_web_address
from localgov.rounds.models import RosterEntry


@transaction.atomic
def website_record(*, actor: Actor, at: datetime, entry: RosterEntry, address: str | None, seen: int) -> WebsiteRecord:
    """Record the address (repaired) or, for None, that the unit has no website. The same again changes nothing.

    `entry` names unit and fiscal year; its round is loaded. `seen`: see `recording.begin`.

    Raises:
        NotAWebAddress: what was typed is no address, with the reason.
        Denied, OutOfDate: see `recording.begin`.
    """
    url = "" if address is None else website_address(address)
    standing = begin(WebsiteRecord, actor=actor, entry=entry, seen=seen)
    if standing is not None and standing.url == url:
        return standing
    return _write(actor, at, entry, url, "website.record", before=standing.url if standing else None)


@transaction.atomic
def website_confirm(*, actor: Actor, at: datetime, entry: RosterEntry, seen: int) -> WebsiteRecord:
    """Confirm for this fiscal year what the unit last recorded for an earlier one.

    Raises:
        Denied: nothing to confirm. Also as `website_record`.
    """
    standing = begin(WebsiteRecord, actor=actor, entry=entry, seen=seen)
    last = to_confirm(WebsiteRecord, entry=entry, standing=standing)
    return _write(actor, at, entry, last.url, "website.confirm", before=None)


def website_address(typed: str) -> str:
    """The address as it is kept. Raises `NotAWebAddress`."""
    url = parse_web_address(typed).url
    if len(url) > URL_LENGTH:
        raise NotAWebAddress(
            Reason.TOO_LONG, f"ที่อยู่เว็บไซต์ยาวเกินไป ใช้ได้ไม่เกิน {URL_LENGTH} ตัวอักษร ให้พิมพ์เฉพาะหน้าแรกของเว็บไซต์"
        )
    return url


def _write(actor: Actor, at: datetime, entry: RosterEntry, url: str, act: str, *, before: str | None) -> WebsiteRecord:
    year = entry.round.fiscal_year_be
    record = WebsiteRecord.objects.create(
        organisation_id=entry.organisation_id,
        fiscal_year_be=year,
        url=url,
        actor_id=actor.user_id,
        actor_label=actor.label,
        at=at,
    )
    filings.linked_values_put(
        actor=actor,
        at=at,
        entry=entry,
        source="directory_website",
        values={"website_has": record.has_website, "website_url": url or None},
    )
    audit.record(
        actor=actor,
        type=act,
        role=actor.role_for(Permission.DIRECTORY_RECORD, at=entry.path) or "",
        target_kind="website",
        target_id=record.pk,
        target_label=f"{entry.full_name} ปีงบประมาณ {year}",
        path=entry.path,
        at=at,
        data={"fiscal_year": year, "before": before, "after": url},
    )
    return record
