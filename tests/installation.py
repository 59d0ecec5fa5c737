"""An installation made once and copied for every test that needs one: the demo register, its form, rounds and accounts.

Kept in var/installation under a hash of all that it is made of, beside it the same with people for every unit of the
demo's province (`tests/killing/prepare.py`). Making it costs half a minute, a copy a second.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import embedded_postgres
from config.embedded_postgres import Cluster

REPOSITORY = Path(__file__).resolve().parents[1]
KEPT = REPOSITORY / "var" / "installation"
#: Everything that decides what the database holds.
_SOURCES = ("config", "forms", "localgov", "tests/killing", "requirements.lock", "tests/installation.py")
_SUFFIXES = {".py", ".sql", ".csv", ".json", ".lock"}


def installation_copy(folder: Path, *, crews: bool = False) -> None:
    """Put the installation, stopped, into a folder that is then LOCALGOV_VAR; `crews` with people for every unit."""
    folder.mkdir(parents=True, exist_ok=True)
    with _locked():
        source = KEPT / _digest() / ("crews" if crews else "plain")
        if not source.exists():
            _make(source.parent)
        _copy(source, folder)


def environment_without_tests() -> dict[str, str]:
    """The environment of a program that is not part of a test run, for an installation of its own."""
    names = ("PYTEST", "LOCALGOV_", "DATABASE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(names)}


def _make(place: Path) -> None:
    shutil.rmtree(KEPT / "unfinished", ignore_errors=True)
    for old in KEPT.glob("*/crews"):
        shutil.rmtree(old.parent)
    plain, crews = KEPT / "unfinished" / "plain", KEPT / "unfinished" / "crews"
    plain.mkdir(parents=True)
    _prepare(plain, "demo")
    _copy(plain, crews)
    (crews / "units.json").write_bytes(_prepare(crews, "crews"))
    place.parent.mkdir(parents=True, exist_ok=True)
    (KEPT / "unfinished").rename(place)


def _prepare(folder: Path, stage: str) -> bytes:
    """One stage of `tests/killing/prepare.py` on the folder's cluster; what it printed."""
    cluster = Cluster(folder=folder / "pg", durable=False)  # whole once it was stopped in good order
    embedded_postgres.ensure_running(cluster)
    try:
        told = subprocess.run(
            [sys.executable, "-m", "tests.killing.prepare", stage],
            cwd=REPOSITORY, env=environment_without_tests() | {"LOCALGOV_VAR": str(folder)},
            stdout=subprocess.PIPE, check=True,
        ).stdout  # fmt: skip
    finally:
        embedded_postgres.stop(cluster)
    return told


def _copy(source: Path, target: Path) -> None:
    """Copy what lies in a folder, sharing blocks where the file system can; the log stays behind."""
    target.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", "--reflink=auto", f"{source}/.", str(target)], check=True)
    (target / "pg" / "server.log").unlink(missing_ok=True)


def _digest() -> str:
    total = hashlib.sha256(sys.version.encode())
    for root in _SOURCES:
        path = REPOSITORY / root
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.suffix in _SUFFIXES:
                total.update(f"\0{file.relative_to(REPOSITORY)}\0".encode() + file.read_bytes())
    return total.hexdigest()[:16]


@contextmanager
def _locked() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
