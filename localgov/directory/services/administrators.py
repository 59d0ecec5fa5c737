"""Recording who looks after INFO at a unit (R5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.audit import services as audit
from localgov.directory.models import Administrator, AdministratorRecord
from localgov.directory.services.recording import begin, to_confirm
from localgov.filings import services as filings
from localgov.lib.emails import parse_email
from localgov.lib.phones import parse_phone
from localgov.lib.thai_text import clean_line
from localgov.rounds.models import RosterEntry

#: More contacts than these help nobody.
MOST = 10


@dataclass(frozen=True)
class Person:
    """One administrator as typed or as kept."""

    name: str
    position: str
    phone: str
    email: str


@transaction.atomic
def administrators_record(
    *, actor: Actor, at: datetime, entry: RosterEntry, people: Sequence[Person], seen: int
) -> AdministratorRecord:
    """Record the whole list of administrators. The same again changes nothing.

    Raises:
        NotAPhone, NotAnEmail: a number or an address that can't be read.
        Denied: nobody, too many, or a person without a name or position; the rest as `website_record`.
    """
    kept = [_clean(person) for person in people]
    if not 1 <= len(kept) <= MOST:
        raise Denied(f"โปรดระบุผู้ดูแลระบบ INFO อย่างน้อย 1 คน และไม่เกิน {MOST} คน")
    standing = begin(AdministratorRecord, actor=actor, entry=entry, seen=seen)
    if standing is not None and people_of(standing) == kept:
        return standing
    return _write(actor, at, entry, kept, "administrator.record")


@transaction.atomic
def administrators_confirm(*, actor: Actor, at: datetime, entry: RosterEntry, seen: int) -> AdministratorRecord:
    """Confirm for this fiscal year the list that the unit last recorded for an earlier one.

    Raises:
        Denied: nothing to confirm; the rest as `website_record`.
    """
    standing = begin(AdministratorRecord, actor=actor, entry=entry, seen=seen)
    last = to_confirm(AdministratorRecord, entry=entry, standing=standing)
    return _write(actor, at, entry, people_of(last), "administrator.confirm")


def people_of(record: AdministratorRecord) -> list[Person]:
    """The people of a list, in its order."""
    return [Person(one.name, one.position, one.phone, one.email) for one in record.people.order_by("place")]


def _clean(person: Person) -> Person:
    cleaned = Person(
        name=clean_line(person.name),
        position=clean_line(person.position),
        phone=parse_phone(person.phone).display,
        email=parse_email(person.email),
    )
    if not cleaned.name or not cleaned.position:
        raise Denied("โปรดระบุชื่อและตำแหน่งของผู้ดูแลระบบ INFO ทุกคน")
    return cleaned


def _write(actor: Actor, at: datetime, entry: RosterEntry, people: Sequence[Person], act: str) -> AdministratorRecord:
    year = entry.round.fiscal_year_be
    record = AdministratorRecord.objects.create(
        organisation_id=entry.organisation_id,
        fiscal_year_be=year,
        actor_id=actor.user_id,
        actor_label=actor.label,
        at=at,
    )
    Administrator.objects.bulk_create(
        Administrator(
            record=record, place=place, name=one.name, position=one.position, phone=one.phone, email=one.email
        )
        for place, one in enumerate(people, start=1)
    )
    rows = [
        {"admin_name": one.name, "admin_position": one.position, "admin_phone": one.phone, "admin_email": one.email}
        for one in people
    ]
    filings.linked_values_put(
        actor=actor, at=at, entry=entry, source="directory_administrators", values={"system_admin": rows}
    )
    audit.record(
        actor=actor,
        type=act,
        role=actor.role_for(Permission.DIRECTORY_RECORD, at=entry.path) or "",
        target_kind="administrator",
        target_id=record.pk,
        target_label=f"{entry.full_name} ปีงบประมาณ {year}",
        path=entry.path,
        at=at,
        data={"fiscal_year": year, "people": len(people)},  # who they are stands in the rows alone: personal data
    )
    return record
