"""What the examples under deploy/ promise: settings that exist, secrets as files, arguments that the server knows."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from config import database

pytestmark = pytest.mark.house

REPOSITORY = Path(__file__).resolve().parents[2]
DEPLOY = REPOSITORY / "deploy"


def _source(*folders: str) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for folder in folders for path in sorted(REPOSITORY.glob(f"{folder}/*.py"))
    )


def test_every_variable_of_the_examples_is_one_that_the_settings_read() -> None:
    example = (DEPLOY / "localgov.env.example").read_text(encoding="utf-8")
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    names = set(re.findall(r"(?m)^([A-Z_]+)=", example))
    names |= {name for name in re.findall(r"(?m)^\s+([A-Z_]+)_FILE:", compose) if not name.startswith("POSTGRES")}

    assert len(names) >= 8
    assert not [name for name in sorted(names) if f'"{name}"' not in _source("config")]


def test_the_secrets_of_the_example_are_left_for_the_operator() -> None:
    example = (DEPLOY / "localgov.env.example").read_text(encoding="utf-8")

    for name in ("DATABASE_URL", "SECRET_KEY", "ONE_TIME_CODE_KEY"):
        assert re.search(rf"(?m)^{name}=$", example)


@pytest.mark.parametrize("name", ["localgov.service", "Dockerfile"])
def test_the_server_knows_every_argument_of_the_examples(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8").replace('", "', " ").replace('"', " ")
    line = next(part for part in text.replace("\\\n", " ").splitlines() if "-m granian" in part)
    options = [part.rstrip(",]") for part in shlex.split(line.partition("granian")[2]) if part.startswith("--")]
    known = subprocess.run(
        [sys.executable, "-m", "granian", "--help"], capture_output=True, text=True, check=True
    ).stdout.replace("\n", " ")

    assert len(options) >= 6
    assert not [option for option in options if option.replace("--no-", "--") not in known and option not in known]


def test_the_addresses_of_the_database_may_stand_in_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PYTEST_VERSION", "DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, user in (("DATABASE_URL", "app"), ("DATABASE_OWNER_URL", "owner")):
        (tmp_path / name).write_text(f"postgresql://{user}@h/info\n")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))

    users = []
    for role in ("app", "owner"):
        monkeypatch.setenv("LOCALGOV_DATABASE_ROLE", role)
        users.append(database.databases()["default"]["USER"])

    assert not database.is_embedded()
    assert users == ["app", "owner"]
