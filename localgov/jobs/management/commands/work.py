"""The worker: does what waits in the queue until it is stopped."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app

#: Seconds that a running task has to come to a place where it may be broken off.
_GRACE = 8.0


class Command(BaseCommand):
    """See docs/operations.md; several may run on several machines."""

    help = "ทำงานเบื้องหลังที่รออยู่ในคิวจนกว่าจะถูกหยุด (SIGTERM หรือ Ctrl-C) เปิดได้หลายตัวพร้อมกัน"

    def add_arguments(self, parser: CommandParser) -> None:
        """How many at a time, and whether to stay."""
        parser.add_argument("--concurrency", type=int, default=2, metavar="N", help="ทำพร้อมกันได้กี่งาน (ปกติ 2)")
        parser.add_argument("--until-empty", action="store_true", help="จบเมื่อไม่มีงานที่ถึงเวลาแล้ว")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve the queue. Behind a pooler nothing can be listened for: it is asked every five seconds."""
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            app.run_worker(
                concurrency=options["concurrency"],
                wait=not options["until_empty"],
                listen_notify=not settings.DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"],
                delete_jobs="successful",
                shutdown_graceful_timeout=_GRACE,
            )
