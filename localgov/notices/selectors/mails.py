"""Reading the outbox: lists, counts, the account workbooks of the provinces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet

from localgov.access.actor import Actor
from localgov.accounts import selectors as accounts
from localgov.lib.thai_calendar import bangkok_date
from localgov.notices.models import Mail, OfficeAddress
from localgov.notices.states import MailKind, MailState
from localgov.organisations.models import Kind, Organisation

#: Where the last trouble with the mail server is kept: `(moment, sentence)`, gone once an e-mail could be sent.
TROUBLE = "notices:mail-trouble"


@dataclass(frozen=True)
class ProvinceMail:
    """One province: its accounts, its office's address, and what became of the newest workbook sent to it."""

    province_code: str
    name: str
    missing: int
    not_in_use: int
    in_use: int
    email: str
    mail: Mail | None

    @property
    def to_hand_over(self) -> int:
        """Accounts that the workbook would hold: those to be made and those into which nobody has come yet."""
        return self.missing + self.not_in_use

    @property
    def is_waiting(self) -> bool:
        """Whether a workbook is on its way."""
        return self.mail is not None and self.mail.state in (MailState.QUEUED, MailState.SENDING)


def mails(*, actor: Actor, search: Mapping[str, Any]) -> QuerySet[Mail]:
    """E-mails of the actor's tree, newest first."""
    rows = Mail.objects.visible_to(actor)
    if state := search.get("state"):
        rows = rows.filter(state=state)
    if kind := search.get("kind"):
        rows = rows.filter(kind=kind)
    if words := search.get("words"):
        rows = rows.filter(to_label__contains=words) | rows.filter(to__icontains=words)
    return rows.order_by("-pk")


def failed_mails(*, actor: Actor, search: Mapping[str, Any]) -> QuerySet[Mail]:
    """Those of the same that could not be sent; none where the search is for another state."""
    return mails(actor=actor, search=search).filter(state=MailState.FAILED)


def mail_counts(*, actor: Actor) -> dict[MailState, int]:
    """How many e-mails of the actor's tree stand in each state."""
    found = dict(Mail.objects.visible_to(actor).values_list("state").annotate(count=Count("pk")).order_by())
    return {state: found.get(state, 0) for state in MailState}


def mail_is_due(*, at: datetime) -> bool:
    """Whether anything waits to be sent now."""
    return Mail.objects.filter(state=MailState.QUEUED, next_try_at__lte=at).exists()


def server_trouble() -> tuple[datetime, str] | None:
    """Since when the mail server can't be used, and why."""
    found: tuple[datetime, str] | None = cache.get(TROUBLE)
    return found


def province_mails(*, actor: Actor, at: datetime) -> Sequence[ProvinceMail]:
    """One row a province under the actor, in dictionary order."""
    newest = Mail.objects.filter(kind=MailKind.ACCOUNTS).order_by("attachment", "-pk").distinct("attachment")
    mails = {mail.attachment.partition(":")[2]: mail for mail in newest.defer("body")}
    addresses = dict(OfficeAddress.objects.values_list("organisation__code", "email"))
    counts = accounts.accounts_by_province(actor=actor, at=at, on=bangkok_date(at))
    return [
        ProvinceMail(
            row.province_code,
            row.name,
            row.missing,
            row.not_in_use,
            row.in_use,
            addresses.get(f"P{row.province_code}", ""),
            mails.get(row.province_code),
        )
        for row in counts
    ]


def province_office(province_code: str) -> Organisation | None:
    """The office of a province."""
    return Organisation.objects.filter(code=f"P{province_code}", kind=Kind.PROVINCE).first()
