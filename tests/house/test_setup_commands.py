"""What the command line promises: exit codes, sentences, and lock files that name no host."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def _manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY, env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [["no_such_command"], ["check", "--no-such-option"]])
def test_misuse_is_exit_code_2_with_nothing_on_standard_output(arguments: list[str]) -> None:
    result = _manage(*arguments)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr


def test_a_database_that_does_not_answer_is_refused_with_a_sentence() -> None:
    result = _manage("showmigrations", DATABASE_URL="postgresql://u:top-secret@127.0.0.1:9/info", LOCALGOV_LOCAL="1")

    assert (result.returncode, result.stdout) == (1, "")
    assert "ติดต่อฐานข้อมูลไม่ได้" in result.stderr
    assert "top-secret" not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_setting_is_refused_with_a_sentence() -> None:
    result = _manage("check", DATABASE_URL="mysql://h/info", LOCALGOV_LOCAL="1")

    assert (result.returncode, result.stdout) == (1, "")
    assert "PostgreSQL เท่านั้น" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_command_with_a_database_of_its_own_needs_the_key_of_the_installation(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "postgresql://u@127.0.0.1:9/info", "LOCALGOV_VAR": str(tmp_path)}
    without = _manage("check", **environment)
    (tmp_path / "secret-key").write_text("k" * 60)
    with_local_key = _manage("check", **environment)

    assert (without.returncode, with_local_key.returncode) == (1, 0)
    assert "SECRET_KEY" in without.stderr


def test_the_lock_pins_every_dependency_by_hash_and_names_no_host() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text()
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", lock, flags=re.MULTILINE))
    entries = [entry for entry in re.split(r"(?m)^(?=\S)", lock) if entry]
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]

    assert {re.split(r"[\[~=<>; ]", name)[0] for name in wanted} <= pinned
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|--index|--find-links|^#", lock, flags=re.MULTILINE)


def test_the_lock_of_the_page_tools_records_no_download_address() -> None:
    lock = json.loads((REPOSITORY / "package-lock.json").read_text())

    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
