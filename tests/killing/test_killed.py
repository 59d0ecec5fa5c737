"""A season on the real server, killed five times in five ways: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import environment_without_tests
from tests.killing import scaled
from tests.killing.machine import REPOSITORY

PATIENCE = 900.0


@pytest.mark.killing
def test_keeps_everything_acknowledged_and_nothing_by_halves(tmp_path: Path) -> None:
    report = tmp_path / "soak.json"
    soak = [sys.executable, "-m", "tests.killing.soak", "--kills", "5", "--in-turn", "--units", "1", "--acts", "40"]

    ended = subprocess.run(
        [*soak, "--folder", str(tmp_path / "machine"), "--report", str(report)],
        cwd=REPOSITORY, env=environment_without_tests(), capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stdout + ended.stderr[-3000:]
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["faults"] == []
    assert told["ways"] == {"all": 1, "backend": 1, "database": 1, "server": 1, "worker": 1}
    assert told["acknowledged"]["batch"] >= 10
    assert told["acknowledged"]["step"] >= 1


@pytest.mark.killing
def test_goes_on_when_the_other_database_takes_over_and_comes_back_from_its_backups(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.killing.disaster", "--folder", str(tmp_path)]

    ended = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=environment_without_tests(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr[-3000:]
    told = json.loads(ended.stdout)
    assert told["faults"] == []
    assert told["acknowledged_before"] >= 20
    assert told["acknowledged_after"] >= 20
    assert told["old_primary"] == {"acknowledged_alone": False, "follows_after_rewind": True, "kept_alone": False}
    whole = {"same": True, "check_whole": 0}
    assert told["restored"]["dump"] == whole | {"rewrites": [], "verify_audit": 0}
    assert told["restored"]["moment"] == whole | {"moved_on": True}


@pytest.mark.killing
def test_two_servers_behind_haproxy_and_pgbouncer_lose_nothing_when_one_falls(tmp_path: Path) -> None:
    missing = [name for name in scaled.PROGRAMS if scaled.program(name) is None]
    if missing:
        pytest.skip(f"ไม่มี {' และ '.join(missing)} ในเครื่องนี้ (apt install haproxy pgbouncer)")
    command = [sys.executable, "-m", "tests.killing.scaled", "--folder", str(tmp_path)]

    ended = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=environment_without_tests(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr[-3000:]
    told = json.loads(ended.stdout)
    assert (told["faults"], told["pooled"]) == ([], True)
    assert min(told["acknowledged"]) >= scaled.ACTS
