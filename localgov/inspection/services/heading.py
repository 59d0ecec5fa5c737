"""Publishing the end of all chains, once a day."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import connection, transaction

from localgov.filings.models import Filing
from localgov.inspection.models import DailyHead
from localgov.inspection.selectors.chains import ends_digest, window_digest
from localgov.inspection.selectors.verifying import statement_of
from localgov.lib.canonical import sha256_hex
from localgov.lib.thai_calendar import bangkok_date

_LONGEST_WAIT_S = 120
_LOOK_AGAIN_S = 0.05
_ONE_AT_A_TIME = 20_570_011  # number of the advisory lock

_MOVED = """
    INSERT INTO inspection_filinghead (head_id, filing_id, change_position, change_hash, link_position, link_hash)
    SELECT %s, f.id, coalesce(c.position, 0), coalesce(c.hash, ''), coalesce(l.position, 0), coalesce(l.hash, '')
    FROM filings_filing f
    LEFT JOIN LATERAL (SELECT position, hash FROM filings_change WHERE filing_id = f.id
        ORDER BY position DESC LIMIT 1) c ON true
    LEFT JOIN LATERAL (SELECT position, hash FROM inspection_link WHERE filing_id = f.id
        ORDER BY position DESC LIMIT 1) l ON true
    LEFT JOIN LATERAL (SELECT change_hash, link_hash FROM inspection_filinghead WHERE filing_id = f.id
        ORDER BY head_id DESC LIMIT 1) h ON true
    WHERE (coalesce(c.hash, ''), coalesce(l.hash, '')) IS DISTINCT FROM (h.change_hash, h.link_hash)
"""
_WRITERS = """
    SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND relation = %s::regclass
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
"""


class HeadNotReady(Exception):
    """A transaction that writes the record does not end; the message is a Thai sentence."""


@transaction.atomic
def daily_head_make(*, at: datetime) -> tuple[DailyHead, bool]:
    """The head of the day of `at`, and whether it was made now: a day has one, and it never changes.

    Raises:
        HeadNotReady: somebody's transaction has been writing the record for two minutes.
    """
    day = bangkok_date(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    made = DailyHead.objects.filter(day__gte=day).order_by("-day").first()
    if made is not None:
        return made, False
    previous = DailyHead.objects.order_by("-day").first()
    head = DailyHead(pk=_next_id(), day=day, made_at=at, previous_hash=previous.hash if previous else "")
    head.event_id = _settled_id("audit_event")
    head.row_change_id = _settled_id("audit_rowchange")
    head.events_count, head.events_digest = window_digest(
        "audit_event", after=previous.event_id if previous else 0, upto=head.event_id
    )
    head.rows_count, head.rows_digest = window_digest(
        "audit_rowchange", after=previous.row_change_id if previous else 0, upto=head.row_change_id
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # the ends are written before the head that counts them
        cursor.execute(_MOVED, [head.pk])
    head.moved_count, head.filings_digest = ends_digest(head.pk)
    head.filings_count = Filing.objects.count()
    head.statement = statement_of(head)
    head.hash = sha256_hex(head.statement.encode())
    head.save(force_insert=True)
    return head, True


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('inspection_dailyhead', 'id'))")
        (number,) = cursor.fetchone()
    return int(number)


def _settled_id(table: str) -> int:
    """The newest row of a record below which no row can still appear: whoever was writing it has ended."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')  # noqa: S608
        (newest,) = cursor.fetchone()
        cursor.execute(_WRITERS, [table])
        waited_for = {name for (name,) in cursor.fetchall()}
        deadline = time.monotonic() + _LONGEST_WAIT_S
        while waited_for:
            if time.monotonic() > deadline:
                raise HeadNotReady("มีรายการที่กำลังเขียนบันทึกค้างอยู่นานเกินสองนาที จึงยังทำยอดสรุปประจำวันไม่ได้ โปรดสั่งใหม่ภายหลัง")
            time.sleep(_LOOK_AGAIN_S)
            cursor.execute(_WRITERS, [table])
            waited_for &= {name for (name,) in cursor.fetchall()}
    return int(newest)
