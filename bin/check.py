"""`make check`: every rule that a machine can judge, all of them even when one fails. Run with `.venv/bin/python`."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BIN = REPOSITORY / ".venv" / "bin"

#: What a real installation sets; no database is asked, so the address need not exist.
PRODUCTION = {
    "DATABASE_URL": "postgresql://localgov_app@database.example.go.th/localgov",
    "ALLOWED_HOSTS": "info.example.go.th",
    "CSRF_TRUSTED_ORIGINS": "https://info.example.go.th",
    "LOCALGOV_LOCAL": "0",
    "DEBUG": "0",
}


def templates() -> list[str]:
    """Every template of the repository."""
    return sorted(str(path.relative_to(REPOSITORY)) for path in REPOSITORY.glob("localgov/**/*.html"))


def checks() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Name → command and what it adds to the environment."""
    python, manage = str(BIN / "python"), str(REPOSITORY / "manage.py")
    production = PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(64)}
    return {
        "ruff check": ([str(BIN / "ruff"), "check", "."], {}),
        "ruff format": ([str(BIN / "ruff"), "format", "--check", "."], {}),
        "djade": ([str(BIN / "djade"), "--check", "--target-version", "5.2", *templates()], {}),
        "lint-imports": ([str(BIN / "lint-imports")], {}),
        "mypy": ([str(BIN / "mypy"), "manage.py", "bench", "bin", "config", "localgov", "tests"], {}),
        "makemigrations": ([python, manage, "makemigrations", "--check", "--dry-run"], {}),
        "check --deploy": ([python, manage, "check", "--deploy", "--fail-level", "WARNING"], production),
    }


def main() -> int:
    """Run all checks; 0 when every one passed."""
    failed = []
    for name, (command, added) in checks().items():
        started = time.monotonic()
        result = subprocess.run(  # noqa: S603
            command,
            cwd=REPOSITORY,
            env=os.environ | added,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        passed = result.returncode == 0
        sys.stdout.write(f"{'ok    ' if passed else 'FAILED'} {name} ({time.monotonic() - started:.1f} s)\n")
        if not passed:
            failed.append(name)
            sys.stdout.write(result.stdout.decode(errors="replace") + "\n")
        sys.stdout.flush()
    if failed:
        sys.stdout.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
