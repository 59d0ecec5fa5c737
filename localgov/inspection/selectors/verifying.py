"""Whether the record is still what was recorded: every chain, every answer, every published head."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from localgov.filings.models import Change, Filing
from localgov.inspection.models import DailyHead, FilingHead, Link
from localgov.inspection.selectors import chains
from localgov.inspection.selectors.chains import ActLink, Story
from localgov.inspection.selectors.replay import differences, replays
from localgov.lib.canonical import canonical_bytes, sha256_hex
from localgov.lib.thai_calendar import format_date_short

_FILINGS_AT_ONCE = 50
_MOST_CODES = 3
_KINDS = {kind.value: kind.label for kind in Link.Kind}


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was recorded. `chain`: `answers`, `acts`, `sheet`, `head`, `events` or `rows`."""

    chain: str
    text: str
    filing_id: int | None = None
    unit: str = ""
    code: str = ""
    fiscal_year: int | None = None
    position: int | None = None
    receipt: str = ""


@dataclass
class Verified:
    """The outcome: how much was looked at, and what is wrong."""

    filings: int = 0
    changes: int = 0
    acts: int = 0
    sheets: int = 0
    heads: int = 0
    faults: list[Fault] = field(default_factory=list)
    past_the_program: list[tuple[str, str, int]] = field(default_factory=list)


def verify(*, province: str = "", since: datetime | None = None) -> Verified:
    """Look at all filings (of a province, or that moved since a moment), and without a province at heads and records.

    Streams: memory holds fifty filings at a time.
    """
    verified = Verified()
    ids = _filing_ids(province=province, since=since)
    for some in (ids[start : start + _FILINGS_AT_ONCE] for start in range(0, len(ids), _FILINGS_AT_ONCE)):
        names = _names(some)
        for story in chains.stories(some):
            verified.filings += 1
            verified.changes += len(story.changes)
            verified.acts += len(story.links)
            verified.sheets += len(story.sheets)
            for fault in story_faults(story):
                verified.faults.append(_named(fault, story.filing_id, names))
    if not province:
        for head, faults in _head_faults(since=since):
            verified.heads += bool(head)
            verified.faults += faults
        verified.past_the_program = rows_past_the_program(since=since)
    return verified


def story_faults(story: Story) -> Iterator[Fault]:
    """The first broken link of each chain of a filing, acts that stand in no chain, sheets that no change explains."""
    yield from _first(_change_faults(story))
    yield from _first(_link_faults(story))
    yield from _unlinked(story)
    yield from _first(_filing_head_faults(story))
    replayed = replays(story.sheets, story.changes)
    for sheet in story.sheets:
        codes = list(differences(sheet, replayed[sheet.pk]))
        if codes:
            shown = ", ".join(codes[:_MOST_CODES]) + (
                f" และอีก {len(codes) - _MOST_CODES}" if len(codes) > _MOST_CODES else ""
            )
            yield Fault("sheet", f"คำตอบใน {sheet.section} ฉบับที่ {sheet.revision} ไม่ตรงกับที่บันทึกไว้: {shown}")


def _first(faults: Iterator[Fault]) -> Iterator[Fault]:
    fault = next(faults, None)
    if fault is not None:
        yield fault


def _change_faults(story: Story) -> Iterator[Fault]:
    previous, settled = "", False
    for place, change in enumerate(story.changes, start=1):
        at: dict[str, Any] = {"position": change.position, "receipt": change.receipt}
        if change.position != place:
            yield Fault("answers", f"ใบรับลำดับที่ {place} หายไปจากสาย (พบลำดับที่ {change.position} แทน)", **at)
        if change.previous_hash != previous:
            yield Fault("answers", f"ใบรับ {change.receipt} ลำดับที่ {change.position} ไม่ต่อจากใบก่อนหน้า", **at)
        if change.hash == change.expected:
            settled = True
        elif settled or change.hash != change.earlier:
            yield Fault("answers", f"เนื้อหาของใบรับ {change.receipt} ลำดับที่ {change.position} ถูกแก้หลังบันทึก", **at)
        previous = change.hash


