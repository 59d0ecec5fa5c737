"""`manage.py write_role_matrix`: write docs/roles.md from the tables of roles and permissions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from localgov.accounts import role_matrix

PAGE = "docs/roles.md"


class Command(BaseCommand):
    """Writes the committed page; a test fails while it is stale."""

    help = "เขียน docs/roles.md จากตารางบทบาทและสิทธิ"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        (Path(settings.BASE_DIR) / PAGE).write_text(role_matrix.markdown(), encoding="utf-8")
        self.stdout.write(f"เขียน {PAGE} แล้ว")
