"""Which PostgreSQL this process talks to, and as whom (DESIGN, Truth; ADR 0001).

DATABASE_URL          a database of your own, of one host or several: postgresql://a,b/name?target_session_attrs=read-write
DATABASE_OWNER_URL    the same as the role that owns the tables, for `migrate` and the like (default: DATABASE_URL)
WORKER_DATABASE_URL   the same past a pooler, for `manage.py work`, which listens (default: DATABASE_URL)
neither               the embedded cluster in LOCALGOV_VAR (default `var/`), started by `manage.py` and by the tests

The serving role reads and writes rows; the owner changes tables. `manage.py` chooses by the command's name and says so
in LOCALGOV_DATABASE_ROLE, which a person may set as well. The tests own a cluster of their own, without fsync.
"""

import fcntl
import os
import secrets
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from config import embedded_postgres, env
from config.embedded_postgres import Cluster

REPOSITORY = Path(__file__).resolve().parent.parent

#: Commands that change tables, or that empty what the serving role may not empty.
OWNER_COMMANDS = frozenset(
    {"createcachetable", "dbshell", "flush", "import_register", "load_demo", "makemigrations", "migrate", "reset_demo",
     "simulate_season",
     "sqlflush", "sqlmigrate", "squashmigrations", "test"}
)  # fmt: skip

#: A host that fell without a word is given up after about 25 seconds (milliseconds in the last), not after two hours.
_SILENT_HOST = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}

_ROLE_VARIABLE = "LOCALGOV_DATABASE_ROLE"
_OWNER, _APP, _WORKER = "owner", "app", "worker"
_TEST_NAME_VARIABLE = "LOCALGOV_TEST_DATABASE"
_LOCAL_KEY = "secret-key"
_held_locks: list[Any] = []  # open files whose locks last as long as this process


def var_folder() -> Path:
    """Where everything lies that the program itself writes: clusters, built files, stamps, the local key."""
    return Path(env.text("LOCALGOV_VAR", default=str(REPOSITORY / "var"))).resolve()


def season_due() -> Path:
    """A file that stands from the making of the demo registry until its season is played (`bin/run.py`)."""
    return var_folder() / "season-due"


def is_embedded() -> bool:
    """Whether this process uses the embedded cluster."""
    return not env.secret("DATABASE_URL", default="")


def is_testing() -> bool:
    """Whether pytest (or `manage.py test`) runs this process."""
    return "PYTEST_VERSION" in os.environ


def cluster() -> Cluster:
    """The embedded cluster of this process: the tests have one of their own."""
    if is_testing():
        return Cluster(folder=var_folder() / "pg-test", durable=False)
    return Cluster(folder=var_folder() / "pg")


def choose_role(command: str) -> None:
    """Say, before the settings are read, as which role this management command connects."""
    role = _OWNER if command in OWNER_COMMANDS else _WORKER if command == "work" else _APP
    os.environ.setdefault(_ROLE_VARIABLE, role)


def stay_local_if_run_here() -> None:
    """Let commands use the key of the `make run` of this checkout, also with a DATABASE_URL, unless told otherwise.

    A real installation has no such key: there a command without SECRET_KEY is refused rather than given another key.
    """
    if not env.secret("SECRET_KEY", default="") and (var_folder() / _LOCAL_KEY).exists():
        os.environ.setdefault("LOCALGOV_LOCAL", "1")


def start_if_embedded() -> None:
    """Start the embedded cluster unless DATABASE_URL names a database. Raises `EmbeddedPostgresError`."""
    if is_embedded():
        embedded_postgres.ensure_running(cluster())


def databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Under pytest it starts the tests' cluster, since nobody else does."""
    chosen = env.text(_ROLE_VARIABLE, default=_APP)
    owner = is_testing() or chosen == _OWNER
    variable = _url_variable(owner=owner, worker=chosen == _WORKER)
    if is_embedded():
        if is_testing():
            start_if_embedded()
        role = embedded_postgres.OWNER_ROLE if owner else embedded_postgres.APP_ROLE
        parameters = conninfo_to_dict(cluster().dsn(role=role))
    else:
        parameters = _parameters(variable)
    past_pooler = variable == "WORKER_DATABASE_URL"
    settings = _django_settings(parameters, pooled=not past_pooler and env.flag("DATABASE_POOLED", default=False))
    if is_testing():
        settings["TEST"] = {"NAME": _test_database_name()}
    return {"default": settings}


def local_secret_key(folder: Path) -> str:
    """The secret key of a local installation: made once, kept in `folder`, readable by its owner alone."""
    path = folder / _LOCAL_KEY
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / f"{_LOCAL_KEY}.{os.getpid()}"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        try:
            os.link(new, path)  # fails when another process was first: then its key is the key
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_text(encoding="utf-8").strip()


def _url_variable(*, owner: bool, worker: bool) -> str:
    own = "DATABASE_OWNER_URL" if owner else "WORKER_DATABASE_URL" if worker else ""
    return own if own and env.secret(own, default="") else "DATABASE_URL"


def _parameters(variable: str) -> dict[str, Any]:
    url = env.secret(variable)
    form = "postgresql://ผู้ใช้:รหัสผ่าน@เครื่อง:5432/ชื่อฐานข้อมูล"
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(f"{variable} ต้องเป็นที่อยู่ของ PostgreSQL แบบ {form} (ระบบนี้ใช้ PostgreSQL เท่านั้น)")
    try:
        parameters = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # The parser's own message may quote the address, and with it the password.
        raise ImproperlyConfigured(f"อ่าน {variable} ไม่ได้: ตรวจรูปแบบ {form} อักขระพิเศษในรหัสผ่านต้องเขียนแบบ %XX") from None
    if not parameters.get("dbname"):
        raise ImproperlyConfigured(f"{variable} ไม่มีชื่อฐานข้อมูล: เขียนต่อท้ายที่อยู่ แบบ {form}")
    return parameters


def _django_settings(parameters: dict[str, Any], *, pooled: bool) -> dict[str, Any]:
    """`pooled`: each transaction may come to another connection of the server's."""
    threshold = None if pooled else env.integer("DATABASE_PREPARE_AFTER", default=3) or None
    ours = {"connect_timeout": 5, "application_name": "localgov", "prepare_threshold": threshold}
    if threshold:
        # What is kept planned is planned without looking at its parameters (a look costs more than most of it takes).
        ours["options"] = "-c plan_cache_mode=force_generic_plan"
    options = ours | _SILENT_HOST | parameters
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),  # several hosts, separated by commas, are tried in turn
        "PORT": str(options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
    }


def _test_database_name() -> str:
    """A name that no other test run in this checkout uses now; the workers of one run share it.

    A lock on a file, held until this process ends, reserves the name, so that names are used again.
    """
    if name := os.environ.get(_TEST_NAME_VARIABLE):
        return name
    names = var_folder() / "pg-test" / "names"
    names.mkdir(parents=True, exist_ok=True)
    for number in range(1, 1000):
        name = f"test_localgov_{number}"
        file = (names / name).open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        _held_locks.append(file)
        os.environ[_TEST_NAME_VARIABLE] = name
        return name
    raise ImproperlyConfigured(f"ชื่อฐานข้อมูลทดสอบถูกใช้หมด: หยุดการทดสอบที่ค้างอยู่ แล้วลบโฟลเดอร์ {names}")
