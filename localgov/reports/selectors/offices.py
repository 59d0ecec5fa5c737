"""The office in whose name the actor writes: its head, its signer, its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from localgov.access.actor import Actor
from localgov.access.permissions import Permission
from localgov.accounts import selectors as accounts
from localgov.monitoring.selectors.lagging import Cause
from localgov.organisations.models import Kind, OrganisationVersion
from localgov.reports import wording
from localgov.reports.kinds import KINDS_OF_OFFICE, LetterKind
from localgov.reports.models import Letterhead, LetterTemplate
from localgov.reports.wording import Wording

#: What a letter keeps of its office's head.
HEAD = ("agency", "address", "number_prefix", "section", "telephone", "email", "signer_position", "district_title")


@dataclass(frozen=True)
class WritingOffice:
    """An office on a day: what it prints on its letters, whether somebody has set that, and who signs (empty = nobody seated)."""

    version: OrganisationVersion
    head: dict[str, Any]
    is_set: bool
    signer_name: str

    @property
    def kinds(self) -> tuple[LetterKind, ...]:
        """The kinds of letters that it writes."""
        return KINDS_OF_OFFICE[self.version.organisation.kind]


def writing_office(*, actor: Actor, on: date) -> WritingOffice | None:
    """The first office in whose name the actor may write, None without one. Three queries."""
    ids = (grant.organisation_id for grant in actor.matching(Permission.LETTER_WRITE) if grant.organisation_id)
    organisation_id = next(ids, None)
    if organisation_id is None:
        return None
    return office_on(version=accounts.place_of(on=on, organisation_id=organisation_id), on=on)


def office_on(*, version: OrganisationVersion, on: date) -> WritingOffice:
    """An office with its newest head, or what can be said of it from the register alone. Two queries."""
    newest = Letterhead.objects.filter(office=version.organisation_id).order_by("-pk").first()
    holder = accounts.position_holder(organisation_id=version.organisation_id, on=on)
    head = {name: getattr(newest, name) for name in HEAD} if newest else _from_register(version)
    title = holder.position_title if holder is not None and newest is None else ""
    if title and not head["signer_position"].startswith(title):  # `ท้องถิ่นจังหวัด` says less than the register
        head["signer_position"] = title
    return WritingOffice(version, head, newest is not None, holder.user.display_name if holder else "")


def _from_register(version: OrganisationVersion) -> dict[str, Any]:
    """Nothing is invented: what the register does not know stays empty."""
    signer = {
        Kind.DEPARTMENT: f"อธิบดี{version.full_name}",
        Kind.PROVINCE: f"ท้องถิ่นจังหวัด{version.name}",
        Kind.DISTRICT: f"ท้องถิ่นอำเภอ{version.name}",
    }[Kind(version.organisation.kind)]
    empty: dict[str, Any] = dict.fromkeys(HEAD, "")
    title = Letterhead.DistrictTitle.CHIEF.value
    return empty | {"agency": version.full_name, "signer_position": signer, "district_title": title}


def wording_of(*, office_id: int, kind: LetterKind, cause: Cause, has_round: bool) -> Wording:
    """The office's newest words for a kind and cause, else those that the system proposes. One query."""
    newest = LetterTemplate.objects.filter(office=office_id, kind=kind, cause=cause).order_by("-pk").first()
    if newest is not None:
        return Wording(newest.subject, newest.body)
    return wording.proposed(kind=kind, cause=cause.value, cause_label=cause.label, has_round=has_round)
