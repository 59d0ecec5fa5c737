"""Where the benchmark plays: a cluster of its own in `var/bench`, durable like a real one, and the databases in it.

    bench_demo      the demo registry and its accounts
    bench_seed      the same with people for every unit
    bench_country   the same with one year of the whole country
    bench           a copy of it, made anew for each run: what the server serves
    bench_rows      another copy, into which COPY puts rows for the limits
    bench_growth    ten years of figures

A database keeps as its comment what it was made from, so that it is used again until the schema, the form or the makers change.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config import embedded_postgres
from config.embedded_postgres import APP_ROLE, OWNER_ROLE, Cluster

REPOSITORY = Path(__file__).resolve().parent.parent
#: What the contents of a prepared database, and the numbers measured while it was made, follow from.
SOURCES = ("localgov/**/*.py", "forms/**/*", "bench/**/*.py", "config/*.py")
#: Settings of the caller's own installation, which must not leak into the benchmark's.
_FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL", "LOCALGOV_DATABASE_ROLE", "PYTEST_VERSION", "DEBUG", "SECRET_KEY")

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Stage:
    """The benchmark's folder, `var/bench` of an installation."""

    folder: Path

    @property
    def cluster(self) -> Cluster:
        """Its own PostgreSQL, with fsync."""
        return Cluster(folder=self.folder / "pg")

    def open(self) -> None:
        """Start the cluster."""
        embedded_postgres.ensure_running(self.cluster)

    def close(self) -> None:
        """Stop it."""
        embedded_postgres.stop(self.cluster)

    def environment(self, database: str) -> dict[str, str]:
        """The environment of a program that uses one of the databases: as the serving role, its owner where it must be."""
        kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        return kept | {
            "LOCALGOV_VAR": str(self.folder),
            "LOCALGOV_LOCAL": "1",
            "DATABASE_URL": self._url(database, APP_ROLE),
            "DATABASE_OWNER_URL": self._url(database, OWNER_ROLE),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def _url(self, database: str, role: str) -> str:
        return f"postgresql:///{database}?host={self.cluster.socket_folder}&port={embedded_postgres.PORT}&user={role}"

    @contextmanager
    def connect(self, database: str, *, role: str = OWNER_ROLE, autocommit: bool = True) -> Iterator[Connection]:
        """A plain connection, by default as the owner."""
        with psycopg.connect(self.cluster.dsn(role=role, database=database), autocommit=autocommit) as connection:
            yield connection

    def manage(self, database: str, *arguments: str) -> str:
        """Run a command of the program on one of the databases; what it printed."""
        command = [sys.executable, str(REPOSITORY / "manage.py"), *arguments]
        done = subprocess.run(  # noqa: S603
            command, env=self.environment(database), cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    # --- databases -------------------------------------------------------------------------------------------------

    def create(self, database: str, *, template: str = "template1") -> None:
        """Make a database anew, empty or as a copy of another."""
        self.drop(database)
        with self.connect("postgres") as server:
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(database), sql.Identifier(template)
                )
            )

    def drop(self, database: str) -> None:
        """Remove a database and whoever is connected to it."""
        with self.connect("postgres") as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def remembered(
        self, database: str, *, sources: Sequence[str] = SOURCES, any_age: bool = False
    ) -> dict[str, Any] | None:
        """What a prepared database remembers, if it was made from today's sources; None if it must be made (again)."""
        with self.connect("postgres") as server:
            row = server.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
            ).fetchone()
        if row is None or not row[0]:
            return None
        facts: dict[str, Any] = json.loads(row[0])
        return facts if any_age or facts.get("stamp") == stamp(sources) else None

    def remember(self, database: str, *, sources: Sequence[str] = SOURCES, **facts: Any) -> None:
        """Mark a database as finished, with facts for later runs."""
        words = json.dumps(facts | {"stamp": stamp(sources)})
        with self.connect("postgres") as server:
            server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database), sql.Literal(words)))


def stamp(sources: Sequence[str]) -> str:
    """A digest of the files that patterns name: of the program, the form and the makers of answers."""
    digest = hashlib.sha256()
    for pattern in sources:
        for path in sorted(REPOSITORY.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(REPOSITORY)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
