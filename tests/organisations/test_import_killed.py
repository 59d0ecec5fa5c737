"""An import that is killed in the middle leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.organisations.register_files import FIRST, register_file

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = f"killed_{os.getpid()}"
PATIENCE = 90.0


@pytest.fixture
def scratch(django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty, migrated database of its own in the tests' cluster."""
    settings = connection.settings_dict
    place = f"host={quote(settings['HOST'], safe='')}&user={settings['USER']}&port={settings['PORT'] or 5432}"
    server = f"postgresql:///postgres?{place}"
    address = f"postgresql:///{NAME}?{place}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    try:
        subprocess.run(manage("migrate", "-v0"), env=environment(address), check=True, timeout=PATIENCE)
        yield address
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(NAME)))


def manage(*arguments: str) -> list[str]:
    """The command line of a management command."""
    return [sys.executable, str(REPOSITORY / "manage.py"), *arguments]


def environment(address: str) -> dict[str, str]:
    """This process's environment, turned to the scratch database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return kept | {"DATABASE_URL": address, "LOCALGOV_LOCAL": "1"}


def test_leaves_nothing_behind_when_it_is_killed(scratch: str, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(register_file(FIRST))
    with psycopg.connect(scratch) as holder:
        holder.execute("LOCK TABLE forms_formversion")  # the import stops here, the whole register already written
        command = subprocess.Popen(manage("import_register", str(file)), env=environment(scratch))
        wait_until_blocked(scratch)
        command.send_signal(signal.SIGKILL)
        command.wait(PATIENCE)
        holder.rollback()

    with psycopg.connect(scratch) as reader:
        for table in ("organisations_organisation", "organisations_registerimport", "audit_event"):
            count = reader.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            assert count == (0,), table


def wait_until_blocked(address: str) -> None:
    """Wait until another session of the database waits for a lock."""
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(address, autocommit=True) as watcher:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        while watcher.execute(query).fetchone() == (0,):
            assert time.monotonic() < deadline, "the import never came to the lock"
            watcher.execute("SELECT pg_sleep(0.05)")
