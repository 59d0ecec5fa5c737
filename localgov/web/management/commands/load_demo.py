"""`manage.py load_demo`: the demo registry of the country, the eight-domain form and its first open years."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.directory.services.demo import demo_records_make
from localgov.forms.engine.problems import FormBroken
from localgov.jobs.services import task_queue
from localgov.library import services as library
from localgov.organisations import services as organisations
from localgov.publishing.models import Item
from localgov.rounds import services as rounds
from localgov.rounds.models import Round
from localgov.web.tasks import DEMO_ITEMS

#: Of a hundred units of the demo registry, so many have recorded website and administrators by fiscal year.
_SHARES = {2569: 86, 2570: 55}


class Command(BaseCommand):
    """Changes nothing where the demo stands already; refused where a real register is. Exit 0 done, 1 refused, 2 misuse."""

    help = "สร้างทะเบียน อปท. สาธิตทั้งประเทศ พร้อมแบบข้อมูล 8 ด้านและรอบปีงบประมาณ 2569–2570"

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """All of it or nothing."""
        at = timezone.now()
        actor = system_actor("คำสั่ง load_demo", RoleCode.OPERATOR, RoleCode.FORM_OWNER, RoleCode.DEPARTMENT_OFFICER)
        try:
            with transaction.atomic():
                made = organisations.demo_register_make(actor=actor, at=at)
                loaded = rounds.forms_and_rounds_load(actor=actor, at=at, back_to=made.effective)
                for year, share in _SHARES.items():
                    for opened in Round.objects.filter(form_code="eight_domains", fiscal_year_be=year):
                        demo_records_make(at=at, round=opened, share=share if made.created else 0)
            library.guides_load(actor=actor, at=at)
            if not Item.objects.exists():
                task_queue(task=DEMO_ITEMS)
        except Denied as denied:
            raise CommandError(denied.reason) from None
        except FormBroken as broken:
            raise CommandError("\n".join([broken.message, *map(str, broken.problems)])) from None
        if options["json"]:
            report = {
                "created": made.units if made.created else 0,
                "units": made.units,
                "offices": made.offices,
                "opened": list(loaded.opened),
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        word = "สร้างแล้ว" if made.created else "มีอยู่แล้ว"
        self.stdout.write(f"ทะเบียนสาธิต{word}: อปท. {made.units:,} แห่ง สำนักงาน {made.offices:,} แห่ง")