def _link_faults(story: Story) -> Iterator[Fault]:
    previous, answered = "", 0
    hashes = {change.position: change.hash for change in story.changes} | {0: ""}
    for place, link in enumerate(story.links, start=1):
        at: dict[str, Any] = {"position": link.position}
        name = f"{_KINDS.get(link.kind, link.kind)}หมายเลข {link.row_id} (ลำดับที่ {link.position})"
        if link.position != place:
            yield Fault("acts", f"ข้อต่อลำดับที่ {place} หายไปจากสาย (พบลำดับที่ {link.position} แทน)", **at)
        if link.previous_hash != previous:
            yield Fault("acts", f"{name} ไม่ต่อจากข้อต่อก่อนหน้า", **at)
        if link.hash != link.expected:
            yield Fault("acts", f"ข้อต่อของ{name} ถูกแก้หลังบันทึก", **at)
        if link.change_position < answered or hashes.get(link.change_position) != link.change_hash:
            yield Fault("acts", f"{name} อ้างใบรับลำดับที่ {link.change_position} ซึ่งไม่มีหรือไม่ใช่ใบเดิม", **at)
        if text := _act_fault(story, link):
            yield Fault("acts", f"{name} {text}", **at)
        previous, answered = link.hash, link.change_position


def _act_fault(story: Story, link: ActLink) -> str:
    """How an act's row differs from what was linked; empty when it does not."""
    found = story.acts.get((link.kind, link.row_id))
    if found is None:
        return "ถูกลบออกจากตาราง"
    row, is_whole = found
    changed = [name for name, value in json.loads(link.content).items() if row.get(name) != value]
    if changed:
        return f"ถูกแก้หลังบันทึก: {', '.join(sorted(changed))}"
    return "" if is_whole else "มีข้อความที่ไม่ตรงกับค่าแฮชของใบรับรอง"


def _unlinked(story: Story) -> Iterator[Fault]:
    linked = {(link.kind, link.row_id) for link in story.links}
    for kind, pk in sorted(story.acts.keys() - linked):
        yield Fault("acts", f"{_KINDS[kind]}หมายเลข {pk} ไม่อยู่ในสาย: ถูกแทรกโดยไม่ผ่านระบบ")


def _filing_head_faults(story: Story) -> Iterator[Fault]:
    changes = {change.position: change.hash for change in story.changes} | {0: ""}
    links = {link.position: link.hash for link in story.links} | {0: ""}
    for head in story.heads:
        day = format_date_short(head.head.day)
        if changes.get(head.change_position) != head.change_hash:
            text = f"ใบรับลำดับที่ {head.change_position} ซึ่งประกาศไว้ในยอดสรุปวันที่ {day} หายไปหรือถูกแทนที่"
            yield Fault("head", text, position=head.change_position)
        if links.get(head.link_position) != head.link_hash:
            text = f"ข้อต่อลำดับที่ {head.link_position} ซึ่งประกาศไว้ในยอดสรุปวันที่ {day} หายไปหรือถูกแทนที่"
            yield Fault("head", text, position=head.link_position)


def _head_faults(*, since: datetime | None) -> Iterator[tuple[DailyHead | None, list[Fault]]]:
    """Every daily head with what is wrong about it. Windows of events before `since` are not read again."""
    previous: DailyHead | None = None
    for head in DailyHead.objects.order_by("day"):
        day = format_date_short(head.day)
        faults = []
        if head.previous_hash != (previous.hash if previous else ""):
            faults.append(Fault("head", f"ยอดสรุปวันที่ {day} ไม่ต่อจากยอดสรุปก่อนหน้า"))
        if sha256_hex(head.statement.encode()) != head.hash or head.statement != statement_of(head):
            faults.append(Fault("head", f"ยอดสรุปวันที่ {day} ถูกแก้หลังประกาศ"))
        if chains.ends_digest(head.pk) != (head.moved_count, head.filings_digest):
            faults.append(Fault("head", f"ปลายสายที่ประกาศไว้ในยอดสรุปวันที่ {day} ถูกแก้ เพิ่ม หรือลบ"))
        if since is None or head.made_at >= since:
            faults += _window_faults(head, previous, day)
        yield head, faults
        previous = head
    if FilingHead.objects.exclude(head__in=DailyHead.objects.values("pk")).exists():
        yield None, [Fault("head", "มีปลายสายของยอดสรุปที่ไม่มีอยู่แล้ว: ยอดสรุปประจำวันถูกลบ")]


