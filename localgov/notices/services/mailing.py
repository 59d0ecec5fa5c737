"""Writing the outbox: e-mails with their cause, what became of each, and sending again by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.permissions import Permission
from localgov.audit import services as audit
from localgov.jobs.services import task_queue
from localgov.notices import policies
from localgov.notices.models import Mail
from localgov.notices.selectors.mails import TROUBLE
from localgov.notices.states import MailKind, MailState

#: Minutes until the next try; after the last one it is given up.
_BACK_OFF = (1, 5, 15, 60, 180, 360, 720)
#: A server answers within a minute at each step; what began longer ago has lost its worker.
_LOST_AFTER = timedelta(minutes=15)
_BATCH = 1000
LOST = "โปรแกรมหยุดระหว่างส่ง จึงไม่ทราบว่าถึงเครื่องส่งอีเมลหรือไม่ ระบบไม่ส่งซ้ำเอง"
_STALE = "ไม่ได้ส่ง เพราะพ้นเวลาที่ควรส่งแล้ว"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An e-mail to be written: see `Mail`."""

    kind: MailKind
    cause_key: str
    to: str
    to_label: str
    path: str
    subject: str
    body: str
    attachment: str = ""
    not_after: datetime | None = None


@transaction.atomic
def mails_queue(*, actor: Actor, at: datetime, letters: Sequence[Letter]) -> int:
    """Write e-mails into the outbox, in the transaction of their cause; a cause that has one already gets none.

    Returns how many were written.
    """
    known = set(
        Mail.objects.filter(cause_key__in=[letter.cause_key for letter in letters]).values_list("cause_key", flat=True)
    )
    new = [_mail(actor, at, letter) for letter in letters if letter.cause_key not in known]
    Mail.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    if new:
        task_queue(task="notices:mail")
    return len(new)


def _mail(actor: Actor, at: datetime, letter: Letter) -> Mail:
    return Mail(
        **vars(letter),
        message_id=f"<{uuid4()}@localgov>",
        asked_by=actor.user_id,
        asked_by_label=actor.label,
        next_try_at=at,
    )


@transaction.atomic
def mail_claim(*, at: datetime) -> Mail | None:
    """Take the next e-mail that is due, so that nobody else takes it; None when there is none.

    Committed before anything is sent: whoever dies then leaves it as SENDING, and it is not sent again by itself.
    """
    due = Mail.objects.filter(state=MailState.QUEUED, next_try_at__lte=at).order_by("next_try_at", "pk")
    mail = due.select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.state, mail.begun_at, mail.tries = MailState.SENDING, at, mail.tries + 1
    mail.save(update_fields=["state", "begun_at", "tries"])
    return mail


def mail_sent(*, mail: Mail, at: datetime) -> None:
    """The server took it."""
    _become(mail, MailState.SENT, "", sent_at=at)


def mail_put_back(*, mail: Mail) -> None:
    """It was not begun after all (the server is away): no try is counted."""
    mail.tries -= 1
    _become(mail, MailState.QUEUED, "")


def mail_not_taken(*, mail: Mail, at: datetime, reason: str, for_good: bool) -> None:
    """The server refused it: try again later, with growing pauses, or give it up."""
    if for_good or mail.tries > len(_BACK_OFF):
        _become(mail, MailState.FAILED, reason)
        return
    mail.next_try_at = at + timedelta(minutes=_BACK_OFF[mail.tries - 1])
    _become(mail, MailState.QUEUED, reason)


def mail_unclear(*, mail: Mail, reason: str = LOST) -> None:
    """Nobody knows whether the server took it: a person decides."""
    _become(mail, MailState.UNKNOWN, reason)


def mails_sort_out(*, at: datetime) -> None:
    """What lost its worker becomes UNKNOWN; what is no longer worth sending is given up."""
    Mail.objects.filter(state=MailState.SENDING, begun_at__lt=at - _LOST_AFTER).update(
        state=MailState.UNKNOWN, last_error=LOST
    )
    Mail.objects.filter(state=MailState.QUEUED, not_after__lt=at).update(state=MailState.FAILED, last_error=_STALE)


def server_trouble_set(*, at: datetime, reason: str) -> None:
    """Remember since when the mail server can't be used, and why; an empty reason forgets it."""
    if not reason:
        cache.delete(TROUBLE)
    else:
        since = (cache.get(TROUBLE) or (at, ""))[0]
        cache.set(TROUBLE, (since, reason), None)


@transaction.atomic
def mail_retry(*, actor: Actor, at: datetime, mail_id: int) -> Mail:
    """Send again what failed or what nobody knows of. Raises `Denied`."""
    mail = Mail.objects.select_for_update().get(pk=mail_id)
    policies.can_retry(actor, mail).require()
    before, mail.tries, mail.next_try_at, mail.not_after = mail.state, 0, at, None
    _become(mail, MailState.QUEUED, "")
    audit.record(
        actor=actor,
        type="mail.retry",
        target_kind="mail",
        target_id=mail.pk,
        target_label=mail.subject,
        path=mail.path,
        at=at,
        data={"state": before},
    )
    task_queue(task="notices:mail")
    return mail


@transaction.atomic
def mails_retry(*, actor: Actor, at: datetime, mail_ids: Sequence[int]) -> int:
    """Send again those of these that failed, in one act; returns how many. What nobody knows of is left to a person, one by one.

    Raises:
        Denied: one of them lies outside the actor's tree, or none has failed.
    """
    failed = list(Mail.objects.select_for_update().filter(pk__in=mail_ids, state=MailState.FAILED).order_by("pk"))
    if not failed:
        raise Denied("ไม่มีอีเมลที่ส่งไม่สำเร็จตามเงื่อนไขนี้แล้ว")
    for mail in failed:
        policies.can_retry(actor, mail).require()
    pks = [mail.pk for mail in failed]
    Mail.objects.filter(pk__in=pks).update(
        state=MailState.QUEUED, last_error="", tries=0, next_try_at=at, not_after=None
    )
    audit.record(
        actor=actor,
        type="mail.retry_many",
        target_kind="mail",
        target_id=pks[0] if len(pks) == 1 else "many",
        target_label=f"อีเมลที่ส่งไม่สำเร็จ {len(pks):,} ฉบับ",
        path=failed[0].path if len(pks) == 1 else next(iter(actor.scopes(Permission.MAIL_MANAGE))),
        at=at,
        data={"mails": pks},
    )
    task_queue(task="notices:mail")
    return len(pks)


def _become(mail: Mail, state: MailState, reason: str, *, sent_at: datetime | None = None) -> None:
    mail.state, mail.last_error, mail.sent_at = state, reason[:500], sent_at
    mail.save(update_fields=["state", "last_error", "sent_at", "tries", "next_try_at", "not_after"])
