"""`manage.py check_whole`: whether what was filed and certified is whole, for after a crash or a restore."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from localgov.certification.selectors.wholeness import unit_faults
from localgov.rounds.models import RosterEntry


class Command(BaseCommand):
    """Replays every change and compares. Exit 0 all whole, 1 something is not (each named), 2 misuse. Changes nothing."""

    help = "ตรวจว่าคำตอบ ประวัติ ตัวเลข ขั้นตอน และใบรับรองของทุก อปท. ตรงกันครบถ้วน (ใช้หลังเครื่องดับหรือกู้คืนข้อมูล)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which units."""
        parser.add_argument("--fiscal-year", type=int, metavar="YEAR", help="ปีงบประมาณ พ.ศ. (เว้น = ทุกปี)")
        parser.add_argument("--province", metavar="NN", help="รหัสจังหวัด 2 หลัก")
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """One unit after the other, so that memory stays small."""
        entries = RosterEntry.objects.filter(filing__isnull=False).select_related("round")
        if options["fiscal_year"] is not None:
            entries = entries.filter(round__fiscal_year_be=options["fiscal_year"])
        if options["province"] is not None:
            entries = entries.filter(province_code=options["province"])
        checked, broken = 0, dict[tuple[int, str], list[str]]()
        for entry in entries.order_by("round__fiscal_year_be", "code").iterator(chunk_size=500):
            checked += 1
            found = unit_faults(entry)
            if found:
                broken[entry.round.fiscal_year_be, entry.code] = found
        if options["json"]:
            faults = [
                {"fiscal_year": year, "organisation": code, "faults": found} for (year, code), found in broken.items()
            ]
            self.stdout.write(json.dumps({"checked": checked, "faults": faults}, ensure_ascii=False, indent=1))
        else:
            for (year, code), found in broken.items():
                self.stdout.write("\n".join(f"{year} {code} {fault}" for fault in found))
            self.stdout.write(f"ตรวจแล้ว {checked:,} แห่ง ไม่ครบถ้วน {len(broken):,} แห่ง")
        if broken:
            raise CommandError(f"พบข้อมูลไม่ตรงกัน {len(broken):,} แห่ง: เก็บฐานข้อมูลนี้ไว้ตามสภาพ แล้วแจ้งผู้ดูแลระบบ")
