"""The machine that is killed: a cluster with fsync of its own and the server that `make run` starts, by their processes."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bin.run import end_with_parent, health, server_command
from config import embedded_postgres
from config.embedded_postgres import Cluster

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
_PROCESSES = Path("/proc")


class NeverServed(Exception):
    """The server or the database did not come back; the message holds the end of its log."""


@dataclass
class Machine:
    """One installation in `folder`, serving on `port`. `environment` is added to the server's.

    `keeps_database`: whether a start brings up the cluster too, unless somebody else looks after the databases.
    """

    folder: Path
    port: int
    workers: int = 1
    environment: dict[str, str] = field(default_factory=dict)
    keeps_database: bool = True
    server: subprocess.Popen[bytes] | None = None

    @property
    def cluster(self) -> Cluster:
        """Its database: durable, as a real one."""
        return Cluster(folder=self.folder / "pg")

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.folder / "server.log"

    def start(self) -> float:
        """Bring up what is down; return the seconds until /healthz answered. Raises `NeverServed`."""
        began = time.monotonic()
        self._keep_database()
        if self.server is None or self.server.poll() is not None:
            kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "LOCALGOV_"))}
            with self.log.open("ab") as log:
                self.server = subprocess.Popen(
                    server_command("127.0.0.1", self.port, workers=self.workers),
                    cwd=REPOSITORY,
                    env=kept | {"LOCALGOV_VAR": str(self.folder), "LOG_LEVEL": "ERROR"} | self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=end_with_parent,
                )
        while not self._serves():
            if self.server.poll() is not None or time.monotonic() - began > PATIENCE:
                raise NeverServed(self.log.read_text(encoding="utf-8", errors="replace")[-3000:])
            self._keep_database()  # a crash seen late: the postmaster ended after it was asked
            time.sleep(0.05)  # another process: there is nothing to wait on but its answer
        return time.monotonic() - began

    def _keep_database(self) -> None:
        if self.keeps_database:
            embedded_postgres.ensure_running(self.cluster)

    def _serves(self) -> bool:
        try:
            return health("127.0.0.1", self.port) == http.HTTPStatus.OK
        except http.client.HTTPException:
            return False  # killed in mid-answer

    def stop(self) -> None:
        """End everything in good order."""
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(PATIENCE)
        if self.keeps_database:
            embedded_postgres.stop(self.cluster)

    # --- killing -----------------------------------------------------------------------------------------------------

    def kill_server(self, _rng: Random) -> None:
        """The server with all its workers."""
        assert self.server is not None
        _kill(self.server.pid, *_children(self.server.pid))
        self.server.wait(PATIENCE)

    def kill_worker(self, rng: Random) -> None:
        """One worker; the server has to put another in its place."""
        assert self.server is not None
        workers = [pid for pid in _children(self.server.pid) if b"resource_tracker" not in _command(pid)]
        if workers:
            _kill(rng.choice(workers))

    def kill_backend(self, rng: Random) -> None:
        """One process of the database that serves the application: PostgreSQL then throws out all and recovers."""
        postmaster = self._postmaster()
        backends = [pid for pid in _children(postmaster) if b"localgov_app" in _command(pid)] if postmaster else []
        if backends:
            _kill(rng.choice(backends))

    def kill_postmaster(self, _rng: Random) -> None:
        """The head of the database alone; its processes notice by themselves."""
        postmaster = self._postmaster()
        if postmaster:
            _kill(postmaster)

    def kill_database(self, _rng: Random) -> None:
        """The database with all its processes."""
        kill_cluster(self.cluster)

    def kill_all(self, rng: Random) -> None:
        """Everything at once, as when the machine falls."""
        self.kill_database(rng)
        self.kill_server(rng)

    def kill_twice(self, rng: Random) -> None:
        """The database, and again while it recovers."""
        self.kill_database(rng)
        embedded_postgres.ensure_running(self.cluster)
        self.kill_database(rng)

    def _postmaster(self) -> int | None:
        return embedded_postgres.status(self.cluster).pid


#: What is killed, and how often of a hundred times.
WAYS: dict[str, tuple[Callable[[Machine, Random], None], int]] = {
    "database": (Machine.kill_database, 20),
    "server": (Machine.kill_server, 20),
    "backend": (Machine.kill_backend, 20),
    "worker": (Machine.kill_worker, 15),
    "all": (Machine.kill_all, 10),
    "postmaster": (Machine.kill_postmaster, 10),
    "twice": (Machine.kill_twice, 5),
}


def kill_cluster(cluster: Cluster) -> None:
    """A database with all its processes."""
    postmaster = embedded_postgres.status(cluster).pid
    if postmaster:
        _kill(postmaster, *_children(postmaster))


def _kill(*pids: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue  # ended by itself meanwhile


def _children(parent: int) -> list[int]:
    """Processes whose parent is this one."""
    found = []
    for process in _PROCESSES.glob("[0-9]*"):
        try:
            text = (process / "stat").read_text()
        except OSError:
            continue  # ended meanwhile
        if int(text.rpartition(")")[2].split()[1]) == parent:
            found.append(int(process.name))
    return sorted(found)


def _command(pid: int) -> bytes:
    try:
        return (_PROCESSES / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""
