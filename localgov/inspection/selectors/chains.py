"""What is hashed, and how: read from the rows as text, hashed here, by no function that the database keeps (ADR 0011)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from localgov.inspection.models import FilingHead

_MOMENT = """'YYYY-MM-DD"T"HH24:MI:SS.US'"""

#: A batch of answers: the parts of its hash (both formulas) and what the replay needs.
_CHANGES = f"""
    SELECT c.filing_id, c.sheet_id, c.position, c.receipt, c.actor_id, c.previous_hash, c.hash,
        jsonb_build_array(c.filing_id, c.sheet_id, c.position, c.batch, c.receipt, c.via, c.actor_id, c.actor_label,
            c.role, c.request_id, to_char(c.at AT TIME ZONE 'UTC', {_MOMENT}),
            to_char(c.recorded_at AT TIME ZONE 'UTC', {_MOMENT}))::text,
        concat_ws('|', c.filing_id, c.sheet_id, c.position, c.batch, c.receipt, c.via, c.actor_id, c.actor_label, c.role),
        to_char(c.at AT TIME ZONE 'UTC', {_MOMENT}), c.items::text, c.reply::text
    FROM filings_change c WHERE c.filing_id = ANY (%s) ORDER BY c.filing_id, c.position
"""  # noqa: S608 - no part of it comes from outside
_LINKS = """
    SELECT filing_id, position, kind, row_id, change_position, change_hash, previous_hash, hash, content
    FROM inspection_link WHERE filing_id = ANY (%s) ORDER BY filing_id, position
"""
_ACTS = """
    SELECT s.filing_id, 'STEP', t.id, to_jsonb(t)::text, true
    FROM filings_steptaken t JOIN filings_sheet s ON s.id = t.sheet_id WHERE s.filing_id = ANY (%(filings)s)
    UNION ALL
    SELECT s.filing_id, 'CERTIFICATE', c.id, (to_jsonb(c) - 'snapshot')::text,
        encode(sha256(convert_to(c.snapshot, 'UTF8')), 'hex') = c.sha256
    FROM certification_certificate c JOIN filings_sheet s ON s.id = c.sheet_id WHERE s.filing_id = ANY (%(filings)s)
    UNION ALL
    SELECT s.filing_id, 'LAPSE', l.id, to_jsonb(l)::text, true
    FROM certification_lapse l JOIN certification_certificate c ON c.id = l.certificate_id
    JOIN filings_sheet s ON s.id = c.sheet_id WHERE s.filing_id = ANY (%(filings)s)
"""
_SHEETS = """
    SELECT filing_id, id, section, revision, answers::text FROM filings_sheet
    WHERE filing_id = ANY (%s) ORDER BY filing_id, section, revision
"""
_ROWS = """
    SELECT s.filing_id, r.sheet_id, r.row_id::text, r.values::text FROM filings_registerrow r
    JOIN filings_sheet s ON s.id = r.sheet_id WHERE s.filing_id = ANY (%s)
"""
_PREIMAGES = {
    "audit_event": f"""jsonb_build_array(id, type, actor_id, actor_label, role, target_kind, target_id, target_label, path,
        data, request_id, tx, to_char(at AT TIME ZONE 'UTC', {_MOMENT}),
        to_char(recorded_at AT TIME ZONE 'UTC', {_MOMENT}))::text""",
    "audit_rowchange": f"""jsonb_build_array(id, "table", row, op, old, new, organisation_id, tx, db_user, application,
        to_char(recorded_at AT TIME ZONE 'UTC', {_MOMENT}))::text""",
}


@dataclass(frozen=True)
class ChangeLink:
    """One batch in the chain of its filing. `expected` is its hash by today's formula, `earlier` by the one before."""

    sheet_id: int
    position: int
    receipt: str
    actor_id: int | None
    previous_hash: str
    hash: str
    expected: str
    earlier: str
    items: str


