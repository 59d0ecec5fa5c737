"""Writing circulars: drafts, files, publication, ends, receipts."""

from localgov.notices.services.attaching import file_attach, file_remove
from localgov.notices.services.drafting import Audience, Text, circular_correct, circular_discard, circular_draft
from localgov.notices.services.publishing import circular_publish, circular_withdraw
from localgov.notices.services.receiving import circular_acknowledge, circular_open

__all__ = [
    "Audience",
    "Text",
    "circular_acknowledge",
    "circular_correct",
    "circular_discard",
    "circular_draft",
    "circular_open",
    "circular_publish",
    "circular_withdraw",
    "file_attach",
    "file_remove",
]
