"""One year of the whole country through the services, in two processes: what `country_s` measures and the rest reads.

python -m bench.country NUMBER OF UNITS     one of the processes: makes its answers, says "ready", waits for a line, saves
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench import accounts, copying
from bench.stage import REPOSITORY, Stage

YEAR = 2569
#: The year that is open for saving while the load runs; the country's year is its last year.
OPEN_YEAR = 2570
PROCESSES = 2
_UNITS_AT_ONCE = 40
_SUMMED_AT_ONCE = 200

#: Where the sheets of a unit stand, by the last digit of its roster entry: all states, half of the country certified.
STATES = ("RECORDING", "SUBMITTED", "VERIFIED", "CERTIFIED_LAO", "CERTIFIED_LAO", *["CERTIFIED_PROVINCE"] * 5)
_PATH = (
    ("SUBMIT", "RECORDING", "SUBMITTED"),
    ("VERIFY", "SUBMITTED", "VERIFIED"),
    ("CERTIFY_LAO", "VERIFIED", "CERTIFIED_LAO"),
    ("CERTIFY_PROVINCE", "CERTIFIED_LAO", "CERTIFIED_PROVINCE"),
)


def prepare(stage: Stage, *, wanted: int, say: Callable[[str], None], national: bool = False) -> dict[str, Any]:
    """Make `bench_seed` and `bench_country` anew; what was measured on the way, as `bench_country` remembers it.

    `national`: the other units' answers and five earlier years are put there too, by SQL (`bench.national`).
    """
    from bench import national as whole

    _demo_make(stage)
    stage.create("bench_seed", template="bench_demo")
    stage.manage("bench_seed", "collectstatic", "--noinput", "-v0")
    with stage.connect("bench_seed") as owner:
        accounts.people_make(owner)
        owner.execute("VACUUM ANALYZE")
        row = owner.execute(
            "SELECT r.id, count(*) FROM rounds_round r JOIN rounds_rosterentry e ON e.round_id = r.id"
            " WHERE r.fiscal_year_be = %s GROUP BY r.id",
            [YEAR],
        ).fetchone()
    if row is None:
        raise RuntimeError(f"no round of {YEAR}")
    round_id, roster = row
    stage.create("bench_country", template="bench_seed")
    say(f"บันทึกปี {YEAR} ของ {min(wanted, roster):,} แห่งผ่านบริการ (สร้างคำตอบก่อนจับเวลา)")
    counts = record(stage, "bench_country", units=min(wanted, roster))
    say(f"    {counts['seconds']:.1f} วินาที; วัดขีดจำกัดด้วย COPY")
    stage.create("bench_rows", template="bench_seed")
    limit = copying.copy_seconds(
        stage,
        source="bench_country",
        target="bench_rows",
        round_id=round_id,
        year=YEAR,
        connections=PROCESSES,
        folder=stage.folder,
    )
    stage.drop("bench_rows")
    if national:
        say("คำตอบของแห่งอื่น ๆ")
        whole.all_record(stage, "bench_country")
    say("เลื่อนสถานะของด้านต่าง ๆ")
    spread_states(stage, "bench_country")
    if national:
        say(f"ปีก่อนหน้า {len(whole.EARLIER)} ปี")
        whole.earlier_years(stage, "bench_country")
    say("ตัวเลขที่รับรองแล้ว ข่าว สินค้า และสถานที่ของหน้าสาธารณะ")
    publish(stage, "bench_country", units=roster if national else min(wanted, roster))
    facts = counts | {
        "wanted": wanted,
        "roster": roster,
        "whole": wanted >= roster,
        "limit": limit,
        "national": national,
    }
    facts["prepared_at"] = datetime.now(UTC).isoformat()
    stage.remember("bench_country", **facts)
    return facts


def _demo_make(stage: Stage) -> None:
    """Make `bench_demo`, unless today's program has made it before."""
    if stage.remembered("bench_demo") is not None:
        return
    stage.create("bench_demo")
    for arguments in (["migrate", "-v0"], ["load_demo"], ["demo_accounts"]):
        stage.manage("bench_demo", *arguments)
    stage.remember("bench_demo")


def record(stage: Stage, database: str, *, units: int) -> dict[str, Any]:
    """Save the answers of so many units; seconds from the start of the first save to the end of the last, and counts."""
    workers = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bench.country", str(number), str(units)],
            env=stage.environment(database), cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout is not None  # noqa: S101
        if worker.stdout.readline().strip() != "ready":
            raise RuntimeError("a process of the country ended before it began")
    started = time.perf_counter()
    for worker in workers:
        assert worker.stdin is not None  # noqa: S101
        worker.stdin.write("go\n")
        worker.stdin.flush()
    counts = []
    for worker in workers:
        assert worker.stdout is not None  # noqa: S101
        counts.append(json.loads(worker.stdout.readline()))
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.wait()
    return {"seconds": seconds} | {key: sum(count[key] for count in counts) for key in ("units", "answers")}