@dataclass(frozen=True)
class ActLink:
    """One act in the chain of its filing."""

    position: int
    kind: str
    row_id: int
    change_position: int
    change_hash: str
    previous_hash: str
    hash: str
    expected: str
    content: str


@dataclass(frozen=True)
class StoredSheet:
    """A sheet revision as its table has it now."""

    pk: int
    section: str
    revision: int
    answers: dict[str, Any]
    rows: dict[str, dict[str, Any]]


@dataclass
class Story:
    """All that is kept of one filing. `acts`: (kind, id) → the row as JSON, and whether its text has its hash."""

    filing_id: int
    changes: list[ChangeLink] = field(default_factory=list)
    links: list[ActLink] = field(default_factory=list)
    acts: dict[tuple[str, int], tuple[dict[str, Any], bool]] = field(default_factory=dict)
    sheets: list[StoredSheet] = field(default_factory=list)
    heads: list[FilingHead] = field(default_factory=list)


def stories(filing_ids: Sequence[int]) -> list[Story]:
    """The stories of some filings; six queries."""
    found = {pk: Story(pk) for pk in filing_ids}
    ids = list(filing_ids)
    for row in _fetch(_CHANGES, [ids]):
        filing, sheet, position, receipt, actor, previous, digest, head, old_head, at, items, reply = row
        expected = _sha256("\n".join((previous, head, items, reply)))
        earlier = "" if expected == digest else _sha256("|".join((previous, old_head, items, at)))
        found[filing].changes.append(
            ChangeLink(sheet, position, receipt, actor, previous, digest, expected, earlier, items)
        )
    for link in _fetch(_LINKS, [ids]):
        filing, position, kind, row_id, change_position, change_hash, previous, digest, content = link
        parts = (previous, filing, position, kind, row_id, change_position, change_hash, content)
        expected = _sha256("\n".join(map(str, parts)))
        found[filing].links.append(
            ActLink(position, kind, row_id, change_position, change_hash, previous, digest, expected, content)
        )
    for filing, kind, pk, content, is_whole in _fetch(_ACTS, {"filings": ids}):
        found[filing].acts[kind, pk] = json.loads(content), is_whole
    rows: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for _, sheet, row_id, values in _fetch(_ROWS, [ids]):
        rows[sheet][row_id] = json.loads(values)
    for filing, pk, section, revision, answers in _fetch(_SHEETS, [ids]):
        found[filing].sheets.append(StoredSheet(pk, section, revision, json.loads(answers), rows.get(pk, {})))
    for head in FilingHead.objects.filter(filing_id__in=ids).select_related("head").order_by("head_id"):
        found[head.filing_id].heads.append(head)
    return list(found.values())


def window_digest(table: str, *, after: int, upto: int) -> tuple[int, str]:
    """How many rows of a record lie in (after, upto], and the SHA-256 over them in their order."""
    digest, count = hashlib.sha256(), 0
    sql = f'SELECT {_PREIMAGES[table]} FROM "{table}" WHERE id > %s AND id <= %s ORDER BY id LIMIT 5000'  # noqa: S608
    last = after
    while True:
        lines = [text for (text,) in _fetch(sql, [last, upto])]
        if not lines:
            return count, digest.hexdigest()
        count += len(lines)
        digest.update("".join(f"{line}\n" for line in lines).encode())
        last = json.loads(lines[-1])[0]


def ends_digest(head_id: int) -> tuple[int, str]:
    """How many filings moved up to a daily head, and the SHA-256 over the ends of their chains."""
    digest, count = hashlib.sha256(), 0
    ends = FilingHead.objects.filter(head=head_id).order_by("filing_id")
    for end in ends.iterator(chunk_size=5000):
        count += 1
        line = (end.filing_id, end.change_position, end.change_hash, end.link_position, end.link_hash)
        digest.update((" ".join(map(str, line)) + "\n").encode())
    return count, digest.hexdigest()


def _fetch(sql: str, parameters: Any) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield from cursor.fetchall()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
