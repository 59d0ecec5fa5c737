"""The embedded cluster: started by anyone, shared by all, hard to break."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres, postgres_programs
from config.embedded_postgres import APP_ROLE, Cluster, ensure_running, status, stop
from config.postgres_programs import EmbeddedPostgresError, is_server_of

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not tmp_path: where root must become another user, that user has to reach the folder.
    made = Path(tempfile.mkdtemp(prefix="localgov-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder=folder / "pg", durable=False)
    yield made
    stop(made)


def _execute(dsn: str, *statements: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def test_keeps_data_through_a_stop_and_a_kill(cluster: Cluster) -> None:
    owner = ensure_running(cluster)
    _execute(owner, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (1)", "CHECKPOINT")

    assert stop(cluster) is True
    assert stop(cluster) is False
    assert status(cluster).pid is None

    ensure_running(cluster)
    first = status(cluster).pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while is_server_of(first, cluster.data):
        os.sched_yield()
    ensure_running(cluster)

    assert status(cluster).pid not in {None, first}
    assert _execute(owner, "SELECT n FROM kept") == [(1,)]


def test_sees_through_a_pid_file_whose_number_another_process_has_now(cluster: Cluster) -> None:
    ensure_running(cluster)
    pid_file = cluster.data / "postmaster.pid"
    left_behind = pid_file.read_text().splitlines()
    stop(cluster)
    pid_file.write_text("\n".join([str(os.getpid()), *left_behind[1:]]) + "\n")

    assert status(cluster).pid is None
    assert _execute(ensure_running(cluster), "SELECT 1") == [(1,)]


def test_starts_anew_after_its_folder_was_deleted_under_a_running_server(cluster: Cluster) -> None:
    ensure_running(cluster)
    first = status(cluster).pid
    shutil.rmtree(cluster.folder)

    owner = ensure_running(cluster)

    assert first is not None
    assert not is_server_of(first, cluster.data)
    assert _execute(owner, "SELECT 1") == [(1,)]


def test_restarts_a_server_whose_socket_was_deleted(cluster: Cluster) -> None:
    ensure_running(cluster)
    cluster.socket.unlink()

    assert _execute(ensure_running(cluster), "SELECT 1") == [(1,)]


def test_refuses_a_folder_that_a_server_out_of_sight_uses(cluster: Cluster) -> None:
    ensure_running(cluster)
    pid_file = cluster.data / "postmaster.pid"
    whole = pid_file.read_text()
    pid_file.write_text("")

    with pytest.raises(EmbeddedPostgresError, match="มองไม่เห็น"):
        ensure_running(cluster)

    pid_file.write_text(whole)


def test_starts_one_server_for_many_commands_at_once(cluster: Cluster) -> None:
    program = (
        "import sys; from pathlib import Path; from config.embedded_postgres import *\n"
        "c = Cluster(folder=Path(sys.argv[1]), durable=False); ensure_running(c); print(status(c).pid)"
    )
    command = [sys.executable, "-c", program, str(cluster.folder)]

    starting = [subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {process.communicate()[0].strip() for process in starting}

    assert answers == {str(status(cluster).pid)}


def test_lets_the_serving_role_change_rows_but_no_tables(cluster: Cluster) -> None:
    owner = ensure_running(cluster)
    _execute(owner, "CREATE DATABASE made_later")

    for database in (embedded_postgres.DATABASE, "made_later"):
        app = cluster.dsn(role=APP_ROLE, database=database)
        _execute(cluster.dsn(database=database), "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, v text)")
        _execute(app, "INSERT INTO t (v) VALUES ('ก')", "UPDATE t SET v = 'ข'", "DELETE FROM t")
        _execute(app, "CREATE TEMPORARY TABLE bulk (n int)")
        for refused in ("TRUNCATE t", "DROP TABLE t", "CREATE TABLE mine (n int)", "ALTER TABLE t ADD c int"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                _execute(app, refused)


def test_has_the_extensions_and_the_locale_that_thai_search_needs(cluster: Cluster) -> None:
    owner = ensure_running(cluster)

    _execute(owner, "CREATE EXTENSION btree_gist", "CREATE EXTENSION pg_trgm")

    assert _execute(owner, "SHOW server_encoding") == [("UTF8",)]
    assert _execute(owner, "SELECT similarity('เทศบาลตำบลกบินทร์', 'เทศบาลตำบลกบินทร') > 0.7") == [(True,)]


def test_listens_on_no_network_port_and_hides_its_socket(cluster: Cluster) -> None:
    owner = ensure_running(cluster)

    assert _execute(owner, "SHOW listen_addresses") == [("",)]
    assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700


def test_finds_a_short_place_for_the_socket_of_a_deep_folder(folder: Path) -> None:
    deep = Cluster(folder=folder / ("ลึก" * 20) / "pg", durable=False)
    try:
        assert _execute(ensure_running(deep), "SELECT 1") == [(1,)]
        assert deep.socket_folder.parent == Path(tempfile.gettempdir())
    finally:
        stop(deep)
        shutil.rmtree(deep.socket_folder)


def test_starts_anew_after_an_initdb_that_was_cut_off(cluster: Cluster) -> None:
    (cluster.folder / "data.unfinished" / "base").mkdir(parents=True)

    assert _execute(ensure_running(cluster), "SELECT 1") == [(1,)]


def test_refuses_the_data_of_another_major_version(cluster: Cluster) -> None:
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(EmbeddedPostgresError, match="รุ่น 17 แต่โปรแกรมเป็นรุ่น 18"):
        ensure_running(cluster)


@pytest.mark.skipif(os.getuid() != 0, reason="only root has to become another user")
def test_runs_where_namespaces_are_forbidden(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_programs, "NAMESPACE", ["a-program-that-no-machine-has"])

    assert _execute(ensure_running(cluster), "SELECT 1") == [(1,)]

    assert cluster.data.stat().st_uid != 0
