"""Bring the database up to date before serving; print the demo accounts. `bin/run.py` runs it, as the tables' owner.

Several commands in one process: starting Django once for each would take most of a second start.
"""

import contextlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["LOCALGOV_DATABASE_ROLE"] = "owner"

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db.utils import OperationalError, ProgrammingError

from config import database


def main() -> int:
    """0 = up to date (the demo accounts stand on standard output), 1 = refused with a sentence."""
    try:
        django.setup()
        with contextlib.redirect_stdout(sys.stderr):
            call_command("migrate", verbosity=0)
            load_demo_into_empty_register()
            call_command("collectstatic", interactive=False, verbosity=0)
            call_command("audit_head")
        call_command("demo_accounts")
    except (CommandError, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except (OperationalError, ProgrammingError) as error:
        sys.stderr.write(
            f"ปรับฐานข้อมูลไม่ได้: {str(error).strip()}\n"
            "ตรวจว่าฐานข้อมูลทำงานอยู่ และบทบาทใน DATABASE_OWNER_URL (หรือ DATABASE_URL) เป็นเจ้าของตาราง\n"
        )
        return 1
    return 0


def load_demo_into_empty_register() -> None:
    """An installation without a single organisation gets the national demo registry (DESIGN, Demo registry)."""
    from localgov.organisations.models import Organisation

    if not Organisation.objects.exists():
        sys.stderr.write("· สร้างทะเบียนสาธิตทั้งประเทศ (ครั้งแรกเท่านั้น)\n")
        call_command("load_demo")
        database.season_due().touch()


if __name__ == "__main__":
    sys.exit(main())
