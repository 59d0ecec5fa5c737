"""`manage.py load_forms_and_rounds`: the eight-domain form published, FY 2569 and 2570 open. Again changes nothing."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.forms.engine.problems import FormBroken
from localgov.rounds import services


class Command(BaseCommand):
    """Run after the register is there (a demo's or the real one). Exit 0 done, 1 refused, 2 misuse."""

    help = "เผยแพร่แบบข้อมูล อปท. 8 ด้าน และเปิดรอบปีงบประมาณ 2569 และ 2570 (สั่งซ้ำได้)"

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Load and report."""
        actor = system_actor("คำสั่ง load_forms_and_rounds", RoleCode.FORM_OWNER, RoleCode.DEPARTMENT_OFFICER)
        try:
            loaded = services.forms_and_rounds_load(actor=actor, at=timezone.now())
        except FormBroken as broken:
            raise CommandError("\n".join([broken.message, *map(str, broken.problems)])) from None
        except Denied as denied:
            raise CommandError(denied.reason) from None
        if options["json"]:
            report = {
                "form": loaded.version.form_code,
                "version": loaded.version.version,
                "published": loaded.published,
                "opened": list(loaded.opened),
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        published = "เผยแพร่แล้ว" if loaded.published else "เผยแพร่อยู่ก่อนแล้ว"
        opened = f"เปิดรอบปีงบประมาณ {', '.join(map(str, loaded.opened))}" if loaded.opened else "รอบเปิดอยู่ก่อนแล้ว"
        self.stdout.write(f"{loaded.version.title} รุ่น {loaded.version.version}: {published} · {opened}")