def state_of(entry_id: int) -> str:
    """Where the sheets of a roster entry of the country's year stand."""
    return STATES[entry_id % len(STATES)]


def spread_states(stage: Stage, database: str) -> None:
    """Move the sheets to all states, with the steps that led there, by SQL: what boards and scores read."""
    with stage.connect(database) as owner:
        owner.execute("ANALYZE")  # the tables were empty a moment ago: without it the updates take minutes
    with stage.connect(database, autocommit=False) as owner:
        # A quarter of a million rows at once: what the triggers would write row by row is summed up at the end instead.
        owner.execute("ALTER TABLE filings_sheet DISABLE TRIGGER filings_sheet_moved")
        owner.execute("ALTER TABLE filings_steptaken DISABLE TRIGGER inspection_linked")
        order = {status: place for place, status in enumerate(dict.fromkeys(STATES))}
        for action, source, target in _PATH:
            reached = [place for place, status in enumerate(STATES) if order[status] >= order[target]]
            owner.execute(
                "UPDATE filings_sheet s SET status = %(target)s, status_since = now(), verifier_id = v.user_id"
                " FROM filings_filing f, accounts_roleassignment v WHERE f.id = s.filing_id AND s.status = %(source)s"
                " AND v.organisation_id = f.organisation_id AND v.role = 'VERIFIER'"
                " AND f.round_id = (SELECT id FROM rounds_round WHERE fiscal_year_be = %(year)s)"
                " AND f.roster_entry_id %% %(states)s = ANY(%(reached)s)",
                {"source": source, "target": target, "reached": reached, "year": YEAR, "states": len(STATES)},
            )
            owner.execute(
                "INSERT INTO filings_steptaken (sheet_id, action, source, target, actor_label, role, position_title, note,"
                " order_number, request_id, at)"
                " SELECT id, %(action)s::text, %(source)s::text, %(target)s::text, 'เตรียมข้อมูล', '', '', '', '', '', now()"
                " FROM filings_sheet WHERE status = %(target)s::text ORDER BY id",
                {"action": action, "source": source, "target": target},
            )
        owner.commit()
        owner.execute("ALTER TABLE filings_sheet ENABLE TRIGGER filings_sheet_moved")
        owner.execute("ALTER TABLE filings_steptaken ENABLE TRIGGER inspection_linked")
        # By the hundred: it looks for each sheet's filing in its list.
        owner.execute(
            "SELECT filings_sum_up(array_agg(id ORDER BY id)) FROM filings_filing GROUP BY id / %s", [_SUMMED_AT_ONCE]
        )
        owner.commit()
        owner.autocommit = True
        owner.execute("VACUUM ANALYZE")


def publish(stage: Stage, database: str, *, units: int) -> None:
    """Certified figures and published items of so many units, in a process of its own that knows the register."""
    command = [sys.executable, "-m", "bench.published", str(units)]
    subprocess.run(  # noqa: S603
        command, env=stage.environment(database), cwd=REPOSITORY, stdout=subprocess.DEVNULL, check=True
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """One of the processes."""
    import django

    django.setup()
    from django.utils import timezone

    from bench.world import recorder_of, roster, unit_answers
    from localgov.accounts.models import User
    from localgov.accounts.selectors import actor_for
    from localgov.filings import services
    from localgov.filings.models import Via
    from localgov.filings.services.changes import SetAnswer

    number, units = int(sys.argv[1]), int(sys.argv[2])
    entries = roster(YEAR, limit=units)[number::PROCESSES]
    on, at = timezone.localdate(), timezone.now()
    users = {user.username: user for user in User.objects.filter(username__in=[recorder_of(one) for one in entries])}
    work: list[list[services.SheetBatch]] = []
    for place, unit in enumerate(unit_answers(entries)):
        if place % _UNITS_AT_ONCE == 0:
            work.append([])
        actor = actor_for(user=users[recorder_of(unit.entry)], on=on)
        for sheet, answers in unit.sheets.items():
            changes = [SetAnswer(code, answer, 0) for code, answer in answers.items()]
            work[-1].append(
                services.SheetBatch(actor=actor, entry=unit.entry, section=sheet, batch=uuid.uuid4(), changes=changes)
            )
    _say("ready")
    sys.stdin.readline()
    total = 0
    for batches in work:
        saved = services.answers_save_many(at=at, round=entries[0].round, batches=batches, via=Via.COMMAND)
        total += sum(len(one.saved) for one in saved)
    _say(json.dumps({"units": len(entries), "answers": total}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
