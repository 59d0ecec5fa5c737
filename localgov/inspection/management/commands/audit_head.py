"""`manage.py audit_head`: publishes the day's head over all chains; once a day, by the scheduler."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from localgov.inspection import services
from localgov.lib.thai_calendar import format_date_short


class Command(BaseCommand):
    """Prints the day and its hash; the same day again changes nothing. Exit 0 done, 1 refused, 2 misuse."""

    help = "ทำยอดสรุปประจำวันของบันทึกทั้งหมด (วันละหนึ่งครั้ง ทำซ้ำไม่มีผล)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The form of the answer."""
        parser.add_argument("--json", action="store_true", help="พิมพ์ยอดสรุปเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Make the head, print it."""
        try:
            head, is_new = services.daily_head_make(at=timezone.now())
        except services.HeadNotReady as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"hash": head.hash, "made": is_new, "statement": json.loads(head.statement)}))
            return
        word = "ทำยอดสรุปประจำวันแล้ว" if is_new else "มียอดสรุปของวันนี้อยู่แล้ว"
        self.stdout.write(f"{word}: {format_date_short(head.day)} {head.hash}")
        filings = f"ชุดข้อมูล {head.filings_count:,} ชุด (เปลี่ยน {head.moved_count:,})"
        self.stdout.write(f"{filings} การกระทำ {head.events_count:,} แถวข้อมูลระบบ {head.rows_count:,}")
