"""Which database a process uses, and as whom."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import database

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a serving process sees it: neither tests nor the owner."""
    for name in ("PYTEST_VERSION", "DATABASE_URL", "DATABASE_OWNER_URL", "LOCALGOV_DATABASE_ROLE"):
        monkeypatch.delenv(name, raising=False)


def _default() -> dict[str, Any]:
    return database.databases()["default"]


def test_uses_the_embedded_cluster_as_the_serving_role_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOCALGOV_VAR", str(tmp_path))

    found = _default()

    assert (found["USER"], found["NAME"]) == ("localgov_app", "localgov")
    assert not (tmp_path / "pg").exists()  # reading the settings starts nothing


def test_reads_an_address_of_several_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p%40ss@a:5432,b:5433/info?target_session_attrs=read-write")

    found = _default()

    assert (found["HOST"], found["PORT"], found["NAME"], found["PASSWORD"]) == ("a,b", "5432,5433", "info", "p@ss")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert found["CONN_HEALTH_CHECKS"] is True


def test_behind_a_pooler_nothing_outlives_its_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@pooler:6432/info")
    direct = _default()
    monkeypatch.setenv("DATABASE_POOLED", "1")
    pooled = _default()

    assert (direct["OPTIONS"]["prepare_threshold"], direct["DISABLE_SERVER_SIDE_CURSORS"]) == (3, False)
    assert (pooled["OPTIONS"]["prepare_threshold"], pooled["DISABLE_SERVER_SIDE_CURSORS"]) == (None, True)


@pytest.mark.parametrize(
    ("command", "user"), [("migrate", "owner"), ("createcachetable", "owner"), ("score_indicator7", "app")]
)
def test_connects_as_the_owner_for_the_commands_that_change_tables(
    monkeypatch: pytest.MonkeyPatch, command: str, user: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@h/info")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@h/info")

    database.choose_role(command)

    assert _default()["USER"] == user


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///db.sqlite3", "PostgreSQL เท่านั้น"),
        ("postgresql://u:top-secret@h:port", "ไม่มีชื่อฐานข้อมูล"),
        ("postgresql://u:top-secret%ZZ@h/info", "อ่าน DATABASE_URL ไม่ได้"),
    ],
)
def test_refuses_a_bad_address_without_repeating_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str, sentence: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(ImproperlyConfigured, match=sentence) as refused:
        database.databases()

    assert "top-secret" not in str(refused.value)


def test_gives_each_test_run_of_a_checkout_its_own_database(tmp_path: Path) -> None:
    program = "from config import database; print(database._test_database_name(), flush=True); input()"
    environment = {name: value for name, value in os.environ.items() if name != "LOCALGOV_TEST_DATABASE"}
    environment |= {"LOCALGOV_VAR": str(tmp_path)}
    command = [sys.executable, "-c", program]
    pipe = subprocess.PIPE
    runs = [
        subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdin=pipe, stdout=pipe, text=True) for _ in range(3)
    ]

    names = {run.stdout.readline().strip() for run in runs if run.stdout}
    for run in runs:
        run.communicate("\n")

    assert names == {"test_localgov_1", "test_localgov_2", "test_localgov_3"}


def test_keeps_the_local_key_to_its_owner(tmp_path: Path) -> None:
    key = database.local_secret_key(tmp_path / "var")

    assert len(key) >= 50
    assert database.local_secret_key(tmp_path / "var") == key
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]
