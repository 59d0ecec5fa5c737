"""`manage.py send_reminders`: the reminders of a day into the outbox."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.lib.refusals import Refusal
from localgov.lib.thai_calendar import BANGKOK, parse_date
from localgov.notices import post, services

_HOUR = 9


class Command(BaseCommand):
    """Prints what was written for each round and thing. Exit 0 done, 1 refused, 2 misuse."""

    help = "เขียนการแจ้งเตือนทางอีเมลของวันที่ระบุ (วันนี้) ลงกล่องส่งออก สั่งซ้ำในวันเดียวกันไม่เขียนซ้ำ"

    def add_arguments(self, parser: CommandParser) -> None:
        """For which day."""
        parser.add_argument("--at", metavar="DATE", help="วันที่ เช่น 2027-06-08 หรือ 8 มิ.ย. 2570 (ปกติวันนี้)")
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Write and tell."""
        at = _moment(options["at"])
        if not post.is_set_up():
            raise CommandError("ยังไม่ได้กำหนดเครื่องส่งอีเมล: กำหนด EMAIL_HOST และ EMAIL_FROM ก่อน จึงเขียนการแจ้งเตือนได้")
        done = services.reminders_send(actor=system_actor("คำสั่ง send_reminders"), at=at)
        if options["json"]:
            rows = [vars(one) | {"about": one.about.value} for one in done]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for one in done:
            words = f"{one.title} ({one.about.label}): แจ้ง {one.mailed:,} แห่ง ไม่มีที่อยู่อีเมล {one.without_address:,} แห่ง"
            self.stdout.write(words)
        if not done:
            self.stdout.write("ไม่มีการแจ้งเตือนที่ต้องส่ง")


def _moment(text: str | None) -> datetime:
    """Nine in the morning of the day, or now."""
    if text is None:
        return timezone.now()
    try:
        day = parse_date(text)
    except Refusal as refusal:
        raise CommandError(refusal.message) from None
    return datetime(day.year, day.month, day.day, _HOUR, tzinfo=BANGKOK)
