"""`manage.py write_state_diagram`: write docs/states.md from the table of steps."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from localgov.filings import state_diagram

PAGE = "docs/states.md"


class Command(BaseCommand):
    """Writes the committed page; a test fails while it is stale."""

    help = "เขียน docs/states.md จากตารางสถานะ"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        (Path(settings.BASE_DIR) / PAGE).write_text(state_diagram.markdown(), encoding="utf-8")
        self.stdout.write(f"เขียน {PAGE} แล้ว")
