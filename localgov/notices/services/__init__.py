"""Writing circulars (drafts, files, publication, ends, receipts), e-mails and reminders."""

from localgov.notices.services.account_mail import account_mails_queue, account_workbook, office_address_set
from localgov.notices.services.attaching import file_attach, file_remove
from localgov.notices.services.drafting import Audience, Text, circular_correct, circular_discard, circular_draft
from localgov.notices.services.mailing import (
    Letter,
    mail_claim,
    mail_not_taken,
    mail_put_back,
    mail_retry,
    mail_sent,
    mail_unclear,
    mails_queue,
    mails_retry,
    mails_sort_out,
    server_trouble_set,
)
from localgov.notices.services.publishing import circular_publish, circular_withdraw
from localgov.notices.services.receiving import circular_acknowledge, circular_open
from localgov.notices.services.reminding import Reminded, reminder_plan_set, reminders_send

__all__ = [
    "Audience",
    "Letter",
    "Reminded",
    "Text",
    "account_mails_queue",
    "account_workbook",
    "circular_acknowledge",
    "circular_correct",
    "circular_discard",
    "circular_draft",
    "circular_open",
    "circular_publish",
    "circular_withdraw",
    "file_attach",
    "file_remove",
    "mail_claim",
    "mail_not_taken",
    "mail_put_back",
    "mail_retry",
    "mail_sent",
    "mail_unclear",
    "mails_queue",
    "mails_retry",
    "mails_sort_out",
    "office_address_set",
    "reminder_plan_set",
    "reminders_send",
    "server_trouble_set",
]
