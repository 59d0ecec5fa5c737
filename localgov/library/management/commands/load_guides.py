"""`manage.py load_guides`: the product's guides as PDF in the download box. Again changes nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.library import services


class Command(BaseCommand):
    """Run after each release: a guide that changed gets a new version. Exit 0 done, 1 refused, 2 misuse."""

    help = "ใส่คู่มือของระบบ (PDF) ใน Download คู่มือที่เปลี่ยนได้ฉบับใหม่ สั่งซ้ำได้"

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Load and report."""
        actor = system_actor("คำสั่ง load_guides", RoleCode.DEPARTMENT_OFFICER)
        try:
            loaded = services.guides_load(actor=actor, at=timezone.now())
        except Denied as denied:
            raise CommandError(denied.reason) from None
        if options["json"]:
            self.stdout.write(json.dumps(asdict(loaded), ensure_ascii=False))
            return
        words = (("เพิ่ม", loaded.added), ("ฉบับใหม่", loaded.replaced), ("ไม่เปลี่ยน", loaded.unchanged))
        self.stdout.write("คู่มือของระบบ: " + " · ".join(f"{word} {len(codes)}" for word, codes in words))
