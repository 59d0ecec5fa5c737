"""What is sent in the background: the outbox, reminders by the clock."""

from __future__ import annotations

import logging

from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.jobs.tasks import periodic_task, queue_task
from localgov.notices import post, services
from localgov.notices.models import Mail
from localgov.notices.selectors import mails

logger = logging.getLogger(__name__)

_PLAIN = "ไม่ส่งรหัสเข้าใช้ทางการเชื่อมต่อที่ไม่เข้ารหัส: กำหนด EMAIL_SECURITY เป็น starttls หรือ tls"


@queue_task("notices:mail")
def send_outbox() -> None:
    """Send what is due, over one connection, until nothing is left or the server can't be used."""
    services.mails_sort_out(at=timezone.now())
    if not mails.mail_is_due(at=timezone.now()) or not post.is_set_up():
        return
    try:
        with post.Post() as server:
            while (mail := services.mail_claim(at=timezone.now())) and _send(server, mail):
                pass
    except post.NoServer as trouble:
        logger.warning("%s", trouble.reason)
        services.server_trouble_set(at=timezone.now(), reason=trouble.reason)
    else:
        services.server_trouble_set(at=timezone.now(), reason="")


def _send(server: post.Post, mail: Mail) -> bool:
    """Send one claimed e-mail; whether the connection can still be used. Raises `NoServer`."""
    try:
        attachments = _attachments(mail)
    except Denied as refusal:
        services.mail_not_taken(mail=mail, at=timezone.now(), reason=refusal.reason, for_good=True)
        return True
    try:
        server.send(
            message_id=mail.message_id, to=mail.to, subject=mail.subject, body=mail.body, attachments=attachments
        )
    except post.NotTaken as refusal:
        services.mail_not_taken(mail=mail, at=timezone.now(), reason=refusal.reason, for_good=refusal.for_good)
    except post.Unclear:
        services.mail_unclear(mail=mail)
        return False
    except post.NoServer:
        services.mail_put_back(mail=mail)
        raise
    else:
        services.mail_sent(mail=mail, at=timezone.now())
    return True


def _attachments(mail: Mail) -> list[post.Attachment]:
    """Make what an e-mail refers to, at the moment of sending. Raises `Denied`."""
    if not mail.attachment:
        return []
    if not post.is_private():
        raise Denied(_PLAIN)
    return [post.Attachment(*services.account_workbook(mail=mail, at=timezone.now()))]


@periodic_task("notices:outbox", "* * * * *")
def outbox_by_the_clock() -> None:
    """Each minute: what waits for its next try."""
    send_outbox()


@periodic_task("notices:reminders", "5 1-9 * * *")
def reminders_by_the_clock() -> None:
    """Each hour from 8 to 16 in Bangkok: what the day asks for and has not been sent."""
    if post.is_set_up():
        services.reminders_send(actor=system_actor("ระบบแจ้งเตือน"), at=timezone.now())
