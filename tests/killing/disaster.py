"""`python -m tests.killing.disaster --folder F`: the database that writes is killed under load, the other takes its place;
then that one is dumped, restored, and brought back to a moment.

Prints what was seen as JSON; exit 0 when nothing acknowledged was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg

from config import embedded_postgres
from config.embedded_postgres import APP_ROLE, Cluster
from tests.killing.ledger import Ledger
from tests.killing.machine import Machine, kill_cluster
from tests.killing.pair import Pair, wait_for
from tests.killing.restoring import restore
from tests.killing.sheet_work import SheetWork
from tests.killing.soak import made

#: Acts acknowledged before the fall, and after it.
ACTS = 25
#: Acts between the base backup, the moment and the end.
MORE = 5
#: More than the trial has time for.
SEASONS = 1000


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description="ทดสอบการสลับฐานข้อมูลสำรองขึ้นแทน และการกู้คืนข้อมูลสำรอง")
    parser.add_argument("--folder", type=Path, required=True)
    folder: Path = parser.parse_args().folder.resolve()
    machine, units = made(folder)
    pair = Pair(machine.cluster, Cluster(folder=folder / "second"))
    pair.follow()
    os.environ |= pair.environment | {"LOCALGOV_DATABASE_ROLE": "owner"}
    machine.environment, machine.keeps_database = pair.environment, False
    import django

    django.setup()
    try:
        told = fail_over(machine, pair, units)
    finally:
        from django.db import connection

        connection.close()
        machine.stop()
        for cluster in (pair.second, pair.first):
            embedded_postgres.stop(cluster)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return 1 if told["faults"] else 0


def fail_over(machine: Machine, pair: Pair, units: list[dict[str, Any]]) -> dict[str, Any]:
    """Work, fall, promote, go on; then the old one comes back, first by mistake and then as it should."""
    from localgov.accounts.services import DEMO_PASSWORD
    from tests.killing.truth import look
    from tests.killing.unit_work import UnitWork

    ledger, faults, trouble = Ledger(machine.folder / "ledger.jsonl"), list[str](), dict[int, int]()
    sheets = [SheetWork(unit=units[0]["code"], **sheet) for sheet in units[0]["sheets"]]
    unit = UnitWork(
        code=units[0]["code"], certifier="certifier", sheets=sheets, seasons=SEASONS, port=machine.port,
        password=DEMO_PASSWORD, ledger=ledger, trouble=trouble, faults=faults,
    )  # fmt: skip
    machine.start()
    unit.sign_in()
    fell = unit.work_until(ACTS, then=lambda: kill_cluster(pair.first))
    before = ledger.acknowledged
    pair.promote()
    machine.start()
    back = time.monotonic() - fell
    faults += look(list(ledger.acts.values()), units={unit.code})
    unknown = {"applied": 0, "absent": 0}
    for act in unit.open_acts.values():
        unknown["applied" if act.applied_before else "absent"] += 1
    unit.work_until(before + ACTS)
    faults += look(list(ledger.acts.values()), units={unit.code})
    if set(trouble) - {503}:
        faults.append(f"ตอบรหัส {sorted(trouble)} แทนที่จะเป็น 503")

    def go_on() -> None:
        machine.start()
        unit.work_until(ledger.acknowledged + MORE)

    came_back = old_comes_back(pair)
    embedded_postgres.stop(pair.first)
    return {
        "acknowledged_before": before,
        "acknowledged_after": ledger.acknowledged - before,
        "unanswered": unknown,
        "seconds_away": round(back, 2),
        "old_primary": came_back,
        "restored": restore(pair.second, machine.folder, go_on=go_on),
        "faults": faults,
    }


def old_comes_back(pair: Pair) -> dict[str, Any]:
    """The old primary, started as it fell, would write but acknowledges nothing; rewound, it follows and only reads."""
    embedded_postgres.ensure_running(pair.first)
    writes = psycopg.connect(pair.first.dsn(role=APP_ROLE), autocommit=True)
    waiting = threading.Thread(target=_write, args=(writes,))
    waiting.start()
    wait_for(pair.first, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
    acknowledged = not waiting.is_alive()
    kill_cluster(pair.first)
    waiting.join()
    writes.close()
    pair.rewind()
    with psycopg.connect(pair.first.dsn(), autocommit=True) as old, psycopg.connect(pair.second.dsn()) as new:
        follows = old.execute("SELECT pg_is_in_recovery()").fetchone()
        marks = [
            one.execute("SELECT count(*) FROM django_cache WHERE cache_key = 'split'").fetchone() for one in (old, new)
        ]
    return {
        "acknowledged_alone": acknowledged,
        "follows_after_rewind": follows == (True,),
        "kept_alone": marks != [(0,), (0,)],
    }


def _write(connection: psycopg.Connection[Any]) -> None:
    try:
        connection.execute("INSERT INTO django_cache VALUES ('split', 'x', now())")
    except psycopg.OperationalError:
        return  # killed while it waited: nobody was told that it was written


if __name__ == "__main__":
    sys.exit(main())
