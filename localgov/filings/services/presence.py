"""Being seen at a domain: each open page says now and then where its person is, and hears who else is there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from localgov.access.actor import Actor
from localgov.filings import policies
from localgov.filings.selectors.together import Present, presents
from localgov.rounds.models import RosterEntry

#: A page's script speaks every 20 seconds while it is looked at; two missed turns, and it is believed to be gone.
SPEAKS_FOR = timedelta(seconds=50)
#: A page without script speaks only when it is opened or sent.
WITHOUT_SCRIPT = timedelta(minutes=5)

_SPEAK = """
WITH gone AS (
    DELETE FROM filings_presence WHERE roster_entry_id = %(entry)s AND until < %(at)s AND page <> %(page)s
), here AS (
    INSERT INTO filings_presence (page, roster_entry_id, section, user_id, label, place, is_typing, until)
    VALUES (%(page)s, %(entry)s, %(section)s, %(user)s, %(label)s, %(place)s, %(is_typing)s, %(until)s)
    ON CONFLICT (page) DO UPDATE SET place = excluded.place, is_typing = excluded.is_typing, until = excluded.until
    WHERE filings_presence.user_id = excluded.user_id AND filings_presence.roster_entry_id = excluded.roster_entry_id
        AND filings_presence.section = excluded.section
)
SELECT sheet.lock, sheet.status, (SELECT max(id) FROM filings_change WHERE sheet_id = sheet.id), (
    SELECT json_agg(json_build_array(user_id, label, place, is_typing) ORDER BY until)
    FROM filings_presence
    WHERE roster_entry_id = %(entry)s AND section = %(section)s AND until >= %(at)s AND user_id <> %(user)s)
FROM (SELECT 1) AS one LEFT JOIN (
    SELECT sheet.id, sheet.lock, sheet.status
    FROM filings_sheet AS sheet JOIN filings_filing AS filing ON filing.id = sheet.filing_id
    WHERE filing.roster_entry_id = %(entry)s AND sheet.section = %(section)s AND sheet.is_newest
) AS sheet ON true
"""


@dataclass(frozen=True)
class Heard:
    """What a page hears back: who else is there, and how far the sheet has come (its counter, its newest change)."""

    others: tuple[Present, ...]
    lock: int
    status: str
    newest: int


def presence_speak(
    *,
    actor: Actor,
    at: datetime,
    entry: RosterEntry,
    section: str,
    page: UUID,
    place: str = "",
    is_typing: bool = False,
    lasts: timedelta = SPEAKS_FOR,
) -> Heard:
    """Say that `actor` has the page open, at the question `place`. One statement; `lasts` of zero says that he has left.

    Raises:
        Denied: the actor records nothing in this sheet.
    """
    policies.records_sheet(actor, entry=entry, section=section).require()
    values: dict[str, Any] = {"entry": entry.pk, "section": section, "user": actor.user_id or 0, "label": actor.label}
    values |= {"at": at, "page": page, "place": place[:80], "is_typing": is_typing, "until": at + lasts}
    with connection.cursor() as cursor:
        cursor.execute(_SPEAK, values)
        lock, status, newest, others = cursor.fetchone()
    rows = json.loads(others) if isinstance(others, str) else others
    return Heard(presents(entry, rows or ()), lock or 0, status or "", newest or 0)
