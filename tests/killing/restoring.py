"""Backing up and restoring as docs/operations.md says: a dump read back, and a base backup with its WAL up to a moment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config import embedded_postgres
from config.embedded_postgres import APP_ROLE, Cluster
from config.postgres_programs import hand_over
from tests.killing.machine import REPOSITORY
from tests.killing.pair import copy, program, setting, wait_for

#: What the serving role tries on a restored database, and must not be able to.
REWRITES = (
    "UPDATE filings_change SET receipt = 'x'",
    "DELETE FROM filings_steptaken",
    "TRUNCATE certification_certificate CASCADE",
    "ALTER TABLE filings_change DISABLE TRIGGER ALL",
)


def restore(source: Cluster, folder: Path, *, go_on: Callable[[], None]) -> dict[str, Any]:
    """Dump and restore `source`; then a base backup, work (`go_on`), a moment, more work, and back to that moment."""
    archive = folder / "archive"
    archive.mkdir()
    hand_over(archive)
    setting(source, "archive_mode", "on")
    setting(source, "archive_command", f"cp %p {archive}/%f")
    embedded_postgres.stop(source)
    embedded_postgres.ensure_running(source)
    base = Cluster(folder=folder / "moment")
    copy(source, base)
    go_on()
    moment, wanted = _now(source), digests(source)
    go_on()
    return {"dump": _dump(source, folder), "moment": _to_moment(source, base, archive, moment, wanted)}


def _dump(source: Cluster, folder: Path) -> dict[str, Any]:
    """pg_dump and pg_restore into a database of the two roles; verified by the product's own commands."""
    target, file = Cluster(folder=folder / "restored"), folder / "localgov.dump"
    program("pg_dump", "--format=custom", f"--file={file}", f"--dbname={source.dsn()}", folder=source.folder)
    embedded_postgres.ensure_running(target)
    program("pg_restore", "--exit-on-error", f"--dbname={target.dsn()}", str(file), folder=target.folder)
    try:
        return {
            "same": digests(target) == digests(source),
            "rewrites": _rewrites(target),
            **{name: _manage(target, name) for name in ("check_whole", "verify_audit")},
        }
    finally:
        embedded_postgres.stop(target)


def _to_moment(source: Cluster, base: Cluster, archive: Path, moment: str, wanted: dict[str, str]) -> dict[str, Any]:
    """The base backup with the WAL that was archived since, up to the moment and not a transaction further."""
    after = digests(source)
    with psycopg.connect(source.dsn(database="postgres"), autocommit=True) as server:
        wal = server.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
    wait_for(source, f"SELECT count(*) FROM pg_stat_archiver WHERE last_archived_wal >= '{wal[0]}'")  # type: ignore[index]
    (base.data / "standby.signal").rename(base.data / "recovery.signal")
    with (base.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"primary_conninfo = ''\narchive_mode = off\nrestore_command = 'cp {archive}/%f %p'\n"
            f"recovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n"
        )
    embedded_postgres.ensure_running(base)
    wait_for(base, "SELECT count(*) WHERE NOT pg_is_in_recovery()")
    try:
        found = digests(base)
        return {"same": found == wanted, "moved_on": after != wanted, "check_whole": _manage(base, "check_whole")}
    finally:
        embedded_postgres.stop(base)


def digests(cluster: Cluster) -> dict[str, str]:
    """Of every table a digest of all its rows."""
    found = {}
    with psycopg.connect(cluster.dsn()) as reader:
        tables = reader.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        for (table,) in tables:
            question = sql.SQL(
                "SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, chr(10) ORDER BY r::text)), '') FROM {} r"
            )
            (found[table],) = reader.execute(question.format(sql.Identifier(table))).fetchone() or ("",)
    return found


def _now(cluster: Cluster) -> str:
    with psycopg.connect(cluster.dsn()) as reader:
        return str((reader.execute("SELECT clock_timestamp()").fetchone() or ("",))[0])


def _rewrites(cluster: Cluster) -> list[str]:
    """Which rewritings the serving role was allowed."""
    allowed = []
    with psycopg.connect(cluster.dsn(role=APP_ROLE), autocommit=True) as connection:
        for statement in REWRITES:
            try:
                connection.execute(statement.encode())
                allowed.append(statement)
            except psycopg.Error:
                continue
    return allowed


def _manage(cluster: Cluster, command: str) -> int:
    """The exit code of a command on a database, as the serving role."""
    host, name = cluster.socket_folder, embedded_postgres.DATABASE
    environment = os.environ | {
        "DATABASE_URL": f"postgresql:///{name}?host={host}&port={embedded_postgres.PORT}&user={APP_ROLE}",
        "LOCALGOV_DATABASE_ROLE": "app",
        "LOCALGOV_LOCAL": "1",
    }
    asked = [sys.executable, "manage.py", command]
    return subprocess.run(asked, cwd=REPOSITORY, env=environment, stdout=sys.stderr, check=False).returncode
