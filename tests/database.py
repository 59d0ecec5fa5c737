"""The tests' database: a copy of a template that holds the tables, made once for each state of the migrations.

To migrate takes half a minute of a busy machine and every worker of every run needs it; to copy takes less than a second.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from config import database

REPOSITORY = Path(__file__).resolve().parents[1]
#: What decides which tables, triggers and grants a migrated database has.
_SOURCES = ("localgov/*/migrations/*.py", "config/settings.py", "config/database_roles.sql", "requirements.lock")
_PREFIX = "template_localgov_"


def database_make() -> str:
    """Give the connection a database of the name that the settings say; return the name that it had before."""
    before, name = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.close()
    with _locked():
        template = _template()
        with connection._nodb_cursor() as server:
            _drop(server, name)
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _connect(name)
    return str(before)


def database_drop(before: str) -> None:
    """Remove what `database_make` made."""
    name = connection.settings_dict["NAME"]
    _connect(before)
    with connection._nodb_cursor() as server:
        _drop(server, name)


def _template() -> str:
    """The template of the migrations as they are now; those of other states are removed."""
    total = hashlib.sha256()
    for pattern in _SOURCES:
        for file in sorted(REPOSITORY.glob(pattern)):
            total.update(f"\0{file.relative_to(REPOSITORY)}\0".encode() + file.read_bytes())
    name = _PREFIX + total.hexdigest()[:16]
    with connection._nodb_cursor() as server:
        server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX])
        found = {row[0] for row in server.fetchall()}
        for old in found - {name}:
            _drop(server, old)
    if name not in found:
        _migrate(name)
    return name


def _migrate(name: str) -> None:
    """Make the template under another name first, so that a broken one is never taken."""
    wanted = connection.settings_dict["TEST"]
    before, unfinished = connection.settings_dict["NAME"], f"{_PREFIX}unfinished"
    connection.settings_dict["TEST"] = wanted | {"NAME": unfinished}
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.settings_dict["TEST"] = wanted
        _connect(before)
    with connection._nodb_cursor() as server:
        server.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def _connect(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _drop(server: CursorWrapper, name: str) -> None:
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _locked() -> Iterator[None]:
    """One worker at a time: a template that is being copied may be used by nobody else."""
    folder = database.var_folder() / "pg-test"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
