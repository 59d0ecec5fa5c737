"""An installation made once and copied for every test that needs one (`tests/killing/prepare.py` has its stages).

Kept in var/installation under a hash of all that it is made of. Making it costs half a minute, a copy a second;
`python -m tests.installation` makes it beforehand, so that no test waits for it.
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
from enum import StrEnum
from pathlib import Path

from config import embedded_postgres
from config.embedded_postgres import Cluster

REPOSITORY = Path(__file__).resolve().parents[1]
KEPT = REPOSITORY / "var" / "installation"
#: Everything that decides what the database holds.
_SOURCES = ("config", "forms", "localgov", "tests/killing", "requirements.lock", "tests/installation.py")
_begun: list[subprocess.Popen[bytes]] = []  # held, so that nobody waits for its end
_SUFFIXES = {".py", ".sql", ".csv", ".json", ".lock"}


class Stage(StrEnum):
    """How much an installation holds; each has all that is before it."""

    TABLES = "tables"
    DEMO = "demo"
    CREWS = "crews"


def installation_copy(folder: Path, stage: Stage = Stage.DEMO) -> None:
    """Put the installation, stopped, into a folder that is then LOCALGOV_VAR."""
    folder.mkdir(parents=True, exist_ok=True)
    with _locked():
        _copy(_kept() / stage, folder)


def installation_begin() -> None:
    """Make the installation beside whoever calls; who copies it before it is there waits."""
    _begun[:] = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.installation"],
            cwd=REPOSITORY,
            env=environment_without_tests(),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    ]


def environment_without_tests() -> dict[str, str]:
    """The environment of a program that is not part of a test run, for an installation of its own."""
    names = ("PYTEST", "LOCALGOV_", "DATABASE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(names)}


def _kept() -> Path:
    """The folder of today's stages, made now if it is not there."""
    place, unfinished = KEPT / _digest(), KEPT / "unfinished"
    if place.exists():
        return place
    shutil.rmtree(unfinished, ignore_errors=True)
    for old in KEPT.glob(f"*/{Stage.CREWS}"):
        shutil.rmtree(old.parent)
    before: Path | None = None
    for stage in Stage:
        folder = unfinished / stage
        folder.mkdir(parents=True)
        if before:
            _copy(before, folder)
        if told := _prepare(folder, stage):
            (folder / "units.json").write_bytes(told)
        before = folder
    unfinished.rename(place)
    return place


def _prepare(folder: Path, stage: Stage) -> bytes:
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


if __name__ == "__main__":
    with _locked():
        _kept()
