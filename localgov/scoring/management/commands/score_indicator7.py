"""`manage.py score_indicator7`: scores of LPA indicator 7, now or at a past moment."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from localgov.lib.moments import MomentRefused, read_moment
from localgov.lib.thai_calendar import format_datetime
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import RosterEntry
from localgov.scoring import selectors


class Command(BaseCommand):
    """Prints one object for each unit: `{organisation, score, reasons}`. Exit 0 done, 1 refused, 2 misuse."""

    help = "คะแนนตัวชี้วัด LPA ที่ 7 ของ อปท. ณ ปัจจุบันหรือ ณ เวลาที่ระบุ"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which year, moment and units."""
        parser.add_argument("--fiscal-year", required=True, type=int, metavar="YEAR", help="ปีงบประมาณ พ.ศ. เช่น 2570")
        parser.add_argument("--as-of", metavar="TIMESTAMP", help="เวลาที่มีเขตเวลา เช่น 2027-06-15T16:30:00+07:00")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--organisation", metavar="CODE", help="รหัส อปท. 7 หลัก")
        which.add_argument("--province", metavar="NN", help="รหัสจังหวัด 2 หลัก เช่น 25")
        parser.add_argument("--json", action="store_true", help="พิมพ์รายการเป็น JSON เท่านั้น")

    def handle(self, **options: Any) -> None:
        """Read the options, score, print."""
        as_of = _moment(options["as_of"])
        code, province = options["organisation"], options["province"]
        _require_known(code=code, province=province)
        found = selectors.scores(
            fiscal_year=options["fiscal_year"],
            as_of=as_of,
            codes=[code.strip()] if code else None,
            province_code=province or "",
        )
        if code and not found:
            raise CommandError(f"อปท. รหัส {code} ไม่มีในบัญชีของปีงบประมาณ {options['fiscal_year']} หรือพ้นจากการบันทึกข้อมูลแล้ว")
        if options["json"]:
            rows = [
                {"organisation": unit.code, "score": unit.score.marks, "reasons": unit.score.texts} for unit in found
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        if as_of is not None:
            self.stdout.write(f"ณ {format_datetime(as_of)}")
        for unit in found:
            self.stdout.write(f"{unit.code} {unit.full_name}: {unit.score.marks} คะแนน")
            for text in unit.score.texts:
                self.stdout.write(f"    {text}")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return read_moment(text, now=timezone.now())
    except MomentRefused as refused:
        raise CommandError(refused.reason) from None


def _require_known(*, code: str | None, province: str | None) -> None:
    """Refuse what neither the register nor any roster knows, instead of answering with an empty list."""
    versions, entries = OrganisationVersion.objects.units(), RosterEntry.objects.all()
    if code is not None:
        known = versions.filter(organisation__code=code.strip()).exists() or entries.filter(code=code.strip()).exists()
        if not known:
            raise CommandError(f"ไม่พบ อปท. รหัส {code} ในทะเบียน ตรวจรหัส 7 หลัก")
    if province is not None and not versions.filter(province_code=province).exists():
        raise CommandError(f"ไม่พบจังหวัดรหัส {province} ในทะเบียน ใช้รหัส 2 หลัก เช่น 25")
