"""`make run`: bring the database up to date, then serve until Ctrl-C. Run with `.venv/bin/python` after `bin/setup`.

PORT (8000), HOST (127.0.0.1), DATABASE_URL and LOCALGOV_VAR are honoured. What the server says goes to standard error.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from django.core.exceptions import ImproperlyConfigured  # noqa: E402

from config import database, env  # noqa: E402
from config.postgres_programs import EmbeddedPostgresError  # noqa: E402

_SECONDS_TO_SERVE = 120
_ERRORS_TO_GIVE_UP = 5
_SECONDS_BETWEEN_HEADS = 3600
_PR_SET_PDEATHSIG = 1  # of Linux's prctl()
_STOPPED = {0, -signal.SIGTERM, -signal.SIGINT}
_WORKERS, _THREADS = 2, 4
#: What a new demonstration is filled with: the province of its accounts in both years, then some units of every province.
_SEASONS = (
    ("--fiscal-year", "2569", "--settled", "--province", "25"),
    ("--fiscal-year", "2570", "--province", "25"),
    ("--fiscal-year", "2569", "--settled", "--units-each", "5"),
)


class RunError(Exception):
    """The program cannot be served; the message is a Thai sentence that says what to do."""


def main() -> int:
    """Prepare, serve, and return the process's exit code: 0 after Ctrl-C, 1 when it cannot serve."""
    os.chdir(REPOSITORY)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOCALGOV_LOCAL", "1")  # plain http on this machine, whichever database
    try:
        host, port = env.text("HOST", default="127.0.0.1"), env.integer("PORT", default=8000, minimum=1)
        refuse_taken_port(host, port)
        database.start_if_embedded()
        accounts = prepare()
        return serve(host, port, accounts)
    except (ImproperlyConfigured, EmbeddedPostgresError, RunError) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:  # before the server is there to be stopped
        return 1


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before the long part when another program has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise RunError(f"ใช้ที่อยู่ {host}:{port} ไม่ได้ ({error}): หยุดโปรแกรมที่ใช้อยู่ หรือสั่ง make run PORT=8001") from None


def prepare() -> str:
    """Bring the database up to date in a process of its own, as its owner; return the demo accounts' table."""
    say("ปรับฐานข้อมูลและแฟ้มหน้าเว็บให้เป็นปัจจุบัน")
    command = [sys.executable, str(REPOSITORY / "bin" / "prepare.py")]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if result.returncode != 0:
        raise RunError("เตรียมฐานข้อมูลไม่สำเร็จ (ข้อความอยู่ข้างบน): แก้แล้วสั่ง make run ใหม่")
    return result.stdout


def serve(host: str, port: int, accounts: str) -> int:
    """Run the server until it ends; announce the address once it answers. Signals reach the server in order."""
    command = server_command(host, port)
    # A session of its own: Ctrl-C reaches this process alone. Workers that get it too are slow to stop.
    server = subprocess.Popen(command, start_new_session=True, preexec_fn=end_with_parent)  # noqa: S603

    worker = subprocess.Popen(worker_command(), start_new_session=True, preexec_fn=end_with_parent)  # noqa: S603

    def forward(_number: int, _frame: FrameType | None) -> None:
        server.terminate()
        worker.terminate()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    serving = wait_until_serving(server, host, port)
    if serving:
        announce(host, port, accounts)
        threading.Thread(target=publish_daily_heads, daemon=True).start()
        if database.season_due().exists():
            threading.Thread(target=play_seasons, daemon=True).start()
    elif server.poll() is None:
        server.terminate()
        say("เซิร์ฟเวอร์ไม่ตอบที่ /healthz ว่าพร้อม จึงหยุด: ดูข้อความข้างบน")
    code = server.wait()
    worker.terminate()
    worker.wait()
    return 0 if serving and code in _STOPPED else 1


def server_command(
    host: str, port: int, *, workers: int = _WORKERS, application: str = "config.wsgi:application"
) -> list[str]:
    """The command line of the server; whoever measures or torments it starts the same one."""
    return [
        sys.executable, "-m", "granian", application, "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(_THREADS),
        "--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """The command line of the worker of background jobs."""
    return [sys.executable, str(REPOSITORY / "manage.py"), "work"]


def publish_daily_heads() -> None:
    """Ask every hour for the day's head over the chains of the record: made once a day, as a server's timer would."""
    while True:
        time.sleep(_SECONDS_BETWEEN_HEADS)
        command = [sys.executable, str(REPOSITORY / "manage.py"), "audit_head"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603


def play_seasons() -> None:
    """Fill a new demonstration beside the server, giving way to it; killed in the middle, the next run goes on."""
    say("กรอกข้อมูลสาธิตอยู่เบื้องหลัง จังหวัดปราจีนบุรีก่อน แล้วทุกจังหวัด ใช้งานได้เลย")
    for season in _SEASONS:
        command = [sys.executable, str(REPOSITORY / "manage.py"), "simulate_season", "--seed", "1", *season]
        result = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False, preexec_fn=give_way
        )
        say((result.stdout or result.stderr).strip())
        if result.returncode != 0:
            return
    database.season_due().unlink(missing_ok=True)


def give_way() -> None:
    """Let the child end with this process, and have the processor after it."""
    end_with_parent()
    os.nice(10)


def end_with_parent() -> None:
    """Ask Linux to end the child when this process is killed, so that no server stays behind on the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until_serving(server: "subprocess.Popen[bytes]", host: str, port: int) -> bool:
    """Whether /healthz answered 200 before the server ended, erred a few times, or the patience ran out."""
    deadline, errors = time.monotonic() + _SECONDS_TO_SERVE, 0
    while server.poll() is None and time.monotonic() < deadline and errors < _ERRORS_TO_GIVE_UP:
        status = health("127.0.0.1" if host == "0.0.0.0" else host, port)  # noqa: S104
        if status == http.HTTPStatus.OK:
            return True
        errors += status is not None
        time.sleep(0.1 if status is None else 1)
    return False


def health(host: str, port: int) -> int | None:
    """The status with which /healthz answers; None while nobody listens."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def announce(host: str, port: int, accounts: str) -> None:
    """Print the address and one demo account per role; the only lines on standard output."""
    sys.stdout.write(f"\nระบบข้อมูลกลาง อปท. พร้อมใช้ที่ http://{host}:{port}/   (หยุดด้วย Ctrl-C)\n\n{accounts.rstrip()}\n\n")
    sys.stdout.flush()


def say(sentence: str) -> None:
    """One line of progress or refusal."""
    sys.stderr.write(f"· {sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
