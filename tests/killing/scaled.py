"""`python -m tests.killing.scaled --folder F`: two servers behind HAProxy, PostgreSQL behind PgBouncer, as deploy/ has them.

People work through HAProxy; one server is killed, then the other; everything acknowledged is there. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from config import embedded_postgres
from config.embedded_postgres import APP_ROLE, OWNER_ROLE, PORT, Cluster
from config.postgres_programs import NAMESPACE
from tests.killing.ledger import Ledger
from tests.killing.machine import REPOSITORY, Machine
from tests.killing.sheet_work import SheetWork
from tests.killing.soak import made

DEPLOY = REPOSITORY / "deploy"
PROGRAMS = ("haproxy", "pgbouncer")
ACTS = 10
#: More than the trial has time for.
SEASONS = 1000
PATIENCE = 120.0


def program(name: str) -> str | None:
    """Where a program lies; Debian keeps these two in /usr/sbin."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def main() -> int:
    """0 when nothing acknowledged was lost."""
    parser = argparse.ArgumentParser(description="ทดสอบหลายเครื่องแม่ข่ายหลัง HAProxy และ PgBouncer")
    parser.add_argument("--folder", type=Path, required=True)
    folder: Path = parser.parse_args().folder.resolve()
    first, units = made(folder)
    os.environ["LOCALGOV_DATABASE_ROLE"] = "owner"
    import django

    django.setup()
    pooler, front = free_port(), free_port()
    pooled = {
        "DATABASE_URL": f"postgresql://{APP_ROLE}@127.0.0.1:{pooler}/localgov", "DATABASE_POOLED": "1",
        "LOCALGOV_LOCAL": "1",
    }  # fmt: skip
    servers = [Machine(folder, port, environment=pooled, keeps_database=False) for port in (first.port, free_port())]
    with ExitStack() as running:
        running.callback(embedded_postgres.stop, first.cluster)
        start(running, [program("pgbouncer") or "", str(pooler_settings(folder, first.cluster, pooler))])
        for server in servers:
            running.callback(server.stop)
            server.start()
        start(running, [program("haproxy") or "", "-f", str(front_settings(folder, front, servers))])
        told = work_and_kill(folder, front, servers, units[0])
        told["pooled"] = pools(pooler)
        from django.db import connection

        running.callback(connection.close)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return 1 if told["faults"] else 0


def work_and_kill(folder: Path, port: int, servers: list[Machine], unit_told: dict[str, Any]) -> dict[str, Any]:
    """One server falls while people work, comes back, the other falls."""
    from localgov.accounts.services import DEMO_PASSWORD
    from tests.killing.truth import look
    from tests.killing.unit_work import UnitWork

    faults, trouble = list[str](), dict[int, int]()
    unit = UnitWork(
        code=unit_told["code"], certifier="certifier",
        sheets=[SheetWork(unit=unit_told["code"], **sheet) for sheet in unit_told["sheets"]], seasons=SEASONS, port=port,
        password=DEMO_PASSWORD, ledger=Ledger(folder / "ledger.jsonl"), trouble=trouble, faults=faults,
    )  # fmt: skip
    wait_until_served(port)
    unit.sign_in()
    acknowledged = []
    for server in (*servers, None):
        before = unit.ledger.acknowledged
        if server is None:
            unit.work_until(before + ACTS)
        else:
            unit.work_until(before + ACTS, then=partial(server.kill_server, Random(0)))
            unit.work_until(unit.ledger.acknowledged + ACTS)  # on the other one alone
            server.start()
            faults += look(list(unit.ledger.acts.values()), units={unit.code})
        acknowledged.append(unit.ledger.acknowledged - before)
    faults += look(list(unit.ledger.acts.values()), units={unit.code})
    faults += [f"ตอบรหัส {status} {count} ครั้ง" for status, count in trouble.items() if status == 500]
    return {
        "acknowledged": acknowledged,
        "trouble": {str(one): count for one, count in trouble.items()},
        "faults": faults,
    }


def pooler_settings(folder: Path, cluster: Cluster, port: int) -> Path:
    """deploy/pgbouncer.ini with the addresses of this machine; its cluster asks for no password."""
    text = (DEPLOY / "pgbouncer.ini").read_text(encoding="utf-8")
    text = text.replace("host=primary port=5432", f"host={cluster.socket_folder} port={PORT}")
    text = text.replace("listen_addr = 0.0.0.0\nlisten_port = 6432", f"listen_addr = 127.0.0.1\nlisten_port = {port}")
    users = folder / "userlist.txt"
    users.write_text(f'"{APP_ROLE}" ""\n"{OWNER_ROLE}" ""\n')
    text = text.replace("auth_type = scram-sha-256", "auth_type = trust").replace(
        "/etc/pgbouncer/userlist.txt", str(users)
    )
    path = folder / "pgbouncer.ini"
    path.write_text(f"{text}unix_socket_dir =\nadmin_users = {OWNER_ROLE}\n", encoding="utf-8")
    return path


def front_settings(folder: Path, port: int, servers: list[Machine]) -> Path:
    """deploy/haproxy.cfg with the addresses of this machine, without TLS."""
    text = (DEPLOY / "haproxy.cfg").read_text(encoding="utf-8")
    text = re.sub(
        r"    bind :80\n    bind :443 .*\n    http-request redirect .*\n", f"    bind 127.0.0.1:{port}\n", text
    )
    text = text.replace("hdr Host info.example.go.th", "hdr Host localhost").replace("proto https", "proto http")
    for name, server in zip(("app1:8000", "app2:8000"), servers, strict=True):
        text = text.replace(name, f"127.0.0.1:{server.port}")
    path = folder / "haproxy.cfg"
    path.write_text(text, encoding="utf-8")
    return path


def start(running: ExitStack, command: list[str]) -> None:
    """Start a program beside us and end it with us; PgBouncer refuses root."""
    prefix = NAMESPACE if os.getuid() == 0 and "pgbouncer" in command[0] else []
    process = subprocess.Popen([*prefix, *command], stdout=sys.stderr)
    running.callback(process.wait)
    running.callback(process.terminate)


def pools(port: int) -> bool:
    """Whether transactions of the application went through the pool."""
    with psycopg.connect(f"postgresql://{OWNER_ROLE}@127.0.0.1:{port}/pgbouncer", autocommit=True) as console:
        rows = psycopg.ClientCursor(console).execute("SHOW STATS").fetchall()
    return any(row[0] == "localgov" and row[1] > ACTS for row in rows)


def wait_until_served(port: int) -> None:
    """Return once HAProxy has found a server that is ready."""
    from bin.run import health

    deadline = time.monotonic() + PATIENCE
    while health("127.0.0.1", port) != 200:
        if time.monotonic() > deadline:
            raise SystemExit("HAProxy ไม่พบเครื่องแม่ข่ายที่พร้อม")
        time.sleep(0.1)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
