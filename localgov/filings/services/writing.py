"""Writing what saves decided: each table in one statement, however many sheets a transaction holds.

Rows are sent as one `jsonb`, taken apart once; as `json` each value of it would be read twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from config.statements import prepared_cursor
from localgov.filings.models import Filing, RegisterRow, Sheet
from localgov.rounds.models import RosterEntry

_FILING_INSERT = """
INSERT INTO filings_filing (roster_entry_id, round_id, organisation_id)
SELECT entry, round, organisation FROM jsonb_to_recordset(%s::jsonb) AS new (entry bigint, round bigint, organisation bigint)
ORDER BY entry
ON CONFLICT DO NOTHING RETURNING id, roster_entry_id, round_id, organisation_id
"""
_SHEET_INSERT = """
INSERT INTO filings_sheet (id, filing_id, section, revision, is_newest, status, status_since, lock, answers, first_answer_at,
    last_answer_at, recorder_ids, required_count, answered_count, error_count, warning_count, returned_note, has_answers)
SELECT id, filing_id, section, 1, true, status, status_since, lock, answers, first_answer_at, last_answer_at,
    recorder_ids::bigint[], required_count, answered_count, error_count, warning_count, '', has_answers
FROM jsonb_to_recordset(%s::jsonb) AS new (id bigint, filing_id bigint, section text, status text, status_since timestamptz,
    lock int, answers jsonb, first_answer_at timestamptz, last_answer_at timestamptz, recorder_ids text,
    required_count int, answered_count int, error_count int, warning_count int, has_answers boolean)
"""
_SHEET_UPDATE = """
UPDATE filings_sheet AS sheet SET lock = new.lock, answers = new.answers, first_answer_at = new.first_answer_at,
    last_answer_at = new.last_answer_at, recorder_ids = new.recorder_ids::bigint[], required_count = new.required_count,
    answered_count = new.answered_count, error_count = new.error_count, warning_count = new.warning_count,
    has_answers = new.has_answers
FROM jsonb_to_recordset(%s::jsonb) AS new (id bigint, lock int, answers jsonb, first_answer_at timestamptz,
    last_answer_at timestamptz, recorder_ids text, required_count int, answered_count int, error_count int,
    warning_count int, has_answers boolean)
WHERE sheet.id = new.id
"""
_SHEET_MOVE = """
UPDATE filings_sheet AS sheet SET status = new.status, status_since = new.status_since, lock = new.lock,
    is_newest = new.is_newest, verifier_id = new.verifier_id, returned_note = new.returned_note
FROM jsonb_to_recordset(%s::jsonb) AS new (id bigint, status text, status_since timestamptz, lock int, is_newest boolean,
    verifier_id bigint, returned_note text)
WHERE sheet.id = new.id
"""
_ROW_COPY = """
INSERT INTO filings_registerrow (sheet_id, register, row_id, position, values, seq)
SELECT new.copy, kept.register, kept.row_id, kept.position, kept.values, kept.seq
FROM jsonb_to_recordset(%s::jsonb) AS new (sheet bigint, copy bigint) JOIN filings_registerrow AS kept ON kept.sheet_id = new.sheet
ORDER BY kept.id
"""
_ROW_INSERT = """
INSERT INTO filings_registerrow (sheet_id, register, row_id, position, values, seq)
SELECT sheet_id, register, row_id, position, values, seq
FROM jsonb_to_recordset(%s::jsonb) AS new (sheet_id bigint, register text, row_id uuid, position int, values jsonb, seq int)
"""
_ROW_UPDATE = """
UPDATE filings_registerrow AS kept SET values = new.values, seq = new.seq, position = new.position
FROM jsonb_to_recordset(%s::jsonb) AS new (sheet_id bigint, row_id uuid, position int, values jsonb, seq int)
WHERE kept.sheet_id = new.sheet_id AND kept.row_id = new.row_id
"""
#: A receipt is printed as `lib.identifiers.ReceiptNumber` prints it.
_CHANGE_INSERT = """
INSERT INTO filings_change (filing_id, sheet_id, batch, receipt, via, actor_id, actor_label, role, items, reply,
    request_id, at)
SELECT filing_id, sheet_id, batch, year || '-' || lpad(number::text, greatest(6, length(number::text)), '0'), via,
    actor_id, actor_label, role, items, reply, request_id, at