def _window_faults(head: DailyHead, previous: DailyHead | None, day: str) -> Iterator[Fault]:
    events = chains.window_digest("audit_event", after=previous.event_id if previous else 0, upto=head.event_id)
    if events != (head.events_count, head.events_digest):
        yield Fault("events", f"บันทึกการกระทำที่ประกาศไว้ในยอดสรุปวันที่ {day} ถูกแก้ เพิ่ม หรือลบ")
    rows = chains.window_digest(
        "audit_rowchange", after=previous.row_change_id if previous else 0, upto=head.row_change_id
    )
    if rows != (head.rows_count, head.rows_digest):
        yield Fault("rows", f"บันทึกการเปลี่ยนแปลงข้อมูลระบบที่ประกาศไว้ในยอดสรุปวันที่ {day} ถูกแก้ เพิ่ม หรือลบ")


def statement_of(head: DailyHead) -> str:
    """The text that is published and hashed: canonical JSON of the head's figures."""
    return canonical_bytes(
        {
            "kind": "localgov.head.1",
            "day": head.day,
            "made_at": head.made_at,
            "previous": head.previous_hash,
            "filings": {"count": head.filings_count, "moved": head.moved_count, "sha256": head.filings_digest},
            "events": {"upto": head.event_id, "count": head.events_count, "sha256": head.events_digest},
            "rows": {"upto": head.row_change_id, "count": head.rows_count, "sha256": head.rows_digest},
        }
    ).decode()


def rows_past_the_program(*, since: datetime | None = None) -> list[tuple[str, str, int]]:
    """Rows that were written by no act of the program: table, role of the database, how many.

    Numbers of transactions begin anew after a restore, so the day counts too, except for the owner, who may set the clock.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r."table", r.db_user, count(*) FROM audit_rowchange r
            WHERE (%(since)s::timestamptz IS NULL OR r.recorded_at >= %(since)s) AND NOT EXISTS (
                SELECT 1 FROM audit_event e WHERE e.tx = r.tx AND (
                    e.recorded_at BETWEEN r.recorded_at - interval '1 day' AND r.recorded_at + interval '1 day'
                    OR r.db_user <> 'localgov_app'))
            GROUP BY 1, 2 ORDER BY 1, 2
            """,
            {"since": since},
        )
        return list(cursor.fetchall())


def _filing_ids(*, province: str, since: datetime | None) -> list[int]:
    """Filings to look at, those too that only a head or a link still remembers."""
    filings = Filing.objects.all()
    if province:
        filings = filings.filter(roster_entry__province_code=province)
    if since is not None:
        acts = Q(sheets__steps__recorded_at__gte=since) | Q(changes__recorded_at__gte=since)
        filings = filings.filter(acts).distinct()
    ids = set(filings.values_list("pk", flat=True))
    if not province and since is None:
        for remembered in (FilingHead, Link, Change):
            ids |= set(remembered.objects.values_list("filing_id", flat=True).distinct())
    return sorted(ids)


def _names(filing_ids: Iterable[int]) -> dict[int, tuple[str, str, int]]:
    rows = Filing.objects.filter(pk__in=list(filing_ids)).values_list(
        "pk", "roster_entry__full_name", "roster_entry__code", "round__fiscal_year_be"
    )
    return {pk: (name, code, year) for pk, name, code, year in rows}


def _named(fault: Fault, filing_id: int, names: dict[int, tuple[str, str, int]]) -> Fault:
    unit, code, year = names.get(filing_id, ("ชุดข้อมูลที่ถูกลบ", "", None))
    return replace(fault, filing_id=filing_id, unit=unit, code=code, fiscal_year=year)
