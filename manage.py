#!/usr/bin/env python
"""Management commands. With DATABASE_URL unset, the embedded database is started first and shared with `make run`.

Exit codes: 0 done, 1 refused (with a sentence on standard error), 2 misuse. Standard output belongs to the command.
"""

import os
import sys
from collections.abc import Sequence

REFUSED, MISUSE = 1, 2
_WITHOUT_DATABASE = frozenset({"help", "version", "--help", "-h", "--version"})


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the process's exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        import django
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line, get_commands
        from django.db.utils import OperationalError

        from config import database
        from config.postgres_programs import EmbeddedPostgresError
    except ModuleNotFoundError as error:
        return _say(f"ไม่พบ {error.name}: สั่ง make setup ก่อน แล้วเรียกด้วย .venv/bin/python manage.py", REFUSED)

    command = next((argument for argument in arguments[1:] if not argument.startswith("-")), "help")
    database.choose_role(command)
    try:
        database.stay_local_if_run_here()
        django.setup()
        if command not in get_commands() and command != "help":
            return _say(f"ไม่มีคำสั่ง {command!r}: ดูคำสั่งทั้งหมดด้วย manage.py help", MISUSE)
        if not _WITHOUT_DATABASE.intersection({command, *arguments[1:]}):
            database.start_if_embedded()
        execute_from_command_line(list(arguments))
    except (ImproperlyConfigured, EmbeddedPostgresError) as error:
        return _say(str(error), REFUSED)
    except OperationalError as error:
        if "--traceback" in arguments:
            raise
        return _say(f"ติดต่อฐานข้อมูลไม่ได้หรือถูกตัดการเชื่อมต่อ: {str(error).strip()}", REFUSED)
    return 0


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv))