FROM (
    SELECT *, nextval('filings_receipt') AS number
    FROM jsonb_to_recordset(%s::jsonb) AS sent (year int, place int, filing_id bigint, sheet_id bigint, batch uuid, via text,
        actor_id bigint, actor_label text, role text, items jsonb, reply jsonb, request_id text, at timestamptz)
    ORDER BY place
) AS new
ORDER BY place
RETURNING filing_id, batch, receipt
"""


def filings_begin(entries: Sequence[RosterEntry]) -> list[Filing]:
    """The filings made for roster entries that had none; of those that another save makes at the same time nothing."""
    if not entries:
        return []
    wanted = [{"entry": one.pk, "round": one.round_id, "organisation": one.organisation_id} for one in entries]
    with prepared_cursor() as cursor:
        cursor.execute(_FILING_INSERT, [_json(wanted)])
        names = [column.name for column in cursor.description]
        return [Filing.from_db(connection.alias, names, row) for row in cursor.fetchall()]


def sheet_ids(count: int) -> list[int]:
    """Ids for sheets that are about to be written."""
    with prepared_cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('filings_sheet', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [number for (number,) in cursor.fetchall()]


def sheets_write(*, new: Iterable[Sheet], changed: Iterable[Sheet]) -> None:
    """Insert new sheets (their ids given) and update changed ones."""
    _execute(_SHEET_INSERT, [_sheet(sheet) | _first(sheet) for sheet in new])
    _execute(_SHEET_UPDATE, [_sheet(sheet) for sheet in changed])


def sheets_move(sheets: Iterable[Sheet]) -> None:
    """Update what a step changes; answers stay untouched."""
    names = ("status", "status_since", "lock", "is_newest", "verifier_id", "returned_note")
    _execute(_SHEET_MOVE, [{"id": sheet.pk} | {name: getattr(sheet, name) for name in names} for sheet in sheets])


def rows_copy(copies: Mapping[int, int]) -> None:
    """Copy the register rows of sheets into others: from sheet to sheet."""
    _execute(_ROW_COPY, [{"sheet": sheet, "copy": copy} for sheet, copy in copies.items()])


def rows_write(
    *, deleted: Mapping[int, Sequence[UUID]], new: Iterable[RegisterRow], changed: Iterable[RegisterRow]
) -> None:
    """Delete (by sheet), insert and update register rows, in this order."""
    for sheet_id, row_ids in deleted.items():
        RegisterRow.objects.filter(sheet_id=sheet_id, row_id__in=row_ids).delete()
    _execute(_ROW_INSERT, [_row(row) for row in new])
    _execute(_ROW_UPDATE, [_row(row) for row in changed])


def changes_write(*, fiscal_year: int, changes: Sequence[Mapping[str, Any]]) -> dict[tuple[int, UUID], str]:
    """Append batches to the record, in order: (filing, batch) to the receipt that each was given."""
    sent = [{"year": fiscal_year, "place": place} | dict(change) for place, change in enumerate(changes)]
    with prepared_cursor() as cursor:
        cursor.execute(_CHANGE_INSERT, [_json(sent)])
        return {(filing_id, batch): receipt for filing_id, batch, receipt in cursor.fetchall()}


def _execute(statement: str, records: Sequence[Mapping[str, Any]]) -> None:
    if records:
        with prepared_cursor() as cursor:
            cursor.execute(statement, [_json(records)])


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "id": sheet.pk,
        "lock": sheet.lock,
        "answers": sheet.answers,
        "first_answer_at": sheet.first_answer_at,
        "last_answer_at": sheet.last_answer_at,
        "recorder_ids": f"{{{','.join(map(str, sheet.recorder_ids))}}}",
        "required_count": sheet.required_count,
        "answered_count": sheet.answered_count,
        "error_count": sheet.error_count,
        "warning_count": sheet.warning_count,
        "has_answers": sheet.has_answers,
    }


def _first(sheet: Sheet) -> dict[str, Any]:
    return {
        "filing_id": sheet.filing_id,
        "section": sheet.section,
        "status": sheet.status,
        "status_since": sheet.status_since,
    }


def _row(row: RegisterRow) -> dict[str, Any]:
    return {
        "sheet_id": row.sheet_id,
        "register": row.register,
        "row_id": row.row_id,
        "position": row.position,
        "values": row.values,
        "seq": row.seq,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
