"""Two clusters: one that writes, and one that follows it and has every commit before the client hears of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from config import embedded_postgres
from config.embedded_postgres import APP_ROLE, DATABASE, OWNER_ROLE, PORT, Cluster
from config.postgres_programs import run

PATIENCE = 60.0
_FOLLOWER = "follower"


class Failed(Exception):
    """A program of PostgreSQL refused; the message is what it said."""


def program(name: str, *arguments: str, folder: Path) -> None:
    """Run one of PostgreSQL's programs. Raises `Failed`."""
    ended = run(name, *arguments, folder=folder)
    if ended.returncode != 0:
        raise Failed(f"{name}: {ended.stdout}")


@dataclass(frozen=True)
class Pair:
    """`first` writes to begin with; `second` is made from it."""

    first: Cluster
    second: Cluster

    def url(self, role: str) -> str:
        """The address of both, for libpq to find the one that writes."""
        hosts = f"{self.first.socket_folder},{self.second.socket_folder}"
        return f"postgresql:///{DATABASE}?host={hosts}&port={PORT},{PORT}&user={role}&target_session_attrs=read-write"

    @property
    def environment(self) -> dict[str, str]:
        """What an installation on both is told."""
        return {
            "DATABASE_URL": self.url(APP_ROLE),
            "DATABASE_OWNER_URL": self.url(OWNER_ROLE),
            "LOCALGOV_LOCAL": "1",
        }

    def follow(self) -> None:
        """Make the second by a base backup of the first, let it follow, and wait for it at every commit from now on."""
        setting(self.first, "wal_keep_size", "1GB")  # what pg_rewind reads back through
        copy(self.first, self.second)
        embedded_postgres.ensure_running(self.second)
        setting(self.first, "synchronous_standby_names", _FOLLOWER)
        setting(self.first, "synchronous_commit", "remote_apply")
        wait_for(self.first, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")

    def promote(self) -> None:
        """Let the second write. It waits for nobody until somebody follows it."""
        program("pg_ctl", "promote", "-D", str(self.second.data), "-w", folder=self.second.folder)
        setting(self.second, "synchronous_standby_names", "")

    def rewind(self) -> None:
        """Make the first, which fell, follow the second: what only the first had is undone."""
        source = self.second.dsn(role=OWNER_ROLE, database="postgres")
        (self.first.data / "postmaster.pid").unlink(
            missing_ok=True
        )  # of the killed server, whose corpse may still be there
        program(
            "pg_rewind", f"--target-pgdata={self.first.data}", f"--source-server={source}", "--write-recovery-conf",
            folder=self.first.folder,
        )  # fmt: skip
        embedded_postgres.ensure_running(self.first)


def copy(source: Cluster, target: Cluster) -> None:
    """A base backup of a running cluster that, when started, follows it."""
    target.folder.mkdir(parents=True)
    origin = make_conninfo(source.dsn(role=OWNER_ROLE, database="postgres"), application_name=_FOLLOWER)
    program(
        "pg_basebackup", "--pgdata", str(target.data), "--dbname", origin, "--write-recovery-conf",
        "--wal-method=stream", "--checkpoint=fast", folder=source.folder,
    )  # fmt: skip
    (target.folder / "provisioned").write_bytes((source.folder / "provisioned").read_bytes())


def setting(cluster: Cluster, name: str, value: str) -> None:
    """Set one setting for good, of a cluster that writes."""
    with psycopg.connect(cluster.dsn(database="postgres"), autocommit=True) as server:
        server.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        server.execute("SELECT pg_reload_conf()")


def wait_for(cluster: Cluster, question: str) -> None:
    """Return once the answer is not 0. Raises `Failed`."""
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(cluster.dsn(database="postgres"), autocommit=True) as server:
        while server.execute(question).fetchone() == (0,):
            if time.monotonic() > deadline:
                raise Failed(question)
            time.sleep(0.05)  # another process: there is nothing to wait on but its answer
